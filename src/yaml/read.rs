//! From the text of a file to the raw structs.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::raw::{RawGroup, RawMeeting, RawPlan, RawSecondTags, RawTheme};
use super::{codes, plain, shape, syntax, tree};
use crate::source::{FileId, Finding, Span};

/// Reads `marg.yaml`. Nothing is returned when the text is not YAML at all; otherwise what fits, and findings for what does not.
pub fn read_group(file: FileId, text: &str) -> (Option<RawGroup>, Vec<Finding>) {
    begun(read(file, text), "it begins with the name of the group: `name: Multi-agency resolution group of …`")
}

/// Reads a file of `themes/`; as [`read_group`].
pub fn read_theme(file: FileId, text: &str) -> (Option<RawTheme>, Vec<Finding>) {
    begun(read(file, text), "a theme begins with `title: …` and `kind: barrier`; if the file is not needed, delete it")
}

/// Reads a file of `meetings/`; as [`read_group`].
pub fn read_meeting(file: FileId, text: &str) -> (Option<RawMeeting>, Vec<Finding>) {
    read(file, text)
}

/// Reads a file of `tagging/`; as [`read_group`].
pub fn read_second_tags(file: FileId, text: &str) -> (Option<RawSecondTags>, Vec<Finding>) {
    begun(read(file, text), "it begins with the meeting: `meeting: 2026-03-12-marg`; if the file is not needed, delete it")
}

/// Reads a file of `plans/`; as [`read_group`].
pub fn read_plan(file: FileId, text: &str) -> (Option<RawPlan>, Vec<Finding>) {
    begun(read(file, text), "a plan begins with `ref: …`, `date: …` and `begins: { place: …, at: … }`; if the file is not needed, delete it")
}

/// With the hint how a file of this kind begins, where there is nothing in it.
fn begun<T>((raw, mut findings): (Option<T>, Vec<Finding>), hint: &str) -> (Option<T>, Vec<Finding>) {
    for finding in findings.iter_mut().filter(|finding| *finding.code == codes::EMPTY_FILE) {
        finding.hints = vec![hint.to_owned()];
    }
    (raw, findings)
}

fn read<T: DeserializeOwned + JsonSchema>(file: FileId, text: &str) -> (Option<T>, Vec<Finding>) {
    match plain::read(text) {
        Some(raw) => (Some(raw), syntax::lost_after_hash(file, text)),
        None => read_any(file, text),
    }
}

/// A file that is not plain, or not in order.
pub(super) fn read_any<T: DeserializeOwned + JsonSchema>(file: FileId, text: &str) -> (Option<T>, Vec<Finding>) {
    if let Some(nothing) = syntax::nothing(file, text) {
        return (None, vec![nothing]);
    }
    // Two versions at once would bring a cascade of other findings.
    let conflicts = syntax::conflicts(file, text);
    if !conflicts.is_empty() {
        return (None, conflicts);
    }
    let mut findings = syntax::unseen(file, text);
    findings.extend(syntax::lost_after_hash(file, text));
    match fast(text) {
        Ok(raw) => (Some(raw), findings),
        Err(error) => {
            let (raw, more) = slow(file, text);
            findings.extend(more);
            if raw.is_none() && findings.is_empty() {
                findings.push(unreadable(file, &error));
            }
            (raw, findings)
        }
    }
}

/// The road of a file that is in order, but not plain.
pub(super) fn fast<T: DeserializeOwned>(text: &str) -> Result<T, serde_yaml::Error> {
    let options = serde_yaml::options! {
        with_snippet: false,
        reject_unsupported_tags: true,
        merge_keys: serde_yaml::MergeKeyPolicy::AsOrdinary,
        budget: serde_yaml::budget! { max_anchors: 0, max_aliases: 0, max_depth: tree::MAX_DEPTH },
    };
    serde_yaml::from_str_with_options(text, options)
}

/// The road of a file that something is wrong with: say all of it, keep the rest.
fn slow<T: DeserializeOwned + JsonSchema>(file: FileId, text: &str) -> (Option<T>, Vec<Finding>) {
    let schema = schemars::schema_for!(T);
    let Ok(root) = tree::parse(text) else { return (None, syntax::explain(file, text, &shape::names(schema.as_value()))) };
    let (fitted, mut findings) = shape::fit(file, text, &root, schema.as_value());
    match serde_json::from_value(fitted) {
        Ok(raw) => (Some(raw), findings),
        Err(error) => {
            findings.push(unreadable(file, &error));
            (None, findings)
        }
    }
}

/// The schema and the structs are one, and the two readers agree, so this is not reached; if it ever is, the reader still says so.
fn unreadable(file: FileId, error: &dyn std::error::Error) -> Finding {
    Finding::text(&codes::NOT_YAML, file, Span::new(0, 0), "the file cannot be read")
        .hint(format!("in the words of the reader, for a technical colleague: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        read_meeting(FileId(0), text).1.into_iter().map(|finding| format!("{}: {}", finding.code.id, finding.message)).collect()
    }

    #[test]
    fn all_mistakes_of_a_file_are_said_in_one_run() {
        let text = "meeting: marg\ndaet: 2026-03-12\nagenda:\n  - { item: Welcome, minutes: five }\ncases:\n  - ref: QLM-7KQ2\n    needs:\n      -\n    update: [a, b]\n";
        assert_eq!(
            messages(text),
            [
                "unknown-field: there is no field `daet` here",
                "wrong-type: `minutes` is a whole number, and this is `five`",
                "empty-entry: an entry of `needs` is empty",
                "wrong-type: `update` is a text, and this is a list",
            ]
        );
    }

    #[test]
    fn what_people_write_stays_as_they_wrote_it() {
        let text = "meeting: marg\ndate: 2026-03-12\nstarts: 09:30\nvenue: no\nchair: on\ncases:\n- ref: 012\n  update: 1.10\n  needs: no\n  learning: [{worked: y, shareable: true}]\n";
        let (raw, findings) = read_meeting(FileId(0), text);
        let raw = raw.unwrap();
        assert!(findings.is_empty());
        let case = &raw.cases.0[0];
        assert_eq!((raw.starts.as_deref(), raw.venue.as_deref(), raw.chair.as_deref()), (Some("09:30"), Some("no"), Some("on")));
        assert_eq!((case.case.as_deref(), case.update.as_deref(), case.needs.0.as_slice()), (Some("012"), Some("1.10"), &["no".to_owned()][..]));
        assert_eq!(case.learning.0[0].shareable.as_deref(), Some("true"));
    }

    #[test]
    fn a_blank_list_is_an_empty_list() {
        let (raw, findings) = read_meeting(FileId(0), "meeting: marg\ncases:\nagenda: ~\nrequired_agencies:\nother_business:\n");
        assert!(findings.is_empty(), "{findings:?}");
        assert!(raw.unwrap().cases.0.is_empty());
    }
}
