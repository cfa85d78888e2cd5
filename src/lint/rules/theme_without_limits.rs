//! A barrier that is used often, and does not say where it ends.

use crate::lint::{Look, Rule};
use crate::model::{ThemeKey, ThemeKind};
use crate::source::{Code, Finding, Severity, list_of};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "theme-without-limits",
        severity: Severity::Unwise,
        summary: "a barrier that is used often does not say what belongs to it",
        explain: "A definition says what a theme is about; two people still draw its line in different places. Once a barrier stands on ten discussions, `include` is to say what counts, `exclude` what does not and which theme it has instead, and `example` how it looks in a real record, made up from several.",
    },
    whole: false,
    lacks: &["include", "exclude", "example"],
    look,
};

/// From here on, several people use it, on several cases.
const DISCUSSIONS: usize = 10;

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let usage = look.usage();
    for (theme, key) in look.book.themes.iter().zip((0..).map(ThemeKey)).filter(|(theme, _)| theme.kind == ThemeKind::Barrier) {
        let uses = usage.of_theme(key);
        let texts = [("include", &theme.include), ("exclude", &theme.exclude), ("example", &theme.example)];
        let lacking = texts.iter().filter(|(_, text)| text.as_deref().is_none_or(|text| text.trim().is_empty()));
        let lacking: Vec<String> = lacking.map(|(name, _)| format!("`{name}`")).collect();
        if uses >= DISCUSSIONS && !lacking.is_empty() {
            let message = format!("`{}` stands on {uses} discussions, and has no {}", theme.id, list_of(&lacking, "and no"));
            let hint = "say in a sentence each what counts, what does not, and how it looks in a record";
            findings.push(Finding::value(&RULE.code, theme.place().field("title"), message).hint(hint));
        }
    }
}
