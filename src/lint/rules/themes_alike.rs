//! Two themes that may be one, by what is written of them.

use crate::lint::{Look, Rule};
use crate::model::{Bar, Wording};
use crate::source::{Code, Finding, Severity, list_of};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "themes-alike",
        severity: Severity::Unwise,
        summary: "two themes are worded alike, and may be one",
        explain: "Where two themes of a kind mean the same, some people use the one and some the other, and neither counts what there is. Compared are titles, ids and other names, definitions and indicators. `marg themes merge` puts the two into one, and keeps the id that goes under `also_known_as` of the one that stays; or, if they are two, say in both under `exclude` where the line runs, and give each a definition in words of its own.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let wordings: Vec<Wording<'_>> = look.book.themes.iter().map(Wording::of).collect();
    for (n, theme) in wordings.iter().enumerate() {
        for earlier in wordings[..n].iter().filter(|earlier| earlier.theme.kind == theme.theme.kind) {
            if let Some(likeness) = earlier.likeness(theme, Bar::ONE_CODEBOOK) {
                let message = format!("`{}` is much like `{}`: {}", theme.theme.id, earlier.theme.id, list_of(&likeness.why, "and"));
                let hint = "make them one, or say in both under `exclude` where the line runs";
                findings.push(Finding::value(&RULE.code, theme.theme.place().field("title"), message).hint(hint));
            }
        }
    }
}
