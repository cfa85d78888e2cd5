//! Text that wants to run, in every field that takes any text. Nothing of it runs, nothing is asked for, and no word is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use pulldown_cmark::{Event, Options, Parser, Tag, html};

use super::fields::{self, Field};
use super::look::unsafe_parts;
use super::made;
use super::pipe::Browser;
use super::tab::Tab;
use crate::harness::TestWorkspace;
use crate::outside;

/// What each field holds: the text, and below it a word by which it is found again.
fn hostile(free: &[Field], payload: &str) -> TestWorkspace {
    let mut files = fields::full();
    for (nth, field) in free.iter().enumerate() {
        fields::set(&mut files, field.file, &field.path, &format!("{payload}\n\n{}", mark(nth)));
    }
    fields::written(&files)
}

fn mark(nth: usize) -> String {
    format!("fieldmark{nth:03}")
}

/// The members' pages of a workspace by name, with their text.
fn members_pages(workspace: &TestWorkspace) -> BTreeMap<String, String> {
    let out = workspace.path("made");
    let pages = made::pages_for(&workspace.path(""), &out, &["members"]);
    pages.into_iter().map(|page| (page.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(page).unwrap())).collect()
}

/// Without a browser: which fields there are, which of them each page shows, and that none of a few texts gets through as HTML.
#[test]
fn every_free_field_is_known_and_none_lets_html_through() {
    let free = fields::free();
    let pages = members_pages(&hostile(&free, "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3)) {{ 191*7 }}"));
    let mut shown = format!("{} fields take any text.\n", free.len());
    for (page, text) in &pages {
        let held = free
            .iter()
            .enumerate()
            .filter(|(nth, _)| text.contains(&mark(*nth)))
            .map(|(_, field)| format!("  {}{}", field.file.split(['/', '.']).next().unwrap(), field.path));
        shown += &format!("{page}\n{}\n", held.collect::<Vec<_>>().join("\n"));
        for bad in ["<script", "<img", "javascript:alert(3)\"", "1337"] {
            assert!(!text.contains(bad), "{page} holds {bad}");
        }
    }
    insta::assert_snapshot!(shown);
}

struct Payload {
    group: String,
    text: String,
}

fn payloads() -> Vec<Payload> {
    let text = std::fs::read_to_string(outside::beside("data/hostile-markdown.tsv")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let found: Vec<Payload> = lines.map(payload).collect();
    assert!(!found.is_empty());
    found
}

/// Group, source and text, the text with its few escapes.
fn payload(line: &str) -> Payload {
    let parts: Vec<&str> = line.splitn(3, '\t').collect();
    let mut text = String::new();
    let mut rest = parts[2];
    while let Some((before, after)) = rest.split_once('\\') {
        text += before;
        let code = |digits: usize| u32::from_str_radix(&after[1..=digits], 16).ok().and_then(char::from_u32).unwrap();
        let (meant, length) = match after.as_bytes()[0] {
            b'n' => ('\n', 1),
            b't' => ('\t', 1),
            b'0' => ('\0', 1),
            b'x' => (code(2), 3),
            b'u' => (code(4), 5),
            b'\\' => ('\\', 1),
            other => panic!("an unknown escape \\{} in {line}", other as char),
        };
        text.push(meant);
        rest = &after[length..];
    }
    Payload { group: parts[0].to_owned(), text: text + rest }
}

/// Clicks and points at everything, and waits until what was started has failed or happened. A link that says openly where it leads may
/// lead there, so it is not followed.
const PROVOKE: &str = "(async () => {
    const open = ['http:', 'https:', 'mailto:', 'tel:'];
    addEventListener('click', event => open.includes(event.target.closest?.('a[href]')?.protocol) && event.preventDefault(), true);
    for (const element of document.querySelectorAll('*')) {
        for (const kind of ['pointerover', 'mouseover', 'mouseenter', 'mousemove', 'focus']) element.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
        element.focus?.();
        if (element.click) element.click(); else element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    }
    await new Promise(done => setTimeout(done, 30));
})().then(() => document.body.innerText)";

/// Opens a page, provokes it, and gives what it did and what can be read on it.
fn provoked(browser: &mut Browser, page: &Path) -> (Vec<String>, String) {
    let mut tab = Tab::open(browser, page);
    let mut faults = unsafe_parts(&mut tab);
    let text = tab.ask(PROVOKE).as_str().unwrap_or_default().to_owned();
    faults.extend(tab.misdeeds());
    (faults, text)
}

/// The Markdown of people's texts.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_TASKLISTS);

/// Letters and digits in a row.
fn words(text: &str) -> BTreeMap<&str, usize> {
    let mut counted = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counted.entry(word).or_default() += 1;
    }
    counted
}

/// What Markdown means to be read: everything but where links lead, their titles, and the name of a language.
fn meant_to_be_read(payload: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(payload, OPTIONS) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => text += &part,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => {}
            _ => text.push(' '),
        }
    }
    text
}

#[test]
#[ignore = "needs Chromium, and the hostile texts beside the repository"]
fn hostile_text_runs_nowhere_asks_for_nothing_and_stays_readable() {
    let free = fields::free();
    let mut browser = Browser::start();
    let mut faults = Vec::new();
    let plain = members_texts(&mut browser, &hostile(&free, ""), &mut faults);
    for payload in payloads() {
        let workspace = hostile(&free, &payload.text);
        let mut said = Vec::new();
        let texts = members_texts(&mut browser, &workspace, &mut said);
        for (page, text) in &texts {
            said.extend(lost(&free, &payload.text, &plain[page], text).into_iter().map(|word| format!("{page}: lost {word}")));
        }
        faults.extend(said.into_iter().map(|fault| format!("{:?}: {fault}", payload.text)));
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// The text that can be read on each page, after it was provoked as it is, and without the policy that is its second wall.
fn members_texts(browser: &mut Browser, workspace: &TestWorkspace, faults: &mut Vec<String>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (name, page) in members_pages(workspace) {
        let path = workspace.path("made/members").join(&name);
        let (said, text) = provoked(browser, &path);
        faults.extend(said.into_iter().map(|fault| format!("{name}: {fault}")));
        std::fs::write(&path, page.replacen("http-equiv=\"Content-Security-Policy\"", "name=\"policy\"", 1)).unwrap();
        let (said, _) = provoked(browser, &path);
        faults.extend(said.into_iter().filter(|fault| !fault.starts_with("policy:")).map(|fault| format!("{name} without its policy: {fault}")));
        texts.insert(name, text);
    }
    texts
}

/// The words that should be on a page as often as the payload stands there, and are not.
fn lost(free: &[Field], payload: &str, before: &str, page: &str) -> BTreeSet<String> {
    // What is no character of any text is shown by its number.
    let payload = payload.replace('\0', "⟨U+0000⟩");
    let (before, found) = (words(before), words(page));
    // A field of Markdown may stand on another page as it was written: then what both readings hold is there.
    let read = meant_to_be_read(&payload);
    let (read, written) = (words(&read), words(&payload));
    let both = read.iter().filter_map(|(word, n)| Some((*word, *n.min(written.get(word)?)))).collect();
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for (nth, field) in free.iter().enumerate() {
        let times = found.get(mark(nth).as_str()).copied().unwrap_or(0);
        for (word, count) in if field.markdown { &both } else { &written } {
            *expected.entry(*word).or_default() += count * times;
        }
    }
    let count = |counts: &BTreeMap<&str, usize>, word: &str| counts.get(word).copied().unwrap_or(0);
    let missing = expected.into_iter().filter(|(word, n)| count(&found, word) < count(&before, word) + n);
    missing.map(|(word, n)| format!("{word}: {} of {n}", count(&found, word) - count(&before, word).min(count(&found, word)))).collect()
}

/// The guard of the guard: what has run elsewhere when it was not filtered runs here too, and is seen.
#[test]
#[ignore = "needs Chromium, and the hostile texts beside the repository"]
fn the_same_text_unfiltered_is_seen_to_run() {
    let folder = tempfile::tempdir().unwrap();
    let mut browser = Browser::start();
    let mut silent = Vec::new();
    for payload in payloads().iter().filter(|payload| payload.group == "run") {
        let mut body = String::new();
        html::push_html(&mut body, Parser::new_ext(&payload.text, OPTIONS));
        let page = folder.path().join("raw.html");
        std::fs::write(&page, format!("<!doctype html><html><head><title>x</title></head><body>{body}</body></html>")).unwrap();
        let mut tab = Tab::open(&mut browser, &page);
        // A page that runs may open one dialog after the other, and never come to an end.
        tab.start(PROVOKE);
        if !tab.happens("Page.javascriptDialogOpening", Duration::from_secs(5)) {
            silent.push(format!("{:?}", payload.text));
        }
    }
    assert!(silent.is_empty(), "{} ran unseen\n{}", silent.len(), silent.join("\n"));
}
