//! What a statement of a guide rests on, and whether that is still what a person read.
//!
//! The fingerprint is over what the evidence says now: learning points, actions with what came of them, barriers with their rule and
//! answer as last seen, and every learning point on the theme of a guide that says what did not work. It does not depend on the order.

use chrono::NaiveDate;

use super::{ActionState, Answer, Barrier, EntryKind, LearningKind, Ledger, Statement, Task, Theme, ThemeKey};
use crate::source::fingerprint;

/// Sections whose statements are no advice that something which failed could speak against.
const NO_ADVICE: [&str; 2] = ["what-does-not-work", "questions-to-ask"];

/// How a statement stands to its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nobody has read it against its evidence yet.
    Never,
    /// The evidence says what it said when a person read it.
    Holds,
    /// The evidence has changed since: what came after that day, as far as records are dated. A record that was changed has no day.
    Suspect(Vec<String>),
}

/// The statements of a theme's guide, each with how it stands.
pub fn readings<'a>(ledger: &Ledger<'a>, key: ThemeKey) -> Vec<(&'a Statement, Reading)> {
    let statements = ledger.book.theme(key).guide.iter().flat_map(|guide| &guide.statements);
    statements.map(|statement| (statement, reading(ledger, key, statement))).collect()
}

fn reading(ledger: &Ledger<'_>, key: ThemeKey, statement: &Statement) -> Reading {
    let Some(read) = &statement.reviewed else { return Reading::Never };
    let behind = behind(ledger, key, statement);
    if read.against.as_deref() == Some(&mark(&behind)) {
        return Reading::Holds;
    }
    let is_new = |piece: &&Piece| read.on.is_none_or(|on| piece.date > on);
    Reading::Suspect(behind.iter().filter(is_new).map(|piece| piece.news.clone()).collect())
}

/// The fingerprint of what a statement rests on, as it is now.
pub fn evidence_fingerprint(ledger: &Ledger<'_>, key: ThemeKey, statement: &Statement) -> String {
    mark(&behind(ledger, key, statement))
}

/// One thing that counts for or against a statement.
struct Piece {
    /// All that it says; what enters the fingerprint.
    says: String,
    /// The day of the record that says it.
    date: NaiveDate,
    /// What is new about it, for somebody who read the statement before that day.
    news: String,
}

fn mark(pieces: &[Piece]) -> String {
    let lines: Vec<&str> = pieces.iter().map(|piece| piece.says.as_str()).collect();
    fingerprint(&lines.join("\n"))
}

fn behind(ledger: &Ledger<'_>, key: ThemeKey, statement: &Statement) -> Vec<Piece> {
    let named = statement.evidence.iter().filter_map(|id| evidence(ledger, id));
    let mut pieces: Vec<Piece> = named.chain(against(ledger, key, statement)).collect();
    pieces.sort_by(|a, b| a.says.cmp(&b.says));
    pieces.dedup_by(|a, b| a.says == b.says);
    pieces
}

fn evidence(ledger: &Ledger<'_>, id: &str) -> Option<Piece> {
    let book = ledger.book;
    let entry = book.find_entry(id)?;
    let discussion = book.discussion(entry);
    let set = book.meeting(entry.meeting).date;
    match entry.kind {
        EntryKind::Learning(n) => {
            let point = &discussion.learning[n];
            let themes: Vec<&str> = point.themes.iter().map(|key| book.theme(*key).id.as_str()).collect();
            let says = said(&[id, point.kind.word(), &point.text, &themes.join(",")]);
            Some(Piece { says, date: set, news: format!("`{id}` is a newer learning point") })
        }
        EntryKind::Action(_) | EntryKind::Feedback => Some(action(ledger, id, set)),
        EntryKind::Barrier(n) => Some(barrier(ledger, id, discussion.case.as_str(), &discussion.barriers[n], set)),
    }
}

fn action(ledger: &Ledger<'_>, id: &str, set: NaiveDate) -> Piece {
    let is_it = |state: &&ActionState<'_>| match state.task {
        Task::Action(action) => action.id.as_deref() == Some(id),
        Task::Feedback(feedback) => feedback.id.as_deref() == Some(id),
    };
    let state = ledger.actions.iter().find(is_it);
    let what = match state.map(|state| state.task) {
        Some(Task::Action(action)) => action.what.as_str(),
        _ => "",
    };
    let Some(told) = state.and_then(|state| state.told.last()) else {
        return Piece { says: said(&[id, "action", what]), date: set, news: format!("action `{id}` is newer") };
    };
    let (status, outcome) = (told.report.status.word(), told.report.outcome.map_or("", |outcome| outcome.word()));
    let came = if outcome.is_empty() { status.to_owned() } else { format!("{status}, {outcome}") };
    Piece { says: said(&[id, "action", what, status, outcome]), date: told.meeting.date, news: format!("action `{id}`: {came}") }
}

/// A barrier as it was last seen in the same case at the same agency: a rule that was changed is another rule.
fn barrier(ledger: &Ledger<'_>, id: &str, case: &str, barrier: &Barrier, set: NaiveDate) -> Piece {
    let threads = ledger.cases.get(case).map(|story| story.barriers()).unwrap_or_default();
    let thread = threads.iter().find(|thread| thread.sightings.iter().any(|sighting| std::ptr::eq(sighting.barrier, barrier)));
    let (last, date) = thread.and_then(|thread| thread.sightings.last()).map_or((barrier, set), |last| (last.barrier, last.meeting.date));
    let theme = &ledger.book.theme(barrier.theme).id;
    let rule = last.rule.as_deref().or(barrier.rule.as_deref()).unwrap_or_default();
    let answer = last.answer.map_or("", Answer::word);
    let says = said(&[id, "barrier", theme, rule, answer]);
    let news = if answer.is_empty() { format!("barrier `{id}` was recorded again") } else { format!("barrier `{id}`: {answer}") };
    Piece { says, date, news }
}

/// What was learned on the theme to have failed, and the statement does not name.
fn against(ledger: &Ledger<'_>, key: ThemeKey, statement: &Statement) -> Vec<Piece> {
    if NO_ADVICE.contains(&statement.section.as_str()) {
        return Vec::new();
    }
    let held = ledger.book.held_meetings().flat_map(|(_, meeting)| meeting.cases.iter().map(move |case| (meeting.date, case)));
    held.flat_map(|(date, case)| case.learning.iter().map(move |point| (date, point)))
        .filter(|(_, point)| point.kind == LearningKind::DidNotWork && point.themes.contains(&key))
        .filter(|(_, point)| point.id.as_ref().is_none_or(|id| !statement.evidence.contains(id)))
        .map(|(date, point)| {
            let id = point.id.as_deref().unwrap_or("without an id");
            Piece { says: said(&[id, "against", &point.text]), date, news: format!("learned since: did not work (`{id}`)") }
        })
        .collect()
}

/// On one line, whatever stands in a part.
fn said(parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    parts.join(" | ")
}

impl Theme {
    /// The statement of this id in the theme's guide.
    pub fn statement(&self, id: &str) -> Option<&Statement> {
        self.guide.iter().flat_map(|guide| &guide.statements).find(|statement| statement.id.as_deref() == Some(id))
    }
}
