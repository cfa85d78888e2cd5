//! What the quick reader takes, it reads as the full reader does: over files of every layout, changed at random.

use super::super::raw::{RawGroup, RawMeeting, RawTheme};
use super::super::{read, syntax};
use crate::source::FileId;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

/// The same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

const MEETINGS: &[&str] = &[
    include_str!("../../../meetings/2026-03-12-marg.yaml"),
    include_str!("../../../meetings/2026-03-05-workshop.yaml"),
    "meeting: marg\ndate: 2026-03-12\nstarts: 09:30\nvenue: no\nrequired_agencies: [\n    police,\n    'the ''ward', ]\nagenda: [\n  { item: Welcome, minutes: 5 },\n  { case: QLM-7KQ2, minutes: 15 } ]\ncases:\n- ref: 012\n  update: >-\n    one two\n    three\n\n  needs:\n  - a\n  - b # as agreed\n  barriers:\n  - theme: x\n    status: live\n  - { theme: y, status: live, asked: { of: police, on: 2026-01-02 } }\n- ref: QLM-22\n  update: |\n\n    late\n",
    "meeting: \"marg\"\r\ndate: '2026-03-12'\r\ncases:\r\n  -   ref: A-22\r\n      update: |-\r\n        one\r\n          two\r\n\r\n        three\r\n      needs: one # remark\r\n      closed: { reason: }\r\n  - { ref: B-33, needs: [], views: [ { says: \"I want: a door\", wants: [a # b, c] } ] }\r\n",
    "# remark\nmeeting: marg\n\ndate: 2026-03-12\nagenda:\ncases:\n  # here\n  - ref: A-22\n    # there\n    update: Room #12, and a - b: no\n    learning:\n      - worked: Said – “yes”\n        shareable: yes\n        themes: x\n    decisions:\n      - text: >\n          folded\n          text\n        why: |\n          kept\n  - ref: B-33\nother_business: 'one'\n",
];
const THEMES: &[&str] = &[include_str!("../../../themes/arson-blocks-housing.yaml"), include_str!("../../../themes/waiting-list.yaml")];
const GROUPS: &[&str] = &[include_str!("../../../marg.yaml"), include_str!("../../cli/starter/marg.yaml")];

/// What a slip may put into a file.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "\n  ",
    "\n      ",
    "- ",
    "-",
    ": ",
    ":",
    "#",
    " #",
    " # x",
    "'",
    "\"",
    "[",
    "]",
    "{",
    "}",
    ",",
    ", ",
    "|",
    "|\n",
    ">-\n",
    ">",
    "&a ",
    "*a",
    "!",
    "%",
    "@",
    "`",
    "?",
    "~",
    "null",
    "Null",
    "no",
    "1",
    "0x1F",
    "012",
    "1e3",
    "\\",
    "\\n",
    "\t",
    "\r",
    "\r\n",
    "é",
    "–",
    "\u{a0}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\0",
    "---\n",
    "...",
    "<<: ",
    "a: b",
    "key: ",
    "''",
    "\"\"",
    "=",
    "- - ",
    "<<<<<<< HEAD\n",
    "\u{7f}",
    "- a\n",
    "|+\n",
    "|2\n",
    "\n# x\n",
    " \n",
];

fn changed(text: &str, numbers: &mut Numbers) -> String {
    let mut text = text.to_owned();
    for _ in 0..=numbers.below(3) {
        let at = boundary(&text, numbers.below(text.len() + 1));
        match numbers.below(6) {
            0 | 1 => text.insert_str(at, PIECES[numbers.below(PIECES.len())]),
            2 => text.replace_range(at..boundary(&text, at + 1 + numbers.below(4)).max(at), ""),
            3 => text.replace_range(at..boundary(&text, at + 1).max(at), PIECES[numbers.below(PIECES.len())]),
            4 => move_line(&mut text, at, numbers),
            _ => text.truncate(at),
        }
    }
    text
}

/// A line one or two columns in or out, or there twice, or away.
fn move_line(text: &mut String, at: usize, numbers: &mut Numbers) {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |found| at + found + 1);
    let line = text[start..end].to_owned();
    let other = match numbers.below(5) {
        0 => format!(" {line}"),
        1 => format!("  {line}"),
        2 => line.strip_prefix(' ').unwrap_or(&line).to_owned(),
        3 => line.repeat(2),
        _ => String::new(),
    };
    text.replace_range(start..end, &other);
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Reads a text both ways; whether the quick reader took it.
fn agree<T: DeserializeOwned + JsonSchema + PartialEq + std::fmt::Debug>(text: &str) -> bool {
    let Some(quick) = super::read::<T>(text) else { return false };
    let words = |findings: Vec<crate::source::Finding>| findings.into_iter().map(|finding| format!("{:?} {}", finding.at, finding.message)).collect::<Vec<_>>();
    let (full, findings) = read::read_any::<T>(FileId(0), text);
    assert_eq!(Some(quick), full, "{text:?}");
    assert_eq!(words(findings), words(syntax::lost_after_hash(FileId(0), text)), "{text:?}");
    true
}

fn agree_when_changed<T: DeserializeOwned + JsonSchema + PartialEq + std::fmt::Debug>(texts: &[&str], times: usize) -> usize {
    let mut numbers = Numbers(20_260_326);
    let mut taken = texts.iter().filter(|text| agree::<T>(text)).count();
    for n in 0..times {
        let whole = texts[n % texts.len()];
        // A short stretch of a long file is read as well as all of it, and much sooner.
        let cut = boundary(whole, numbers.below(whole.len()).max(300));
        let start = whole[..cut].rfind('\n').map_or(0, |at| at + 1);
        let text = if numbers.below(3) > 0 { &whole[..start] } else { whole };
        taken += usize::from(agree::<T>(&changed(text, &mut numbers)));
    }
    taken
}

#[test]
fn both_readers_agree_on_files_that_were_changed_at_random() {
    let times: usize = std::env::var("MARG_MUTATIONS").ok().and_then(|times| times.parse().ok()).unwrap_or(1_500);
    let taken = agree_when_changed::<RawMeeting>(MEETINGS, times);
    assert!(taken > times / 20, "the quick reader takes some: {taken}");
    agree_when_changed::<RawTheme>(THEMES, times / 3);
    agree_when_changed::<RawGroup>(GROUPS, times / 3);
}

#[test]
fn the_usual_layouts_are_plain_enough() {
    for text in MEETINGS {
        assert!(agree::<RawMeeting>(text) || text.contains("\n\n    late") || text.contains("a # b"), "{text}");
    }
    for text in THEMES {
        assert!(agree::<RawTheme>(text), "{text}");
    }
}
