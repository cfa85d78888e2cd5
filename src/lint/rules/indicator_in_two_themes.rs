//! A phrase that suggests two themes at once.

use std::collections::BTreeMap;

use crate::lint::{Look, Rule};
use crate::model::{Theme, even};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "indicator-in-two-themes",
        severity: Severity::Unwise,
        summary: "an indicator stands in two themes",
        explain: "An indicator is a phrase in notes that suggests a theme. One that stands in two suggests both, and tells nobody which is meant. Keep it in the one it speaks of more often, or write it out further: `refused because of arrears` and `refused because of a fire`. Capitals and hyphens make no difference.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<String, &Theme> = BTreeMap::new();
    for theme in &look.book.themes {
        for (n, phrase) in theme.indicators.iter().enumerate() {
            let earlier = *first.entry(even(phrase)).or_insert(theme);
            if earlier.id != theme.id {
                let message = format!("the indicator `{}` stands in `{}` too", phrase.trim(), earlier.id);
                let hint = "keep it in one of them, or say more of what stands in the notes";
                findings.push(Finding::value(&RULE.code, theme.place().field("indicators").entry(n), message).hint(hint));
            }
        }
    }
}
