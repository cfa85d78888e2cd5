//! A theme that fits everything.

use crate::lint::{Look, Rule};
use crate::model::{Theme, ThemeKey, ThemeKind};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "theme-over-broad",
        severity: Severity::Unwise,
        summary: "a theme stands on so many discussions that it tells them apart no more",
        explain: "A barrier that is on every other discussion says no more what has to change, and where. Asked once thirty discussions were held, of barriers and of what helped: where a theme stands on more than a third of them; on more than a fifth, beside three quarters or more of all the themes in use if these are ten or more; or on more than a tenth, with a definition of fewer than eight words and nothing under `exclude`. Say more closely what it means, or make it two. Needs are not asked about: most people a group talks of may well be homeless.",
    },
    whole: true,
    lacks: &[],
    look,
};

const DISCUSSIONS: usize = 30;
const SHORT: usize = 8;
/// Beside fewer others than this, a theme cannot help standing beside most of them.
const MANY: usize = 10;

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let usage = look.usage();
    if usage.discussions < DISCUSSIONS {
        return;
    }
    for (theme, key) in look.book.themes.iter().zip((0..).map(ThemeKey)).filter(|(theme, _)| theme.kind != ThemeKind::Need) {
        let (uses, all) = (usage.of_theme(key), usage.discussions);
        let others = usage.in_use().saturating_sub(1);
        let about = if uses * 3 > all {
            String::new()
        } else if uses * 5 > all && others >= MANY && usage.beside(key) * 4 >= others * 3 {
            format!(", beside {} of the {others} other themes in use", usage.beside(key))
        } else if uses * 10 > all && is_loose(theme) {
            format!(", and its definition has fewer than {SHORT} words and no `exclude`")
        } else {
            continue;
        };
        let message = format!("`{}` stands on {uses} of {all} discussions{about}", theme.id);
        let hint = "say more closely what it means and what it leaves out, or make it two";
        findings.push(Finding::value(&RULE.code, theme.place().field("title"), message).hint(hint));
    }
}

fn is_loose(theme: &Theme) -> bool {
    let has = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    !has(&theme.exclude) && theme.definition.as_deref().unwrap_or_default().split_whitespace().count() < SHORT
}
