//! The pages in a real browser: what a person sees, hears, prints and reaches by keyboard, and what a page must never do.
//!
//! They need Chromium, Java and two packages from npm, which `.ci/run` installs, so they are ignored unless asked for:
//! `cargo test --test it browser -- --include-ignored`. A missing tool is then a failure, never a skip.
//!
//! `pipe` speaks to the browser, `tab` holds one page, `view` says in which ways it is shown, `look` asks everybody what is wrong with it
//! (`checks.js` and `focus.js` are our own part of that), `tools` finds what is needed, `made` makes the pages.

mod faulty;
pub(crate) mod fields;
mod hostile;
mod look;
mod made;
mod pipe;
mod planted;
mod tab;
mod tools;
mod view;

use std::path::{Path, PathBuf};

use look::{Fault, look_at};
use pipe::Browser;
use tab::Tab;
use view::VIEWS;

use crate::harness::repository;
use crate::{outside, room};

/// What is wrong with some pages: by the browser a page at a time, by the HTML checker all at once.
fn faults(pages: &[PathBuf]) -> Vec<Fault> {
    let axe = tools::axe();
    let mut browser = Browser::start();
    let mut faults: Vec<Fault> = pages.iter().flat_map(|page| look_at(&mut browser, &axe, page)).collect();
    faults.extend(tools::vnu(pages));
    faults
}

#[track_caller]
fn assert_none(faults: &[Fault]) {
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{} faults\n{}", said.len(), said.join("\n"));
}

#[test]
#[ignore = "needs Chromium, Java, axe-core and vnu-jar"]
fn every_page_of_the_sample_is_in_order() {
    if let Some(folder) = std::env::var_os("MARG_SCREENSHOTS") {
        take_pictures(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    assert_none(&faults(&made::pages(repository(), folder.path())));
}

#[test]
#[ignore = "needs Chromium, Java, axe-core and vnu-jar, and the workspace generator beside the repository"]
fn every_page_of_a_generated_workspace_is_in_order() {
    let workspace = outside::generated("S");
    assert_none(&faults(&made::pages(&workspace.path(""), &workspace.path("made"))));
}

#[test]
#[ignore = "needs Chromium, Java, axe-core and vnu-jar"]
fn the_page_for_the_wall_is_in_order() {
    let folder = tempfile::tempdir().unwrap();
    assert_none(&faults(&room::standing_still(folder.path())));
}

/// For people to look at: machines do not see what is ugly.
fn take_pictures(folder: &Path) {
    let mut browser = Browser::start();
    for page in made::pages(repository(), folder) {
        let mut tab = Tab::open(&mut browser, &page);
        for view in &VIEWS {
            tab.show(view);
            std::fs::write(page.with_extension(format!("{}.png", view.name)), tab.picture()).unwrap();
        }
        std::fs::write(page.with_extension("pdf"), tab.pdf()).unwrap();
    }
}
