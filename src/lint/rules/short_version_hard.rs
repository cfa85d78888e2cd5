//! A sentence of a short version that is hard to read.

use crate::lint::{Look, Rule};
use crate::model::hard_to_read;
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "short-version-hard",
        severity: Severity::Unwise,
        summary: "a sentence of a short version is hard to read",
        explain: "The short version of a guide is for people who read slowly, have a learning disability, or read in another language: one idea a row, at most 15 words, everyday words, no signs that join ideas, no short forms. A program can hold these rules; whether a text is easy to read, only the people it is for can say, and `short_signed_off_by` says who of them has.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for theme in &look.book.themes {
        let lines = theme.guide.iter().flat_map(|guide| &guide.short).enumerate();
        for (n, line) in lines {
            let wrong = hard_to_read(&line.says, look.book.group.recording.harder_words());
            if !wrong.is_empty() {
                let place = theme.place().field("guide").field("short").entry(n).field("says");
                findings.push(Finding::value(&RULE.code, place, wrong.join("; ")).hint("say it as you would to somebody across the table"));
            }
        }
    }
}
