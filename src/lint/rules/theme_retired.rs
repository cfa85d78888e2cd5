//! A theme that is used after it was retired.

use crate::lint::usage::themes_of;
use crate::lint::{Look, Rule};
use crate::model::{Theme, ThemeKey};
use crate::source::{Code, Finding, Place, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "theme-retired",
        severity: Severity::Unwise,
        summary: "a theme is used that was retired",
        explain: "A theme that was retired stays in the records of its time, so that they still say what they said. After that day it is better to use the one that its file names under `use`: otherwise the figures of the two say each only a part.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let book = look.book;
    for theme in &book.themes {
        let instead = theme.retired.as_ref().and_then(|retired| retired.instead.as_deref());
        if let Some(id) = instead.filter(|id| book.names().find_theme(id).is_none_or(|key| book.theme(key).retired.is_some())) {
            let message = format!("`{id}` is to be used instead, and is no theme that can be");
            let finding = Finding::value(&RULE.code, theme.place().field("retired").field("use"), message);
            findings.push(finding.hint("name a theme that is not retired, or none"));
        }
    }
    for meeting in &book.meetings {
        let late = |key: &ThemeKey| book.theme(*key).retired.as_ref().and_then(|retired| retired.on).is_some_and(|on| meeting.date >= on);
        for case in &meeting.cases {
            let mut themes: Vec<ThemeKey> = themes_of(case).filter(late).collect();
            themes.sort_unstable();
            themes.dedup();
            findings.extend(themes.into_iter().map(|key| used(book.theme(key), meeting.case_place(case))));
        }
        if let Some(key) = meeting.session.as_ref().map(|session| session.theme).filter(late) {
            findings.push(used(book.theme(key), meeting.place().field("session").field("theme")));
        }
    }
}

fn used(theme: &Theme, place: Place) -> Finding {
    let retired = theme.retired.as_ref();
    let since = retired.and_then(|retired| retired.on).map(|on| format!(" on {}", on.format("%-d %B %Y"))).unwrap_or_default();
    let finding = Finding::value(&RULE.code, place, format!("`{}` was retired{since}, and is used here", theme.id));
    match retired.and_then(|retired| retired.instead.as_deref()) {
        Some(id) => finding.hint(format!("use `{id}` instead")),
        None => finding.hint(format!("`themes/{}.yaml` says why it was retired", theme.id)),
    }
}
