//! Planted words: in every field that takes any text, and then looked for in every byte that `marg publish` writes or says.

use std::collections::BTreeSet;
use std::path::Path;

use super::fields::{self, Field};
use crate::harness::TestWorkspace;

/// A workspace with a text of its own in each field, in which everything that could be published is.
fn planted(free: &[Field], text: impl Fn(usize) -> String) -> TestWorkspace {
    let mut files = fields::full();
    for (nth, field) in free.iter().enumerate() {
        fields::set(&mut files, field.file, &field.path, &text(nth));
    }
    for (name, json) in &mut files {
        if *name == fields::THEME {
            json.as_object_mut().unwrap().remove("retired");
        }
    }
    fields::written(&files)
}

/// Everything that was written beside what was there, and everything that was said: no byte of it is left out. `.marg` is for members.
fn made(workspace: &TestWorkspace, audience: &str) -> (Option<i32>, Vec<u8>) {
    let before: BTreeSet<_> = all_files(&workspace.path("")).into_iter().collect();
    let out = format!("for-{audience}");
    let ran = workspace.marg(&[
        "publish",
        "--today",
        "2026-04-15",
        "--for",
        audience,
        "--drafts",
        "--out",
        &out,
        "--signed-off-by",
        "Chair, Testford Council",
        "--yes",
    ]);
    let mut bytes = format!("{ran}").into_bytes();
    for file in all_files(&workspace.path("")).into_iter().filter(|file| !before.contains(file)) {
        bytes.extend(file.to_str().unwrap().bytes());
        bytes.extend(std::fs::read(file).unwrap());
    }
    (ran.code, bytes)
}

fn all_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| !path.ends_with(".marg"));
    entries.flat_map(|path| if path.is_dir() { all_files(&path) } else { vec![path] }).collect()
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

/// What a person wrote leaves from these fields alone: the group's name and contact, titles, services, and the texts of the codebook and its guides.
#[test]
fn only_the_fields_on_the_list_leave() {
    let free = fields::free();
    let workspace = planted(&free, |nth| format!("plantedword{nth:03}"));
    let mut listed = BTreeSet::new();
    for audience in ["public", "board"] {
        let (code, bytes) = made(&workspace, audience);
        assert_eq!(code, Some(0), "{}", String::from_utf8_lossy(&bytes));
        let leave = free.iter().enumerate().filter(|(nth, _)| holds(&bytes, &format!("plantedword{nth:03}")));
        listed.extend(leave.map(|(_, field)| format!("{}{}", field.file.split(['/', '.']).next().unwrap(), field.path)));
    }
    insta::assert_snapshot!(listed.into_iter().collect::<Vec<_>>().join("\n"), @r###"
    marg.contact
    marg.name
    marg.services[].name
    meetings.cases[].learning[].worked
    themes.definition
    themes.exclude
    themes.guide.approved_by
    themes.guide.audience[]
    themes.guide.contacts
    themes.guide.edition
    themes.guide.example
    themes.guide.how_it_was_made
    themes.guide.information_sharing
    themes.guide.legal_check.by
    themes.guide.made_by[]
    themes.guide.managing_the_risk
    themes.guide.questions_to_ask
    themes.guide.statements[].says
    themes.guide.statements[].who[]
    themes.guide.what_people_told_us
    themes.guide.what_the_law_says
    themes.guide.when_to_escalate
    themes.guide.why_this_guide
    themes.include
    themes.title
    "###);
}

/// The ref of a case and the name of somebody who was there, in every field at once: nothing of either is in any byte, and where they stand in a
/// field that leaves, they stop the edition or are kept back.
#[test]
fn neither_a_ref_nor_a_name_leaves_from_any_field() {
    let free = fields::free();
    for (nth, field) in free.iter().enumerate() {
        // One field at a time, with the chair's name known to the records.
        let mut files = fields::full();
        fields::set(&mut files, fields::MEETING, ".chair", "Orla Quillfeather");
        fields::set(&mut files, field.file, &field.path, "Spoken of: QLM-7KQ2 and Orla Quillfeather.");
        for (name, json) in &mut files {
            if *name == fields::THEME {
                json.as_object_mut().unwrap().remove("retired");
            }
        }
        let workspace = fields::written(&files);
        let (_, bytes) = made(&workspace, "public");
        for planted in ["QLM-7KQ2", "Quillfeather"] {
            assert!(!holds(&bytes, planted), "{nth} {field:?} lets {planted} out: {}", String::from_utf8_lossy(&bytes));
        }
    }
}
