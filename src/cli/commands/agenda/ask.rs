//! What a referral needs, asked for one question at a time.
//!
//! Where the lines come from is the caller's affair: a terminal, or a list in a test.

use std::io::IsTerminal as _;

use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use crate::cli::error::CommandError;
use crate::model::{Group, known};
use crate::source::{list_of, nearest};

/// One part of a referral.
pub(super) struct Question {
    /// The field in the file, and the option on the command line with `-` for `_`.
    pub(super) field: &'static str,
    /// In plain words, with what a good answer holds.
    pub(super) ask: &'static str,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Agency,
    Consent,
}

pub(super) const QUESTIONS: [Question; 7] = [
    Question { field: "agency", ask: "Who refers? The agency's short name", kind: Kind::Agency },
    Question { field: "reason", ask: "Why now? What has happened, in a sentence or two", kind: Kind::Text },
    Question { field: "tried", ask: "What has been tried so far, and by whom?", kind: Kind::Text },
    Question { field: "offer", ask: "What does the referrer itself offer to do?", kind: Kind::Text },
    Question { field: "legal_basis", ask: "On what legal basis is this shared?", kind: Kind::Text },
    Question { field: "consent", ask: "Has the person agreed? given, withheld, not-sought or lacks-capacity", kind: Kind::Consent },
    Question { field: "asked_by", ask: "Which agency asked the person?", kind: Kind::Agency },
];

impl Question {
    pub(super) fn option(&self) -> String {
        format!("--{}", self.field.replace('_', "-"))
    }

    /// What is wrong with an answer, in words.
    pub(super) fn objection(&self, group: &Group, answer: &str) -> Option<String> {
        let (known, what): (Vec<&str>, &str) = match self.kind {
            Kind::Text => return None,
            Kind::Agency => (group.agencies.iter().map(|agency| agency.id.as_str()).collect(), "agency"),
            Kind::Consent => (known::CONSENT.iter().copied().chain(group.own_words("consent").iter().map(String::as_str)).collect(), "such answer"),
        };
        if known.contains(&answer) {
            return None;
        }
        let near = nearest(answer, known.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
        let list = if known.len() <= 30 { format!("; there are {}", list_of(&known, "and")) } else { "; marg.yaml lists them".to_owned() };
        Some(format!("there is no {what} `{answer}`{}", near.unwrap_or(list)))
    }
}

/// An answer, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answered {
    Said(String),
    Missing(String),
}

/// Where lines come from; nothing when whoever types has had enough.
pub(in crate::cli::commands) type Lines<'l> = dyn FnMut(&str) -> Result<Option<String>, CommandError> + 'l;

/// Whether there is somebody to ask.
pub(in crate::cli::commands) fn somebody_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Lines typed on the terminal.
pub(in crate::cli::commands) fn from_terminal() -> Result<impl FnMut(&str) -> Result<Option<String>, CommandError>, CommandError> {
    let broken = |error: ReadlineError| CommandError::unusable(format!("the terminal cannot be read: {error}"));
    let mut editor = DefaultEditor::new().map_err(broken)?;
    Ok(move |prompt: &str| match editor.readline(prompt) {
        Ok(line) => Ok(Some(line)),
        Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
        Err(error) => Err(broken(error)),
    })
}

/// Asks until there is an answer, or a reason why there is none. Nothing when whoever types has had enough.
pub(super) fn ask(question: &Question, group: &Group, lines: &mut Lines<'_>) -> Result<Option<Answered>, CommandError> {
    let mut prompt = format!("{}\n> ", question.ask);
    loop {
        let Some(line) = lines(&prompt)? else { return Ok(None) };
        let answer = line.trim();
        if answer.is_empty() || answer == "-" {
            let why = format!("It is left open. Why is `{}` not known?\n> ", question.field);
            let Some(reason) = lines(&why)? else { return Ok(None) };
            match reason.trim() {
                "" | "-" => prompt = format!("A reason is needed, or an answer.\n{}\n> ", question.ask),
                reason => return Ok(Some(Answered::Missing(reason.to_owned()))),
            }
            continue;
        }
        match question.objection(group, answer) {
            None => return Ok(Some(Answered::Said(answer.to_owned()))),
            Some(objection) => prompt = format!("{objection}\n{}\n> ", question.ask),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Agency;

    fn group() -> Group {
        let agency = |id: &str| Agency { id: id.to_owned(), name: id.to_owned(), contact: None, escalate_to: None, exclusions: Vec::new(), checked_on: None };
        Group { agencies: vec![agency("housing-options"), agency("police")], ..Group::default() }
    }

    fn typed(question: usize, lines: &[&str]) -> (Option<Answered>, Vec<String>) {
        let mut lines = lines.iter();
        let mut prompts = Vec::new();
        let mut next = |prompt: &str| {
            prompts.push(prompt.to_owned());
            Ok(lines.next().map(|line| (*line).to_owned()))
        };
        let answer = ask(&QUESTIONS[question], &group(), &mut next).unwrap_or_else(|_| panic!("lines never fail"));
        (answer, prompts)
    }

    #[test]
    fn an_answer_is_taken_as_it_is() {
        assert_eq!(typed(1, &["  Turned away twice. "]).0, Some(Answered::Said("Turned away twice.".to_owned())));
    }

    #[test]
    fn what_is_left_out_needs_a_reason() {
        assert_eq!(typed(2, &["-", "seen for the first time"]).0, Some(Answered::Missing("seen for the first time".to_owned())));
        let (answer, prompts) = typed(2, &["", "", "A hostel"]);
        assert_eq!(answer, Some(Answered::Said("A hostel".to_owned())));
        assert!(prompts[1].contains("Why is `tried` not known?") && prompts[2].starts_with("A reason is needed"), "{prompts:?}");
    }

    #[test]
    fn a_name_that_is_not_known_is_asked_for_again() {
        let (answer, prompts) = typed(0, &["housing-option", "housing-options"]);
        assert_eq!(answer, Some(Answered::Said("housing-options".to_owned())));
        assert!(prompts[1].starts_with("there is no agency `housing-option`; did you mean `housing-options`?"), "{prompts:?}");
    }

    #[test]
    fn whoever_has_had_enough_is_let_go() {
        assert_eq!(typed(0, &[]).0, None);
        assert_eq!(typed(1, &["-"]).0, None);
    }
}
