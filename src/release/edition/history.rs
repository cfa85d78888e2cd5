//! What readers have seen before, and what it tells them of the next edition.
//!
//! Two editions stand side by side where one begins with the other, so that it is the same table with more columns, or where their quarters do
//! not meet. All else could be subtracted in ways that a table cannot answer for, and is refused.

use crate::analysis::EditionFacts;
use crate::disclosure::{Bounds, Count, CountRule, Earlier, Place, Table, Told};
use crate::model::{Published, PublishedCount, PublishedTable};
use crate::release::Audience;

use super::TABLES;

/// Why an edition does not leave, and what can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub why: String,
    pub hints: Vec<String>,
}

/// Earlier editions that begin where this one does, the oldest first.
pub(super) struct History<'a> {
    editions: Vec<&'a Published>,
    audience: Audience,
}

impl<'a> History<'a> {
    /// A board reads what everybody reads, too.
    pub(super) fn of(facts: &EditionFacts, audience: Audience, earlier: &'a [Published]) -> Result<Self, Refused> {
        let seen = earlier.iter().filter(|edition| edition.audience == audience.word() || (audience == Audience::Board && edition.audience == "public"));
        let mut editions = Vec::new();
        for edition in seen.filter(|edition| edition.since <= facts.until && facts.since <= edition.until) {
            if edition.since == facts.since && edition.until <= facts.until && edition.division == facts.division {
                editions.push(edition);
            } else {
                return Err(Refused::beside(facts, edition));
            }
        }
        Ok(Self { editions, audience })
    }

    /// Whether no edition tells anything of this one.
    pub(super) fn is_first(&self) -> bool {
        self.editions.is_empty()
    }

    /// The editions for this audience alone.
    fn own(&self) -> impl Iterator<Item = &&'a Published> {
        self.editions.iter().filter(|edition| edition.audience == self.audience.word())
    }

    /// What was shown under a name before.
    fn shown(&self, name: &str) -> impl Iterator<Item = usize> {
        self.own().map(move |edition| edition.figure(name)).filter_map(|count| match count {
            Some(PublishedCount::Shown(n)) => Some(n),
            _ => None,
        })
    }

    /// Tells a table what earlier editions told of the columns of its last part.
    pub(super) fn teach(&self, table: &mut Table, part: usize) {
        for edition in &self.editions {
            let rule = CountRule { hide_up_to: edition.hide_up_to, round_to: edition.round_to };
            if let Some(published) = edition.table(TABLES[part]) {
                teach(table, part, rule, published);
            }
        }
    }
}

/// What a published number tells a reader who knows the rule, and even which numbers were hidden for the sake of others.
fn told(rule: CountRule, count: PublishedCount) -> Told {
    let known = match count {
        PublishedCount::Shown(n) => rule.behind(n),
        PublishedCount::Small => rule.behind_small(),
        PublishedCount::HeldBack => rule.behind_held_back(),
    };
    Told { known, hidden: !matches!(count, PublishedCount::Shown(_)) }
}

fn teach(table: &mut Table, part: usize, rule: CountRule, published: &PublishedTable) {
    // The columns that both have: an edition that goes on has more of them, never others.
    let columns = table.parts[part].columns.iter().zip(&published.columns).take_while(|(ours, theirs)| ours == theirs).count();
    if columns < published.columns.len() {
        return;
    }
    let counts = |id: &str| published.rows.iter().find(|(row, _)| row == id).map(|(_, counts)| counts);
    for row in 0..table.rows.len() {
        let Some(counts) = counts(&table.rows[row]) else { continue };
        for (column, count) in counts[..columns].iter().enumerate() {
            table.learn(Place { part, row: Some(row), column: Some(column) }, told(rule, *count).known);
        }
    }
    let total = |id: &str| counts(id).and_then(|counts| counts.last()).map(|count| told(rule, *count));
    let (Some(whole), Some(foot)) = (total("Total"), counts("Total")) else { return };
    table.remember(Earlier {
        columns,
        totals: table.rows.iter().map(|id| total(id)).collect(),
        column_totals: foot[..columns].iter().map(|count| told(rule, *count)).collect(),
        whole,
    });
}

/// Numbers that are not of one stretch of time grow from edition to edition: where the growth itself is a small number, and could be told, the
/// new number is hidden.
pub(super) fn hold_back_creeping(table: &mut Table, part: usize, rule: CountRule, history: &History<'_>) {
    let name = table.parts[part].name.clone();
    // Totals of rows that are divided by time, too, are reckoned with in the table itself.
    let alone = table.parts.len() == 1;
    for place in table.places().into_iter().filter(|place| place.part == part && (alone || place.column.is_some())) {
        let Some(n) = table.count(rule, place).shown() else { continue };
        let id = place.row.map_or("Total", |row| &table.rows[row]).to_owned();
        let column = place.column.map(|column| table.parts[part].columns[column].clone());
        let before = history.own().filter_map(|edition| {
            let published = edition.table(&name)?;
            let (_, counts) = published.rows.iter().find(|(row, _)| *row == id)?;
            let at = column.as_ref().map_or(Some(published.columns.len()), |column| published.columns.iter().position(|known| known == column));
            counts.get(at?).copied()
        });
        if before.collect::<Vec<_>>().into_iter().any(|count| matches!(count, PublishedCount::Shown(m) if is_told(rule, m, n))) {
            table.hold_back(place);
        }
    }
}

/// Whether two shown numbers tell a small change: the reader is left with fewer than three values for it.
pub(super) fn is_told(rule: CountRule, before: usize, now: usize) -> bool {
    let change = before.abs_diff(now);
    let values = |n: usize| if n == 0 { 1 } else { Bounds::values(rule.behind(n)) };
    rule.is_small(change) && values(before) + values(now) - 1 < crate::disclosure::LEAST_VALUES
}

impl History<'_> {
    /// A number that stands alone, hidden where its change since an earlier edition would tell a small number.
    pub(super) fn creeping(&self, rule: CountRule, name: &str, count: Count) -> Count {
        match count.shown() {
            Some(n) if self.shown(name).any(|before| is_told(rule, before, n)) => Count::Hidden,
            _ => count,
        }
    }
}

impl Refused {
    fn beside(facts: &EditionFacts, edition: &Published) -> Self {
        let (since, until) = (edition.since, edition.until);
        let why = format!(
            "an edition for {} of {since} to {until}, by {}, was published on {}, and could be subtracted from one of {} to {}, by {}",
            edition.audience,
            edition.division.word(),
            edition.on,
            facts.since,
            facts.until,
            facts.division.word()
        );
        let hints = vec![
            format!("begin where it began and end no earlier: `--since {since} --until {}`, divided by {}", facts.until.max(until), edition.division.word()),
            format!("or begin after it ended: `--since {}`", until.next()),
        ];
        Self { why, hints }
    }

    /// Numbers that can be worked out whatever else is hidden, and what to merge.
    pub(super) fn told(table: &Table, places: &[Place], title: impl Fn(&str) -> String, facts: &EditionFacts) -> Self {
        let name = |place: &Place| match (place.row, place.column) {
            (Some(row), _) => format!("“{}”", title(&table.rows[row])),
            (None, Some(column)) => table.parts[place.part].columns[column].clone(),
            (None, None) => "the total".to_owned(),
        };
        let mut names: Vec<String> = places.iter().map(name).collect();
        names.sort();
        names.dedup();
        names.truncate(5);
        let why = format!("a reader could work out a hidden number of {}, whatever else is hidden", names.join(", "));
        let mut smallest: Vec<usize> = (0..table.rows.len()).collect();
        smallest.sort_by_key(|row| (table.totals[*row].n, *row));
        let pair: Vec<String> = smallest.iter().take(2).map(|row| format!("“{}”", title(&table.rows[*row]))).collect();
        let mut hints = Vec::new();
        if facts.division == crate::model::Division::Quarter {
            hints.push("take longer stretches of time: `--by year`".to_owned());
        }
        hints.push(format!("take a longer period: `--until {}` or later, when that quarter is over", facts.until.next()));
        if let [one, other] = pair.as_slice() {
            hints.push(format!("or merge the two smallest barriers, {one} and {other}: `marg themes merge` does that"));
        }
        Self { why, hints }
    }
}
