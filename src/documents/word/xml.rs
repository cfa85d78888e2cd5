//! Words inside XML: nothing in them is markup, nothing steers, and nothing is lost.

use std::borrow::Cow;
use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::source::printable;

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A text that may stand between tags and in quotes. What cannot be seen is shown as what it is, as pages show it; two code points
/// more are no characters of XML (XML 1.0, section 2.2), and are shown in the same way.
pub(super) fn words(text: &str) -> String {
    let shown = printable(text);
    let shown = if shown.contains(['\u{fffe}', '\u{ffff}']) { Cow::Owned(without_noncharacters(&shown)) } else { shown };
    escape(shown).into_owned()
}

fn without_noncharacters(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\u{fffe}' | '\u{ffff}' => drop(write!(shown, "⟨U+{:04X}⟩", u32::from(c))),
            c => shown.push(c),
        }
    }
    shown
}

/// A text as what stands in a run: its line ends and tabs are elements of their own.
pub(super) fn run_text(text: &str) -> String {
    let mut xml = String::with_capacity(text.len() + 48);
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            xml.push_str("<w:br/>");
        }
        for (n, piece) in line.split('\t').enumerate() {
            if n > 0 {
                xml.push_str("<w:tab/>");
            }
            if !piece.is_empty() {
                let _ = write!(xml, "<w:t xml:space=\"preserve\">{}</w:t>", words(piece));
            }
        }
    }
    xml
}
