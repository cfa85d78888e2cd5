//! What was offered to people, and whether they have answered.

use chrono::NaiveDate;

use crate::model::{AgencyKey, CaseStory, Ledger, Offer};

/// Which offers are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct OfferQuery {
    /// Only those of this agency.
    pub by: Option<AgencyKey>,
    /// Those that were answered too, and those of closed cases.
    pub all: bool,
}

/// One offer to one person, however many meetings spoke of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferRow {
    pub case: String,
    pub kind: Option<String>,
    /// The agency that offers, by its id.
    pub by: Option<String>,
    /// When it was first made, at which meeting, and when it was last spoken of.
    pub offered_on: NaiveDate,
    pub meeting: String,
    pub last_on: NaiveDate,
    /// How many meetings spoke of it.
    pub meetings: usize,
    /// Days from the offer to today; nothing where it was answered.
    pub waiting: Option<i64>,
    /// The answer, in the word of the file; nothing where there is none.
    pub answer: Option<String>,
    pub closed: bool,
}

/// An answer that is none.
const NOT_YET: &str = "not-yet";

/// The offers, those that wait longest first; answered ones after them.
pub fn offers(ledger: &Ledger<'_>, query: OfferQuery) -> Vec<OfferRow> {
    let mut rows: Vec<OfferRow> = ledger.cases.values().flat_map(|story| of_case(ledger, story, query.by)).collect();
    rows.retain(|row| query.all || (row.answer.is_none() && !row.closed));
    rows.sort_by(|a, b| (a.waiting.is_none(), a.offered_on, &a.case, &a.kind, &a.by).cmp(&(b.waiting.is_none(), b.offered_on, &b.case, &b.kind, &b.by)));
    rows
}

fn of_case(ledger: &Ledger<'_>, story: &CaseStory<'_>, by: Option<AgencyKey>) -> Vec<OfferRow> {
    let group = &ledger.book.group;
    let id = |offer: &Offer| offer.by.map(|key| group.agency(key).id.clone());
    let mut rows: Vec<OfferRow> = Vec::new();
    for (meeting, discussion) in &story.discussions {
        for offer in discussion.offers.iter().filter(|offer| by.is_none() || offer.by == by) {
            let answer = offer.accepted.clone().filter(|answer| answer != NOT_YET);
            // The same offer as before, unless that was answered: then it is made anew.
            let same = |row: &&mut OfferRow| row.kind == offer.kind && row.by == id(offer) && (row.answer.is_none() || answer == row.answer);
            match rows.iter_mut().rev().find(same) {
                Some(row) => {
                    (row.last_on, row.answer) = (meeting.date, answer);
                    row.meetings += 1;
                }
                None => rows.push(OfferRow {
                    case: story.case.to_string(),
                    kind: offer.kind.clone(),
                    by: id(offer),
                    offered_on: meeting.date,
                    meeting: meeting.id.clone(),
                    last_on: meeting.date,
                    meetings: 1,
                    waiting: None,
                    answer,
                    closed: story.closed().is_some(),
                }),
            }
        }
    }
    for row in rows.iter_mut().filter(|row| row.answer.is_none()) {
        row.waiting = Some((ledger.book.today - row.offered_on).num_days());
    }
    rows
}
