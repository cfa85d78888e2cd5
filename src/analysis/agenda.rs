//! The next meeting, from the ledger: what belongs on its agenda, why, and how long it is likely to take.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use super::actions::{ActionRow, row};
use super::pace::{Guess, Pace, Standing};
use super::series::Series;
use crate::model::{AgendaSubject, CaseRef, CaseStory, DiscussionKind, Ledger, Meeting};

/// Days before a release from custody from which on a case is pressing.
const RELEASE_NEAR: i64 = 28;

/// What belongs on the agenda of a meeting.
pub struct Agenda<'a> {
    pub date: NaiveDate,
    /// The last meeting before it.
    pub last: Option<&'a Meeting>,
    /// In the order in which they are taken.
    pub lines: Vec<AgendaProposal>,
    /// Actions of the group's cases that are open, oldest first.
    pub open_actions: Vec<ActionRow>,
    /// Open cases that nobody has said when to look at again, each with the day on which it was last discussed.
    pub quiet: Vec<(String, NaiveDate)>,
    /// Cases that are due, and stand on the agenda of another meeting before this one: the meeting's id.
    pub elsewhere: Vec<(String, String)>,
}

/// A line of an agenda, with the reasons for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaProposal {
    pub subject: AgendaSubject,
    pub standing: Option<Standing>,
    /// For a case.
    pub kind: Option<DiscussionKind>,
    pub guess: Guess,
    pub why: Vec<Why>,
}

/// Why something is on an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A meeting put it off, for this reason.
    PutOff(NaiveDate, String),
    /// It stood on the agenda of a meeting that did not come to it.
    NotReached(NaiveDate),
    ReviewDue(NaiveDate),
    /// A release from custody.
    Release(NaiveDate),
    /// So many of its actions are past their day.
    Overdue(usize),
    /// So many actions are open, the oldest set on this day.
    OpenActions(usize, NaiveDate),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let actions = |n: usize| if n == 1 { "action" } else { "actions" };
        match self {
            Self::PutOff(day, why) if why.trim().is_empty() => write!(f, "put off on {day}"),
            Self::PutOff(day, why) => write!(f, "put off on {day}: {}", why.split_whitespace().collect::<Vec<_>>().join(" ")),
            Self::NotReached(day) => write!(f, "not reached on {day}"),
            Self::ReviewDue(day) => write!(f, "review due on {day}"),
            Self::Release(day) => write!(f, "release from custody on {day}"),
            Self::Overdue(n) => write!(f, "{n} overdue {}", actions(*n)),
            Self::OpenActions(n, day) => write!(f, "{n} open {}, the oldest set on {day}", actions(*n)),
        }
    }
}

/// A review that could wait for the meeting after, and why that one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CouldWait {
    pub case: String,
    pub minutes: u32,
    pub why: String,
}

/// Puts together what belongs on the agenda of a meeting of a group on a day.
pub fn agenda<'a>(ledger: &Ledger<'a>, series: &Series<'a>, date: NaiveDate) -> Agenda<'a> {
    let pace = Pace::of(series.held_before(date));
    let last = series.last_before(date);
    let builder = Builder { ledger, series, date, planned: planned_elsewhere(ledger, date) };
    let (due, elsewhere) = builder.cases();
    let open_actions = builder.open_actions();
    let mut lines: Vec<AgendaProposal> = Standing::BEFORE_CASES.iter().filter_map(|standing| line(*standing, &pace, last, &open_actions)).collect();
    lines.extend(due.into_iter().map(|due| due.line(&pace)));
    lines.extend(Standing::AFTER_CASES.iter().filter_map(|standing| line(*standing, &pace, last, &open_actions)));
    Agenda { date, last, lines, open_actions, quiet: builder.quiet(), elsewhere }
}

impl Agenda<'_> {
    pub fn booked(&self) -> u32 {
        self.lines.iter().map(|line| line.guess.minutes).sum()
    }

    pub fn cases(&self) -> impl Iterator<Item = &AgendaProposal> {
        self.lines.iter().filter(|line| line.kind.is_some())
    }

    /// The least pressing reviews, as many as have to wait so that `over` minutes become free; the most a meeting can do.
    pub fn could_wait(&self, over: u32) -> Vec<CouldWait> {
        let mut freed = 0;
        let mut waiting = Vec::new();
        // Reviews stand in order of how pressing they are.
        for line in self.lines.iter().rev().filter(|line| line.kind == Some(DiscussionKind::Review) && !line.is_pressing()) {
            if freed >= over {
                break;
            }
            freed += line.guess.minutes;
            let AgendaSubject::Case(case) = &line.subject else { continue };
            let overdue = line.why.iter().any(|why| matches!(why, Why::Overdue(_)));
            let none = if overdue { "" } else { ", none of its actions is overdue" };
            let reasons: Vec<String> = line.why.iter().map(Why::to_string).collect();
            waiting.push(CouldWait { case: case.to_string(), minutes: line.guess.minutes, why: reasons.join(", ") + none });
        }
        waiting
    }
}

impl AgendaProposal {
    /// Not to be put off: it was already, or somebody comes out of prison.
    fn is_pressing(&self) -> bool {
        self.why.iter().any(|why| matches!(why, Why::PutOff(..) | Why::NotReached(_) | Why::Release(_)))
    }

    pub fn words(&self) -> String {
        match &self.subject {
            AgendaSubject::Item(words) => words.clone(),
            AgendaSubject::Case(case) => case.to_string(),
        }
    }
}

fn line(standing: Standing, pace: &Pace<'_>, last: Option<&Meeting>, open: &[ActionRow]) -> Option<AgendaProposal> {
    let words = match standing {
        Standing::Welcome => "Welcome and introductions".to_owned(),
        Standing::Apologies => "Apologies".to_owned(),
        Standing::Confidentiality => "Confidentiality statement".to_owned(),
        Standing::Conflicts => "Conflicts of interest".to_owned(),
        Standing::Minutes => format!("Minutes of the meeting of {}", last?.date.format("%-d %B %Y")),
        Standing::Actions if open.is_empty() => return None,
        Standing::Actions => "Open actions, the oldest first".to_owned(),
        Standing::OtherBusiness => "Any other business".to_owned(),
        Standing::NextMeeting => "Next meeting".to_owned(),
    };
    let why = match standing {
        Standing::Actions => open.iter().map(|action| action.set_on).min().map(|oldest| Why::OpenActions(open.len(), oldest)).into_iter().collect(),
        _ => Vec::new(),
    };
    Some(AgendaProposal { subject: AgendaSubject::Item(words), standing: Some(standing), kind: None, guess: pace.standing(standing), why })
}

/// Cases on the agendas of meetings that are still to come before a day, each with the meeting.
fn planned_elsewhere<'a>(ledger: &Ledger<'a>, date: NaiveDate) -> BTreeMap<&'a str, &'a Meeting> {
    let book = ledger.book;
    let planned = book.meetings.iter().filter(|meeting| meeting.status == crate::model::MeetingStatus::Planned);
    let before = planned.filter(|meeting| (book.today..date).contains(&meeting.date));
    before.flat_map(|meeting| meeting.cases_on_agenda().map(move |case| (case.as_str(), meeting))).collect()
}

/// A case that is due.
struct Due<'a> {
    case: &'a CaseRef,
    kind: DiscussionKind,
    why: Vec<Why>,
}

impl Due<'_> {
    fn line(self, pace: &Pace<'_>) -> AgendaProposal {
        let guess = pace.case(self.case, self.kind);
        AgendaProposal { subject: AgendaSubject::Case(self.case.clone()), standing: None, kind: Some(self.kind), guess, why: self.why }
    }

    /// Urgent ones first, then reviews and then new ones; what is more pressing comes first.
    fn order(&self) -> impl Ord + use<> {
        let rank = match self.kind {
            DiscussionKind::Urgent => 0,
            DiscussionKind::Review => 1,
            DiscussionKind::New => 2,
        };
        let release = self.why.iter().find_map(|why| if let Why::Release(day) = why { Some(*day) } else { None });
        let waited = self.why.iter().find_map(|why| match why {
            Why::PutOff(day, _) | Why::NotReached(day) => Some(*day),
            _ => None,
        });
        let due = self.why.iter().find_map(|why| if let Why::ReviewDue(day) = why { Some(*day) } else { None });
        let overdue = self.why.iter().find_map(|why| if let Why::Overdue(n) = why { Some(*n) } else { None }).unwrap_or(0);
        let some_first = |day: Option<NaiveDate>| (day.is_none(), day);
        (rank, some_first(release), some_first(waited), some_first(due), std::cmp::Reverse(overdue), self.case.clone())
    }
}

struct Builder<'l, 'a> {
    ledger: &'l Ledger<'a>,
    series: &'l Series<'a>,
    date: NaiveDate,
    planned: BTreeMap<&'a str, &'a Meeting>,
}

impl<'a> Builder<'_, 'a> {
    /// The cases that are due in their order, and those that another meeting takes before.
    fn cases(&self) -> (Vec<Due<'a>>, Vec<(String, String)>) {
        let mut due: BTreeMap<&str, Due<'a>> = BTreeMap::new();
        for (case, kind, why) in self.put_off().into_iter().chain(self.not_reached()) {
            due.entry(case.as_str()).or_insert(Due { case, kind, why: Vec::new() }).why.push(why);
        }
        for story in self.own_cases() {
            if let Some(day) = story.last().1.next_review.filter(|day| *day <= self.date) {
                due.entry(story.case.as_str()).or_insert(Due { case: story.case, kind: DiscussionKind::Review, why: Vec::new() }).why.push(Why::ReviewDue(day));
            }
        }
        let (elsewhere, here): (Vec<Due<'a>>, Vec<Due<'a>>) = due.into_values().partition(|due| self.planned.contains_key(due.case.as_str()));
        let mut here: Vec<Due<'a>> = here.into_iter().map(|due| self.with_what_presses(due)).collect();
        here.sort_by_cached_key(Due::order);
        let elsewhere = elsewhere.into_iter().map(|due| (due.case.to_string(), self.planned[due.case.as_str()].id.clone()));
        (here, elsewhere.collect())
    }

    fn put_off(&self) -> Vec<(&'a CaseRef, DiscussionKind, Why)> {
        let own = self.ledger.put_off(Some(self.date)).into_iter().filter(|put_off| self.series.holds(put_off.meeting));
        own.map(|put_off| {
            let kind = self.kind_at(put_off.meeting, put_off.case);
            (put_off.case, kind, Why::PutOff(put_off.meeting.date, put_off.why().to_owned()))
        })
        .collect()
    }

    /// The cases on the agenda of the last meeting that its record says nothing of.
    fn not_reached(&self) -> Vec<(&'a CaseRef, DiscussionKind, Why)> {
        let Some(last) = self.series.held_before(self.date).next_back().filter(|last| !last.cases.is_empty()) else { return Vec::new() };
        let recorded = |case: &CaseRef| last.cases.iter().any(|discussion| discussion.case == *case);
        let since = |case: &CaseRef| self.ledger.case(case.as_str()).is_some_and(|story| story.last().0.date > last.date);
        let items = last.agenda.iter().filter(|item| item.deferred.is_none()).filter_map(|item| match &item.subject {
            AgendaSubject::Case(case) => Some(case),
            AgendaSubject::Item(_) => None,
        });
        items.filter(|case| !recorded(case) && !since(case)).map(|case| (case, self.kind_at(last, case), Why::NotReached(last.date))).collect()
    }

    /// As what a case was on the agenda of a meeting that put it off.
    fn kind_at(&self, meeting: &Meeting, case: &CaseRef) -> DiscussionKind {
        let said = meeting.cases.iter().find(|discussion| discussion.case == *case).and_then(|discussion| discussion.kind);
        let before = || self.ledger.case(case.as_str()).is_some_and(|story| story.first().0.date < meeting.date);
        said.unwrap_or_else(|| if before() { DiscussionKind::Review } else { DiscussionKind::New })
    }

    fn with_what_presses(&self, mut due: Due<'a>) -> Due<'a> {
        let release = self.ledger.case(due.case.as_str()).and_then(CaseStory::release);
        due.why.extend(release.filter(|day| (-RELEASE_NEAR..=RELEASE_NEAR).contains(&(*day - self.date).num_days())).map(Why::Release));
        let overdue = self.ledger.actions.iter().filter(|state| state.discussion.case == *due.case && state.is_overdue(self.date)).count();
        due.why.extend((overdue > 0).then_some(Why::Overdue(overdue)));
        due
    }

    /// The cases of the group that are open.
    fn own_cases(&self) -> impl Iterator<Item = &CaseStory<'a>> {
        self.ledger.cases.values().filter(|story| story.closed().is_none() && self.series.has(story))
    }

    fn quiet(&self) -> Vec<(String, NaiveDate)> {
        let quiet = self.own_cases().filter(|story| story.last().1.next_review.is_none() && !self.planned.contains_key(story.case.as_str()));
        quiet.map(|story| (story.case.to_string(), story.last().0.date)).collect()
    }

    fn open_actions(&self) -> Vec<ActionRow> {
        let own = |case: &CaseRef| self.ledger.case(case.as_str()).is_some_and(|story| self.series.has(story));
        let open = self.ledger.actions.iter().filter(|state| state.status().is_open() && state.meeting.date < self.date && own(&state.discussion.case));
        let mut rows: Vec<ActionRow> = open.map(|state| row(self.ledger, state, self.ledger.book.today)).collect();
        rows.sort_by(|a, b| (a.set_on, a.due, &a.id).cmp(&(b.set_on, b.due, &b.id)));
        rows
    }
}
