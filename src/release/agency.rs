//! What one agency undertook, as it is sent to that agency: nothing of what others undertook, and of no other case.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Released;
use super::audience::Audience;
use super::text::Lock;
use crate::analysis::AgencyTask;
use crate::model::{AgencyKey, Casebook};

/// One agency's open actions.
#[derive(Clone, Debug)]
pub struct AgencyActionsPage {
    pub group: String,
    /// Whom to answer.
    pub contact: Option<String>,
    pub agency: String,
    pub agency_name: String,
    /// Where the agency is reached, as the group has it.
    pub agency_contact: Option<String>,
    pub made_on: NaiveDate,
    /// The meeting that set them, when it is about one.
    pub set_at: Option<(String, NaiveDate)>,
    /// The day of the next meeting, by when an answer is wanted.
    pub answer_by: Option<NaiveDate>,
    /// In order of the day on which they are due.
    pub actions: Vec<AgencyActionLine>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyActionLine {
    pub id: Option<String>,
    /// Nothing where its wording names another case or a person.
    pub what: Option<String>,
    pub case: String,
    pub due: Option<NaiveDate>,
    pub set_on: NaiveDate,
    pub overdue: bool,
}

/// Lets out what an agency undertook: `tasks` are its own, and whatever else is among them is passed over.
pub fn release_agency_actions(
    book: &Casebook,
    agency: AgencyKey,
    tasks: &[AgencyTask],
    set_at: Option<(String, NaiveDate)>,
    answer_by: Option<NaiveDate>,
) -> Released<AgencyActionsPage> {
    let tasks: Vec<&AgencyTask> = tasks.iter().filter(|task| task.agency == agency).collect();
    let own: BTreeSet<&str> = tasks.iter().map(|task| task.row.case.as_str()).collect();
    let mut lock = Lock::but_for(book, |case| own.contains(case));
    let mut actions: Vec<AgencyActionLine> = Vec::new();
    for task in tasks {
        let row = &task.row;
        let called = row.id.as_ref().map_or("an action".to_owned(), |id| format!("the action `{id}`"));
        let what = lock.pass(row.what.trim(), &called);
        actions.push(AgencyActionLine { id: row.id.clone(), what, case: row.case.clone(), due: row.due, set_on: row.set_on, overdue: row.overdue });
    }
    actions.sort_by(|a, b| (a.due.is_none(), a.due, &a.case, &a.id).cmp(&(b.due.is_none(), b.due, &b.case, &b.id)));
    let of = book.group.agency(agency);
    let page = AgencyActionsPage {
        group: book.group.name.clone(),
        contact: book.group.contact.clone(),
        agency: of.id.clone(),
        agency_name: of.name.clone(),
        agency_contact: of.contact.clone(),
        made_on: book.today,
        set_at,
        answer_by,
        actions,
    };
    Released { page, audience: Audience::Members, withheld: lock.withheld }
}
