//! The fingerprint of a record: what it says, and not how it is written.
//!
//! Remarks, blank lines, quotes, the order of fields and how a long text is folded say nothing. Neither do the fields that say that
//! the record was agreed, since they are written after it was, nor who tagged what (`tagging` of a case): that is work on the record, and
//! goes on. The tags themselves (needs, barriers, enablers) are part of it.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::tree::{self, Node, Value};

/// Half of a SHA-256, in hexadecimal: enough to tell any two records of one meeting apart.
const BYTES: usize = 8;

/// The fingerprint of what a meeting's file says; nothing for a text that no tree can be made of.
pub fn record_fingerprint(text: &str) -> Option<String> {
    let root = tree::parse(text).ok()?;
    let Value::Mapping(fields) = &root.value else { return None };
    let said = fields.iter().filter(|(name, _)| !matches!(name.text(), Some("status" | "agreed")));
    let mut record = Sha256::new();
    add_fields(said, &mut record);
    let digest = record.finalize();
    Some(digest.iter().take(BYTES).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// Whether what was agreed is the record of this fingerprint. It may have been shortened by hand, to no less than eight signs.
pub fn is_record(agreed: &str, now: &str) -> bool {
    agreed.len() >= 8 && now.starts_with(&agreed.to_ascii_lowercase())
}

fn add(node: &Node, record: &mut Sha256) {
    match &node.value {
        Value::Scalar { text, .. } => {
            let words = text.trim();
            record.update(format!("{}:{words}", words.len()));
        }
        // A list of one may be written without its dash.
        Value::List(items) => match items.as_slice() {
            [one] => add(one, record),
            items => {
                record.update("[");
                items.iter().filter(|item| !is_empty(item)).for_each(|item| add(item, record));
                record.update("]");
            }
        },
        Value::Mapping(fields) => add_fields(fields.iter(), record),
    }
}

fn add_fields<'a>(fields: impl Iterator<Item = &'a (Node, Node)>, record: &mut Sha256) {
    // Only cases have a field of this name.
    let said = fields.filter(|(name, value)| !is_empty(value) && name.text() != Some("tagging"));
    let mut fields: Vec<(&str, &Node)> = said.map(|(name, value)| (name.text().unwrap_or_default(), value)).collect();
    fields.sort_by_key(|(name, _)| *name);
    record.update("{");
    for (name, value) in fields {
        record.update(format!("{}:{name}=", name.len()));
        add(value, record);
    }
    record.update("}");
}

/// What is left blank is not there.
fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Scalar { text, .. } => node.is_blank() || text.trim().is_empty(),
        Value::List(items) => items.iter().all(is_empty),
        Value::Mapping(fields) => fields.iter().all(|(_, value)| is_empty(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::record_fingerprint;

    const RECORD: &str = "meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: QLM-7KQ2\n    update: |\n      He moved in.\n    needs: [homelessness]\n";

    #[test]
    fn how_a_record_is_written_does_not_matter() {
        let same = [
            "# remark\ndate: \"2026-03-12\"\n\nmeeting: 'marg'   # another\nvenue:\nagenda: []\ncases:\n- needs:\n  - homelessness\n  ref: QLM-7KQ2\n  update: He moved in.\n",
            "status: agreed\nagreed: { on: 2026-04-09, by: the meeting, record: abcdef01 }\nmeeting: marg\r\ndate: 2026-03-12\r\ncases:\r\n  - {ref: QLM-7KQ2, update: \"He moved in.\", needs: homelessness}\r\n",
        ];
        let record = record_fingerprint(RECORD);
        assert!(record.as_ref().is_some_and(|record| record.len() == 16 && record.bytes().all(|b| b.is_ascii_hexdigit())));
        for text in same {
            assert_eq!(record_fingerprint(text), record, "{text}");
        }
    }

    #[test]
    fn who_tagged_it_does_not_matter_and_what_is_tagged_does() {
        let tagged = format!("{RECORD}    tagging: [{{ theme: homelessness, by: KIM, memo: Since May. }}]\n");
        assert_eq!(record_fingerprint(&tagged), record_fingerprint(RECORD));
        assert_ne!(record_fingerprint(&format!("{RECORD}    enablers: [joint-visit]\n")), record_fingerprint(RECORD));
    }

    #[test]
    fn what_it_says_does() {
        let record = record_fingerprint(RECORD);
        for (from, to) in [("moved", "did not move"), ("2026-03-12", "2026-03-13"), ("QLM-7KQ2", "QLM-7KQ3"), ("needs", "offers"), ("[homelessness]", "[a, b]")]
        {
            let changed = record_fingerprint(&RECORD.replace(from, to));
            assert!(changed.is_some() && changed != record, "{from}");
        }
        assert_ne!(record_fingerprint("a: [b, c]\n"), record_fingerprint("a: [c, b]\n"));
        assert_ne!(record_fingerprint("a: [b, c]\n"), record_fingerprint("a: [bc]\n"));
        assert_eq!(record_fingerprint("- a\n"), None);
        assert_eq!(record_fingerprint("a: &x 1\n"), None);
    }
}
