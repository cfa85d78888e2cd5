//! What the best-practice guide on one theme needs to know.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::actions::{ActionRow, row};
use super::barriers::{BarrierQuery, BarrierReport, BarrierRow};
use super::detail::{Companion, Occurrence, barrier_detail};
use super::overview::{AgencyAnswers, Answers, Lesson, answers_by_agency, lessons};
use super::sentence::in_sentence;
use super::trail::{Newest, Sight, entries};
use crate::model::{Casebook, EntryKind, LearningKind, Ledger, Meeting, Period, Session, Theme, ThemeKey};

/// Everything the workspace knows about one theme.
pub struct GuideFacts<'a> {
    pub group: String,
    pub contact: Option<String>,
    pub theme: &'a Theme,
    pub report: BarrierReport,
    /// The figures of the barrier; nothing for a theme that is none, or was not met.
    pub row: Option<BarrierRow>,
    /// What it blocks, with people; most first. The service as it stands in a sentence.
    pub services: Vec<(String, usize)>,
    pub causes: Vec<(String, usize)>,
    /// Rules as agencies word them: the rule, the agency, people; most first.
    pub rules: Vec<(String, Option<String>, usize)>,
    pub answers: Answers,
    pub answers_by_agency: Vec<AgencyAnswers>,
    pub needs: Vec<Companion>,
    pub barriers: Vec<Companion>,
    /// What people said at the discussions where the barrier stood: words, ref and day.
    pub voices: Vec<(String, String, NaiveDate)>,
    pub lessons: Vec<Lesson<'a>>,
    /// Actions that were meant to move it.
    pub actions: Vec<ActionRow>,
    pub sessions: Vec<SessionHeld>,
    pub recommendations: Vec<Recommended>,
    pub statements: Vec<StatementFacts>,
    /// The newest entries behind the figures, each with the id of its meeting.
    pub entries: Newest<Sight>,
}

/// A session of the community of practice, or a workshop, on the theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionHeld {
    pub meeting: String,
    pub kind: String,
    pub date: NaiveDate,
    pub issues: Vec<String>,
    pub positive_practice: Vec<String>,
    pub questions: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommended {
    pub text: String,
    pub owner: Option<String>,
    pub reply: Option<String>,
    pub meeting: String,
}

/// One sentence of the guide with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementFacts {
    pub id: Option<String>,
    pub name: String,
    pub section: String,
    pub says: String,
    pub who: Vec<String>,
    pub evidence: Vec<Evidence>,
}

/// One thing that a statement rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub id: String,
    pub source: EvidenceSource,
    /// What it says.
    pub text: String,
    pub case: String,
    pub date: NaiveDate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceSource {
    Learning(LearningKind),
    Action,
    Barrier,
}

/// Gathers what is known about a theme in a period. What people wrote for the guide is in `theme`.
pub fn guide_facts(book: &Casebook, key: ThemeKey, period: Period) -> GuideFacts<'_> {
    let detail = barrier_detail(book, key, &BarrierQuery { period, ..BarrierQuery::default() });
    let period = detail.period();
    let ledger = Ledger::fold(book);
    let theme = book.theme(key);
    let seen = &detail.occurrences;
    GuideFacts {
        group: book.group.name.clone(),
        contact: book.group.contact.clone(),
        theme,
        services: by_people(seen, |o| o.barrier.blocks.map(|key| in_sentence(&book.group.service(key).name))),
        causes: by_people(seen, |o| o.barrier.cause.clone()),
        rules: by_people(seen, |o| Some((o.barrier.rule.clone()?, o.barrier.at.map(|key| book.group.agency(key).name.clone()))))
            .into_iter()
            .map(|((rule, agency), people)| (rule, agency, people))
            .collect(),
        answers: Answers::of(seen.iter().map(|occurrence| occurrence.barrier)),
        answers_by_agency: answers_by_agency(book, seen.iter().map(|occurrence| occurrence.barrier)),
        voices: voices(seen),
        lessons: lessons_on(book, key, period),
        actions: actions_on(&ledger, key, period),
        sessions: sessions(book, key),
        recommendations: recommendations(book, key),
        statements: statements(book, theme),
        entries: entries(book, seen),
        row: detail.row,
        needs: detail.needs,
        barriers: detail.barriers,
        report: detail.report,
    }
}

/// The values of a field with the people they concern: most people first, then in order.
fn by_people<T: Ord>(seen: &[Occurrence<'_>], value: impl Fn(&Occurrence<'_>) -> Option<T>) -> Vec<(T, usize)> {
    let mut people: BTreeMap<T, BTreeSet<&str>> = BTreeMap::new();
    for occurrence in seen {
        if let Some(value) = value(occurrence) {
            people.entry(value).or_default().insert(occurrence.discussion.case.as_str());
        }
    }
    let mut counted: Vec<(T, usize)> = people.into_iter().map(|(value, people)| (value, people.len())).collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted
}

fn voices(seen: &[Occurrence<'_>]) -> Vec<(String, String, NaiveDate)> {
    let mut voices = Vec::new();
    let mut heard = BTreeSet::new();
    for occurrence in seen {
        for view in &occurrence.discussion.views {
            let of_the_person = view.whose.as_deref().is_none_or(|whose| whose == "person");
            if let Some(says) = view.says.as_deref().filter(|_| of_the_person)
                && heard.insert((occurrence.discussion.case.as_str(), says))
            {
                voices.push((says.trim().to_owned(), occurrence.discussion.case.to_string(), occurrence.meeting.date));
            }
        }
    }
    voices
}

fn lessons_on(book: &Casebook, theme: ThemeKey, period: Period) -> Vec<Lesson<'_>> {
    let held = book.held_meetings().filter(|(_, meeting)| period.contains(meeting.date));
    held.flat_map(|(_, meeting)| meeting.cases.iter().map(move |case| (meeting, case)))
        .flat_map(|(meeting, case)| lessons(book, meeting, case).zip(&case.learning))
        .filter(|(_, point)| point.themes.contains(&theme))
        .map(|(lesson, _)| lesson)
        .collect()
}

fn actions_on(ledger: &Ledger<'_>, theme: ThemeKey, period: Period) -> Vec<ActionRow> {
    let id = &ledger.book.theme(theme).id;
    let set = ledger.actions.iter().filter(|state| period.contains(state.meeting.date));
    set.map(|state| row(ledger, state, ledger.book.today)).filter(|action| action.addresses.as_ref() == Some(id)).collect()
}

fn sessions_on(book: &Casebook, theme: ThemeKey) -> impl Iterator<Item = (&Meeting, &Session)> {
    book.held_meetings().filter_map(move |(_, meeting)| Some((meeting, meeting.session.as_ref().filter(|session| session.theme == theme)?)))
}

fn sessions(book: &Casebook, theme: ThemeKey) -> Vec<SessionHeld> {
    let held = sessions_on(book, theme);
    held.map(|(meeting, session)| SessionHeld {
        meeting: meeting.id.clone(),
        kind: meeting.kind.clone(),
        date: meeting.date,
        issues: session.issues.clone(),
        positive_practice: session.positive_practice.clone(),
        questions: session.questions.clone(),
    })
    .collect()
}

fn recommendations(book: &Casebook, theme: ThemeKey) -> Vec<Recommended> {
    let held = sessions_on(book, theme);
    held.flat_map(|(meeting, session)| session.recommendations.iter().map(move |recommendation| (meeting, recommendation)))
        .map(|(meeting, recommendation)| Recommended {
            text: recommendation.text.clone(),
            owner: recommendation.owner.map(|key| book.group.agency(key).name.clone()),
            reply: recommendation.reply.clone(),
            meeting: meeting.id.clone(),
        })
        .collect()
}

fn statements(book: &Casebook, theme: &Theme) -> Vec<StatementFacts> {
    let statements = theme.guide.iter().flat_map(|guide| &guide.statements);
    statements
        .map(|statement| StatementFacts {
            id: statement.id.clone(),
            name: statement.name(),
            section: statement.section.clone(),
            says: statement.says.trim().to_owned(),
            who: statement.who.clone(),
            evidence: statement.evidence.iter().filter_map(|id| evidence(book, id)).collect(),
        })
        .collect()
}

fn evidence(book: &Casebook, id: &str) -> Option<Evidence> {
    let entry = book.find_entry(id)?;
    let discussion = book.discussion(entry);
    let (source, text) = match entry.kind {
        EntryKind::Learning(n) => (EvidenceSource::Learning(discussion.learning[n].kind), discussion.learning[n].text.clone()),
        EntryKind::Action(n) => (EvidenceSource::Action, discussion.actions[n].what.clone()),
        EntryKind::Feedback => (EvidenceSource::Action, "The person was to be told what was decided".to_owned()),
        EntryKind::Barrier(n) => {
            let barrier = &discussion.barriers[n];
            (EvidenceSource::Barrier, barrier.rule.clone().unwrap_or_else(|| book.theme(barrier.theme).title.clone()))
        }
    };
    Some(Evidence { id: id.to_owned(), source, text, case: discussion.case.to_string(), date: book.meeting(entry.meeting).date })
}
