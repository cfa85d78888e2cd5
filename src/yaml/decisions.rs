//! What is decided about each mark in a copy for somebody who asked what is held about them: written by the program, filled in by people.

use std::fmt::Write as _;

use serde::Deserialize;

use super::read::fast;

/// One mark, and what was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkDecision {
    pub id: String,
    /// File and line.
    pub at: String,
    pub kind: String,
    /// `keep` or `remove`; empty until somebody has decided.
    pub decision: String,
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDecisions {
    #[serde(rename = "ref")]
    case: String,
    #[serde(default)]
    decisions: Vec<RawDecision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDecision {
    id: String,
    #[serde(rename = "where", default)]
    at: Option<String>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    decision: Option<String>,
    #[serde(default)]
    reason: Option<String>,
}

/// Reads the ref and the decisions.
///
/// # Errors
///
/// What is wrong with the text, as the reader says it.
pub fn read_decisions(text: &str) -> Result<(String, Vec<MarkDecision>), String> {
    let raw: RawDecisions = fast(text).map_err(|error| error.to_string())?;
    let said = |text: Option<String>| text.unwrap_or_default().trim().to_owned();
    let decision = |raw: RawDecision| MarkDecision {
        id: raw.id,
        at: said(raw.at),
        kind: said(raw.kind),
        decision: said(raw.decision).to_lowercase(),
        reason: said(raw.reason),
    };
    Ok((raw.case, raw.decisions.into_iter().map(decision).collect()))
}

/// The file as people fill it in. Strings are quoted as JSON quotes them, which means the same in YAML.
pub fn decisions_text(case: &str, decisions: &[MarkDecision]) -> String {
    let quoted = |text: &str| if text.is_empty() { String::new() } else { format!(" {}", serde_json::to_string(text).unwrap_or_default()) };
    let mut text = format!(
        "# One entry for each mark in the working copy. A person decides: keep or remove, and for what is removed the reason,\n# which the person who asked will read.\nref: \"{case}\"\n"
    );
    text.push_str(if decisions.is_empty() { "decisions: []\n" } else { "decisions:\n" });
    for one in decisions {
        let _ = write!(
            text,
            "  - id:{}\n    where:{}\n    kind:{}\n    decision: {}\n    reason:{}\n",
            quoted(&one.id),
            quoted(&one.at),
            quoted(&one.kind),
            one.decision,
            quoted(&one.reason)
        );
    }
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read_as_they_were_written() {
        let decided = MarkDecision {
            id: "12345678".to_owned(),
            at: "meetings/a.yaml:3".to_owned(),
            kind: "staff".to_owned(),
            decision: "remove".to_owned(),
            reason: "about: \"her\"".to_owned(),
        };
        let open = MarkDecision { id: "1e234567".to_owned(), decision: String::new(), reason: String::new(), ..decided.clone() };
        let text = decisions_text("QLM-7KQ2", &[decided.clone(), open.clone()]);
        assert_eq!(read_decisions(&text), Ok(("QLM-7KQ2".to_owned(), vec![decided, open])), "{text}");
        assert_eq!(read_decisions(&decisions_text("A-1", &[])), Ok(("A-1".to_owned(), Vec::new())));
        assert!(read_decisions("ref: A-1\ndecisions:\n  - no: 1\n").is_err());
    }
}
