//! The sample's own meetings: taken apart and put together again, as a chaired meeting is.

use std::time::{Duration, Instant};

use marg::model::{Discussion, Meeting};
use marg::workspace::{Clock, Keep, Progress, Reading, load};
use marg::yaml::{amend, new_meeting, read_alone};

use super::numbered;
use crate::harness::repository;

/// What is left of a meeting before it is held.
fn planned(meeting: &Meeting) -> Meeting {
    let case = |case: &Discussion| Discussion {
        referral: None,
        update: None,
        views: Vec::new(),
        needs: Vec::new(),
        barriers: Vec::new(),
        decisions: Vec::new(),
        actions: Vec::new(),
        learning: Vec::new(),
        offers: Vec::new(),
        feedback_to_person: None,
        closed: None,
        next_review: None,
        ..case.clone()
    };
    Meeting {
        cases: meeting.cases.iter().take(2).map(case).collect(),
        previous_actions: Vec::new(),
        attendance: Vec::new(),
        other_business: None,
        session: None,
        confidentiality: None,
        ..meeting.clone()
    }
}

#[test]
fn every_meeting_of_the_sample_is_taken_apart_and_put_together() {
    let clock = Clock { given: None, now: "2026-03-26".parse().unwrap() };
    let loaded = load(repository(), &Reading { clock, keep: Keep::Everything, cache: false, progress: Progress(None) });
    let names = loaded.casebook.names();
    let read = |text: &str, like: &Meeting| {
        let read = read_alone(text, names, like).unwrap();
        // Where a file does not say its status, it follows from the day of the question.
        numbered(Meeting { status: like.status, ..read })
    };
    for meeting in &loaded.casebook.meetings {
        let text = std::fs::read_to_string(repository().join(loaded.files.path(meeting.file))).unwrap();
        let bare = planned(meeting);
        let started = Instant::now();
        let without = amend(&text, names, meeting, &bare).unwrap_or_else(|clashes| panic!("{}: {clashes:?}", meeting.id));
        assert_eq!(read(&without, meeting), numbered(bare.clone()), "{}:\n{without}", meeting.id);
        let again = amend(&without, names, &bare, meeting).unwrap_or_else(|clashes| panic!("{}: {clashes:?}\n{without}", meeting.id));
        assert_eq!(read(&again, meeting), numbered(meeting.clone()), "{}:\n{again}", meeting.id);
        assert!(started.elapsed() < Duration::from_secs(5), "{} took {:?}", meeting.id, started.elapsed());
        let fresh = new_meeting(names, meeting, &[], 1);
        assert_eq!(read(&fresh, meeting), numbered(meeting.clone()), "{}:\n{fresh}", meeting.id);
    }
}
