//! A day that cannot be: before what it follows from, or a record of what is still to come.

use chrono::NaiveDate;

use crate::lint::{Look, Rule};
use crate::model::{Discussion, Meeting};
use crate::source::{Code, Finding, Place, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "impossible-date",
        severity: Severity::Unwise,
        summary: "a date does not fit the meeting's",
        explain: "What a meeting sets lies ahead of it: an action is due on its day or later, a case comes back and the next meeting is held on a later day. And what is recorded as held has taken place. Otherwise a slip in one date, often last year's, moves a meeting or makes an action late on the day it was set.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (_, meeting) in look.book.held_meetings() {
        let place = meeting.place();
        if meeting.date > look.book.today {
            let message = format!("this meeting is recorded as {}, and {} is still to come", meeting.status, meeting.date);
            findings.push(Finding::value(&RULE.code, place.field("date"), message).hint("correct the date, or write `status: planned`"));
        }
        let mut see = See { meeting, findings };
        see.later("the next meeting is held on", meeting.next_meeting, place.field("next_meeting"));
        for case in &meeting.cases {
            discussion(&mut see, case, &meeting.case_place(case));
        }
    }
}

fn discussion(see: &mut See<'_>, case: &Discussion, here: &Place) {
    for action in &case.actions {
        see.not_before("this action is due on", action.due, here.field("actions").entry(action.nth).field("due"));
    }
    if let Some(feedback) = &case.feedback_to_person {
        see.not_before("the person is to be told by", feedback.due, here.field("feedback_to_person").field("due"));
    }
    see.later(&format!("{} is looked at again on", case.case), case.next_review, here.field("next_review"));
}

struct See<'a> {
    meeting: &'a Meeting,
    findings: &'a mut Vec<Finding>,
}

impl See<'_> {
    fn not_before(&mut self, what: &str, day: Option<NaiveDate>, place: Place) {
        if let Some(day) = day.filter(|day| *day < self.meeting.date) {
            self.say(format!("{what} {day}, before the meeting of {} that set it", self.meeting.date), place);
        }
    }

    fn later(&mut self, what: &str, day: Option<NaiveDate>, place: Place) {
        if let Some(day) = day.filter(|day| *day <= self.meeting.date) {
            let than =
                if day == self.meeting.date { "the day of this meeting itself".to_owned() } else { format!("before this meeting of {}", self.meeting.date) };
            self.say(format!("{what} {day}, {than}"), place);
        }
    }

    fn say(&mut self, message: String, place: Place) {
        self.findings.push(Finding::value(&RULE.code, place, message).hint("look at this date, the year too, and at the `date` of the meeting"));
    }
}
