//! Looks at one page in every way we have, and says what is wrong with it.

use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::pipe::Browser;
use super::tab::Tab;
use super::view::{VIEWS, View};

const CHECKS: &str = include_str!("checks.js");
const FOCUS: &str = include_str!("focus.js");

/// WCAG 2.2 at level AA, and what axe calls best practice. What it cannot decide is no fault: our own checks decide it.
const AXE: &str = "axe.run({ resultTypes: ['violations'], runOnly: { type: 'tag', values:
    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'] } })
    .then(said => said.violations.map(it => `${it.id}: ${it.help} ${it.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' ')}`))";

/// Something that is wrong with a page.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) page: PathBuf,
    /// In which view, or by whom.
    pub(super) view: &'static str,
    pub(super) what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] {}", self.page.file_name().unwrap_or_default().display(), self.view, self.what)
    }
}

/// Everything a browser can tell about a page.
pub(super) fn look_at(browser: &mut Browser, axe: &str, page: &Path) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut say = |view, said: Vec<String>| faults.extend(said.into_iter().map(|what| Fault { page: page.to_owned(), view, what }));
    let mut tab = Tab::open(browser, page);
    for view in &VIEWS {
        tab.show(view);
        say(view.name, tab.list(&format!("({CHECKS})({})", json!(view.name))));
        say(view.name, walk(&mut tab, view));
        if view.name == "paper" {
            say(view.name, on_paper(&tab.pdf()));
        }
    }
    // The script is put into the page last of all but its own runs, so that what it does is not taken for something the page does.
    say("any", tab.misdeeds());
    tab.ask(&format!("{axe};null"));
    for view in VIEWS.iter().filter(|view| view.axe) {
        tab.show(view);
        say(view.name, tab.list(AXE));
    }
    say(
        "any",
        elsewhere(page, &tab.list("[...document.querySelectorAll('a[href]')].filter(it => it.protocol === 'file:').map(it => it.getAttribute('href'))")),
    );
    faults
}

/// What stands in a page that could run, load or lead astray; without the other checks.
pub(super) fn unsafe_parts(tab: &mut Tab<'_>) -> Vec<String> {
    let said = tab.list(&format!("({CHECKS})('desktop')"));
    said.into_iter().filter(|fault| ["self-contained", "policy", "link-scheme", "duplicate-id"].iter().any(|check| fault.starts_with(check))).collect()
}

/// The keyboard starts where the focus was last, even when it is nowhere now.
const FROM_THE_TOP: &str = "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); scrollTo(0, 0); null";

/// From the top through everything with the tabulator key, in the order of the page; the first stop is the link that skips to the text.
fn walk(tab: &mut Tab<'_>, view: &View) -> Vec<String> {
    if view.name == "paper" {
        return Vec::new();
    }
    tab.ask(FROM_THE_TOP);
    let stops = tab.list(&format!("({FOCUS})({})", json!(view.name)));
    let mut faults = Vec::new();
    for (nth, stop) in stops.iter().enumerate() {
        tab.press("Tab");
        let at = tab.ask("margFocus()");
        faults.extend(at["faults"].as_array().unwrap().iter().map(|fault| fault.as_str().unwrap().to_owned()));
        if at["nth"] != json!(nth) {
            faults.push(format!("keyboard-order: after {nth} steps at {} instead of {stop}", at["what"]));
            break;
        }
    }
    if view.name == "desktop" {
        faults.extend(skips(tab));
    }
    faults
}

/// The first stop leads into the text, past everything above it.
fn skips(tab: &mut Tab<'_>) -> Vec<String> {
    tab.ask(FROM_THE_TOP);
    tab.press("Tab");
    tab.press("Enter");
    let arrived = tab.ask("(() => { const main = document.querySelector('main'); const at = location.hash && document.getElementById(location.hash.slice(1)); return Boolean(at && main && (at === main || main.contains(at)) && at === document.activeElement) })()");
    if arrived == json!(true) { Vec::new() } else { vec!["skip-link: the first stop of the keyboard does not lead to the text".to_owned()] }
}

/// What a PDF says about itself: written by Chromium in the clear, so it is enough to look for the words.
fn on_paper(pdf: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(pdf);
    let mut faults = Vec::new();
    for (mark, what) in [("/StructTreeRoot", "has no tags"), ("/Outlines", "has no bookmarks"), ("/Lang", "does not say its language")] {
        if !text.contains(mark) {
            faults.push(format!("pdf: {what}"));
        }
    }
    if pages(&text) == 0 {
        faults.push("pdf: has no pages".to_owned());
    }
    if text.split("/MediaBox [").skip(1).any(|sheet| !sheet.starts_with("0 0 594.9") && !sheet.starts_with("0 0 595")) {
        faults.push("pdf: is not A4".to_owned());
    }
    faults
}

/// How many pages a PDF has.
pub(super) fn pages(pdf: &str) -> usize {
    pdf.matches("/Type /Page").count() - pdf.matches("/Type /Pages").count()
}

/// Links to files beside the page that are not there.
fn elsewhere(page: &Path, links: &[String]) -> Vec<String> {
    let gone = |link: &&String| {
        let file = link.split('#').next().unwrap_or_default();
        !file.is_empty() && !page.with_file_name(file).is_file()
    };
    links.iter().filter(gone).map(|link| format!("broken-link: {link} is not beside the page")).collect()
}
