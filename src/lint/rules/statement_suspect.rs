//! A sentence of a guide whose evidence has changed since a person read it.

use crate::lint::{Look, Rule};
use crate::model::{Reading, ThemeKey, readings};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "statement-suspect",
        severity: Severity::Unwise,
        summary: "what a statement of a guide rests on has changed since a person read it",
        explain: "A person read the statement against its evidence, and `reviewed` holds the fingerprint of what the evidence said then. By now it says something else: an action turned out otherwise, a rule or its answer changed, a theme was merged, or somebody learned that a thing did not work. The statement may still be right. Read it again, change it if need be, and say so: `marg guide review THEME STATEMENT --by WHO`.",
    },
    whole: true,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (at, theme) in look.book.themes.iter().enumerate() {
        if theme.guide.iter().flat_map(|guide| &guide.statements).all(|statement| statement.reviewed.is_none()) {
            continue;
        }
        for (statement, reading) in readings(&look.ledger, ThemeKey(at as u32)) {
            let Reading::Suspect(news) = reading else { continue };
            let place = theme.place().field("guide").field("statements").entry(statement.nth).field("says");
            let since = if news.is_empty() { "a record behind it was changed".to_owned() } else { news.join("; ") };
            let id = statement.id.as_deref().unwrap_or("STATEMENT");
            findings.push(
                Finding::value(&RULE.code, place, format!("the evidence of this statement has changed since it was read: {since}"))
                    .hint(format!("read it again, then `marg guide review {} {id} --by WHO`", theme.id)),
            );
        }
    }
}
