//! A word that judges a person, where a plainer one would say what happened.

use std::collections::BTreeMap;

use crate::lint::recording::{Means, Mention};
use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "word-that-judges",
        severity: Severity::Unwise,
        summary: "a word judges a person, and a plainer one would say what happened",
        explain: "Words such as `hard to reach`, `chaotic` or `addict` say what somebody thinks of a person, and leave out what happened. They are read by the next agency as a fact, and by the person as a verdict. Write what was seen, said or done.\n\nThe list follows published guidance; docs/recording.md names it. Asked once a person and word, where it was last written, and in the titles of themes and in guides. What stands in quotation marks, what the person says and the rules of agencies are left alone: they were said so. The list is the group's own: `recording: { plain_words: { … } }` in marg.yaml adds a word, gives it another plain one, or with nothing after it lets it stand.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let mentions = look.mentions();
    let mut newest: BTreeMap<(&str, usize), &Mention<'_>> = BTreeMap::new();
    for mention in &mentions.found {
        if let Means::Plain(word) = mention.means
            && !mention.is_quoted()
        {
            newest.insert((mention.case.case.as_str(), word), mention);
        }
    }
    for ((case, word), mention) in newest {
        let place = mention.field.place(mention.meeting, mention.case);
        let message = format!("`{}` says little about {case}, and judges", mention.word());
        findings.push(Finding::value(&RULE.code, place, message).hint(instead(&mentions.plain[word])));
    }
    for written in &mentions.in_themes {
        let message = format!("`{}` judges whoever it is said of", written.word);
        findings.push(Finding::value(&RULE.code, written.place.clone(), message).hint(instead(&mentions.plain[written.plain])));
    }
}

/// What to write for it, as something to do.
fn instead(plain: &str) -> String {
    match plain {
        advice if advice.starts_with("say ") || advice.starts_with("leave ") => advice.to_owned(),
        words if words.contains('`') => format!("write {words}"),
        words => format!("write `{words}`"),
    }
}
