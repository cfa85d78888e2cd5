//! An edition: everything that leaves at one time for one audience, with numbers that have been audited together, and against all editions
//! that its readers may have seen.

mod history;
mod pages;

use super::Released;
use super::audience::Audience;
use super::count::CountRule;
use super::guide::GuidePage;
use super::report::ReportPage;
use super::text::{Lock, Withheld};
use crate::analysis::{EditionFacts, GuideFacts, Overview};
use crate::disclosure::{Part, Place, Protected, Table};
use crate::model::{Casebook, Division, Published, Quarter};

pub use history::Refused;
use history::{History, hold_back_creeping};
pub use pages::figures;
use pages::{guide_page, report_page};

/// What is published for one audience.
pub struct Edition {
    pub page: Released<EditionPage>,
    pub report: Released<ReportPage>,
    pub guides: Vec<Released<GuidePage>>,
    /// For the person who lets it go, and not for readers.
    pub warnings: Vec<String>,
}

/// The figures of an edition, and what is around them.
#[derive(Clone, Debug)]
pub struct EditionPage {
    pub group: String,
    pub contact: Option<String>,
    pub rule: CountRule,
    pub since: Quarter,
    pub until: Quarter,
    pub division: Division,
    /// People by barrier, divided by where it stands now and by when it was first recorded.
    pub barriers: EditionTable,
    /// People for whom somebody was asked, by barrier and by what came of it.
    pub answers: EditionTable,
    /// Barriers in no table: too few people met them, or others could be worked out from their numbers.
    pub also_met: Vec<String>,
    pub themes: Vec<ThemePage>,
}

/// A table with the ids of its rows.
#[derive(Clone, Debug)]
pub struct EditionTable {
    pub ids: Vec<String>,
    pub numbers: Protected,
}

/// A theme as the codebook has it.
#[derive(Clone, Debug)]
pub struct ThemePage {
    pub id: String,
    pub title: String,
    pub definition: Option<String>,
    pub include: Option<String>,
    pub exclude: Option<String>,
    /// Its place in the table of barriers, and in that of answers.
    pub row: Option<usize>,
    pub asked: Option<usize>,
    /// Whether its guide is part of the edition.
    pub guide: bool,
}

/// The parts of the table of barriers.
pub const BY_STATE: usize = 0;
pub const BY_TIME: usize = 1;
/// The names of the tables, in records and as files.
pub const TABLES: [&str; 3] = ["barriers", "barriers-by-time", "asked"];

impl EditionTable {
    pub fn row(&self, id: &str) -> Option<usize> {
        self.ids.iter().position(|known| known == id)
    }
}

/// What an edition is made of.
pub struct EditionParts<'a> {
    pub facts: &'a EditionFacts,
    pub report: &'a Overview<'a>,
    pub guides: &'a [GuideFacts<'a>],
    /// What was published before, for whomever.
    pub earlier: &'a [Published],
}

/// Lets an edition out to an audience.
///
/// # Errors
///
/// When its period cannot stand beside those of earlier editions, or when a number could be worked out whatever is hidden.
pub fn release_edition(book: &Casebook, parts: &EditionParts<'_>, audience: Audience) -> Result<Edition, Refused> {
    let rule = CountRule::of(audience, &book.group.publishing);
    let facts = parts.facts;
    let history = History::of(facts, audience, parts.earlier)?;
    let (barriers, also_met) = barriers(facts, rule, &history)?;
    let answers = answers(facts, rule, &history)?;
    let mut lock = Lock::new(book, audience);
    let guides: Vec<Released<GuidePage>> = parts.guides.iter().map(|guide| guide_page(book, guide, audience, &barriers, &answers, &history)).collect();
    let report = report_page(book, parts.report, audience, &barriers, &answers, &history);
    let page = EditionPage {
        group: book.group.name.clone(),
        contact: book.group.contact.clone(),
        rule,
        since: facts.since,
        until: facts.until,
        division: facts.division,
        themes: themes(book, facts, &barriers, &answers, &guides, &mut lock),
        also_met,
        barriers,
        answers,
    };
    let warnings = warnings(&page);
    Ok(Edition { page: Released { page, audience, withheld: lock.withheld }, report, guides, warnings })
}

impl Edition {
    /// What was kept back anywhere, for the person who makes the edition.
    pub fn withheld(&self) -> impl Iterator<Item = &Withheld> {
        self.page.withheld.iter().chain(&self.report.withheld).chain(self.guides.iter().flat_map(|guide| &guide.withheld))
    }
}

fn barriers(facts: &EditionFacts, rule: CountRule, history: &History<'_>) -> Result<(EditionTable, Vec<String>), Refused> {
    let rows: Vec<String> = facts.barriers.iter().map(|row| row.id.clone()).collect();
    let states: Vec<Vec<usize>> = facts.barriers.iter().map(|row| row.states.to_vec()).collect();
    let times: Vec<Vec<usize>> = facts.barriers.iter().map(|row| row.first_met.clone()).collect();
    let states = Part::new(TABLES[BY_STATE], ["Still live", "Eased", "Resolved"].map(str::to_owned).to_vec(), &states);
    let times = Part::new(TABLES[BY_TIME], facts.stretches.clone(), &times);
    let mut table = Table::new(rows, vec![states, times]);
    let silent = table.leave_out_silent(rule);
    history.teach(&mut table, BY_TIME);
    hold_back_creeping(&mut table, BY_STATE, rule, history);
    let (table, left_out) = finish(table, rule, facts, history)?;
    let title = |id: &String| facts.barriers.iter().find(|row| row.id == *id).map_or(id.clone(), |row| row.title.clone());
    let mut also_met: Vec<String> = silent.iter().chain(&left_out).map(title).collect();
    also_met.sort();
    Ok((table, also_met))
}

fn answers(facts: &EditionFacts, rule: CountRule, history: &History<'_>) -> Result<EditionTable, Refused> {
    let asked = || facts.barriers.iter().filter(|row| row.answers.iter().sum::<usize>() > 0);
    let columns = ["Flexed once", "Changed for all", "Refused", "No reply", "Waiting"].map(str::to_owned).to_vec();
    let part = Part::new(TABLES[2], columns, &asked().map(|row| row.answers.to_vec()).collect::<Vec<_>>());
    let mut table = Table::new(asked().map(|row| row.id.clone()).collect(), vec![part]);
    table.leave_out_silent(rule);
    hold_back_creeping(&mut table, 0, rule, history);
    Ok(finish(table, rule, facts, history)?.0)
}

/// The audit, with the rows in the order of what is shown, and by title where that is alike.
///
/// Rounded figures that nothing was published of before hide whole rows and no numbers beside small ones: there a row more or less costs
/// little, and an audit from outside needs to know nothing but the rule. Gives the ids of these rows, too.
fn finish(table: Table, rule: CountRule, facts: &EditionFacts, history: &History<'_>) -> Result<(EditionTable, Vec<String>), Refused> {
    let title = |id: &str| facts.barriers.iter().find(|row| row.id == id).map_or(id.to_owned(), |row| row.title.clone());
    let (mut numbers, left_out) = if history.is_first() && rule.round_to > 1 {
        table.protect_whole_rows(rule)
    } else {
        (table.protect(rule).map_err(|stuck| Refused::told(&stuck.table, &stuck.places, title, facts))?, Vec::new())
    };
    let mut order: Vec<usize> = (0..numbers.table.rows.len()).collect();
    order.sort_by(|a, b| {
        numbers.row_total(*b).shown().cmp(&numbers.row_total(*a).shown()).then_with(|| title(&numbers.table.rows[*a]).cmp(&title(&numbers.table.rows[*b])))
    });
    numbers.table.arrange(&order);
    let ids = std::mem::take(&mut numbers.table.rows);
    numbers.table.rows = ids.iter().map(|id| title(id)).collect();
    Ok((EditionTable { ids, numbers }, left_out))
}

fn themes(
    book: &Casebook,
    facts: &EditionFacts,
    barriers: &EditionTable,
    answers: &EditionTable,
    guides: &[Released<GuidePage>],
    lock: &mut Lock,
) -> Vec<ThemePage> {
    let met = |id: &str| facts.barriers.iter().any(|row| row.id == id);
    let mut text = |text: &Option<String>, what: &str| text.as_deref().filter(|text| !text.trim().is_empty()).and_then(|text| lock.pass(text.trim(), what));
    let mut themes: Vec<ThemePage> = Vec::new();
    for theme in book.themes.iter().filter(|theme| theme.retired.is_none() && (met(&theme.id) || theme.guide.is_some())) {
        themes.push(ThemePage {
            id: theme.id.clone(),
            title: theme.title.clone(),
            definition: text(&theme.definition, "the definition"),
            include: text(&theme.include, "when to use the theme"),
            exclude: text(&theme.exclude, "when not to use the theme"),
            row: barriers.row(&theme.id),
            asked: answers.row(&theme.id),
            guide: guides.iter().any(|guide| guide.id == theme.id),
        });
    }
    themes.sort_by(|a, b| a.title.cmp(&b.title));
    themes
}

/// What is true of everybody in a row is known of each of them.
fn warnings(page: &EditionPage) -> Vec<String> {
    let of = |table: &EditionTable, part: usize, what: &str| -> Vec<String> {
        let numbers = &table.numbers;
        let said = |(row, column): (usize, usize)| {
            let division = &numbers.table.parts[part];
            format!(
                "“{}”: {what} “{}” of everybody who is counted; whoever knows that somebody is among them knows it of that person",
                numbers.table.rows[row], division.columns[column]
            )
        };
        numbers.all_in_one(part).into_iter().filter(|(row, _)| numbers.row_total(*row).shown().is_some()).map(said).collect()
    };
    let mut warnings = of(&page.barriers, BY_STATE, "the record says");
    warnings.extend(of(&page.answers, 0, "the answer was"));
    warnings
}

/// Where a number stands: totals of rows and of all are the same in every part.
pub fn place(part: usize, row: Option<usize>, column: Option<usize>) -> Place {
    Place { part, row, column }
}
