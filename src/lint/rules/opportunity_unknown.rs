//! An opportunity that names a theme or an agency which is not there.

use crate::lint::{Look, Rule};
use crate::model::Group;
use crate::source::{Code, Finding, Severity, nearest};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "opportunity-unknown",
        severity: Severity::Unwise,
        summary: "an opportunity names a theme or an agency that is not there",
        explain: "What an opportunity asks for, welcomes and excludes are ids of themes, and who offers it is the id of an agency. With an id that is not there, it is matched to nobody, or to somebody whom it cannot take.",
    },
    whole: true,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let (themes, group) = (&look.book.themes, &look.book.group);
    let list = Group::place().field("opportunities");
    for (n, opportunity) in group.opportunities.iter().enumerate() {
        let here = list.entry(n);
        for (field, ids) in [("asks", &opportunity.asks), ("welcomes", &opportunity.welcomes), ("excludes", &opportunity.excludes)] {
            for (at, id) in ids.iter().enumerate().filter(|(_, id)| !themes.iter().any(|theme| theme.id == **id)) {
                let near = nearest(id, themes.iter().map(|theme| theme.id.as_str())).map(|near| format!("did you mean `{near}`?"));
                findings.push(Finding::value(&RULE.code, here.field(field).entry(at), format!("there is no theme `{id}`")).maybe_hint(near));
            }
        }
        if let Some(by) = opportunity.by.as_ref().filter(|by| group.find_agency(by).is_none()) {
            let near = nearest(by, group.agencies.iter().map(|agency| agency.id.as_str())).map(|near| format!("did you mean `{near}`?"));
            findings.push(Finding::value(&RULE.code, here.field("by"), format!("there is no agency `{by}`")).maybe_hint(near));
        }
    }
}
