//! Every line that is about to leave, and what changed since the last edition for the same readers.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::cli::context::Context;
use crate::model::Published;
use crate::source::{n_of, printable};

/// Shows the lines page by page: `+` is new, `-` is gone, and what has no mark left before.
pub(super) fn show(context: &Context, says: &[(String, Vec<String>)], last: Option<&Published>) {
    let mut text = String::new();
    let mut seen: Vec<&str> = Vec::new();
    let before = |page: &str| last.and_then(|last| last.pages.iter().find(|(name, _)| name == page)).map_or(&[][..], |(_, lines)| &lines[..]);
    for (page, lines) in says {
        let _ = writeln!(text, "{page}");
        // Many pages say the same at their head and foot: that is shown once.
        marked(&mut text, before(page), lines, last.is_some(), &mut seen);
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

fn marked<'a>(text: &mut String, before: &[String], now: &'a [String], compared: bool, seen: &mut Vec<&'a str>) {
    if !compared {
        for line in now {
            if seen.contains(&line.as_str()) {
                continue;
            }
            seen.push(line);
            let _ = writeln!(text, "    {line}");
        }
        return;
    }
    let (before, now): (Vec<&str>, Vec<&str>) = (before.iter().map(String::as_str).collect(), now.iter().map(String::as_str).collect());
    let diff = TextDiff::from_slices(&before, &now);
    for change in diff.iter_all_changes() {
        let mark = match change.tag() {
            ChangeTag::Equal => ' ',
            ChangeTag::Insert => '+',
            ChangeTag::Delete => '-',
        };
        let _ = writeln!(text, "  {mark} {}", change.value());
    }
}
