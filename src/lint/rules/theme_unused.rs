//! A theme that nobody uses.

use crate::lint::usage::themes_of;
use crate::lint::{Look, Rule};
use crate::model::ThemeKey;
use crate::source::{Code, Finding, Severity};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "theme-unused",
        severity: Severity::Unwise,
        summary: "a theme is never used",
        explain: "A codebook that is longer than what is used is harder to choose from. A theme may wait for its first case; one that has waited for years can go. Asked once six meetings were held.",
    },
    whole: true,
    lacks: &[],
    look,
};

/// Before so many meetings were held, the whole codebook is waiting.
const MEETINGS: usize = 6;

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    if look.book.held_meetings().count() < MEETINGS {
        return;
    }
    let used = used(look);
    for (theme, at) in look.book.themes.iter().zip(0..) {
        if theme.retired.is_none() && !used.contains(&ThemeKey(at)) {
            let message = format!("no meeting has used the theme `{}` yet", theme.id);
            findings
                .push(Finding::value(&RULE.code, theme.place().field("title"), message).hint("leave it if it waits for its first case; otherwise take it out"));
        }
    }
}

fn used(look: &Look<'_>) -> BTreeSet<ThemeKey> {
    let mut used = BTreeSet::new();
    for (_, case) in look.discussions() {
        used.extend(themes_of(case));
    }
    used.extend(look.book.meetings.iter().filter_map(|meeting| Some(meeting.session.as_ref()?.theme)));
    used
}
