//! Every line that is about to leave, and what changed since the last edition for the same readers.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::cli::context::Context;
use crate::model::Published;
use crate::source::{n_of, printable};

/// Shows the lines page by page: `+` is new, `-` is gone, and what has no mark left before.
pub(super) fn show(context: &Context, says: &[(String, Vec<String>)], last: Option<&Published>) {
    let mut text = String::new();
    let before = |page: &str| last.and_then(|last| last.pages.iter().find(|(name, _)| name == page)).map_or(&[][..], |(_, lines)| &lines[..]);
    for (nth, (page, lines)) in says.iter().enumerate() {
        let _ = writeln!(text, "{page}");
        // Every page says the same at its head and foot: that is shown once.
        let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| nth == 0 || !on_every_page(says, line)).collect();
        let before: Vec<&str> = before(page).iter().map(String::as_str).filter(|line| nth == 0 || !on_every_page(says, line)).collect();
        marked(&mut text, &before, &lines, last.is_some());
        text.push('\n');
    }
    for (page, lines) in last.iter().flat_map(|last| &last.pages).filter(|(page, _)| !says.iter().any(|(name, _)| name == page)) {
        let _ = writeln!(text, "{page}, which is no page any more\n  - {}\n", n_of(lines.len(), "line", "lines"));
    }
    context.ui.answer(&printable(&text));
    let pages = n_of(says.len(), "file", "files");
    let lines: usize = says.iter().map(|(_, lines)| lines.len()).sum();
    let since = last.map_or_else(
        || "It is the first edition for these readers.".to_owned(),
        |last| format!("Marked is what changed since the edition of {}.", last.on.format("%-d %B %Y")),
    );
    context.ui.status(&format!("{pages} with {} would leave. {since}", n_of(lines, "line", "lines")));
}

fn on_every_page(says: &[(String, Vec<String>)], line: &str) -> bool {
    let pages = || says.iter().filter(|(page, _)| page.ends_with(".html"));
    line.contains(char::is_alphabetic) && !line.contains(char::is_numeric) && pages().all(|(_, lines)| lines.iter().any(|known| known == line))
}

fn marked(text: &mut String, before: &[&str], now: &[&str], compared: bool) {
    if !compared {
        now.iter().for_each(|line| text.push_str(&format!("    {line}\n")));
        return;
    }
    for change in TextDiff::from_slices(before, now).iter_all_changes() {
        let mark = match change.tag() {
            ChangeTag::Equal => ' ',
            ChangeTag::Insert => '+',
            ChangeTag::Delete => '-',
        };
        let _ = writeln!(text, "  {mark} {}", change.value());
    }
}
