//! Plain text inside Markdown, so that nothing in it means anything but itself.

/// A plain text inside Markdown, on one line. A blank at either end stays, for a text that goes on.
pub(in crate::documents) fn escape_markdown(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return if text.is_empty() { String::new() } else { " ".to_owned() };
    }
    let blank = |at: Option<char>| if at.is_some_and(char::is_whitespace) { " " } else { "" };
    format!("{}{}{}", blank(text.chars().next()), escape_words(&words.join(" "), true), blank(text.chars().next_back()))
}

/// Words of a text that was Markdown and is written as such again; blanks and line ends stay. At the start of a line a few more
/// signs mean something.
pub(super) fn escape_words(text: &str, at_start: bool) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            escaped.push('\n');
        }
        escape_line(line, n > 0 || at_start, &mut escaped);
    }
    escaped
}

fn escape_line(line: &str, at_start: bool, escaped: &mut String) {
    let first = line.split(' ').next().unwrap_or_default();
    let starts_block = at_start && (first.starts_with(['#', '-', '+', '=', '~']) || is_ordinal(first));
    for (at, c) in line.char_indices() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '>' | '|' => escaped.extend(['\\', c]),
            '#' | '-' | '+' | '=' if starts_block && at == 0 => escaped.extend(['\\', c]),
            '~' => escaped.extend(['\\', c]),
            '.' | ')' if starts_block && at + 1 == first.len() => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
}

fn is_ordinal(word: &str) -> bool {
    word.strip_suffix(['.', ')']).is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}
