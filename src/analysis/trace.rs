//! Every line of the members' guide that carries a figure or a claim, with all that stands behind it.
//!
//! It is gathered from the meetings anew, and not from what the guide is made of: where the two should ever disagree, a test says so.

use std::collections::{BTreeMap, BTreeSet};

use super::detail::{Occurrence, barrier_detail};
use super::sentence::in_sentence;
use crate::model::{
    Action, Answer, Barrier, BarrierStatus, Casebook, Discussion, EntryKind, LearningKind, LearningPoint, Meeting, Period, Theme, ThemeKey, View,
};

/// What a line of a guide says, and the entries it rests on.
#[derive(Clone, Debug)]
pub struct TraceLine<'a> {
    /// The part of the guide.
    pub part: &'static str,
    /// The words or the name beside the figure, as the guide has them.
    pub says: String,
    pub figure: Option<TraceFigure>,
    /// The oldest first; never empty.
    pub behind: Vec<Behind<'a>>,
}

/// A figure, and what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraceFigure {
    /// Each person once, however many entries.
    People(usize),
    /// Each entry.
    Times(usize),
}

/// One place in the files.
#[derive(Clone, Copy, Debug)]
pub enum Behind<'a> {
    Barrier(&'a Meeting, &'a Discussion, &'a Barrier),
    /// A need, by its place among those of the discussion.
    Need(&'a Meeting, &'a Discussion, usize),
    View(&'a Meeting, &'a Discussion, &'a View),
    Learning(&'a Meeting, &'a Discussion, &'a LearningPoint),
    Action(&'a Meeting, &'a Discussion, &'a Action),
    Feedback(&'a Meeting, &'a Discussion),
    /// A recommendation of a session, by its place.
    Recommendation(&'a Meeting, usize),
    Session(&'a Meeting),
    /// A field of the theme's file.
    Field(&'a Theme, &'static str),
    /// A field of the guide in the theme's file.
    Text(&'a Theme, &'static str),
    /// A statement of the guide, by its place in the list.
    Statement(&'a Theme, usize),
}

impl<'a> Behind<'a> {
    /// The meeting and the case; a theme's file has neither.
    pub fn of(self) -> (Option<&'a Meeting>, Option<&'a str>) {
        match self {
            Self::Barrier(meeting, said, _)
            | Self::Need(meeting, said, _)
            | Self::View(meeting, said, _)
            | Self::Learning(meeting, said, _)
            | Self::Action(meeting, said, _)
            | Self::Feedback(meeting, said) => (Some(meeting), Some(said.case.as_str())),
            Self::Recommendation(meeting, _) | Self::Session(meeting) => (Some(meeting), None),
            Self::Field(..) | Self::Text(..) | Self::Statement(..) => (None, None),
        }
    }
}

/// Follows every line of the guide on a theme.
pub fn guide_trace(book: &Casebook, key: ThemeKey, period: Period) -> Vec<TraceLine<'_>> {
    let detail = barrier_detail(book, key, &super::barriers::BarrierQuery { period, ..super::barriers::BarrierQuery::default() });
    let period = detail.period();
    let mut trace = Trace { book, key, lines: Vec::new() };
    trace.texts();
    trace.people(&detail.occurrences);
    trace.kept_from(&detail.occurrences);
    trace.asked(&detail.occurrences);
    trace.beside(&detail.occurrences);
    trace.voices(&detail.occurrences);
    trace.learned(period);
    trace.tried(period);
    trace.sessions();
    trace.statements();
    trace.lines
}

struct Trace<'a> {
    book: &'a Casebook,
    key: ThemeKey,
    lines: Vec<TraceLine<'a>>,
}

fn seen<'a>(occurrence: &Occurrence<'a>) -> Behind<'a> {
    Behind::Barrier(occurrence.meeting, occurrence.discussion, occurrence.barrier)
}

impl<'a> Trace<'a> {
    fn add(&mut self, part: &'static str, says: impl Into<String>, figure: Option<TraceFigure>, behind: Vec<Behind<'a>>) {
        if !behind.is_empty() {
            self.lines.push(TraceLine { part, says: says.into(), figure, behind });
        }
    }

    /// A number of people: everybody in the entries, once.
    fn count(&mut self, part: &'static str, says: impl Into<String>, behind: Vec<Behind<'a>>) {
        let people: BTreeSet<&str> = behind.iter().filter_map(|behind| behind.of().1).collect();
        self.add(part, says, Some(TraceFigure::People(people.len())), behind);
    }

    /// What people wrote in the theme's file.
    fn texts(&mut self) {
        let theme = self.book.theme(self.key);
        for (field, text) in
            [("title", Some(&theme.title)), ("definition", theme.definition.as_ref()), ("include", theme.include.as_ref()), ("exclude", theme.exclude.as_ref())]
        {
            if let Some(text) = text {
                self.add("What we mean", text.trim(), None, vec![Behind::Field(theme, field)]);
            }
        }
        let Some(guide) = &theme.guide else { return };
        let control = [("approved_by", guide.approved_by.as_deref()), ("edition", guide.edition.as_deref())];
        for (field, text) in guide.texts().into_iter().chain(control) {
            if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
                self.add("What people wrote", text.trim(), None, vec![Behind::Text(theme, field)]);
            }
        }
        for (field, list) in [("audience", &guide.audience), ("made_by", &guide.made_by)] {
            if !list.is_empty() {
                self.add("Document control", list.join("; "), None, vec![Behind::Text(theme, field)]);
            }
        }
        let days =
            [("published_on", guide.published_on), ("review_date", guide.review_date), ("legal_check", guide.legal_check.as_ref().and_then(|check| check.on))];
        for (field, day) in days.into_iter().filter_map(|(field, day)| Some((field, day?))) {
            self.add("Document control", day.format("%-d %B %Y").to_string(), None, vec![Behind::Text(theme, field)]);
        }
    }

    fn people(&mut self, all: &[Occurrence<'a>]) {
        const PART: &str = "What gets in the way";
        self.count(PART, "people who met it", all.iter().map(seen).collect());
        let mut last: BTreeMap<&str, &Occurrence<'a>> = BTreeMap::new();
        for occurrence in all {
            last.insert(occurrence.discussion.case.as_str(), occurrence);
        }
        for (says, status) in [("it still stands", BarrierStatus::Live), ("it has eased", BarrierStatus::Eased), ("it is resolved", BarrierStatus::Resolved)] {
            self.count(PART, says, last.values().filter(|one| one.barrier.status == status).map(|one| seen(one)).collect());
        }
        for occurrence in all {
            let says = format!("{} · {}", occurrence.meeting.date.format("%-d %B %Y"), occurrence.discussion.case);
            self.add("Where the numbers come from", says, None, vec![seen(occurrence)]);
        }
    }

    fn kept_from(&mut self, all: &[Occurrence<'a>]) {
        let book = self.book;
        self.grouped("What it keeps people from", all, |one| one.barrier.blocks.map(|key| in_sentence(&book.group.service(key).name)));
        self.grouped("The rules behind it", all, |one| one.barrier.rule.clone());
        self.grouped("Causes", all, |one| one.barrier.cause.clone());
    }

    fn grouped(&mut self, part: &'static str, all: &[Occurrence<'a>], value: impl Fn(&Occurrence<'a>) -> Option<String>) {
        let mut groups: BTreeMap<String, Vec<Behind<'a>>> = BTreeMap::new();
        for occurrence in all {
            if let Some(value) = value(occurrence) {
                groups.entry(value).or_default().push(seen(occurrence));
            }
        }
        for (says, behind) in groups {
            self.count(part, says, behind);
        }
    }

    /// What came of asking, for all and for each agency.
    fn asked(&mut self, all: &[Occurrence<'a>]) {
        const PART: &str = "Who can unlock it";
        let agencies: BTreeSet<_> = all.iter().filter_map(|one| one.barrier.at).collect();
        for agency in std::iter::once(None).chain(agencies.into_iter().map(Some)) {
            let is_its = |one: &&Occurrence<'_>| agency.is_none() || one.barrier.at == agency;
            let mut of = |says: &str, wanted: &dyn Fn(&Barrier) -> bool| {
                let behind: Vec<Behind<'a>> = all.iter().filter(is_its).filter(|one| wanted(one.barrier)).map(seen).collect();
                let says = agency.map_or_else(|| says.to_owned(), |key| format!("{}: {says}", self.book.group.agency(key).name));
                let times = TraceFigure::Times(behind.len());
                self.add(PART, says, Some(times), behind);
            };
            of("asked", &|barrier| barrier.asked.is_some());
            of("flexed once", &|barrier| barrier.answer == Some(Answer::FlexedOnce));
            of("changed for all", &|barrier| barrier.answer == Some(Answer::ChangedForAll));
            of("refused", &|barrier| barrier.answer == Some(Answer::Refused));
            of("no reply", &|barrier| barrier.answer == Some(Answer::NoReply));
            of("still waiting", &|barrier| barrier.asked.is_some() && barrier.answer.is_none());
        }
    }

    /// Needs and other barriers of the same discussions.
    fn beside(&mut self, all: &[Occurrence<'a>]) {
        let (mut needs, mut others): (BTreeMap<ThemeKey, Vec<Behind<'a>>>, BTreeMap<ThemeKey, Vec<Behind<'a>>>) = Default::default();
        for one in all {
            for (n, need) in one.discussion.needs.iter().enumerate() {
                needs.entry(*need).or_default().push(Behind::Need(one.meeting, one.discussion, n));
            }
            for other in one.discussion.barriers.iter().filter(|other| other.theme != self.key) {
                others.entry(other.theme).or_default().push(Behind::Barrier(one.meeting, one.discussion, other));
            }
        }
        for (part, groups) in [("What people live with who meet it", needs), ("Other barriers that come with it", others)] {
            for (theme, behind) in groups {
                self.count(part, self.book.theme(theme).title.clone(), behind);
            }
        }
    }

    fn voices(&mut self, all: &[Occurrence<'a>]) {
        for one in all {
            for view in one.discussion.views.iter().filter(|view| view.whose.as_deref().is_none_or(|whose| whose == "person")) {
                if let Some(says) = &view.says {
                    self.add("What people told us", says.trim(), None, vec![Behind::View(one.meeting, one.discussion, view)]);
                }
            }
        }
    }

    fn learned(&mut self, period: Period) {
        let key = self.key;
        for (meeting, said) in self.discussions(period) {
            for point in said.learning.iter().filter(|point| point.themes.contains(&key)) {
                let part = match point.kind {
                    LearningKind::Worked => "What we saw work",
                    LearningKind::DidNotWork => "What we saw fail",
                    LearningKind::Question => "What nobody could answer",
                };
                self.add(part, point.text.trim(), None, vec![Behind::Learning(meeting, said, point)]);
            }
        }
    }

    fn tried(&mut self, period: Period) {
        let key = self.key;
        for (meeting, said) in self.discussions(period) {
            for action in said.actions.iter().filter(|action| action.addresses == Some(key)) {
                self.add("What was tried to move it", action.what.trim(), None, vec![Behind::Action(meeting, said, action)]);
            }
        }
    }

    fn discussions(&self, period: Period) -> Vec<(&'a Meeting, &'a Discussion)> {
        let held = self.book.held_meetings().filter(|(_, meeting)| period.contains(meeting.date));
        held.flat_map(|(_, meeting)| meeting.cases.iter().map(move |said| (meeting, said))).collect()
    }

    fn sessions(&mut self) {
        let book = self.book;
        for (_, meeting) in book.held_meetings() {
            let Some(session) = meeting.session.as_ref().filter(|session| session.theme == self.key) else { continue };
            self.add("How this guide was made", meeting.date.format("%-d %B %Y").to_string(), None, vec![Behind::Session(meeting)]);
            for (n, said) in session.recommendations.iter().enumerate() {
                self.add("What sessions recommended", said.text.trim(), None, vec![Behind::Recommendation(meeting, n)]);
            }
        }
    }

    /// The statements, and what each rests on.
    fn statements(&mut self) {
        let (book, theme) = (self.book, self.book.theme(self.key));
        for statement in theme.guide.iter().flat_map(|guide| &guide.statements) {
            self.add("Statements", statement.says.trim(), None, vec![Behind::Statement(theme, statement.nth)]);
            for entry in statement.evidence.iter().filter_map(|id| book.find_entry(id)) {
                let (meeting, said) = (book.meeting(entry.meeting), book.discussion(entry));
                let (says, behind) = match entry.kind {
                    EntryKind::Learning(n) => (said.learning[n].text.as_str(), Behind::Learning(meeting, said, &said.learning[n])),
                    EntryKind::Action(n) => (said.actions[n].what.as_str(), Behind::Action(meeting, said, &said.actions[n])),
                    EntryKind::Feedback => ("The person was to be told what was decided", Behind::Feedback(meeting, said)),
                    EntryKind::Barrier(n) => {
                        let barrier = &said.barriers[n];
                        (barrier.rule.as_deref().unwrap_or(&book.theme(barrier.theme).title), Behind::Barrier(meeting, said, barrier))
                    }
                };
                self.add("What statements rest on", says.trim(), None, vec![behind]);
            }
        }
    }
}
