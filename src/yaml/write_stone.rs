//! The stone that marks where somebody was forgotten.

use std::fmt::Write as _;

use chrono::NaiveDate;

/// The text of `forgotten/REF.yaml`: that, when and by whose word, and what was taken; nothing about the person.
pub fn forgotten_stone(case: &str, on: NaiveDate, authority: &str, scope: &str, meetings: &[(String, usize)], people_file: &str) -> String {
    // The signs of JSON mean the same in YAML.
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let mut text = format!(
        "# Written by `marg forget`. What is left to do stands beside it.\nref: {case}\non: {on}\nauthority: {}\nscope: {}\npeople_file: {people_file}\n",
        quoted(authority),
        quoted(scope)
    );
    text.push_str(if meetings.is_empty() { "meetings: []\n" } else { "meetings:\n" });
    for (meeting, texts) in meetings {
        let _ = writeln!(text, "  - {{ meeting: {}, texts_removed: {texts} }}", quoted(meeting));
    }
    text
}
