//! Which meetings belong together: a workspace may hold those of several groups, and sessions beside them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::{CaseStory, Casebook, Meeting, MeetingStatus};

/// The meetings of one group or of one kind, called off ones left out.
pub struct Series<'a> {
    pub kind: String,
    /// What stands in the names of their files behind the day.
    pub name: String,
    /// In order of date.
    pub meetings: Vec<&'a Meeting>,
}

/// Several groups have meetings of this kind, and it has to be said whose is meant: what their files are called behind the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeveralGroups(pub Vec<String>);

/// How many of the latest meetings show which groups there are.
const LATEST: usize = 40;

impl<'a> Series<'a> {
    /// The meetings of a kind, or those whose files have this name behind the day. There may be none yet.
    ///
    /// # Errors
    ///
    /// When several groups have meetings of this kind.
    pub fn find(book: &'a Casebook, asked: &str) -> Result<Self, SeveralGroups> {
        let all = || book.meetings.iter().filter(|meeting| meeting.status != MeetingStatus::CalledOff);
        let of_kind: Vec<&Meeting> = all().filter(|meeting| meeting.kind == asked).collect();
        let named: Vec<&Meeting> = all().filter(|meeting| meeting.name() == asked).collect();
        let names: BTreeSet<&str> = of_kind.iter().rev().take(LATEST).map(|meeting| meeting.name()).collect();
        match (of_kind.last(), named.last()) {
            (Some(_), _) if names.len() > 1 && !names.contains(asked) => Err(SeveralGroups(names.into_iter().map(str::to_owned).collect())),
            (Some(last), _) => Ok(Self { kind: asked.to_owned(), name: last.name().to_owned(), meetings: of_kind }),
            (None, Some(last)) => Ok(Self { kind: last.kind.clone(), name: asked.to_owned(), meetings: named }),
            (None, None) => Ok(Self { kind: asked.to_owned(), name: asked.to_owned(), meetings: Vec::new() }),
        }
    }

    /// Those that took place before a day, oldest first.
    pub fn held_before(&self, day: NaiveDate) -> impl DoubleEndedIterator<Item = &'a Meeting> {
        self.meetings.iter().copied().filter(move |meeting| meeting.status.counts() && meeting.date < day)
    }

    /// The last one before a day, whether it took place yet or not.
    pub fn last_before(&self, day: NaiveDate) -> Option<&'a Meeting> {
        self.meetings.iter().copied().rev().find(|meeting| meeting.date < day)
    }

    /// Its meetings that are still to come.
    pub fn planned_from(&self, day: NaiveDate) -> impl Iterator<Item = &'a Meeting> {
        self.meetings.iter().copied().filter(move |meeting| meeting.status == MeetingStatus::Planned && meeting.date >= day)
    }

    pub fn holds(&self, meeting: &Meeting) -> bool {
        self.meetings.iter().any(|own| std::ptr::eq(*own, meeting))
    }

    /// Whether a case is this group's: where it was discussed last, sessions on a theme apart, which discuss the cases of others.
    pub(super) fn has(&self, story: &CaseStory<'_>) -> bool {
        let own = |meeting: &Meeting| if self.name_tells() { meeting.name() == self.name } else { meeting.kind == self.kind };
        let last = story.discussions.iter().rev().map(|(meeting, _)| *meeting).find(|meeting| meeting.session.is_none());
        last.map_or(self.kind == "marg", own)
    }

    /// Whether it is told by the names of its files that a meeting belongs to it.
    fn name_tells(&self) -> bool {
        self.name != self.kind && self.meetings.iter().all(|meeting| meeting.name() == self.name)
    }
}
