//! Lines about what became of earlier actions, what was learned, and what the person is offered.

use super::dates::in_words;
use super::line::{after_word, around_word, tags};
use super::obstacles::tag;
use super::people::one_of;
use super::reply::Reply;
use super::state::{Doubt, State, Table};
use crate::model::{ActionReport, ActionStatus, LearningKind, LearningPoint, Offer, Outcome, known};
use crate::source::nearest;

type Said = Result<Reply, Doubt>;

/// How people say what came of an action.
const OUTCOMES: &[(&str, Outcome)] = &[
    ("worked", Outcome::Worked),
    ("it worked", Outcome::Worked),
    ("partly", Outcome::Partly),
    ("did not work", Outcome::DidNotWork),
    ("did-not-work", Outcome::DidNotWork),
    ("too soon", Outcome::TooSoon),
    ("too-soon", Outcome::TooSoon),
];

const ACCEPTED: &[(&str, &str)] =
    &[("accepted", "yes"), ("yes", "yes"), ("declined", "no"), ("no", "no"), ("refused", "no"), ("not yet", "not-yet"), ("not-yet", "not-yet")];

impl State {
    /// `ID on 2 march worked: note`.
    pub(super) fn report(&mut self, table: &Table<'_>, status: ActionStatus, text: &str) -> Said {
        let id = text.split([' ', ':', ',']).next().unwrap_or_default();
        let state = table.ledger.actions.iter().find(|state| state.task.id().is_some_and(|known| known.eq_ignore_ascii_case(id)));
        let state = state.filter(|state| state.meeting.id != self.meeting.id).ok_or_else(|| no_action(table, status, id))?;
        let id = state.task.id().unwrap_or(id).to_owned();
        let mut rest = text[text.split([' ', ':', ',']).next().unwrap_or_default().len()..].trim_start_matches([' ', ',']);
        let (mut on, mut outcome) = (None, None);
        if let Some(date) = after_word(rest, "on").filter(|_| !rest.starts_with(':')) {
            let (date, behind) = self.days_gone().leading(date)?;
            (on, rest) = (Some(date), behind.trim_start_matches([' ', ',']));
        }
        let rest = rest.trim_start_matches(':').trim_start();
        let mut note = rest;
        if status == ActionStatus::Done
            && let Some((came, behind)) = OUTCOMES.iter().find_map(|(said, came)| after_word(rest, said).map(|behind| (*came, behind)))
        {
            (outcome, note) = (Some(came), behind);
        }
        let note = Some(note.trim_start_matches([':', ',', ';', '.', ' ']).to_owned()).filter(|note| !note.is_empty());
        if status == ActionStatus::NotPossible && note.is_none() {
            return Err(format!("Which circumstances made it impossible? `not-possible {id}: …`").into());
        }
        let said = [
            on.map(|on| format!(" on {}", in_words(on))).unwrap_or_default(),
            outcome.map(|came| format!(", {}", came.word().replace('-', " "))).unwrap_or_default(),
            note.as_ref().map(|note| format!(": {note}")).unwrap_or_default(),
        ];
        let echo = format!("{} {id} ({}){}", status.word().replace('-', " ").to_uppercase(), crate::model::shortened(state.task.what()), said.concat());
        let reports = &mut self.meeting.previous_actions;
        let report = ActionReport { nth: reports.len(), id, status, on, outcome, note };
        match reports.iter().position(|known| known.id == report.id) {
            Some(at) => reports[at] = ActionReport { nth: reports[at].nth, ..report },
            None => reports.push(report),
        }
        Ok(Reply::echo(echo))
    }

    /// `TEXT #theme shareable`.
    pub(super) fn learning(&mut self, table: &Table<'_>, kind: LearningKind, text: &str) -> Said {
        let (text, tagged, shareable) = tags(text);
        let themes = tagged.into_iter().map(|name| tag(table, name)).collect::<Result<Vec<_>, _>>()?;
        let text = super::people::filled(&text, "What was learned? For example `worked: a letter from the landlord #arson`")?;
        let case = self.here(table)?.case.clone();
        let id = self.new_id(table, &case, &text);
        let learning = &mut self.here(table)?.learning;
        learning.push(LearningPoint { nth: learning.len(), id: Some(id), kind, text, themes, shareable });
        Ok(Reply::echo(learning.last().map(|point| learned(table, point)).unwrap_or_default()))
    }

    pub(super) fn shareable(&mut self, table: &Table<'_>) -> Said {
        let point = self.here(table)?.learning.last_mut().ok_or("Nothing was learned yet for this case: `worked: …` first.")?;
        point.shareable = true;
        let echo = learned(table, point);
        Ok(Reply::echo(echo))
    }

    /// `peer-mentor by AGENCY accepted`.
    pub(super) fn offer(&mut self, table: &Table<'_>, text: &str) -> Said {
        let words = known::OFFERS.iter().copied().chain(table.book.group.own_words("offers").iter().map(String::as_str));
        let plain = text.replacen("peer mentor", "peer-mentor", 1);
        let (kind, rest) =
            words.clone().find_map(|word| after_word(&plain, word).map(|rest| (word.to_owned(), rest))).ok_or_else(|| one_of(text, words, "offer"))?;
        let (by, rest) = match after_word(rest, "by") {
            Some(by) => table.names.agencies.leading(by).map(|(key, rest)| (Some(key), rest))?,
            None => (None, rest),
        };
        let accepted = match rest.trim() {
            "" => None,
            said => Some(
                ACCEPTED
                    .iter()
                    .find(|(word, _)| word.eq_ignore_ascii_case(said))
                    .map(|(_, word)| *word)
                    .ok_or_else(|| one_of(said, ["accepted", "declined", "not yet"].into_iter(), "answer"))?,
            ),
        };
        let offers = &mut self.here(table)?.offers;
        let from = by.map_or(String::new(), |key| format!(" by {}", table.agency(key)));
        let taken = accepted.map_or(String::new(), |word| format!(", accepted: {}", word.replace('-', " ")));
        let echo = format!("Offer: {}{from}{taken}.", kind.replace('-', " "));
        let nth = offers.len();
        match offers.iter_mut().find(|offer| offer.kind.as_ref() == Some(&kind) && (by.is_none() || offer.by == by)) {
            Some(offer) => offer.accepted = accepted.map(str::to_owned).or(offer.accepted.take()),
            None => offers.push(Offer { nth, kind: Some(kind), by, accepted: accepted.map(str::to_owned) }),
        }
        Ok(Reply::echo(echo))
    }
}

fn no_action(table: &Table<'_>, status: ActionStatus, id: &str) -> Doubt {
    let known = table.ledger.actions.iter().filter(|state| state.status().is_open()).filter_map(|state| state.task.id());
    let near = nearest(id, known).map_or(String::new(), |near| format!(" Is `{near}` meant?"));
    if id.is_empty() {
        return format!("Which action? `{status} ID`; the ids stand with the case's open actions.").into();
    }
    format!("No earlier action has the id `{id}`.{near} An update that begins with `{status}` is said as `update {status} …`.").into()
}

pub(super) fn learned(table: &Table<'_>, point: &LearningPoint) -> String {
    let kind = match point.kind {
        LearningKind::Worked => "WORKED",
        LearningKind::DidNotWork => "DID NOT WORK",
        LearningKind::Question => "QUESTION",
    };
    let themes: Vec<&str> = point.themes.iter().map(|key| table.book.theme(*key).title.as_str()).collect();
    let themes = if themes.is_empty() { String::new() } else { format!(" [{}]", themes.join("; ")) };
    let shareable = if point.shareable { " Shareable." } else { "" };
    format!("{kind} {}{themes}{shareable} ({})", point.text, point.id.as_deref().unwrap_or_default())
}

/// What stands before and behind `min` at the end of a text or before its colon: `REF 15 min: reason`.
pub(super) fn minutes(text: &str) -> (&str, Option<u32>) {
    let found =
        ["minutes", "minute", "mins", "min"].iter().find_map(|unit| around_word(text, unit).filter(|(_, behind)| behind.is_empty()).map(|(before, _)| before));
    let Some(before) = found else { return (text.trim(), None) };
    let number = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    match number.parse::<u32>().ok().filter(|number| *number <= 600) {
        Some(minutes) => (before[..before.len() - number.len()].trim(), Some(minutes)),
        None => (text.trim(), None),
    }
}
