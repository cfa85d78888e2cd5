//! Lines about what is agreed: decisions, actions, who tells the person, when the case comes back.

use super::dates::in_words;
use super::line::{after_word, around_word, at_colon, tags};
use super::obstacles::tag;
use super::people::filled;
use super::reply::Reply;
use super::state::{Doubt, State, Table};
use crate::model::{Action, ActionReport, ActionStatus, AgencyKey, Decision, Feedback, Task};

type Said = Result<Reply, Doubt>;

/// Who does it, in what role, by when, and what stands behind that.
struct Head<'t> {
    owner: Option<AgencyKey>,
    person: Option<String>,
    due: Option<chrono::NaiveDate>,
    rest: &'t str,
}

impl State {
    /// `TEXT; why REASON; dissent AGENCY: …`.
    pub(super) fn decision(&mut self, table: &Table<'_>, text: &str) -> Said {
        let (text, dissent) = split_off(text, "dissent");
        let (text, why) = split_off(text, "why");
        let text = filled(text, "What is decided? `decision TEXT; why REASON`")?;
        let dissent = dissent.map(|dissent| said_by(table, dissent));
        let decisions = &mut self.here(table)?.decisions;
        decisions.push(Decision { nth: decisions.len(), text, why: why.map(str::to_owned), dissent });
        Ok(Reply::echo(decisions.last().map(decided).unwrap_or_default()))
    }

    fn last_decision(&mut self, table: &Table<'_>) -> Result<&mut Decision, Doubt> {
        self.here(table)?.decisions.last_mut().ok_or_else(|| "Nothing has been decided for this case: `decision TEXT` first.".into())
    }

    pub(super) fn why(&mut self, table: &Table<'_>, text: &str) -> Said {
        let why = filled(text, "Why? `why REASON`")?;
        let decision = self.last_decision(table)?;
        decision.why = Some(why);
        Ok(Reply::echo(decided(decision)))
    }

    pub(super) fn dissent(&mut self, table: &Table<'_>, text: &str) -> Said {
        let dissent = said_by(table, &filled(text, "Who disagrees, and with what? `dissent AGENCY: …`")?);
        let decision = self.last_decision(table)?;
        decision.dissent = Some(dissent);
        Ok(Reply::echo(decided(decision)))
    }

    /// `AGENCY (role) by fri: TEXT #theme`.
    pub(super) fn action(&mut self, table: &Table<'_>, text: &str) -> Said {
        let (text, tagged, _) = tags(text);
        let addresses = match tagged.as_slice() {
            [] => None,
            [one] => Some(tag(table, one)?),
            _ => return Err("An action works on one theme: leave one `#theme`.".into()),
        };
        let head = self.head(table, &text)?;
        let what = filled(head.rest, "What is to be done? `action AGENCY by fri: TEXT`")?;
        let due = head.due.map(|due| self.due(due)).transpose()?;
        let case = self.here(table)?.case.clone();
        let id = self.new_id(table, &case, &what);
        let actions = &mut self.here(table)?.actions;
        actions.push(Action { nth: actions.len(), id: Some(id), what, owner: head.owner, person: head.person, due, addresses });
        Ok(Reply::echo(actions.last().map(|action| task(table, action)).unwrap_or_default()))
    }

    /// Reads who and by when. Before a colon there is nothing else; without one, the rest is what is done.
    fn head<'t>(&self, table: &Table<'_>, text: &'t str) -> Result<Head<'t>, Doubt> {
        let Some((before, what)) = at_colon(text) else {
            // Without a colon, words that name nobody are what is to be done; an agency that is not clear is asked for.
            return match table.names.agencies.leading(text) {
                Ok((owner, rest)) => self.after_owner(Some(owner), rest),
                Err(why) if why.contains("could be") => Err(why.into()),
                Err(_) => self.after_owner(None, text),
            };
        };
        let head = match table.names.agencies.leading(before) {
            Ok((owner, rest)) => self.after_owner(Some(owner), rest)?,
            Err(_) if after_word(before, "by").is_some() || before.is_empty() => self.after_owner(None, before)?,
            Err(why) => return Err(why.into()),
        };
        if head.rest.is_empty() {
            return Ok(Head { rest: what, ..head });
        }
        Err(format!("`{}` is not understood. `action AGENCY (role) by fri: TEXT`", head.rest).into())
    }

    fn after_owner<'t>(&self, owner: Option<AgencyKey>, text: &'t str) -> Result<Head<'t>, Doubt> {
        let (person, text) = match text.strip_prefix('(').and_then(|text| text.split_once(')')) {
            Some((role, rest)) => (Some(role.trim().to_owned()).filter(|role| !role.is_empty()), rest.trim_start()),
            None => (None, text),
        };
        let (due, rest) = match after_word(text, "by") {
            Some(date) => {
                let (due, rest) = self.dates().leading(date)?;
                (Some(due), rest.trim_start_matches([',', ';', ':']).trim_start())
            }
            None => (None, text),
        };
        Ok(Head { owner, person, due, rest })
    }

    fn last_action(&mut self, table: &Table<'_>) -> Result<&mut Action, Doubt> {
        self.here(table)?.actions.last_mut().ok_or_else(|| "No action has been recorded for this case: `action AGENCY by fri: TEXT` first.".into())
    }

    pub(super) fn owner(&mut self, table: &Table<'_>, text: &str) -> Said {
        let (owner, rest) = table.names.agencies.leading(text)?;
        let head = self.after_owner(Some(owner), rest)?;
        let due = head.due.map(|due| self.due(due)).transpose()?;
        if !head.rest.is_empty() {
            return Err(format!("`{}` is not understood. `owner AGENCY (role)`", head.rest).into());
        }
        let action = self.last_action(table)?;
        action.owner = head.owner;
        action.person = head.person.or(action.person.take());
        action.due = due.or(action.due);
        let echo = task(table, action);
        Ok(Reply::echo(echo))
    }

    pub(super) fn due_by(&mut self, table: &Table<'_>, text: &str) -> Said {
        let due = self.due(self.dates().parse(text)?)?;
        let action = self.last_action(table)?;
        action.due = Some(due);
        let echo = task(table, action);
        Ok(Reply::echo(echo))
    }

    /// `AGENCY by fri`: who tells the person.
    pub(super) fn tell(&mut self, table: &Table<'_>, text: &str) -> Said {
        let (by, rest) = table.names.agencies.leading(text)?;
        let head = self.after_owner(Some(by), rest)?;
        if !head.rest.is_empty() {
            return Err(format!("`{}` is not understood. `tell AGENCY by fri`; an update begins with `update`", head.rest).into());
        }
        let due = head.due.map(|due| self.due(due)).transpose()?;
        let case = self.here(table)?.case.clone();
        let id = self.new_id(table, &case, "tell the person");
        let record = self.here(table)?;
        let before = record.feedback_to_person.take().unwrap_or_default();
        let feedback = Feedback { id: before.id.or(Some(id)), by: Some(by), due: due.or(before.due), given_on: before.given_on };
        let when = feedback.due.map_or(String::new(), |due| format!(", by {}", in_words(due)));
        let echo = format!("{} tells the person what was decided{when} ({}).", table.agency(by), feedback.id.as_deref().unwrap_or_default());
        record.feedback_to_person = Some(Box::new(feedback));
        Ok(Reply::echo(echo))
    }

    /// The person has been told: of what is decided now, or else of what was decided last time.
    pub(super) fn told(&mut self, table: &Table<'_>, text: &str) -> Said {
        let on = if text.is_empty() { self.meeting.date } else { self.days_gone().parse(text)? };
        let case = self.here(table)?.case.clone();
        let echo = Reply::echo(format!("The person was told on {}.", in_words(on)));
        let promised =
            |state: &&crate::model::ActionState<'_>| state.discussion.case == case && matches!(state.task, Task::Feedback(_)) && state.status().is_open();
        let before = table.ledger.actions.iter().rev().find(promised).and_then(|state| state.task.id()).map(str::to_owned);
        match (self.here(table)?.feedback_to_person.as_mut(), before) {
            (Some(feedback), _) => feedback.given_on = Some(on),
            (None, Some(id)) => {
                let reports = &mut self.meeting.previous_actions;
                reports.retain(|report| report.id != id);
                reports.push(ActionReport { nth: reports.len(), id, status: ActionStatus::Done, on: Some(on), outcome: None, note: None });
            }
            (None, None) => self.here(table)?.feedback_to_person = Some(Box::new(Feedback { given_on: Some(on), ..Feedback::default() })),
        }
        Ok(echo)
    }

    pub(super) fn review(&mut self, table: &Table<'_>, text: &str) -> Said {
        let text = filled(text, "When does the case come back? `review next meeting`, or `review 14 may`")?;
        let date = self.due(self.dates().parse(after_word(&text, "on").unwrap_or(&text))?)?;
        let record = self.here(table)?;
        (record.next_review, record.closed) = (Some(date), None);
        Ok(Reply::echo(format!("Next review: {}.", in_words(date))))
    }

    pub(super) fn close(&mut self, table: &Table<'_>, text: &str) -> Said {
        let why = filled(text, "Why is the case closed? `close REASON`")?;
        let record = self.here(table)?;
        (record.closed, record.next_review) = (Some(why.clone()), None);
        Ok(Reply::echo(format!("CLOSED: {why}.")))
    }

    pub(super) fn meet_next(&mut self, text: &str) -> Said {
        let date = self.dates().parse(text)?;
        if date <= self.meeting.date {
            return Err(format!("{} is not after this meeting.", in_words(date)).into());
        }
        self.meeting.next_meeting = Some(date);
        Ok(Reply::echo(format!("Next meeting: {}.", in_words(date))))
    }
}

/// Splits `; why …` off. Only behind a stop or with a colon, since people say `we find out why he left`.
fn split_off<'t>(text: &'t str, word: &str) -> (&'t str, Option<&'t str>) {
    let mut from = 0;
    while let Some((_, behind)) = around_word(&text[from..], word) {
        let start = text.len() - behind.len();
        let head = text[..start].trim_end();
        let has_colon = head.ends_with(':');
        let at = head.trim_end_matches(':').trim_end().len() - word.len();
        let before = text[..at].trim_end();
        if at > 0 && (has_colon || before.ends_with([',', ';', '.', '–', '—', '-'])) {
            return (before.trim_end_matches([',', ';', '–', '—', '-']).trim_end(), Some(behind.trim()).filter(|behind| !behind.is_empty()));
        }
        from = start;
    }
    (text.trim(), None)
}

/// Words with the name of the agency that said them.
fn said_by(table: &Table<'_>, text: &str) -> String {
    let found = at_colon(text).and_then(|(agency, said)| Some((table.names.agencies.find(agency).ok()?, said)));
    found.map_or_else(|| text.to_owned(), |(agency, said)| format!("{}: {said}", table.agency(agency)))
}

pub(super) fn decided(decision: &Decision) -> String {
    let part = |label: &str, text: &Option<String>| text.as_ref().map_or(String::new(), |text| format!(" {label}: {text}"));
    format!("DECISION {}{}{}", decision.text, part("Why", &decision.why), part("Dissent", &decision.dissent))
}

/// An action in words.
pub(super) fn task(table: &Table<'_>, action: &Action) -> String {
    let owner = action.owner.map_or("nobody yet", |key| table.agency(key));
    let person = action.person.as_ref().map_or(String::new(), |person| format!(" ({person})"));
    let due = action.due.map_or(", no date yet".to_owned(), |due| format!(", by {}", in_words(due)));
    let about = action.addresses.map_or(String::new(), |theme| format!(" [{}]", table.book.theme(theme).title));
    format!("ACTION {owner}{person}{due}: {}{about} ({})", action.what, action.id.as_deref().unwrap_or("no id"))
}
