//! Text that is safe to show on a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with everything that could steer a terminal or turn its reading order shown as a code point: control characters other
/// than line feed and tab, and the invisible marks that hide or reorder text (an attack known as Trojan Source, CVE-2021-42574).
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if steers(c) {
            let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

fn steers(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        assert_eq!(printable("a\u{1b}[2Jb\u{202e}c\u{9b}d"), "a⟨U+001B⟩[2Jb⟨U+202E⟩c⟨U+009B⟩d");
        assert_eq!(printable("Ça va\tbien – “oui”\n"), "Ça va\tbien – “oui”\n");
    }
}
