//! Lines about barriers.

use super::dates::in_words;
use super::hear::status_word;
use super::line::{after_word, around_word};
use super::people::{filled, one_of};
use super::reply::Reply;
use super::state::{Doubt, State, Table};
use crate::model::{Answer, Asked, Barrier, BarrierStatus, Theme, ThemeKey, Word as _, known};

type Said = Result<Reply, Doubt>;

/// The parts that a sentence about a barrier can have, as they begin.
const PARTS: &[&str] = &["blocks", "at", "rule", "cause", "scope", "evidence", "status", "asked", "answer", "live", "eased", "resolved"];

impl State {
    /// `THEME blocks SERVICE at AGENCY rule … cause policy scope system evidence …`.
    pub(super) fn barrier(&mut self, table: &Table<'_>, text: &str) -> Said {
        let goes_on = |rest: &str| PARTS.iter().any(|part| after_word(rest, part).is_some());
        let (theme, rest) = table.names.barriers.leading_before(text, goes_on)?;
        let mut barrier = Barrier {
            nth: usize::MAX,
            id: None,
            theme,
            blocks: None,
            at: None,
            rule: None,
            cause: None,
            scope: None,
            evidence: None,
            status: BarrierStatus::Live,
            asked: None,
            answer: None,
        };
        self.parts(table, &mut barrier, rest)?;
        let case = self.here(table)?.case.clone();
        let again = self.continued(table, &mut barrier);
        let seed = format!(
            "{} {:?} {:?}",
            table.book.theme(theme).id,
            barrier.blocks.map(|key| &table.book.group.service(key).id),
            barrier.at.map(|key| &table.book.group.agency(key).id)
        );
        let id = self.new_id(table, &case, &seed);
        let barriers = &mut self.here(table)?.barriers;
        let same = |known: &Barrier| (known.theme, known.blocks, known.at) == (barrier.theme, barrier.blocks, barrier.at);
        let at = match barriers.iter().position(same) {
            // Said again, with more to it.
            Some(at) => {
                merge(&mut barriers[at], barrier);
                at
            }
            None => {
                barriers.push(Barrier { nth: barriers.len(), id: Some(id), ..barrier });
                barriers.len() - 1
            }
        };
        let echo = format!("BARRIER {}", sentence(table, &barriers[at]));
        self.barrier = Some(at);
        // What helped comes first: the definition was shown before the theme was chosen.
        let mut shows = table.past.barrier(theme).in_words();
        shows.extend(again);
        shows.extend(definition(table.book.theme(theme)));
        Ok(Reply { shows, ..Reply::echo(echo) })
    }

    /// A barrier of this person from before that is named by its theme alone is that one.
    fn continued(&self, table: &Table<'_>, barrier: &mut Barrier) -> Option<String> {
        let story = table.story(self.case()?)?;
        let threads: Vec<_> = story.barriers().into_iter().filter(|thread| thread.theme == barrier.theme).collect();
        let [thread] = threads.as_slice() else { return None };
        if barrier.blocks.is_none() && barrier.at.is_none() {
            (barrier.blocks, barrier.at) = (thread.blocks, thread.at);
        }
        let is_it = (barrier.blocks, barrier.at) == (thread.blocks, thread.at);
        let since = thread.sightings.first().map(|sighting| in_words(sighting.meeting.date))?;
        is_it.then(|| format!("In this person's way since {since}."))
    }

    /// A further part of the barrier that was named last.
    pub(super) fn of_barrier(&mut self, table: &Table<'_>, part: &str, text: &str) -> Said {
        let at = self.barrier;
        let barriers = self.here(table)?.barriers.clone();
        let at = at.filter(|at| *at < barriers.len()).or(barriers.len().checked_sub(1));
        let Some(at) = at else {
            return Err(format!(
                "No barrier has been named for this case: `barrier THEME …` first. An update that begins with `{part}` is said as `update {part} …`."
            )
            .into());
        };
        let mut barrier = barriers[at].clone();
        self.parts(table, &mut barrier, &format!("{part} {text}"))?;
        let echo = format!("BARRIER {}", sentence(table, &barrier));
        self.here(table)?.barriers[at] = barrier;
        Ok(Reply::echo(echo))
    }

    /// Reads the parts one by one.
    fn parts(&self, table: &Table<'_>, barrier: &mut Barrier, text: &str) -> Result<(), Doubt> {
        let mut rest = text.trim();
        while !rest.is_empty() {
            let begun = PARTS.iter().find_map(|part| after_word(rest, part).map(|behind| (*part, behind)));
            let Some((part, behind)) = begun else {
                return Err(
                    format!("`{rest}` is not understood. A barrier goes on with: blocks SERVICE, at AGENCY, rule …, cause …, scope …, evidence …").into()
                );
            };
            rest = self.part(table, barrier, part, behind)?.trim();
        }
        Ok(())
    }

    /// Reads one part; what stands behind it goes on.
    fn part<'t>(&self, table: &Table<'_>, barrier: &mut Barrier, part: &str, text: &'t str) -> Result<&'t str, Doubt> {
        Ok(match part {
            "blocks" => {
                let (service, rest) = table.names.services.leading(text)?;
                barrier.blocks = Some(service);
                rest
            }
            "at" => {
                let (agency, rest) = table.names.agencies.leading(text)?;
                barrier.at = Some(agency);
                rest
            }
            "rule" => {
                let (rule, rest) = until_next(text);
                barrier.rule = Some(filled(rule, "Which rule? `rule: the words of it`")?);
                rest
            }
            "evidence" => {
                let (evidence, rest) = until_next(text);
                barrier.evidence = Some(filled(evidence, "How is it known? `evidence: …`")?);
                rest
            }
            "cause" => listed(table, "causes", "cause", known::CAUSES, text, &mut barrier.cause)?,
            "scope" => listed(table, "scopes", "scope", known::SCOPES, text, &mut barrier.scope)?,
            "answer" => {
                let word =
                    text.to_lowercase().replace("flexed once", "flexed-once").replace("changed for all", "changed-for-all").replace("no reply", "no-reply");
                let first = word.split_whitespace().next().unwrap_or_default();
                barrier.answer = Some(Answer::parse(first).ok_or_else(|| one_of(text, Answer::WORDS.iter().copied(), "answer"))?);
                &text[text.len() - behind_len(&word, first, text)..]
            }
            "asked" => self.asked_part(table, barrier, text)?,
            "status" => {
                let (status, rest) = status_word(text).ok_or_else(|| one_of(text, BarrierStatus::WORDS.iter().copied(), "status"))?;
                barrier.status = status;
                rest
            }
            word => {
                barrier.status = BarrierStatus::parse(word).unwrap_or(BarrierStatus::Live);
                text
            }
        })
    }

    fn asked_part<'t>(&self, table: &Table<'_>, barrier: &mut Barrier, text: &'t str) -> Result<&'t str, Doubt> {
        let (of, rest) = table.names.agencies.leading(text)?;
        let (on, rest) = match after_word(rest, "on") {
            Some(date) => {
                let (date, rest) = self.days_gone().leading(date)?;
                (Some(date), rest)
            }
            None => (Some(self.meeting.date), rest),
        };
        barrier.asked = Some(Asked { of: Some(of), on });
        Ok(rest)
    }
}

/// How much of the text stands behind its first word, or the two words that were written for it.
fn behind_len(word: &str, first: &str, text: &str) -> usize {
    // Hyphens took the place of spaces, so that both texts are equally long.
    if word.len() == text.len() { text.len() - first.len() - (word.len() - word.trim_start().len()) } else { 0 }
}

/// A word of a list, in whatever case.
fn listed<'t>(table: &Table<'_>, list: &str, what: &str, known: &[&'static str], text: &'t str, to: &mut Option<String>) -> Result<&'t str, Doubt> {
    let own = table.book.group.own_words(list);
    let words = known.iter().copied().chain(own.iter().map(String::as_str));
    let found = words.clone().find_map(|word| after_word(text, word).map(|rest| (word.to_owned(), rest)));
    let (word, rest) = found.ok_or_else(|| one_of(text.split_whitespace().next().unwrap_or_default(), words, what))?;
    *to = Some(word);
    Ok(rest)
}

/// A text until the next part begins. Only what cannot be meant otherwise begins one: `cause` with a cause behind it, `evidence` with a
/// colon or behind a stop.
fn until_next(text: &str) -> (&str, &str) {
    let begins = |word: &str, values: &[&str]| {
        let mut from = 0;
        while let Some((_, behind)) = around_word(&text[from..], word) {
            let start = text.len() - behind.len();
            let head = text[..start].trim_end().trim_end_matches(':').trim_end();
            let at = head.len() - word.len();
            let stop = text[..at].trim_end().ends_with([',', ';', '.']) || text[..start].trim_end().ends_with(':');
            if at > 0 && (values.iter().any(|value| after_word(behind, value).is_some()) || (values.is_empty() && stop)) {
                return Some(at);
            }
            from = start;
        }
        None
    };
    let states: Vec<&str> = BarrierStatus::WORDS.to_vec();
    let ends = [begins("cause", known::CAUSES), begins("scope", known::SCOPES), begins("status", &states), begins("evidence", &[]), begins("rule", &[])];
    match ends.into_iter().flatten().min() {
        Some(at) => (text[..at].trim().trim_end_matches([',', ';']), &text[at..]),
        None => (text.trim(), ""),
    }
}

/// What is new takes the place of what was said before.
fn merge(known: &mut Barrier, new: Barrier) {
    let Barrier { rule, cause, scope, evidence, status, asked, answer, .. } = new;
    known.rule = rule.or(known.rule.take());
    known.cause = cause.or(known.cause.take());
    known.scope = scope.or(known.scope.take());
    known.evidence = evidence.or(known.evidence.take());
    known.asked = asked.or(known.asked.take());
    known.answer = answer.or(known.answer);
    known.status = status;
}

/// A barrier in words.
pub(super) fn sentence(table: &Table<'_>, barrier: &Barrier) -> String {
    let title = &table.book.theme(barrier.theme).title;
    let blocks = barrier.blocks.map_or(String::new(), |key| format!(", blocks: {}", table.book.group.service(key).name));
    let at = barrier.at.map_or(String::new(), |key| format!(", at {}", table.agency(key)));
    let text = |label: &str, text: &Option<String>| text.as_ref().map_or(String::new(), |text| format!("; {label}: {text}"));
    let asked = barrier.asked.as_ref().map_or(String::new(), |asked| {
        let of = asked.of.map_or(String::new(), |key| format!(" {}", table.agency(key)));
        format!("; asked{of}{}", asked.on.map_or(String::new(), |on| format!(" on {}", in_words(on))))
    });
    let answer = barrier.answer.map_or(String::new(), |answer| format!("; answer: {answer}"));
    let parts = [text("rule", &barrier.rule), text("cause", &barrier.cause), text("scope", &barrier.scope), text("evidence", &barrier.evidence)].concat();
    format!("{title}{blocks}{at}{parts}{asked}{answer}; {}", barrier.status)
}

/// The barrier of an earlier meeting in short: `Fire history, at Northfield Housing; refused; live`.
pub(super) fn in_short(table: &Table<'_>, barrier: &Barrier) -> String {
    let title = &table.book.theme(barrier.theme).title;
    let at = barrier.at.map_or(String::new(), |key| format!(", at {}", table.agency(key)));
    let answer = barrier.answer.map_or(String::new(), |answer| format!("; {}", answer.to_string().replace('-', " ")));
    format!("{title}{at}{answer}; {}", barrier.status)
}

/// What a theme means: what belongs to it, and what does not.
pub(super) fn definition(theme: &Theme) -> Vec<String> {
    let line = |label: &str, text: &Option<String>| text.as_ref().map(|text| format!("{label}{}", text.split_whitespace().collect::<Vec<_>>().join(" ")));
    let means = format!("{}: ", theme.title);
    [line(&means, &theme.definition), line("It is: ", &theme.include), line("It is not: ", &theme.exclude)].into_iter().flatten().collect()
}

/// The theme that a `#tag` names.
pub(super) fn tag(table: &Table<'_>, tag: &str) -> Result<ThemeKey, Doubt> {
    Ok(table.names.themes.find(tag)?)
}
