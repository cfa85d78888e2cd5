//! Two themes that may be one, by how they are used.

use crate::lint::{Look, Rule};
use crate::model::ThemeKey;
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "themes-always-together",
        severity: Severity::Unwise,
        summary: "two themes of a kind nearly always stand on the same discussions",
        explain: "Two themes that always come together may be two words for one thing, or the first may have become a habit whenever the second is used. Asked of two themes of the same kind that each stand on eight discussions or more, where of all the discussions with one of them four in five have both. If they are two things that go together, all is well: say so under `exclude` of both.",
    },
    whole: true,
    lacks: &[],
    look,
};

/// With fewer discussions than this, it may be chance.
const DISCUSSIONS: usize = 8;

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let usage = look.usage();
    let often: Vec<_> = look.book.themes.iter().zip((0..).map(ThemeKey)).filter(|(_, key)| usage.of_theme(*key) >= DISCUSSIONS).collect();
    for (n, (theme, key)) in often.iter().enumerate() {
        for (earlier, other) in often[..n].iter().filter(|(earlier, _)| earlier.kind == theme.kind) {
            let both = usage.of_both(*key, *other);
            let either = usage.of_theme(*key) + usage.of_theme(*other) - both;
            if both * 5 >= either * 4 {
                let message = format!("`{}` and `{}` stand together on {both} of the {either} discussions that have one of them", earlier.id, theme.id);
                let hint = "make them one if they are one; if not, say in both under `exclude` where the line runs";
                findings.push(Finding::value(&RULE.code, theme.place().field("title"), message).hint(hint));
            }
        }
    }
}
