//! Every page that the program makes of a workspace.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::harness::run;

/// A command that makes pages: once, or for each of something, and for whom.
struct Maker {
    command: &'static str,
    each: Each,
    flags: &'static [&'static str],
    audiences: &'static [&'static str],
}

#[derive(Clone, Copy)]
enum Each {
    Once,
    /// The question whose JSON lists them, and the field that names one.
    Of(&'static str, &'static str),
    /// For the last of them alone.
    LastOf(&'static str, &'static str),
}

const THEME: Each = Each::Of("themes", "theme");
const MEETING: Each = Each::Of("meetings", "meeting");
const OWNER: Each = Each::Of("actions", "owner");
const CASE: Each = Each::Of("actions", "case");

const MEMBERS: &[&str] = &["members"];
const EVERYBODY: &[&str] = &["members", "board", "public"];

/// A new command that makes pages is a line here.
const MAKERS: &[Maker] = &[
    Maker { command: "report", each: Each::Once, flags: &[], audiences: EVERYBODY },
    Maker { command: "guide", each: THEME, flags: &[], audiences: EVERYBODY },
    Maker { command: "guide", each: THEME, flags: &["--checklist"], audiences: EVERYBODY },
    Maker { command: "guide", each: Each::LastOf("themes", "theme"), flags: &["--short"], audiences: EVERYBODY },
    Maker { command: "offers --roadmap", each: Each::Once, flags: &[], audiences: MEMBERS },
    Maker { command: "cop", each: THEME, flags: &[], audiences: MEMBERS },
    Maker { command: "minutes", each: MEETING, flags: &[], audiences: MEMBERS },
    Maker { command: "minutes --for", each: OWNER, flags: &[], audiences: MEMBERS },
    Maker { command: "sar", each: Each::LastOf("actions", "case"), flags: &["--received", "2026-03-12"], audiences: MEMBERS },
    Maker { command: "case", each: CASE, flags: &["--page"], audiences: MEMBERS },
];

/// Makes all of them in a folder for each audience, and says where they are.
pub(super) fn pages(workspace: &Path, out: &Path) -> Vec<PathBuf> {
    pages_for(workspace, out, EVERYBODY)
}

/// The same for some audiences only.
pub(super) fn pages_for(workspace: &Path, out: &Path, audiences: &[&str]) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    // While one works on some pages: MARG_PAGES=publish looks at theirs alone.
    let only = std::env::var("MARG_PAGES").ok();
    let is_wanted = |name: &str| only.as_deref().is_none_or(|only| name.contains(only));
    for maker in MAKERS.iter().filter(|maker| is_wanted(&format!("{} {}", maker.command, maker.flags.join(" ")))) {
        for subject in subjects(workspace, maker.each) {
            for audience in maker.audiences.iter().filter(|audience| audiences.contains(audience)) {
                let folder = out.join(audience);
                let mut command: Vec<&str> = maker.command.split(' ').collect();
                command.extend(subject.as_deref());
                command.extend(maker.flags);
                if maker.audiences.len() > 1 {
                    command.extend(["--for", audience]);
                }
                command.extend(["--out", folder.to_str().unwrap()]);
                let made = run(workspace, &command).answer();
                // Said as typed from the workspace where it lies below it, and otherwise in full, which joining leaves as it is.
                pages.extend(made.lines().filter(|line| line.ends_with(".html")).map(|line| workspace.join(line)));
            }
        }
    }
    for audience in audiences.iter().filter(|audience| **audience != "members" && is_wanted("publish")) {
        pages.extend(edition(workspace, &out.join(format!("edition-{audience}")), audience));
    }
    assert!(!pages.is_empty() && pages.iter().all(|page| page.is_file()));
    pages
}

/// The pages of an edition. Its record goes into a copy of the workspace, so that the next run meets none.
fn edition(workspace: &Path, out: &Path, audience: &str) -> Vec<PathBuf> {
    let copy = tempfile::tempdir().unwrap();
    for name in ["marg.yaml", "meetings", "themes", "templates"] {
        copy_all(&workspace.join(name), &copy.path().join(name));
    }
    let command = ["publish", "--for", audience, "--drafts", "--out", out.to_str().unwrap(), "--signed-off-by", "Chair, Testford Council", "--yes"];
    let _ = run(copy.path(), &command).answer();
    let mut pages: Vec<PathBuf> = std::fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|page| page.extension().is_some_and(|ending| ending == "html"));
    pages.sort();
    // The pages of themes are alike: some are enough.
    let is_theme = |page: &PathBuf| page.file_name().unwrap().to_str().unwrap().starts_with("theme-");
    let (themes, mut others): (Vec<PathBuf>, Vec<PathBuf>) = pages.into_iter().partition(is_theme);
    others.extend(themes.into_iter().take(4));
    others
}

fn copy_all(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy_all(&entry.path(), &to.join(entry.file_name()));
        }
    } else if from.is_file() {
        std::fs::copy(from, to).unwrap();
    }
}

/// What a command is called for, each once.
fn subjects(workspace: &Path, each: Each) -> BTreeSet<Option<String>> {
    let (question, field, most) = match each {
        Each::Once => return BTreeSet::from([None]),
        Each::Of(question, field) => (question, field, usize::MAX),
        Each::LastOf(question, field) => (question, field, 1),
    };
    let said = run(workspace, &[question, "--format", "json"]).json();
    let rows = said[question].as_array().unwrap();
    let all: BTreeSet<Option<String>> = rows.iter().filter_map(|row| row[field].as_str()).map(|id| Some(id.to_owned())).collect();
    all.into_iter().rev().take(most).collect()
}
