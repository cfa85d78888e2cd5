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

/// What an earlier edition told of the first columns of the last part: totals of rows, and of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub columns: usize,
    /// By row; nothing where that edition had no such row.
    pub totals: Vec<Option<Told>>,
    pub whole: Option<Told>,
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

    /// Adds what an earlier edition told of the first columns of the last part. What covers all columns tells the totals themselves.
    pub fn remember(&mut self, earlier: Earlier) {
        if self.parts.last().is_some_and(|part| part.columns.len() <= earlier.columns) {
            for (row, known) in earlier.totals.iter().enumerate() {
                self.learn(Place { part: 0, row: Some(row), column: None }, known.map(|told| told.known));
            }
            self.learn(Place { part: 0, row: None, column: None }, earlier.whole.map(|told| told.known));
        } else {
            self.earlier.push(earlier);
            self.earlier.sort_by_key(|earlier| earlier.columns);
        }
    }

    /// Adds what an earlier edition told of one number. Where the records have been put right since, so that it can no longer be true, it
    /// tells nothing of what is true now.
    pub fn learn(&mut self, place: Place, known: Option<Known>) {
        let figure = self.figure_mut(place);
        if let Some(known) = known.filter(|known| known.holds(whole(figure.n))) {
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
        let (steps, watched) = self.earlier_steps(&mut network, &rows, end);
        for column in 0..self.parts[last].columns.len() {
            let node = network.node();
            let (within, gathered) = steps.iter().find(|step| column < step.0).map_or((&rows, end), |step| (&step.1, step.2));
            put(&mut network, node, gathered, at(last, None, Some(column)));
            for (row, from) in within.iter().enumerate() {
                put(&mut network, *from, node, at(last, Some(row), Some(column)));
            }
        }
        let arcs = self.places().iter().map(|place| arcs[place]).collect();
        Riddle { network, arcs, watched }
    }

    /// For each earlier edition, from the smallest: its columns, the nodes of its rows, and the node where its columns come together. And
    /// what it hid.
    fn earlier_steps(&self, network: &mut Network, rows: &[usize], end: usize) -> (Vec<Step>, Vec<(Place, usize)>) {
        let (mut steps, mut watched): (Vec<Step>, Vec<(Place, usize)>) = (Vec::new(), Vec::new());
        let (mut outer, mut gathered) = (rows.to_vec(), end);
        for earlier in self.earlier.iter().rev() {
            let inner: Vec<usize> = rows.iter().map(|_| network.node()).collect();
            let together = network.node();
            let cells = self.parts.last().map_or(&[][..], |part| &part.cells[..]);
            let sums: Vec<u32> = cells.iter().map(|row| whole(row[..earlier.columns].iter().map(|cell| cell.n).sum())).collect();
            let mut put = |from: usize, to: usize, n: u32, told: Option<Told>, row: Option<usize>| {
                // What can no longer be true, since the records were put right, tells nothing.
                let told = told.filter(|told| told.known.holds(n));
                let arc = network.arc(from, to, n, told.map_or(Bounds { least: 0, most: ENDLESS }, |told| told.known));
                watched.extend(told.filter(|told| told.hidden).map(|_| (Place { part: 0, row, column: None }, arc)));
            };
            for (row, from) in outer.iter().enumerate() {
                put(*from, inner[row], sums[row], earlier.totals.get(row).copied().flatten(), Some(row));
            }
            put(together, gathered, sums.iter().sum(), earlier.whole, None);
            (outer, gathered) = (inner.clone(), together);
            steps.insert(0, (earlier.columns, inner, together));
        }
        (steps, watched)
    }

    /// What a reader can work out of each number, who knows the rule and all earlier editions.
    pub fn bounds(&self, rule: CountRule) -> Vec<(Place, Bounds)> {
        let Riddle { network, arcs, .. } = self.riddle(rule);
        self.places().into_iter().zip(arcs).map(|(place, arc)| (place, network.bounds(arc))).collect()
    }
}
