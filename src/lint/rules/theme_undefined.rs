//! A theme that two people would use differently.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "theme-undefined",
        severity: Severity::Unwise,
        summary: "a theme has no definition",
        explain: "A theme that two people would use differently counts nothing. One or two sentences are enough; `include`, `exclude` and one `example` make it sure.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for theme in &look.book.themes {
        if theme.definition.as_deref().is_none_or(|text| text.trim().is_empty()) {
            let message = format!("the theme `{}` has no definition", theme.id);
            findings.push(Finding::value(&RULE.code, theme.place().field("title"), message).hint("say in a sentence what it means: `definition: …`"));
        }
    }
}
