//! How far the meeting has come: the value that every accepted line changes.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use super::dates::{Dates, Leans};
use super::reply::{Ending, Past};
use crate::model::{
    AgendaItem, AgendaSubject, CaseRef, CaseStory, Casebook, Directories, Discussion, DiscussionKind, Ledger, Meeting, MeetingStatus, entries_of,
};

/// What does not change while the meeting is chaired.
pub(super) struct Table<'a> {
    pub(super) book: &'a Casebook,
    pub(super) ledger: Ledger<'a>,
    /// The meeting as its file has it.
    pub(super) base: &'a Meeting,
    pub(super) names: Directories,
    pub(super) past: &'a dyn Past,
}

/// An item of the agenda, and how it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) item: AgendaItem,
    /// In seconds.
    pub(super) spent: u32,
    /// Minutes that were allowed beyond the plan.
    pub(super) allowed: u32,
    /// Whether it has been on the table.
    pub(super) seen: bool,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The item it belongs to: its name.
    pub item: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// The record so far; its agenda stands in `stops`.
    pub(super) meeting: Meeting,
    pub(super) stops: Vec<Stop>,
    /// The item on the table.
    pub(super) at: usize,
    /// When the last line was said.
    pub(super) clock: u32,
    pub(super) paused: bool,
    /// What was asked about already: of which case, and what.
    pub(super) asked: BTreeSet<(String, String)>,
    /// The line that asked, for `anyway`.
    pub(super) pending: Option<String>,
    /// While a line is said again on purpose: the reason, which may be empty.
    pub(super) sure: Option<String>,
    /// The barrier that further parts belong to, in the present case.
    pub(super) barrier: Option<usize>,
    /// Whether the last line was an update, so that another goes on in the same paragraph.
    pub(super) updating: bool,
    pub(super) log: Vec<Logged>,
    pub(super) ending: Option<Ending>,
}

impl State {
    pub(super) fn start(table: &Table<'_>) -> Self {
        let mut meeting = table.base.clone();
        let stop = |item| Stop { item, spent: 0, allowed: 0, seen: false };
        let mut stops: Vec<Stop> = std::mem::take(&mut meeting.agenda).into_iter().map(stop).collect();
        for case in &meeting.cases {
            if !stops.iter().any(|stop| stop.case() == Some(&case.case)) {
                stops.push(stop(item(AgendaSubject::Case(case.case.clone()))));
            }
        }
        if stops.is_empty() {
            stops.push(stop(item(AgendaSubject::Item("The meeting".to_owned()))));
        }
        stops[0].seen = true;
        Self {
            meeting,
            stops,
            at: 0,
            clock: 0,
            paused: false,
            asked: BTreeSet::new(),
            pending: None,
            sure: None,
            barrier: None,
            updating: false,
            log: Vec::new(),
            ending: None,
        }
    }

    /// Lets the time pass until a line is said.
    pub(super) fn tick(&mut self, at: u32) {
        let passed = at.saturating_sub(self.clock);
        self.clock = self.clock.max(at);
        if !self.paused && self.ending.is_none() {
            self.stops[self.at].spent = self.stops[self.at].spent.saturating_add(passed);
        }
    }

    pub(super) fn stop(&self) -> &Stop {
        &self.stops[self.at]
    }

    /// The case on the table.
    pub(super) fn case(&self) -> Option<&CaseRef> {
        self.stop().case()
    }

    /// What has been recorded for a case.
    pub(super) fn discussion(&self, case: &CaseRef) -> Option<&Discussion> {
        self.meeting.cases.iter().find(|discussion| discussion.case == *case)
    }

    /// The record of the case on the table, begun when there is none yet.
    pub(super) fn here(&mut self, table: &Table<'_>) -> Result<&mut Discussion, String> {
        let case =
            self.case().cloned().ok_or_else(|| format!("`{}` is no case: `go REF` brings one on the table, `urgent REF` adds one", self.stop().label()))?;
        Ok(self.record_of(table, &case))
    }

    pub(super) fn record_of(&mut self, table: &Table<'_>, case: &CaseRef) -> &mut Discussion {
        let cases = &mut self.meeting.cases;
        let at = cases.iter().position(|discussion| discussion.case == *case).unwrap_or_else(|| {
            let kind = if table.story(case).is_some() { DiscussionKind::Review } else { DiscussionKind::New };
            cases.push(blank(cases.len(), case.clone(), kind));
            cases.len() - 1
        });
        &mut cases[at]
    }

    /// The record as it would be saved now.
    pub(super) fn record(&self, base: &Meeting) -> Meeting {
        let mut meeting = self.meeting.clone();
        let took = |stop: &Stop| Some((stop.spent + 30) / 60).filter(|minutes| *minutes > 0).or(stop.item.took);
        // An agenda that was nowhere written is not written now.
        if !base.agenda.is_empty() || self.stops.iter().any(|stop| stop.case().is_none() && stop.item.note.is_some()) {
            meeting.agenda = self.stops.iter().map(|stop| AgendaItem { took: took(stop), ..stop.item.clone() }).collect();
        }
        for case in &mut meeting.cases {
            let missing = super::prompts::missing(case);
            let still = |open: &String| missing.iter().any(|part| part.key == key_of(open)) || super::prompts::PARTS.iter().all(|part| *part != key_of(open));
            case.left_open.retain(still);
        }
        if self.ending == Some(Ending::Finished) {
            (meeting.status, meeting.status_is_said) = (MeetingStatus::Held, true);
        }
        meeting
    }

    /// A new id for something in a case: short, and the same for the same lines.
    pub(super) fn new_id(&self, table: &Table<'_>, case: &CaseRef, content: &str) -> String {
        let used: BTreeSet<&str> = entries_of(std::slice::from_ref(&self.meeting)).map(|(id, _)| id).collect();
        let is_free = |id: &String| !used.contains(id.as_str()) && !table.past.is_taken(id);
        // The more are taken, the longer they become; what is left over in the end differs by its number alone.
        let tried = (0_u32..64).map(|n| short_id(&format!("{}\n{case}\n{content}\n{n}", self.meeting.id), 4 + 2 * (n / 8) as usize));
        tried.into_iter().find(is_free).unwrap_or_else(|| format!("{}-{}", self.meeting.id, used.len()))
    }

    /// Days that are to come.
    pub(super) fn dates(&self) -> Dates {
        Dates { today: self.meeting.date, next_meeting: self.meeting.next_meeting, leans: Leans::Ahead }
    }

    /// Days on which something was done.
    pub(super) fn days_gone(&self) -> Dates {
        Dates { leans: Leans::Back, ..self.dates() }
    }

    /// A date that must not have passed. One that has is asked about once.
    pub(super) fn due(&self, date: NaiveDate) -> Result<NaiveDate, Doubt> {
        if date < self.meeting.date && self.sure.is_none() {
            return Err(Doubt::Asked(format!(
                "{} has passed by the day of the meeting. If it is meant, say it again, or `anyway`.",
                super::dates::in_words(date)
            )));
        }
        Ok(date)
    }
}

/// Why a line is not taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    Refused(String),
    /// It is taken when it is said again.
    Asked(String),
}

impl From<String> for Doubt {
    fn from(why: String) -> Self {
        Self::Refused(why)
    }
}

impl From<&str> for Doubt {
    fn from(why: &str) -> Self {
        Self::Refused(why.to_owned())
    }
}

impl<'a> Table<'a> {
    /// What earlier meetings recorded of a case.
    pub(super) fn story(&self, case: &CaseRef) -> Option<&CaseStory<'a>> {
        let story = self.ledger.case(case.as_str())?;
        let is_earlier = story.discussions.iter().any(|(meeting, _)| meeting.id != self.base.id);
        is_earlier.then_some(story)
    }

    pub(super) fn agency(&self, key: crate::model::AgencyKey) -> &str {
        &self.book.group.agency(key).name
    }
}

impl Stop {
    pub(super) fn case(&self) -> Option<&CaseRef> {
        match &self.item.subject {
            AgendaSubject::Case(case) => Some(case),
            AgendaSubject::Item(_) => None,
        }
    }

    pub(super) fn label(&self) -> &str {
        match &self.item.subject {
            AgendaSubject::Case(case) => case.as_str(),
            AgendaSubject::Item(item) => item,
        }
    }
}

pub(super) fn item(subject: AgendaSubject) -> AgendaItem {
    AgendaItem { nth: usize::MAX, subject, minutes: None, took: None, note: None, deferred: None }
}

fn blank(nth: usize, case: CaseRef, kind: DiscussionKind) -> Discussion {
    Discussion {
        nth,
        case,
        kind: Some(kind),
        referral: None,
        lead_agency: None,
        lead_professional: None,
        lived_experience_supporter: None,
        update: None,
        views: Vec::new(),
        needs: Vec::new(),
        barriers: Vec::new(),
        enablers: Vec::new(),
        guides_used: Vec::new(),
        tagging: Vec::new(),
        decisions: Vec::new(),
        actions: Vec::new(),
        learning: Vec::new(),
        offers: Vec::new(),
        custody: None,
        next_review: None,
        closed: None,
        feedback_to_person: None,
        left_open: Vec::new(),
    }
}

/// What an entry of `left_open` is about.
pub(super) fn key_of(open: &str) -> &str {
    open.split(':').next().unwrap_or(open).trim()
}

/// Letters and digits in turn, none of which is taken for another.
fn short_id(content: &str, length: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghkmnpqrstuvwxyz";
    const DIGITS: &[u8] = b"23456789";
    let hash = Sha256::digest(content.as_bytes());
    let sign = |(at, byte): (usize, &u8)| {
        let signs = if at % 2 == 0 { LETTERS } else { DIGITS };
        char::from(signs[usize::from(*byte) % signs.len()])
    };
    hash.iter().take(length).enumerate().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_and_always_the_same() {
        assert_eq!(short_id("a", 4), short_id("a", 4));
        assert_ne!(short_id("a", 4), short_id("b", 4));
        assert_eq!(short_id("a", 6).len(), 6);
        assert!(short_id("x", 4).bytes().enumerate().all(|(at, b)| if at % 2 == 0 { b.is_ascii_lowercase() } else { b.is_ascii_digit() }));
    }
}
