//! Tables of counts with their totals, and the same tables as earlier editions published them.

use super::network::{Bounds, ENDLESS, Network};
use super::number::{Count, CountRule, whole};

/// A number of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    pub n: usize,
    /// Hidden for the sake of others, and not because it is small.
    pub held_back: bool,
    /// What earlier editions told of it.
    pub known: Option<Known>,
}

/// An earlier edition's columns, and the nodes of its rows and of all its columns together.
type Step = (usize, Vec<usize>, usize);

/// What is known of a number from before.
pub type Known = Bounds;

/// Where a number stands: in a cell, or at the end of a row, of a column, or of both. Totals of rows stand in every part of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub part: usize,
    pub row: Option<usize>,
    pub column: Option<usize>,
}

/// One division of the rows: what stands in its columns adds up to the rows' totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    pub columns: Vec<String>,
    /// By row, then by column.
    pub cells: Vec<Vec<Figure>>,
    /// At the foot of the columns.
    pub totals: Vec<Figure>,
}

/// What an earlier edition told of the first columns of the last part. It may have had fewer rows: those that had too few people then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub columns: usize,
    /// By today's rows: the totals of the rows that it had.
    pub totals: Vec<Option<Told>>,
    /// At the foot of its columns.
    pub column_totals: Vec<Told>,
    pub whole: Told,
}

/// A number of an earlier edition: what was known of it, and whether it was hidden and has to stay so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub known: Known,
    pub hidden: bool,
}

/// A table as a network: where each number and each total of an earlier edition stands among the arcs.
pub(super) struct Riddle {
    pub(super) network: Network,
    /// In the order of [`Table::places`].
    pub(super) arcs: Vec<usize>,
    /// Totals that an earlier edition hid, with the total of today in whose place they stood.
    pub(super) watched: Vec<(Place, usize)>,
}

/// Rows that are divided in one way or more, with totals that all divisions share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<String>,
    pub parts: Vec<Part>,
    /// At the end of the rows.
    pub totals: Vec<Figure>,
    pub whole: Figure,
    /// Those with the fewest columns first.
    pub(super) earlier: Vec<Earlier>,
}

impl Earlier {
    /// The places of its rows among today's.
    fn rows(&self) -> impl Iterator<Item = usize> {
        self.totals.iter().enumerate().filter(|(_, told)| told.is_some()).map(|(row, _)| row)
    }

    fn has_all_rows(&self) -> bool {
        self.totals.iter().all(Option::is_some)
    }
}

impl Part {
    pub fn new(name: impl Into<String>, columns: Vec<String>, numbers: &[Vec<usize>]) -> Self {
        let figures = |numbers: &Vec<usize>| numbers.iter().map(|n| figure(*n)).collect();
        let totals = (0..columns.len()).map(|column| figure(numbers.iter().map(|row| row[column]).sum())).collect();
        Self { name: name.into(), columns, cells: numbers.iter().map(figures).collect(), totals }
    }
}

fn figure(n: usize) -> Figure {
    Figure { n, ..Figure::default() }
}

impl Table {
    /// Rows and their divisions. Totals are added up here, so that they cannot be wrong.
    ///
    /// # Panics
    ///
    /// When two divisions of a row do not add up to the same.
    pub fn new(rows: Vec<String>, parts: Vec<Part>) -> Self {
        let sum = |part: &Part, row: usize| part.cells[row].iter().map(|cell| cell.n).sum::<usize>();
        let totals: Vec<Figure> = (0..rows.len()).map(|row| figure(parts.first().map_or(0, |part| sum(part, row)))).collect();
        for part in &parts {
            assert!((0..rows.len()).all(|row| sum(part, row) == totals[row].n), "two divisions of one number differ");
        }
        Self { whole: figure(totals.iter().map(|total| total.n).sum()), rows, parts, totals, earlier: Vec::new() }
    }

    /// Without the rows of which nothing would be shown but zeros and `[c]`: they say no more than that somebody was there, and what is
    /// left of them in the totals tells on them. Gives their names.
    pub fn leave_out_silent(&mut self, rule: CountRule) -> Vec<String> {
        let speaks = |row: usize| rule.count(self.totals[row].n).shown().is_some_and(|n| n > 0);
        let keep: Vec<bool> = (0..self.rows.len()).map(speaks).collect();
        let mut names = Vec::new();
        for row in (0..keep.len()).rev().filter(|row| !keep[*row]) {
            if self.totals[row].n > 0 {
                names.insert(0, self.rows[row].clone());
            }
            self.leave_out(row);
        }
        names
    }

    /// Takes a row out of the table and out of every total.
    pub(super) fn leave_out(&mut self, row: usize) {
        self.rows.remove(row);
        let total = self.totals.remove(row);
        self.whole.n -= total.n;
        for part in &mut self.parts {
            for (total, cell) in part.totals.iter_mut().zip(part.cells.remove(row)) {
                total.n -= cell.n;
            }
        }
    }

    /// Hides a number for the sake of others.
    pub fn hold_back(&mut self, place: Place) {
        self.figure_mut(place).held_back = true;
    }

    /// Puts the rows into another order; what earlier editions told of them has been reckoned with by then.
    pub fn arrange(&mut self, order: &[usize]) {
        self.rows = order.iter().map(|row| self.rows[*row].clone()).collect();
        self.totals = order.iter().map(|row| self.totals[*row]).collect();
        for part in &mut self.parts {
            part.cells = order.iter().map(|row| part.cells[*row].clone()).collect();
        }
        self.earlier.clear();
    }

    /// Adds what an earlier edition told of the first columns of the last part, beside its cells. What it told of all columns and rows it
    /// told of the totals themselves.
    pub fn remember(&mut self, earlier: Earlier) {
        let last = self.parts.len().saturating_sub(1);
        let all_rows = earlier.totals.iter().all(Option::is_some);
        let all_columns = self.parts[last].columns.len() <= earlier.columns;
        if all_rows {
            for (column, told) in earlier.column_totals.iter().enumerate() {
                self.learn(Place { part: last, row: None, column: Some(column) }, told.known);
            }
        }
        if all_columns {
            for (row, told) in earlier.totals.iter().enumerate() {
                told.iter().for_each(|told| self.learn(Place { part: 0, row: Some(row), column: None }, told.known));
            }
        }
        if all_rows && all_columns {
            self.learn(Place { part: 0, row: None, column: None }, earlier.whole.known);
        } else {
            self.earlier.push(earlier);
            self.earlier.sort_by_key(|earlier| (earlier.columns, earlier.rows().count()));
        }
    }

    /// Adds what an earlier edition told of one number. Where the records have been put right since, so that it can no longer be true, it
    /// tells nothing of what is true now.
    pub fn learn(&mut self, place: Place, known: Known) {
        let figure = self.figure_mut(place);
        if known.holds(whole(figure.n)) {
            figure.known = figure.known.map_or(Some(known), |before| before.and(known));
        }
    }

    pub fn figure(&self, place: Place) -> Figure {
        match (place.row, place.column) {
            (Some(row), Some(column)) => self.parts[place.part].cells[row][column],
            (Some(row), None) => self.totals[row],
            (None, Some(column)) => self.parts[place.part].totals[column],
            (None, None) => self.whole,
        }
    }

    pub(super) fn figure_mut(&mut self, place: Place) -> &mut Figure {
        match (place.row, place.column) {
            (Some(row), Some(column)) => &mut self.parts[place.part].cells[row][column],
            (Some(row), None) => &mut self.totals[row],
            (None, Some(column)) => &mut self.parts[place.part].totals[column],
            (None, None) => &mut self.whole,
        }
    }

    /// As it is published.
    pub fn count(&self, rule: CountRule, place: Place) -> Count {
        let figure = self.figure(place);
        if figure.held_back { Count::Hidden } else { rule.count(figure.n) }
    }

    /// Every number once: totals of rows and of all belong to the first part.
    pub fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for (part, division) in self.parts.iter().enumerate() {
            let columns: Vec<Option<usize>> = (0..division.columns.len()).map(Some).chain((part == 0).then_some(None)).collect();
            for row in (0..self.rows.len()).map(Some).chain([None]) {
                places.extend(columns.iter().map(|column| Place { part, row, column: *column }));
            }
        }
        places
    }

    /// What a reader knows of a number by itself.
    pub(super) fn alone(&self, rule: CountRule, place: Place) -> Bounds {
        let figure = self.figure(place);
        let by_rule = match self.count(rule, place) {
            Count::Shown(n) => rule.behind(n),
            Count::Hidden if rule.is_small(figure.n) => rule.behind_small(),
            Count::Hidden => rule.behind_held_back(),
        };
        figure.known.and_then(|known| by_rule.and(known)).unwrap_or(by_rule)
    }

    /// The numbers as flows: from all to the columns of the first part, the rows, the columns of the last part and back. Beside the
    /// last part stand the totals of earlier editions, each within the next.
    pub(super) fn riddle(&self, rule: CountRule) -> Riddle {
        let mut network = Network::default();
        let (start, end) = (network.node(), network.node());
        let mut arcs = std::collections::BTreeMap::new();
        let mut put = |network: &mut Network, from, to, place: Place| {
            let arc = network.arc(from, to, whole(self.figure(place).n), self.alone(rule, place));
            arcs.insert(place, arc);
        };
        let at = |part, row, column| Place { part, row, column };
        put(&mut network, end, start, at(0, None, None));
        let last = self.parts.len().saturating_sub(1);
        let rows: Vec<usize> = self.rows.iter().map(|_| network.node()).collect();
        // Divisions before the last one lie between the start and the rows' totals.
        let mut before = vec![start; self.rows.len()];
        if last > 0 {
            before = self.rows.iter().map(|_| network.node()).collect();
            for column in 0..self.parts[0].columns.len() {
                let node = network.node();
                put(&mut network, start, node, at(0, None, Some(column)));
                for (row, to) in before.iter().enumerate() {
                    put(&mut network, node, *to, at(0, Some(row), Some(column)));
                }
            }
        }
        for (row, node) in rows.iter().enumerate() {
            put(&mut network, before[row], *node, at(0, Some(row), None));
        }
        let mut watched = Vec::new();
        let steps = self.earlier_rows(&mut network, &mut watched, &rows, end);
        for column in 0..self.parts[last].columns.len() {
            let foot = network.node();
            let (within, gathered) = steps.iter().find(|step| column < step.0).map_or((&rows, end), |step| (&step.1, step.2));
            put(&mut network, foot, gathered, at(last, None, Some(column)));
            let into = self.earlier_feet(&mut network, &mut watched, column, foot);
            for (row, from) in within.iter().enumerate() {
                put(&mut network, *from, into[row], at(last, Some(row), Some(column)));
            }
        }
        let arcs = self.places().iter().map(|place| arcs[place]).collect();
        Riddle { network, arcs, watched }
    }

    /// For the columns of each earlier edition, the smallest first: how many, the nodes of the rows, and the node where they come together.
    fn earlier_rows(&self, network: &mut Network, watched: &mut Vec<(Place, usize)>, rows: &[usize], end: usize) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let (mut outer, mut gathered) = (rows.to_vec(), end);
        let all_columns = self.parts.last().map_or(0, |part| part.columns.len());
        for earlier in self.earlier.iter().rev().filter(|earlier| earlier.columns < all_columns) {
            let inner: Vec<usize> = rows.iter().map(|_| network.node()).collect();
            let together = network.node();
            let sums: Vec<u32> = (0..rows.len()).map(|row| whole(self.sum(row, earlier.columns))).collect();
            for (row, from) in outer.iter().enumerate() {
                let place = Place { part: 0, row: Some(row), column: None };
                put_told(network, watched, (*from, inner[row]), sums[row], earlier.totals[row], place);
            }
            // The sum of some rows is no sum of columns: then the whole of that edition is left out of account.
            let told = Some(earlier.whole).filter(|_| earlier.has_all_rows());
            put_told(network, watched, (together, gathered), sums.iter().sum(), told, Place { part: 0, row: None, column: None });
            (outer, gathered) = (inner.clone(), together);
            steps.insert(0, (earlier.columns, inner, together));
        }
        steps
    }

    /// The nodes at which the rows come into a column: where an earlier edition had fewer rows, these come together first.
    fn earlier_feet(&self, network: &mut Network, watched: &mut Vec<(Place, usize)>, column: usize, foot: usize) -> Vec<usize> {
        let mut into = vec![foot; self.rows.len()];
        let mut fewer: Vec<&Earlier> = self.earlier.iter().filter(|earlier| column < earlier.columns && !earlier.has_all_rows()).collect();
        // Those with the most rows first; one whose rows do not lie within the next one's is left out of account.
        fewer.sort_by_key(|earlier| std::cmp::Reverse(earlier.rows().count()));
        for earlier in fewer {
            let Some(first) = earlier.rows().next() else { continue };
            let (outer, node) = (into[first], network.node());
            if earlier.rows().any(|row| into[row] != outer) {
                continue;
            }
            let part = self.parts.len() - 1;
            let n = earlier.rows().map(|row| whole(self.parts[part].cells[row][column].n)).sum();
            let told = earlier.column_totals.get(column).copied();
            put_told(network, watched, (node, outer), n, told, Place { part, row: None, column: Some(column) });
            earlier.rows().for_each(|row| into[row] = node);
        }
        into
    }

    /// What lies in the first columns of a row.
    fn sum(&self, row: usize, columns: usize) -> usize {
        self.parts.last().map_or(0, |part| part.cells[row][..columns].iter().map(|cell| cell.n).sum())
    }

    /// What a reader can work out of each number, who knows the rule and all earlier editions.
    pub fn bounds(&self, rule: CountRule) -> Vec<(Place, Bounds)> {
        let Riddle { network, arcs, .. } = self.riddle(rule);
        self.places().into_iter().zip(arcs).map(|(place, arc)| (place, network.bounds(arc))).collect()
    }
}

/// A number of an earlier edition as an arc. What can no longer be true, since the records were put right, tells nothing.
fn put_told(network: &mut Network, watched: &mut Vec<(Place, usize)>, (from, to): (usize, usize), n: u32, told: Option<Told>, place: Place) {
    let told = told.filter(|told| told.known.holds(n));
    let arc = network.arc(from, to, n, told.map_or(Bounds { least: 0, most: ENDLESS }, |told| told.known));
    watched.extend(told.filter(|told| told.hidden).map(|_| (place, arc)));
}
