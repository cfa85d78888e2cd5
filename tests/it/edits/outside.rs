//! What PyYAML reads of what we write: it shares no code with us, and much else that people use is built on it.

use std::path::Path;
use std::process::Command;

use marg::model::{Decision, Names};
use marg::workspace::{Clock, Keep, Progress, Reading, load};
use marg::yaml::{amend, new_meeting};
use serde_json::{Value, json};

use super::{action, names, read};
use crate::generator::Numbers;
use crate::outside::generated;

/// Its own reader, and the one in C.
const PURE: &str = "SafeLoader";
const LIBYAML: &str = "CSafeLoader";

/// The files of a folder as PyYAML reads them, by name; dates as they are written.
fn read_by_python(folder: &Path, reader: &str) -> Value {
    const SCRIPT: &str = "
import datetime, json, pathlib, sys, yaml
read = lambda path: yaml.load(path.read_bytes(), Loader=getattr(yaml, sys.argv[2]))
print(json.dumps({path.name: read(path) for path in pathlib.Path(sys.argv[1]).iterdir()}, default=str))";
    let output = Command::new("python3").args(["-c", SCRIPT]).arg(folder).arg(reader).output().expect("python3 is needed for this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A text of pieces that have meant something to some reader of YAML at some time.
fn hostile_text(numbers: &mut Numbers) -> String {
    const PIECES: [&str; 64] = [
        "no",
        "Yes",
        "on",
        "OFF",
        "~",
        "null",
        "09:30",
        "1e3",
        "012",
        "0x1F",
        "0o17",
        "1_000",
        ".5",
        "-1",
        "+2",
        ".inf",
        ".NaN",
        "2026-03-12",
        "12:30:45",
        "=",
        "<<",
        ": ",
        ":",
        " #",
        "#",
        "- ",
        "-",
        "---",
        "...",
        "? ",
        "?",
        "| ",
        "|",
        ">",
        "%a",
        "@b",
        "`c`",
        "!d",
        "!!int",
        "&e",
        "*f",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        "\"",
        "\\",
        "\\n",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        " ",
        "  ",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{7}\u{1b}[2J",
        "\u{202e}",
        "👩\u{200d}👧 é",
        "\u{e000}",
        "words",
    ];
    (0..numbers.below(6)).map(|_| PIECES[numbers.below(PIECES.len() as u64) as usize]).collect()
}

#[test]
#[ignore = "needs Python with PyYAML"]
fn python_reads_every_text_as_it_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let mut numbers = Numbers(7);
    let mut meant = serde_json::Map::new();
    for file in 0..40 {
        let mut meeting = read("meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: QLM-7KQ2\n", names());
        // Half of them one by one into a file that is there, half into a new one.
        let mut text = new_meeting(names(), &meeting, &[], 1);
        let mut texts = Vec::new();
        for n in 0..60 {
            let said = format!("{}{}", hostile_text(&mut numbers), if n % 3 == 0 { "." } else { "" });
            if said.trim().is_empty() {
                continue;
            }
            let why = hostile_text(&mut numbers);
            let base = meeting.clone();
            meeting.cases[0].decisions.push(Decision { nth: 0, text: said.clone(), why: Some(why.clone()), dissent: None });
            text = if file % 2 == 0 { amend(&text, names(), &base, &meeting).unwrap() } else { new_meeting(names(), &meeting, &[], 1) };
            texts.push(json!({ "text": said, "why": why }));
        }
        std::fs::write(folder.path().join(format!("{file}.yaml")), &text).unwrap();
        meant.insert(format!("{file}.yaml"), Value::Array(texts));
    }
    let (found, by_libyaml) = (read_by_python(folder.path(), PURE), read_by_python(folder.path(), LIBYAML));
    assert_eq!(found, by_libyaml);
    for (name, texts) in &meant {
        let decisions = found[name]["cases"][0]["decisions"].as_array().unwrap();
        for (found, meant) in decisions.iter().zip(texts.as_array().unwrap()) {
            assert_eq!(found, meant, "{name}");
        }
        assert_eq!(decisions.len(), texts.as_array().unwrap().len());
    }
}

/// One change, and the same on what PyYAML reads.
struct Kind {
    in_model: fn(&mut marg::model::Meeting),
    in_python: fn(&mut Value),
}

fn push(list: &mut Value, entry: Value) {
    let mut entries = match list.take() {
        Value::Array(entries) => entries,
        Value::Null => Vec::new(),
        one => vec![one],
    };
    entries.push(entry);
    *list = Value::Array(entries);
}

const KINDS: [Kind; 5] = [
    Kind { in_model: |m| m.venue = Some("no: not there # at all".to_owned()), in_python: |m| m["venue"] = json!("no: not there # at all") },
    Kind { in_model: |m| m.next_meeting = "2031-01-09".parse().ok(), in_python: |m| m["next_meeting"] = json!("2031-01-09") },
    Kind {
        in_model: |m| m.other_business = Some("One: line.\n\nTwo # lines.\n".to_owned()),
        in_python: |m| m["other_business"] = json!("One: line.\n\nTwo # lines.\n"),
    },
    Kind {
        in_model: |m| m.cases.iter_mut().take(1).for_each(|case| case.actions.push(marg::model::Action { owner: None, ..action("Ring, at 09:30: yes") })),
        in_python: |m| {
            if let Some(case) = m["cases"].get_mut(0) {
                let entry = json!({ "what": "Ring, at 09:30: yes", "due": "2026-04-01" });
                push(&mut case["actions"], entry);
            }
        },
    },
    Kind {
        in_model: |m| m.cases.iter_mut().take(1).for_each(|case| case.left_open.push("views: he was not asked".to_owned())),
        in_python: |m| {
            if let Some(case) = m["cases"].get_mut(0) {
                push(&mut case["left_open"], json!("views: he was not asked"));
            }
        },
    },
];

#[test]
#[ignore = "needs Python with PyYAML, and the workspace generator beside the repository"]
fn python_agrees_on_every_change_of_a_thousand_generated_files() {
    let workspace = generated("M");
    let root = workspace.path("");
    let clock = Clock { given: None, now: "2026-03-26".parse().unwrap() };
    let loaded = load(&root, &Reading { clock, keep: Keep::Everything, cache: false, progress: Progress(None) });
    let names: Names<'_> = loaded.casebook.names();
    let (before, after) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let meetings = &loaded.casebook.meetings;
    assert!(meetings.len() > 1_000);
    for (n, meeting) in meetings.iter().enumerate() {
        let text = std::fs::read_to_string(root.join(loaded.files.path(meeting.file))).unwrap();
        let mut changed = meeting.clone();
        (KINDS[n % KINDS.len()].in_model)(&mut changed);
        let new = amend(&text, names, meeting, &changed).unwrap_or_else(|clashes| panic!("{}: {clashes:?}", meeting.id));
        std::fs::write(before.path().join(&meeting.id), text).unwrap();
        std::fs::write(after.path().join(&meeting.id), new).unwrap();
    }
    let (mut expected, found) = (read_by_python(before.path(), LIBYAML), read_by_python(after.path(), LIBYAML));
    for (n, meeting) in meetings.iter().enumerate() {
        let expected = &mut expected[&meeting.id];
        (KINDS[n % KINDS.len()].in_python)(expected);
        let tidy = |value: &Value| {
            let mut value = value.clone();
            value.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            value
        };
        assert_eq!(tidy(&found[&meeting.id]), tidy(expected), "{}", meeting.id);
    }
}
