//! How a text is written so that every reader of YAML reads the same text.
//!
//! Careful rather than clever: what any reader might take for a number, a date, a truth value or a sign goes into quotes.

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// Behind a name or a dash, on a line of its own.
    Line,
    /// Among braces or brackets, where commas divide.
    Braces,
}

/// The quotes that somebody used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    None,
    Single,
    Double,
}

/// The text on one line.
pub(super) fn on_a_line(text: &str, within: Within, like: Quotes) -> String {
    if text.chars().any(needs_escape) {
        return double(text);
    }
    let has = |c: char| text.contains(c);
    match like {
        Quotes::None if is_plain(text, within) => text.to_owned(),
        Quotes::Single => single(text),
        Quotes::None if (has('"') || has('\\')) && !has('\'') => single(text),
        Quotes::None | Quotes::Double => double(text),
    }
}

/// Whether the text needs no quotes.
pub(super) fn is_plain(text: &str, within: Within) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let starts_well = first.is_alphanumeric() || matches!(first, '(' | '£' | '€');
    let ends_well = !text.ends_with([' ', ':']);
    let is_whole = !text.contains(": ") && !text.contains(" #") && !text.chars().any(needs_escape);
    // A colon, a question mark or a curly quotation mark in braces is read in several ways.
    let divides = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}' | ':' | '?' | '\u{201c}'..='\u{201f}');
    let stays_together = within == Within::Line || !text.contains(divides);
    starts_well && ends_well && is_whole && stays_together && !has_a_meaning(text)
}

/// Words and figures that some reader takes for something else than a text.
fn has_a_meaning(text: &str) -> bool {
    const WORDS: [&str; 10] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"];
    let number = |c: char| c.is_ascii_hexdigit() || matches!(c, 'x' | 'X' | 'o' | 'O' | '_' | '.' | ',' | ':' | '+' | '-' | 'T' | 't' | 'Z' | 'z' | ' ');
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) || (text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(number))
}

/// Whether the text can stand as a block behind `|`, its lines as they are.
pub(super) fn is_block(text: &str) -> bool {
    let ends_well = |line: &str| !line.ends_with([' ', '\t']);
    !text.starts_with([' ', '\n'])
        && !text.is_empty()
        && !text.chars().any(|c| c != '\n' && needs_escape(c))
        && text.split('\n').all(ends_well)
        // More blank lines at the end than one would have to be counted by eye.
        && !text.ends_with("\n\n")
}

/// The sign that announces a block, by how its text ends.
pub(super) fn block_sign(text: &str) -> &'static str {
    if text.ends_with('\n') { "|" } else { "|-" }
}

/// The lines of a block, each indented; blank ones are left blank.
pub(super) fn block_lines(text: &str, indent: usize) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{:indent$}{line}", "") };
    text.strip_suffix('\n').unwrap_or(text).split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// The lines of a text behind `>`, where readers join them with blanks; nothing for a text that cannot stand so. Lines of before that still
/// say the same stay as they are, so that a changed word changes its line alone.
pub(super) fn folded_lines(text: &str, was: &[&str], indent: usize) -> Option<String> {
    const NARROWEST: usize = 60;
    let words: Vec<&str> = text.strip_suffix('\n').unwrap_or(text).split(' ').collect();
    if words.iter().any(|word| word.is_empty() || word.contains('\n')) {
        return None;
    }
    let width = was.iter().map(|line| line.chars().count()).max().unwrap_or(0).max(NARROWEST);
    let lengths: Vec<usize> = was.iter().map(|line| line.split(' ').count()).collect();
    let (mut rest, mut above, mut below) = (words.as_slice(), 0, 0);
    while let Some(said) = lengths.get(above).and_then(|n| rest.get(..*n)).filter(|said| said.join(" ") == was[above]) {
        (rest, above) = (&rest[said.len()..], above + 1);
    }
    while let Some(n) = lengths[above..].iter().rev().nth(below).filter(|n| rest.len() >= **n) {
        let (front, said) = rest.split_at(rest.len() - n);
        if said.join(" ") != was[was.len() - 1 - below] {
            break;
        }
        (rest, below) = (front, below + 1);
    }
    // Words put in between two lines go on behind the first.
    if !rest.is_empty() && above > 0 && above + below == was.len() {
        above -= 1;
    }
    let from: usize = lengths[..above].iter().sum();
    let to = words.len() - lengths[was.len() - below..].iter().sum::<usize>();
    let mut lines: Vec<String> = was[..above].iter().map(|line| (*line).to_owned()).collect();
    let mut fresh = String::new();
    for word in &words[from..to] {
        if !fresh.is_empty() && fresh.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut fresh));
        }
        fresh = if fresh.is_empty() { (*word).to_owned() } else { fresh + " " + word };
    }
    lines.extend((!fresh.is_empty()).then_some(fresh));
    lines.extend(was[was.len() - below..].iter().map(|line| (*line).to_owned()));
    Some(lines.iter().map(|line| format!("{:indent$}{line}", "")).collect::<Vec<_>>().join("\n"))
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if needs_escape(c) && u32::from(c) > 0xffff => quoted.push_str(&format!("\\U{:08X}", u32::from(c))),
            c if needs_escape(c) => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Characters that steer, hide or reorder, that some readers take for the end of a line, or that cannot be told from a blank.
fn needs_escape(c: char) -> bool {
    match c {
        ' ' => false,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e007f}' | '\u{fdd0}'..='\u{fdef}' => true,
        c => c.is_control() || c.is_whitespace() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::yaml::tree;

    /// Texts as people paste them, and worse.
    pub(crate) fn any_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            3 => "[a-zA-Z ]{1,12}",
            2 => prop::sample::select(vec![
                "no", "on", "09:30", "1e3", "012", ": ", " #", "- ", "\n", "\r\n", "\n\n", "'", "\"", "\\", "{", "}", "[", "]", ",", "&a", "*b", "!c", "|", ">",
                "%", "@", "`", "---", "...", "\u{2028}", "\u{85}", "\u{7}", "\u{feff}", "\t", " ", "👩‍👧", "é", "\u{202e}", "~", "?", "=", "<<", "2026-03-12",
            ]).prop_map(str::to_owned),
            1 => any::<char>().prop_map(|c| c.to_string()),
        ];
        prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    fn read_back(yaml: &str) -> Vec<String> {
        let root = tree::parse(yaml).unwrap_or_else(|refusal| panic!("{yaml:?}: {refusal:?}"));
        let list = root.get("a").unwrap().1;
        (0..).map_while(|n| list.entry(n)).map(|node| node.text().unwrap().to_owned()).collect()
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_was_written(text in any_text()) {
            for like in [Quotes::None, Quotes::Single, Quotes::Double] {
                let (line, braces) = (on_a_line(&text, Within::Line, like), on_a_line(&text, Within::Braces, like));
                prop_assert_eq!(read_back(&format!("a:\n  - {line}\n  - end\n")), [text.as_str(), "end"]);
                prop_assert_eq!(read_back(&format!("a: [{braces}, end]\n")), [text.as_str(), "end"]);
                let second: Vec<serde_json::Value> = yaml_serde::from_str(&format!("- {line}\n- [{braces}, end]\n")).unwrap();
                prop_assert_eq!(second, [serde_json::json!(text), serde_json::json!([text, "end"])]);
            }
            if is_block(&text) {
                let block = format!("a:\n  - {}\n{}\n  - end\n", block_sign(&text), block_lines(&text, 4));
                prop_assert_eq!(read_back(&block), [text.as_str(), "end"]);
            }
        }
    }

    #[test]
    fn only_what_needs_quotes_gets_them() {
        let line = |text| on_a_line(text, Within::Line, Quotes::None);
        for same in ["Civic Hall, room 5", "Older adults' team. They have met.", "k7q2", "12 agencies", "(first fire)", "£500", "Ça va", "QLM-7KQ2"] {
            assert_eq!(line(same), same);
        }
        for bare in ["no", "On", "~", "09:30", "1e3", "012", "2026-03-12", "1_000", "- a", "*", "end:", " a", "a ", "", "0x1F", "=", "<<", ".5", "null"] {
            assert_eq!(line(bare), format!("\"{bare}\""));
        }
        assert_eq!(line("he said \"no\""), "he said \"no\"");
        assert_eq!(line("\"no\" he said"), "'\"no\" he said'");
        assert_eq!(on_a_line("Toe, and boots", Within::Braces, Quotes::None), "\"Toe, and boots\"");
        assert_eq!(line("a\u{2028}b\u{85}\u{1b}👩\u{200d}👧"), "\"a\\u2028b\\u0085\\u001B👩\\u200D👧\"");
    }
}
