//! What a session of a community of practice on one theme needs to know, and what the sessions so far brought.

use chrono::{NaiveDate, NaiveTime};

use super::guide::{GuideFacts, guide_facts};
use crate::model::{Casebook, Meeting, MeetingStatus, Period, Session, ThemeKey};

/// What is asked about a session to come, where the workspace does not say it.
#[derive(Clone, Copy, Debug, Default)]
pub struct CopQuery {
    pub on: Option<NaiveDate>,
    pub starts: Option<NaiveTime>,
    /// How long it lasts, in minutes.
    pub length: Option<u32>,
}

/// A session to come, with everything that is known about its theme.
pub struct CopFacts<'a> {
    pub guide: GuideFacts<'a>,
    /// The file of the session, where somebody has made one already.
    pub planned: Option<&'a Meeting>,
    /// Which of the series it will be, from 1.
    pub nth: usize,
    /// The day, the beginning and the place, as they were asked for, or as the file says, or as the last session did.
    pub date: Option<NaiveDate>,
    pub starts: Option<NaiveTime>,
    pub venue: Option<String>,
    /// Whether the time, and the place, are those of the last session, and nobody has said them of this one.
    pub as_last_time: [bool; 2],
    pub length: u32,
    pub rounds: Vec<(Round, u32)>,
    /// The sessions that took place, oldest first.
    pub earlier: Vec<(&'a Meeting, &'a Session)>,
}

/// A part of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    Welcome,
    Opening,
    Story,
    Response,
    Evidence,
    Groups,
    Exchange,
    Recommendations,
    Closing,
}

/// The parts of a session in their order, with the minutes that each has of two hours.
const ROUNDS: [(Round, u32); 9] = [
    (Round::Welcome, 10),
    (Round::Opening, 15),
    (Round::Story, 20),
    (Round::Response, 10),
    (Round::Evidence, 10),
    (Round::Groups, 25),
    (Round::Exchange, 10),
    (Round::Recommendations, 10),
    (Round::Closing, 10),
];

/// How long a session lasts where nobody says it, and the least in which each part still has its turn.
const TWO_HOURS: u32 = 120;
pub const SHORTEST: u32 = 60;

/// The minutes of each part: in fives, none left out, and the small groups have what is over. Together they are the whole.
fn rounds(length: u32) -> Vec<(Round, u32)> {
    let in_fives = |minutes: u32| (minutes * length / TWO_HOURS / 5 * 5).max(5);
    let mut rounds: Vec<(Round, u32)> = ROUNDS.iter().map(|(round, minutes)| (*round, in_fives(*minutes))).collect();
    let others: u32 = rounds.iter().filter(|(round, _)| *round != Round::Groups).map(|(_, minutes)| minutes).sum();
    for (_, minutes) in rounds.iter_mut().filter(|(round, _)| *round == Round::Groups) {
        *minutes = length.saturating_sub(others);
    }
    rounds
}

/// Gathers what is known about the next session on a theme.
pub fn cop_facts(book: &Casebook, theme: ThemeKey, query: CopQuery) -> CopFacts<'_> {
    let earlier = cop_sessions(book, theme);
    let on_theme = |meeting: &&Meeting| meeting.session.as_ref().is_some_and(|session| session.theme == theme);
    let to_come = |meeting: &&Meeting| meeting.status == MeetingStatus::Planned && query.on.map_or(meeting.date >= book.today, |day| meeting.date == day);
    let planned = book.meetings.iter().filter(on_theme).find(to_come);
    // A session on the day that is asked for may have been held: then the sheet is of that one.
    let earlier: Vec<_> = earlier.into_iter().filter(|(meeting, _)| query.on.is_none_or(|day| meeting.date < day)).collect();
    let last = earlier.last().map(|(meeting, _)| *meeting);
    let said = last.and_then(|last| last.next_meeting).filter(|day| *day >= book.today);
    let length = query.length.or_else(|| planned.map(|meeting| meeting.length(&book.group))).unwrap_or(TWO_HOURS).max(SHORTEST);
    CopFacts {
        guide: guide_facts(book, theme, Period::default()),
        planned,
        nth: earlier.len() + 1,
        date: query.on.or_else(|| planned.map(|meeting| meeting.date)).or(said),
        starts: query.starts.or_else(|| planned.or(last).and_then(|meeting| meeting.starts)),
        as_last_time: [planned.is_none() && query.starts.is_none(), planned.is_none()],
        venue: planned.or(last).and_then(|meeting| meeting.venue.clone()),
        length,
        rounds: rounds(length),
        earlier,
    }
}

/// The sessions and workshops on a theme that took place, oldest first.
pub fn cop_sessions(book: &Casebook, theme: ThemeKey) -> Vec<(&Meeting, &Session)> {
    let held = book.held_meetings().filter_map(|(_, meeting)| Some((meeting, meeting.session.as_ref()?)));
    held.filter(|(_, session)| session.theme == theme).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minutes_of_a_session_add_up_and_nothing_is_left_out() {
        for length in SHORTEST..=600 {
            let rounds = rounds(length);
            assert_eq!(rounds.iter().map(|(_, minutes)| minutes).sum::<u32>(), length);
            assert!(rounds.len() == 9 && rounds.iter().all(|(_, minutes)| *minutes >= 5), "{length}: {rounds:?}");
        }
        assert_eq!(rounds(TWO_HOURS), ROUNDS);
    }
}
