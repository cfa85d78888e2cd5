//! A person asks what is held about them: until when they are answered, and who else has it.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use super::minutes::have_a_part;
use crate::model::{AgencyKey, Casebook, Meeting};

/// The last day for the answer: the same day of the next month, or that month's last where it has no such day; two months later where the time
/// was extended. Source: UK GDPR Art. 12(3), and the ICO's guidance on the right of access, "How long do we have to comply?": the time runs
/// from the day of receipt, whether a working day or not, to the corresponding day of the next month, or the last day of a shorter one. The
/// guidance moves an end on a weekend or public holiday to the next working day; that is not counted on here, so the day is never too late.
pub fn answer_by(received: NaiveDate, extended: bool) -> NaiveDate {
    received.checked_add_months(Months::new(if extended { 3 } else { 1 })).unwrap_or(NaiveDate::MAX)
}

/// An agency that has heard or holds something of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub agency: AgencyKey,
    /// The meetings at which it sat when the case was discussed.
    pub present: Vec<NaiveDate>,
    /// Meetings of which its own part of the minutes holds the case.
    pub minutes: Vec<NaiveDate>,
    /// Whether an action is its own, so that its letter of actions holds it.
    pub actions: bool,
}

/// All of them, in the group's order.
pub fn recipients(book: &Casebook, case: &str) -> Vec<Recipient> {
    let mut all: BTreeMap<AgencyKey, Recipient> = BTreeMap::new();
    for meeting in &book.meetings {
        let said: Vec<_> = meeting.cases.iter().filter(|said| said.case.as_str() == case).collect();
        if said.is_empty() {
            continue;
        }
        for key in present(meeting) {
            push(&mut of(&mut all, key).present, meeting.date);
        }
        for said in said {
            for key in have_a_part(said) {
                push(&mut of(&mut all, key).minutes, meeting.date);
            }
            let promised = said.feedback_to_person.iter().filter_map(|feedback| feedback.by);
            for key in said.actions.iter().filter_map(|action| action.owner).chain(promised) {
                of(&mut all, key).actions = true;
            }
        }
    }
    all.into_values().collect()
}

fn of(all: &mut BTreeMap<AgencyKey, Recipient>, agency: AgencyKey) -> &mut Recipient {
    all.entry(agency).or_insert_with(|| Recipient { agency, present: Vec::new(), minutes: Vec::new(), actions: false })
}

fn push(days: &mut Vec<NaiveDate>, day: NaiveDate) {
    if days.last() != Some(&day) {
        days.push(day);
    }
}

/// Those who were in the room, observers too.
fn present(meeting: &Meeting) -> impl Iterator<Item = AgencyKey> {
    meeting.attendance.iter().filter(|line| matches!(line.status.as_str(), "present" | "observer")).map(|line| line.agency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_due_on_the_same_day_of_a_later_month_or_on_its_last() {
        let by = |day: &str, extended| answer_by(day.parse().unwrap(), extended).to_string();
        for (received, due, extended) in [
            ("2026-03-12", "2026-04-12", "2026-06-12"),
            ("2026-01-28", "2026-02-28", "2026-04-28"),
            ("2026-01-31", "2026-02-28", "2026-04-30"),
            ("2028-01-31", "2028-02-29", "2028-04-30"),
            ("2026-03-31", "2026-04-30", "2026-06-30"),
            ("2026-11-30", "2026-12-30", "2027-02-28"),
            ("2025-12-31", "2026-01-31", "2026-03-31"),
        ] {
            assert_eq!((by(received, false).as_str(), by(received, true).as_str()), (due, extended), "{received}");
        }
    }
}
