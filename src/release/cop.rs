//! A session of a community of practice, for the people who come to it: many of them are at no meeting where cases are discussed.
//!
//! What meetings know of people is shown as to a board. What the sessions themselves brought was said in the same room, and is shown,
//! but for the story: it was told to those who were there.

use chrono::{NaiveDate, NaiveTime};

use super::Released;
use super::audience::Audience;
use super::guide::{GuidePage, release_guide};
use super::text::Lock;
use crate::analysis::{CopFacts, Round, cop_sessions};
use crate::model::{Casebook, Meeting, Session, Stage, ThemeKey};

/// What the people at a session may read about it and its theme.
#[derive(Clone, Debug)]
pub struct CopPage {
    /// The evidence, and the guide so far.
    pub guide: GuidePage,
    pub nth: usize,
    pub date: Option<NaiveDate>,
    pub starts: Option<NaiveTime>,
    pub venue: Option<String>,
    /// Whether the time, and the place, are those of the last session.
    pub as_last_time: [bool; 2],
    pub length: u32,
    pub facilitator: Option<String>,
    pub lived_experience_lead: Option<String>,
    /// The statement that is read out.
    pub statement: Option<String>,
    pub rounds: Vec<(Round, u32)>,
    /// Whether at least three people met the barrier, so that a composite can be made of their stories.
    pub can_be_composite: bool,
    pub earlier: Vec<SessionBrought>,
}

/// What one session brought.
#[derive(Clone, Debug)]
pub struct SessionBrought {
    pub kind: String,
    pub date: NaiveDate,
    /// Agencies that were there.
    pub came: Vec<String>,
    pub people: Option<u32>,
    pub with_lived_experience: Option<u32>,
    pub questions: Vec<String>,
    pub issues: Vec<String>,
    pub positive_practice: Vec<String>,
    pub recommendations: Vec<RecommendedLine>,
    pub value: Vec<ValueLine>,
}

#[derive(Clone, Debug)]
pub struct RecommendedLine {
    pub text: String,
    pub owner: Option<String>,
    pub reply: Option<String>,
}

/// One cycle of value creation.
#[derive(Clone, Debug)]
pub struct ValueLine {
    pub cycle: String,
    pub indicator: Option<String>,
    pub story: Option<String>,
}

/// Of how many people a composite has to be made, so that nobody can be recognised.
const COMPOSITE: usize = 3;

/// Lets out what a session needs.
pub fn release_cop(book: &Casebook, facts: &CopFacts<'_>) -> Released<CopPage> {
    let Released { page: guide, audience, mut withheld } = release_guide(book, &facts.guide, Audience::Session);
    let mut lock = Lock::new(book, Audience::Session);
    let session = facts.planned.and_then(|meeting| meeting.session.as_ref());
    let page = CopPage {
        guide,
        nth: facts.nth,
        date: facts.date,
        starts: facts.starts,
        venue: facts.venue.as_deref().and_then(|venue| lock.pass(venue, "the venue")),
        as_last_time: facts.as_last_time,
        length: facts.length,
        facilitator: session.and_then(|session| session.facilitator.clone()),
        lived_experience_lead: session.and_then(|session| session.lived_experience_lead.clone()),
        statement: book.group.confidentiality.clone(),
        rounds: facts.rounds.clone(),
        can_be_composite: facts.guide.row.as_ref().is_some_and(|row| row.people >= COMPOSITE),
        earlier: facts.earlier.iter().map(|(meeting, session)| brought(book, meeting, session, &mut lock)).collect(),
    };
    withheld.extend(lock.withheld);
    Released { page, audience, withheld }
}

fn brought(book: &Casebook, meeting: &Meeting, session: &Session, lock: &mut Lock) -> SessionBrought {
    let mut came: Vec<String> = Vec::new();
    for line in meeting.attendance.iter().filter(|line| matches!(line.status.as_str(), "present" | "observer")) {
        let name = &book.group.agency(line.agency).name;
        if !came.contains(name) {
            came.push(name.clone());
        }
    }
    let mut all = |texts: &[String], what: &str| texts.iter().filter_map(|text| lock.pass(text.trim(), what)).collect();
    SessionBrought {
        kind: meeting.kind.clone(),
        date: meeting.date,
        came,
        people: session.people,
        with_lived_experience: session.with_lived_experience,
        questions: all(&session.questions, "a question of a session"),
        issues: all(&session.issues, "an issue of a session"),
        positive_practice: all(&session.positive_practice, "a good practice of a session"),
        recommendations: session.recommendations.iter().filter_map(|said| recommended(book, said, lock)).collect(),
        value: session.value.iter().map(|value| value_line(value, lock)).collect(),
    }
}

/// A series of sessions on one theme.
#[derive(Clone, Debug)]
pub struct SeriesPage {
    pub group: String,
    pub contact: Option<String>,
    /// The theme's id, for the name of the file.
    pub id: String,
    pub title: String,
    pub stage: Option<Stage>,
    /// Oldest first.
    pub sessions: Vec<SessionBrought>,
    /// When the next one is, if that is known and still to come.
    pub next: Option<NaiveDate>,
}

/// Lets out what a series of sessions came to.
pub fn release_series(book: &Casebook, theme: ThemeKey) -> Released<SeriesPage> {
    let mut lock = Lock::new(book, Audience::Session);
    let sessions = cop_sessions(book, theme);
    let next = sessions.last().and_then(|(meeting, _)| meeting.next_meeting).filter(|day| *day >= book.today);
    let theme = book.theme(theme);
    let page = SeriesPage {
        group: book.group.name.clone(),
        contact: book.group.contact.clone(),
        id: theme.id.clone(),
        title: theme.title.clone(),
        stage: theme.stage,
        sessions: sessions.into_iter().map(|(meeting, session)| brought(book, meeting, session, &mut lock)).collect(),
        next,
    };
    Released { page, audience: Audience::Session, withheld: lock.withheld }
}

fn recommended(book: &Casebook, said: &crate::model::Recommendation, lock: &mut Lock) -> Option<RecommendedLine> {
    Some(RecommendedLine {
        text: lock.pass(said.text.trim(), "a recommendation")?,
        owner: said.owner.map(|key| book.group.agency(key).name.clone()),
        reply: said.reply.as_deref().and_then(|reply| lock.pass(reply.trim(), "a reply")),
    })
}

fn value_line(value: &crate::model::Value, lock: &mut Lock) -> ValueLine {
    let mut text = |text: &Option<String>| text.as_deref().and_then(|text| lock.pass(text.trim(), "what a session was worth"));
    ValueLine { cycle: value.cycle.clone(), indicator: text(&value.indicator), story: text(&value.story) }
}
