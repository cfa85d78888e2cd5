//! What a line does to the state.

use super::line;
use super::prompts::ask;
use super::reply::Reply;
use super::state::{Doubt, Logged, State, Table};
use super::words::{self, Rest, Sign, Verb, Word};
use crate::model::BarrierStatus;

impl State {
    /// Takes a cleaned line. What is refused changes nothing.
    pub(super) fn hear(&mut self, table: &Table<'_>, line: &str) -> Result<Reply, String> {
        if self.ending.is_some() {
            return Err("The meeting is finished. `undo` opens it again.".to_owned());
        }
        let (line, sure) = self.on_purpose(line)?;
        let mut next = self.clone();
        next.sure = sure;
        match next.say(table, &line) {
            Ok(mut reply) => {
                (next.sure, next.pending) = (None, None);
                let logged = reply.echo.iter().map(|text| Logged { item: self.stop().label().to_owned(), text: text.clone() });
                next.log.extend(logged);
                reply.moved = (next.at != self.at).then_some(next.at);
                *self = next;
                Ok(reply)
            }
            Err(Doubt::Refused(why)) => Err(why),
            // Asking changes nothing but that it has been asked.
            Err(Doubt::Asked(question)) => {
                (self.asked, self.pending) = (next.asked, Some(line));
                Ok(ask(&question))
            }
        }
    }

    /// The line that is meant, and whether it is said although something was asked.
    fn on_purpose(&self, line: &str) -> Result<(String, Option<String>), String> {
        match words::leading(line) {
            Some((word, rest)) if word.verb == Verb::Anyway => match &self.pending {
                Some(pending) => Ok((pending.clone(), Some(rest.text.to_owned()))),
                None => Err("Nothing was asked: `anyway` goes on after a question.".to_owned()),
            },
            _ if self.pending.as_deref() == Some(line) => Ok((line.to_owned(), Some(String::new()))),
            _ => Ok((line.to_owned(), None)),
        }
    }

    fn say(&mut self, table: &Table<'_>, line: &str) -> Result<Reply, Doubt> {
        let was_updating = std::mem::take(&mut self.updating);
        match words::leading(line).filter(|(word, rest)| is_meant(word, rest)) {
            Some((word, rest)) if word.verb != Verb::Update => self.obey(table, word, rest),
            Some((_, rest)) => self.update(table, rest.text, was_updating),
            None => match misspelt(line) {
                Some(near) => {
                    let what = if near.contains(' ') { "these words" } else { "this word" };
                    Err(format!("Is `{near}` meant? If so, say it with {what}. If it is an update, begin it with `update`.").into())
                }
                None => self.update(table, line, was_updating),
            },
        }
    }

    fn obey(&mut self, table: &Table<'_>, word: &Word, rest: Rest<'_>) -> Result<Reply, Doubt> {
        let text = rest.text;
        match word.verb {
            Verb::Attend(status) => self.attend(table, status, text),
            Verb::Left => self.leaves(table, text),
            Verb::Statement => self.statement(table, text),
            Verb::View(whose) => self.view(table, whose, text),
            Verb::Wants => self.wants(table, text),
            Verb::NotAsked => self.not_asked(table, text),
            Verb::Need => self.need(table, text),
            Verb::Lead => self.lead(table, text),
            Verb::Professional => self.professional(table, text),
            Verb::Supporter => self.supporter(table, text),
            Verb::Custody => self.custody(table, text),
            Verb::Referral => self.referral(table, text),
            Verb::Barrier => self.barrier(table, text),
            Verb::OfBarrier(part) => self.of_barrier(table, part, text),
            Verb::Decision => self.decision(table, text),
            Verb::Why => self.why(table, text),
            Verb::Dissent => self.dissent(table, text),
            Verb::Action => self.action(table, text),
            Verb::Owner => self.owner(table, text),
            Verb::Due => self.due_by(table, text),
            Verb::Report(status) => self.report(table, status, text),
            Verb::Learning(kind) => self.learning(table, kind, text),
            Verb::Shareable => self.shareable(table),
            Verb::Offer => self.offer(table, text),
            Verb::Tell => self.tell(table, text),
            Verb::Told => self.told(table, text),
            Verb::Review => self.review(table, text),
            Verb::Close => self.close(table, text),
            Verb::NextMeeting => self.meet_next(text),
            Verb::Next => self.next(table),
            Verb::Back => self.back(table),
            Verb::Go => self.go(table, text),
            Verb::Defer => self.defer(table, text),
            Verb::Move => self.reorder(text),
            Verb::Urgent => self.urgent(table, text),
            Verb::Item => self.add_item(text),
            Verb::Allow => self.allow(text),
            Verb::Pause => self.pause(true),
            Verb::Resume => self.pause(false),
            Verb::Finish => self.finish(table),
            Verb::Update | Verb::Undo | Verb::Redo | Verb::Correct | Verb::Anyway | Verb::Leave | Verb::Help | Verb::Show => {
                Err(format!("`{}` cannot be said here.", word.name).into())
            }
        }
    }
}

/// Whether a word that a line begins with is meant as one of ours.
pub(super) fn is_meant(word: &Word, rest: &Rest<'_>) -> bool {
    let text = rest.text;
    match word.sign {
        Sign::Anything => true,
        Sign::Nothing => text.is_empty(),
        Sign::Colon => rest.colon,
        Sign::Speech => rest.colon || text.is_empty() || line::quoted(text).is_some() || line::after_word(text, "wants").is_some(),
        Sign::Id => text.split([' ', ':']).next().is_some_and(|word| word.is_empty() || looks_like_id(word)),
        Sign::Date => {
            let date = line::after_word(text, "on").unwrap_or(text);
            let dates = super::dates::Dates {
                today: chrono::NaiveDate::default(),
                next_meeting: Some(chrono::NaiveDate::default()),
                leans: super::dates::Leans::Ahead,
            };
            text.is_empty() || dates.parse(date).is_ok() || date.split_whitespace().count() == 1
        }
    }
}

/// A short word with a digit in it.
fn looks_like_id(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.', ';']);
    (2..=40).contains(&word.len()) && word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// The word of ours that the first word of a line is nearly. Short words are near to too many others.
fn misspelt(line: &str) -> Option<&'static str> {
    let first = line.split([' ', ':']).next()?.to_lowercase();
    if first.chars().count() < 5 {
        return None;
    }
    let far = |name: &str| strsim::damerau_levenshtein(&first, name);
    let near = |name: &&'static str| name.len() >= 5 && !name.contains(' ') && far(name) <= if name.len() >= 8 { 2 } else { 1 };
    words::all().flat_map(Word::names).filter(near).min_by_key(|name| far(name))
}

/// The word of a barrier's status, at the beginning of a text.
pub(super) fn status_word(text: &str) -> Option<(BarrierStatus, &str)> {
    BarrierStatus::ALL.iter().find_map(|status| line::after_word(text, status.word()).map(|rest| (*status, rest)))
}
