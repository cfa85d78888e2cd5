//! The report and the guides of an edition: with the numbers of its tables, and without those that no audit answers for.

use super::history::History;
use super::{BY_STATE, EditionTable};
use crate::analysis::{GuideFacts, Overview, Trail};
use crate::disclosure::{Count, CountRule, Place};
use crate::model::Casebook;
use crate::release::guide::GuidePage;
use crate::release::report::{AnswerCounts, QuarterCounts, ReportPage};
use crate::release::{Audience, Released, release_guide, release_report};

/// The report. Steps, actions and what the figures rest on stay with the members: they are parts of numbers that stand in tables, or of each
/// other.
pub(super) fn report_page(
    book: &Casebook,
    facts: &Overview<'_>,
    audience: Audience,
    barriers: &EditionTable,
    answers: &EditionTable,
    history: &History<'_>,
) -> Released<ReportPage> {
    let mut released = release_report(book, facts, &Trail::none(), audience);
    let page = &mut released.page;
    let rule = page.rule;
    let alone = |name: &str, count| history.creeping(rule, name, count);
    page.people = alone("people", page.people);
    page.discussions = alone("discussions", page.discussions);
    page.new_people = alone("new-people", page.new_people);
    page.closed_people = alone("closed-people", page.closed_people);
    for line in &mut page.barriers {
        [line.people, line.live, line.eased, line.resolved] = of_barrier(barriers, &line.id, [line.people, line.live, line.eased, line.resolved]);
    }
    page.barriers.sort_by(|a, b| b.people.shown().cmp(&a.people.shown()).then_with(|| a.title.cmp(&b.title)));
    if let Some(needs) = &mut page.needs {
        needs.people = barriers.row(&needs.id).map_or(Count::Hidden, |row| barriers.numbers.row_total(row));
        let of = format!("{}/need", needs.id);
        needs.needs = kept(rule, history, &of, &needs.needs);
    }
    page.needs = page.needs.take().filter(|needs| needs.people.shown().is_some() && !needs.needs.is_empty());
    page.answers = all_answers(answers);
    page.quarters = QuarterCounts { names: Vec::new(), lines: Vec::new(), any: Vec::new(), occurrences: Count::Hidden };
    page.steps = Vec::new();
    page.ranked = false;
    page.actions = None;
    page.sure = None;
    page.published = true;
    released
}

/// A guide, with the numbers of its barrier as the tables have them.
pub(super) fn guide_page(
    book: &Casebook,
    facts: &GuideFacts<'_>,
    audience: Audience,
    barriers: &EditionTable,
    answers: &EditionTable,
    history: &History<'_>,
) -> Released<GuidePage> {
    let mut released = release_guide(book, facts, audience);
    let page = &mut released.page;
    let (rule, id) = (page.rule, page.id.clone());
    if let Some(people) = page.people {
        let [people, live, eased, resolved] = of_barrier(barriers, &id, [people, page.live, page.eased, page.resolved]);
        (page.people, page.live, page.eased, page.resolved) = (Some(people), live, eased, resolved);
    }
    page.answers = match answers.row(&id) {
        Some(row) => answers_at(answers, Some(row)),
        None => hidden_answers(&page.answers),
    };
    for (what, list) in [("service", &mut page.services), ("cause", &mut page.causes), ("need", &mut page.needs), ("barrier", &mut page.barriers)] {
        *list = kept(rule, history, &format!("{id}/{what}"), list);
    }
    released
}

/// Names with numbers, without those whose number was another before, so that the change would tell somebody.
fn kept(rule: CountRule, history: &History<'_>, of: &str, named: &[(String, Count)]) -> Vec<(String, Count)> {
    named.iter().filter(|(name, count)| history.creeping(rule, &format!("{of}/{name}"), *count).shown().is_some()).cloned().collect()
}

/// People, live, eased and resolved, as the table has them. A barrier that is not in the table has no number at all.
fn of_barrier(barriers: &EditionTable, id: &str, otherwise: [Count; 4]) -> [Count; 4] {
    let Some(row) = barriers.row(id) else {
        return otherwise.map(|count| if count.is_zero() { count } else { Count::Hidden });
    };
    let cell = |column| barriers.numbers.cell(BY_STATE, row, column);
    [barriers.numbers.row_total(row), cell(0), cell(1), cell(2)]
}

fn all_answers(answers: &EditionTable) -> AnswerCounts {
    answers_at(answers, None)
}

/// The numbers of a row, or those at the foot of the table.
fn answers_at(answers: &EditionTable, row: Option<usize>) -> AnswerCounts {
    let at = |column| answers.numbers.count(Place { part: 0, row, column });
    AnswerCounts { asked: at(None), flexed_once: at(Some(0)), changed_for_all: at(Some(1)), refused: at(Some(2)), no_reply: at(Some(3)), waiting: at(Some(4)) }
}

fn hidden_answers(answers: &AnswerCounts) -> AnswerCounts {
    let hidden = |count: Count| if count.is_zero() { count } else { Count::Hidden };
    AnswerCounts {
        asked: hidden(answers.asked),
        flexed_once: hidden(answers.flexed_once),
        changed_for_all: hidden(answers.changed_for_all),
        refused: hidden(answers.refused),
        no_reply: hidden(answers.no_reply),
        waiting: hidden(answers.waiting),
    }
}

/// The numbers of an edition that stand in no table, by name, for its record.
pub fn figures(report: &ReportPage, guides: &[Released<GuidePage>]) -> Vec<(String, Count)> {
    let mut figures = vec![
        ("people".to_owned(), report.people),
        ("discussions".to_owned(), report.discussions),
        ("new-people".to_owned(), report.new_people),
        ("closed-people".to_owned(), report.closed_people),
    ];
    if let Some(needs) = &report.needs {
        figures.extend(needs.needs.iter().map(|(name, count)| (format!("{}/need/{name}", needs.id), *count)));
    }
    for guide in guides {
        for (what, list) in [("service", &guide.services), ("cause", &guide.causes), ("need", &guide.needs), ("barrier", &guide.barriers)] {
            figures.extend(list.iter().map(|(name, count)| (format!("{}/{what}/{name}", guide.id), *count)));
        }
    }
    figures.sort_by(|a, b| a.0.cmp(&b.0));
    figures.dedup_by(|a, b| a.0 == b.0);
    figures
}
