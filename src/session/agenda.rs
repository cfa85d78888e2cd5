//! Lines that move on the agenda.

use super::earlier::minutes;
use super::line::{around_word, at_colon};
use super::people::filled;
use super::reply::{Ending, Reply};
use super::state::{Doubt, State, Stop, Table, item};
use crate::model::{AgendaSubject, CaseRef, DiscussionKind, plain_words};
use crate::source::{n_of, nearest};

type Said = Result<Reply, Doubt>;

impl State {
    pub(super) fn next(&mut self, table: &Table<'_>) -> Said {
        let next = (self.at + 1..self.stops.len()).find(|at| self.stops[*at].item.deferred.is_none());
        self.leaving(table, true)?;
        match next {
            Some(at) => Ok(self.bring(at)),
            None => {
                let left: Vec<&str> = self.unreached().collect();
                let more = if left.is_empty() { String::new() } else { format!(" Not reached yet: {}.", left.join(", ")) };
                Ok(Reply::showing(vec![format!("That was the last item.{more} `finish` closes the meeting.")]))
            }
        }
    }

    pub(super) fn back(&mut self, table: &Table<'_>) -> Said {
        let Some(at) = self.at.checked_sub(1) else { return Err("This is the first item.".into()) };
        self.leaving(table, false)?;
        Ok(self.bring(at))
    }

    pub(super) fn go(&mut self, table: &Table<'_>, text: &str) -> Said {
        let at = self.find_stop(text)?;
        if at == self.at {
            return Err(format!("`{}` is on the table already.", self.stop().label()).into());
        }
        self.leaving(table, false)?;
        Ok(self.bring(at))
    }

    fn unreached(&self) -> impl Iterator<Item = &str> {
        self.stops.iter().filter(|stop| self.is_not_reached(stop)).map(Stop::label)
    }

    /// Whether an item still has to come. A case that was on the table and of which nothing is recorded was only looked at.
    pub(super) fn is_not_reached(&self, stop: &Stop) -> bool {
        let recorded = stop.case().is_none_or(|case| self.discussion(case).is_some());
        stop.item.deferred.is_none() && !(stop.seen && recorded)
    }

    /// Puts an item on the table. One that was put off is taken up again.
    fn bring(&mut self, at: usize) -> Reply {
        (self.at, self.barrier) = (at, None);
        let count = self.stops.len();
        let stop = &mut self.stops[at];
        (stop.seen, stop.item.deferred) = (true, None);
        let planned = stop.item.minutes.map_or(String::new(), |minutes| format!(", {}", n_of(minutes as usize, "minute", "minutes")));
        Reply { taken: true, arrived: Some(format!("Item {} of {count}: {}{planned}.", at + 1, stop.label())), ..Reply::default() }
    }

    pub(super) fn defer(&mut self, table: &Table<'_>, text: &str) -> Said {
        self.leaving(table, false)?;
        let reason = if text.is_empty() { "put off" } else { text };
        let label = self.stop().label().to_owned();
        let at = self.at;
        self.stops[at].item.deferred = Some(reason.to_owned());
        let mut reply = Reply::echo(format!("{label} is put off to the next meeting: {reason}."));
        if let Some(next) = (at + 1..self.stops.len()).find(|at| self.stops[*at].item.deferred.is_none()) {
            reply.arrived = self.bring(next).arrived;
        }
        Ok(reply)
    }

    /// `REF before REF`, `REF after 4`, `REF 3`.
    pub(super) fn reorder(&mut self, text: &str) -> Said {
        let split = around_word(text, "before").map(|(what, to)| (what, to, 0)).or_else(|| around_word(text, "after").map(|(what, to)| (what, to, 1)));
        let (what, to, behind) =
            split.or_else(|| text.rsplit_once(' ').map(|(what, to)| (what.trim_end_matches(" to"), to, 0))).ok_or("Where to? `move REF before REF`")?;
        let (from, target) = (self.find_stop(what)?, self.find_stop(to)?);
        if from == target {
            return Err(format!("`{what}` and `{to}` are the same item.").into());
        }
        let moved = self.stops.remove(from);
        let to_number = behind == 0 && around_word(text, "before").is_none();
        let target = if to_number { target } else { target - usize::from(from < target) + behind };
        let target = target.min(self.stops.len());
        let label = moved.label().to_owned();
        self.stops.insert(target, moved);
        self.at = match self.at {
            at if at == from => target,
            at if from < at && at <= target => at - 1,
            at if target <= at && at < from => at + 1,
            at => at,
        };
        Ok(Reply::echo(format!("{label} is item {} now.", target + 1)))
    }

    /// `REF 15 min: reason`: it comes next.
    pub(super) fn urgent(&mut self, table: &Table<'_>, text: &str) -> Said {
        let (head, reason) = at_colon(text).unwrap_or((text, ""));
        let (case, minutes) = minutes(head);
        let case = case.to_uppercase();
        if !CaseRef::is_valid(&case) {
            return Err(format!(
                "`{case}` is no ref: a pseudonym of 3 to 24 capitals, digits and hyphens, such as QLM-7KQ2; never a name. `urgent REF 15 min: reason`"
            )
            .into());
        }
        let case = CaseRef(case);
        if self.stops.iter().any(|stop| stop.case() == Some(&case)) {
            return Err(format!("{case} is on the agenda: `go {case}` brings it on the table.").into());
        }
        let record = self.record_of(table, &case);
        record.kind = Some(DiscussionKind::Urgent);
        if !reason.is_empty() {
            record.referral.get_or_insert_default().reason = Some(reason.to_owned());
        }
        self.add(AgendaSubject::Case(case.clone()), minutes);
        let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        Ok(Reply::echo(format!("{case} is urgent and comes next{why}.")))
    }

    pub(super) fn add_item(&mut self, text: &str) -> Said {
        let (label, minutes) = minutes(text);
        let label = filled(label, "What is the item? `item TEXT 5 min`")?;
        self.add(AgendaSubject::Item(label.clone()), minutes);
        Ok(Reply::echo(format!("{label} comes next.")))
    }

    fn add(&mut self, subject: AgendaSubject, minutes: Option<u32>) {
        let stop = Stop { item: crate::model::AgendaItem { minutes, ..item(subject) }, spent: 0, allowed: 0, seen: false };
        self.stops.insert(self.at + 1, stop);
    }

    pub(super) fn allow(&mut self, text: &str) -> Said {
        let number = text.split_whitespace().next().unwrap_or_default();
        let more: u32 = number.parse().ok().filter(|more| (1..=600).contains(more)).ok_or("How many minutes more? `allow 5`")?;
        let at = self.at;
        self.stops[at].allowed = self.stops[at].allowed.saturating_add(more);
        Ok(Reply::echo(format!("{} more for {}.", n_of(more as usize, "minute", "minutes"), self.stop().label())))
    }

    pub(super) fn pause(&mut self, paused: bool) -> Said {
        if self.paused == paused {
            return Err(if paused { "Time stands still already: `resume` lets it run." } else { "Time is running: `pause` stops it." }.into());
        }
        self.paused = paused;
        Ok(Reply::echo(if paused { "Paused: time stands still until `resume`." } else { "Time runs again." }))
    }

    pub(super) fn finish(&mut self, table: &Table<'_>) -> Said {
        self.finishing(table)?;
        let not_reached: Vec<usize> = (0..self.stops.len()).filter(|at| self.is_not_reached(&self.stops[*at])).collect();
        for at in not_reached {
            self.stops[at].item.deferred = Some("not reached".to_owned());
        }
        self.ending = Some(Ending::Finished);
        Ok(Reply { ending: Some(Ending::Finished), ..Reply::echo("The meeting is finished.") })
    }

    /// An item by its number, by its ref or by words of its name.
    pub(super) fn find_stop(&self, text: &str) -> Result<usize, Doubt> {
        let text = text.trim();
        let asked = plain_words(text);
        let by_number = text.parse::<usize>().ok().filter(|number| (1..=self.stops.len()).contains(number)).map(|number| number - 1);
        let exactly = || self.stops.iter().position(|stop| plain_words(stop.label()) == asked);
        let within: Vec<usize> = (0..self.stops.len()).filter(|at| asked.len() >= 2 && plain_words(self.stops[*at].label()).contains(&asked)).collect();
        let only = || if let [one] = within.as_slice() { Some(*one) } else { None };
        by_number.or_else(exactly).or_else(only).ok_or_else(|| {
            let near = nearest(text, self.stops.iter().map(Stop::label)).map_or(String::new(), |near| format!(" Is `{near}` meant?"));
            let what = if text.is_empty() { "Which item?".to_owned() } else { format!("`{text}` is no item of this agenda.{near}") };
            format!("{what} Say its number from 1 to {}, or a ref; `where` lists them.", self.stops.len()).into()
        })
    }
}
