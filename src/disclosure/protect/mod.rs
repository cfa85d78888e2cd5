//! What has to be hidden beside the small numbers, so that they stay hidden.

use super::number::{Count, CountRule, GOOD_VALUES, LEAST_VALUES};
use super::table::{Place, Riddle, Table};

/// A table of which nobody can work out a hidden number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protected {
    pub table: Table,
    pub rule: CountRule,
}

/// Numbers that stay recognisable, whatever else is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    pub places: Vec<Place>,
    /// The table, with what was hidden on the way.
    pub table: Box<Table>,
}

impl Protected {
    pub fn count(&self, place: Place) -> Count {
        self.table.count(self.rule, place)
    }

    pub fn row_total(&self, row: usize) -> Count {
        self.count(Place { part: 0, row: Some(row), column: None })
    }

    pub fn cell(&self, part: usize, row: usize, column: usize) -> Count {
        self.count(Place { part, row: Some(row), column: Some(column) })
    }

    /// Rows of somebody that lie in one column alone: what is true of all of them is known of each, whatever their number. Nothing in a
    /// table says so of numbers that are hidden on both sides, so that these rows are told to the person who lets the table go.
    pub fn all_in_one(&self, part: usize) -> Vec<(usize, usize)> {
        let division = &self.table.parts[part];
        let only = |cells: &[super::Figure]| {
            let mut some = cells.iter().enumerate().filter(|(_, cell)| cell.n > 0);
            let first = some.next().map(|(column, _)| column);
            first.filter(|_| some.next().is_none() && cells.len() > 1)
        };
        division.cells.iter().enumerate().filter_map(|(row, cells)| Some((row, only(cells)?))).collect()
    }
}

impl Table {
    /// Hides, beside what is small, as little as it takes: after each number that is hidden everything is looked at again.
    ///
    /// # Errors
    ///
    /// The numbers that can be worked out all the same.
    pub fn protect(self, rule: CountRule) -> Result<Protected, Stuck> {
        self.hide(rule, true)
    }

    /// The same without hiding a number that is not small: a row that would need it is left out of the table and of every total. So whoever
    /// checks the table from outside can take each hidden number for a small one. Gives the names of these rows. For a table that no earlier
    /// edition tells of: where one does, its totals have the rows in them.
    pub fn protect_whole_rows(mut self, rule: CountRule) -> (Protected, Vec<String>) {
        let mut left_out = Vec::new();
        loop {
            let row = match self.clone().hide(rule, false) {
                Ok(protected) => match protected.table.first_held_back() {
                    None => return (protected, left_out),
                    Some(place) => self.row_to_leave_out(rule, place),
                },
                Err(stuck) => self.row_to_leave_out(rule, stuck.places[0]),
            };
            left_out.push(self.rows[row].clone());
            self.leave_out(row);
        }
    }

    fn first_held_back(&self) -> Option<Place> {
        self.places().into_iter().find(|place| self.figure(*place).held_back)
    }

    /// The row of a place; of a total of the table, the smallest of the rows that hide something in it.
    fn row_to_leave_out(&self, rule: CountRule, place: Place) -> usize {
        let hides = |row: usize| {
            let cells = self.parts.iter().enumerate().flat_map(|(part, division)| (0..division.columns.len()).map(move |column| (part, column)));
            let of = cells.filter(|(part, column)| place.column.is_none_or(|wanted| (*part, *column) == (place.part, wanted)));
            of.into_iter().any(|(part, column)| self.count(rule, Place { part, row: Some(row), column: Some(column) }) == Count::Hidden)
        };
        let smallest = |rows: &mut dyn Iterator<Item = usize>| rows.min_by_key(|row| (self.totals[*row].n, *row));
        place.row.or_else(|| smallest(&mut (0..self.rows.len()).filter(|row| hides(*row)))).or_else(|| smallest(&mut (0..self.rows.len()))).unwrap_or_default()
    }

    fn hide(mut self, rule: CountRule, widens: bool) -> Result<Protected, Stuck> {
        let places = self.places();
        let mut riddle = self.riddle(rule);
        loop {
            let told = self.told(rule, &riddle, &places);
            let Some((place, narrowest, _)) = told.iter().min_by_key(|(place, arc, values)| (*values, *place, *arc)) else {
                if widens {
                    self.widen(rule, &mut riddle, &places);
                }
                return Ok(Protected { table: self, rule });
            };
            let Some(neighbour) = self.cheapest(rule, &mut riddle, &places, *narrowest, LEAST_VALUES).or_else(|| self.beside(rule, &places, *place)) else {
                let mut places: Vec<Place> = told.iter().map(|(place, _, _)| *place).collect();
                places.dedup();
                return Err(Stuck { places, table: Box::new(self) });
            };
            self.hide_beside(rule, &mut riddle, &places, neighbour);
        }
    }

    fn hide_beside(&mut self, rule: CountRule, riddle: &mut Riddle, places: &[Place], at: usize) {
        self.figure_mut(places[at]).held_back = true;
        riddle.network.set(riddle.arcs[at], self.alone(rule, places[at]));
    }

    /// Where small numbers may be so many that a reader can be left with five, and one number beside them is enough for that, it is hidden.
    fn widen(&mut self, rule: CountRule, riddle: &mut Riddle, places: &[Place]) {
        if rule.behind_small().values() < GOOD_VALUES {
            return;
        }
        for at in 0..places.len() {
            let arc = riddle.arcs[at];
            if self.count(rule, places[at]) != Count::Hidden || riddle.network.bounds(arc).values() >= GOOD_VALUES {
                continue;
            }
            let one = self.cheapest(rule, riddle, places, arc, GOOD_VALUES).filter(|at| places[*at].row.is_some() && places[*at].column.is_some());
            let Some(one) = one else { continue };
            let before = self.alone(rule, places[one]);
            self.hide_beside(rule, riddle, places, one);
            // What was hidden for that must not be told itself.
            if riddle.network.bounds(arc).values() < GOOD_VALUES || riddle.network.bounds(riddle.arcs[one]).values() < LEAST_VALUES {
                self.figure_mut(places[one]).held_back = false;
                riddle.network.set(riddle.arcs[one], before);
            }
        }
    }

    /// The hidden numbers of this edition and of earlier ones that can be too few numbers: place, arc, and how many.
    fn told(&self, rule: CountRule, riddle: &Riddle, places: &[Place]) -> Vec<(Place, usize, u32)> {
        let hidden = places.iter().zip(&riddle.arcs).filter(|(place, _)| self.count(rule, **place) == Count::Hidden);
        let all = hidden.map(|(place, arc)| (*place, *arc)).chain(riddle.watched.iter().copied());
        all.map(|(place, arc)| (place, arc, riddle.network.bounds(arc).values())).filter(|(_, _, values)| *values < LEAST_VALUES).collect()
    }

    /// The number to hide: the smallest that frees the narrow one; where none alone does, the one that gives it most room. A total is
    /// worth more than a cell to whoever reads the table.
    fn cheapest(&self, rule: CountRule, riddle: &mut Riddle, places: &[Place], narrow: usize, enough: u32) -> Option<usize> {
        let is_shown = |place: Place| self.count(rule, place).shown().is_some_and(|n| n > 0);
        let mut others: Vec<usize> = (0..places.len()).filter(|at| is_shown(places[*at])).collect();
        others.sort_by_key(|at| (self.cost(places[*at]), places[*at]));
        let before = riddle.network.bounds(narrow).values();
        let mut best: Option<(usize, u32)> = None;
        for at in others {
            let by_rule = rule.behind_held_back();
            let hidden = self.figure(places[at]).known.and_then(|known| by_rule.and(known)).unwrap_or(by_rule);
            riddle.network.set(riddle.arcs[at], hidden);
            let values = riddle.network.bounds(narrow).values();
            riddle.network.set(riddle.arcs[at], self.alone(rule, places[at]));
            if values >= enough {
                return Some(at);
            }
            if values > best.map_or(before, |(_, most)| most) {
                best = Some((at, values));
            }
        }
        best.map(|(at, _)| at)
    }

    /// Where no single number helps, two together may: the cheapest in the same row or column is hidden, as long as there is one.
    fn beside(&self, rule: CountRule, places: &[Place], place: Place) -> Option<usize> {
        let is_near = |other: Place| {
            let same_part = other.part == place.part || other.column.is_none() || place.column.is_none();
            same_part && (other.row == place.row || (other.column == place.column && other.part == place.part))
        };
        let shown = |other: Place| self.count(rule, other).shown().is_some_and(|n| n > 0);
        let near = (0..places.len()).filter(|at| places[*at] != place && is_near(places[*at]) && shown(places[*at]));
        near.min_by_key(|at| (self.cost(places[*at]), places[*at]))
    }

    fn cost(&self, place: Place) -> usize {
        let n = self.figure(place).n;
        match (place.row, place.column) {
            (Some(_), Some(_)) => n,
            (None, None) => 16 * n,
            _ => 4 * n,
        }
    }
}

#[cfg(test)]
mod tests;
