//! What only shows when all files are there.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::{Discussion, Entry, EntryKind, Meeting, Theme, entries_of};
use crate::source::{Code, Finding, Place, nearest};
use crate::yaml::codes;

/// Checks what files say of each other. `spared` are ids that stand in files which are themselves wrong: what rests on them may be right.
pub fn check_together(themes: &[Theme], meetings: &[Meeting], spared: &HashSet<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    theme_ids(themes, &mut findings);
    let entries = unique_ids(meetings, &mut findings);
    reports(meetings, &entries, spared, &mut findings);
    statements(themes, &entries, spared, &mut findings);
    findings
}

/// Whether the themes fit each other: no id stands for two of them, no statement has the id of another.
pub fn themes_fit(themes: &[Theme]) -> bool {
    let mut findings = Vec::new();
    theme_ids(themes, &mut findings);
    let mut ids = HashSet::new();
    let statements = themes.iter().filter_map(|theme| theme.guide.as_ref()).flat_map(|guide| &guide.statements);
    findings.is_empty() && statements.filter_map(|statement| statement.id.as_deref()).all(|id| ids.insert(id))
}

/// Whether a finding of this kind says that something stands nowhere, which only holds when every file was read.
pub fn rests_on_others(code: &'static Code) -> bool {
    [&codes::UNKNOWN_ACTION, &codes::UNKNOWN_EVIDENCE].contains(&code)
}

/// The words behind every `id:` of a text that could not be read whole.
pub fn ids_in(text: &str) -> impl Iterator<Item = String> {
    text.match_indices("id:").filter_map(|(at, _)| {
        let rest = text[at + 3..].trim_start_matches([' ', '"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')).unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    })
}

fn theme_ids(themes: &[Theme], findings: &mut Vec<Finding>) {
    let mut owners: BTreeMap<&str, &str> = themes.iter().map(|theme| (theme.id.as_str(), theme.id.as_str())).collect();
    for theme in themes {
        for (n, earlier) in theme.also_known_as.iter().enumerate() {
            if let Some(owner) = owners.insert(earlier, &theme.id) {
                let message = format!("`{earlier}` stands for the theme `{owner}` already");
                let place = theme.place().field("also_known_as").entry(n);
                findings
                    .push(Finding::value(&codes::THEME_ID_TWICE, place, message).hint("an earlier id belongs to one theme only: take it away from the other"));
            }
        }
    }
}

fn unique_ids<'a>(meetings: &'a [Meeting], findings: &mut Vec<Finding>) -> HashMap<&'a str, Entry> {
    let mut entries: HashMap<&str, Entry> = HashMap::new();
    for (id, entry) in entries_of(meetings) {
        let Some(first) = entries.insert(id, entry) else { continue };
        let before = &meetings[first.meeting.0 as usize];
        let message = format!("the id `{id}` is used already, for {} of {} in `{}`", kind_word(first.kind), before.cases[first.discussion].case, before.id);
        let hint = match (entry.kind, first.kind) {
            (EntryKind::Barrier(_), EntryKind::Barrier(_)) => "a barrier that is seen again is a new entry: give it an id of its own, or none",
            (EntryKind::Action(_), EntryKind::Action(_)) => {
                "to say what became of an earlier action, write it under `previous_actions`; a new action needs an id of its own"
            }
            _ => "give the newer one another id, such as four random letters and digits",
        };
        findings.push(Finding::value(&codes::ID_TWICE, place_of(meetings, entry), message).hint(hint));
    }
    entries
}

fn kind_word(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Action(_) => "an action",
        EntryKind::Feedback => "the feedback to the person",
        EntryKind::Learning(_) => "a learning point",
        EntryKind::Barrier(_) => "a barrier",
    }
}

fn place_of(meetings: &[Meeting], entry: Entry) -> Place {
    let meeting = &meetings[entry.meeting.0 as usize];
    let case: &Discussion = &meeting.cases[entry.discussion];
    let here = meeting.case_place(case);
    match entry.kind {
        EntryKind::Action(n) => here.field("actions").entry(case.actions[n].nth),
        EntryKind::Feedback => here.field("feedback_to_person"),
        EntryKind::Learning(n) => here.field("learning").entry(case.learning[n].nth),
        EntryKind::Barrier(n) => here.field("barriers").entry(case.barriers[n].nth),
    }
    .field("id")
}

fn reports(meetings: &[Meeting], entries: &HashMap<&str, Entry>, spared: &HashSet<String>, findings: &mut Vec<Finding>) {
    for meeting in meetings {
        for report in &meeting.previous_actions {
            let place = || meeting.place().field("previous_actions").entry(report.nth).field("id");
            match entries.get(report.id.as_str()).map(|entry| entry.kind) {
                Some(EntryKind::Action(_) | EntryKind::Feedback) => {}
                Some(other) => {
                    let message = format!("`{}` is {}, not an action", report.id, kind_word(other));
                    findings.push(Finding::value(&codes::UNKNOWN_ACTION, place(), message).hint("`marg actions` lists the actions with their ids"));
                }
                None if report.id.is_empty() || spared.contains(&report.id) => {}
                None => {
                    let known = entries.iter().filter(|(_, entry)| matches!(entry.kind, EntryKind::Action(_) | EntryKind::Feedback)).map(|(id, _)| *id);
                    findings.push(unknown(&codes::UNKNOWN_ACTION, place(), format!("no action has the id `{}`", report.id), &report.id, known));
                }
            }
        }
    }
}

fn statements(themes: &[Theme], entries: &HashMap<&str, Entry>, spared: &HashSet<String>, findings: &mut Vec<Finding>) {
    let mut seen: HashSet<&str> = HashSet::new();
    for theme in themes {
        for statement in theme.guide.iter().flat_map(|guide| &guide.statements) {
            let here = theme.place().field("guide").field("statements").entry(statement.nth);
            if let Some(id) = statement.id.as_deref().filter(|id| !seen.insert(id) || entries.contains_key(id)) {
                let finding = Finding::value(&codes::ID_TWICE, here.field("id"), format!("the id `{id}` is used already"));
                findings.push(finding.hint("give the statement another id, such as four random letters and digits"));
            }
            for (n, id) in statement.evidence.iter().enumerate() {
                if !id.is_empty() && !entries.contains_key(id.as_str()) && !spared.contains(id) {
                    let message = format!("nothing has the id `{id}`, on which the statement rests");
                    findings.push(unknown(&codes::UNKNOWN_EVIDENCE, here.field("evidence").entry(n), message, id, entries.keys().copied()));
                }
            }
        }
    }
}

/// Ids are random, so only one that differs by a single slip of the finger is worth naming.
fn unknown<'k>(code: &'static Code, place: Place, message: String, id: &str, known: impl Iterator<Item = &'k str>) -> Finding {
    let near = nearest(id, known.filter(|other| strsim::osa_distance(id, other) == 1));
    let hint = near.map_or_else(|| "`marg actions` and the meeting files have the ids".to_owned(), |near| format!("did you mean `{near}`?"));
    Finding::value(code, place, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_a_text_that_cannot_be_read() {
        let ids: Vec<String> = ids_in("  - { id: k7q2, what: x }\n  - id: \"m3x9\"\n    what: [").collect();
        assert_eq!(ids, ["k7q2", "m3x9"]);
    }
}
