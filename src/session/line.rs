//! A line as it comes: from keys, a script or a chat.

/// A longer line is no line but a file.
pub(super) const LONGEST: usize = 20_000;

/// The line without what chats put before it and without signs that nobody sees.
pub(super) fn clean(line: &str) -> String {
    let seen: String = line.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !c.is_control() && !is_hidden(*c)).collect();
    let line = seen.trim();
    let line = ["- ", "* ", "• ", "> "].iter().find_map(|bullet| line.strip_prefix(bullet)).unwrap_or(line).trim_start();
    without_stamp(line).trim().to_owned()
}

/// Signs that turn the direction of a text, or take no room: they could make a line look like another.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{61c}')
}

/// Takes `[14:03] Kim:` or `14:03` away.
fn without_stamp(line: &str) -> &str {
    let Some(rest) = after_time(line) else { return line };
    let rest = rest.trim_start_matches(['-', '–']).trim_start();
    // Who said it, in up to three words, unless it is a word of ours.
    match rest.split_once(": ") {
        Some((who, said))
            if who.split_whitespace().count() <= 3 && super::words::leading(rest).is_none() && who.chars().next().is_some_and(char::is_uppercase) =>
        {
            said.trim_start()
        }
        _ => rest,
    }
}

fn after_time(line: &str) -> Option<&str> {
    let is_time = |text: &str| {
        let text = text.trim();
        let text = text.rsplit([' ', ',']).next().unwrap_or(text);
        let parts: Vec<&str> = text.split(':').collect();
        (2..=3).contains(&parts.len()) && parts.iter().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    if let Some((stamp, rest)) = line.strip_prefix('[').and_then(|line| line.split_once(']')) {
        return is_time(stamp).then(|| rest.trim_start());
    }
    let (first, rest) = line.split_once(' ')?;
    is_time(first).then(|| rest.trim_start())
}

/// Splits at the first colon that ends a word: not the one in `14:10`.
pub(super) fn at_colon(text: &str) -> Option<(&str, &str)> {
    let at = text.char_indices().find(|(at, c)| *c == ':' && text[at + 1..].chars().next().is_none_or(char::is_whitespace)).map(|(at, _)| at)?;
    Some((text[..at].trim(), text[at + 1..].trim()))
}

/// What stands behind a word at the beginning of a text; a hyphen or colon may follow it.
pub(super) fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let text = text.trim_start().trim_start_matches([',', ';']).trim_start();
    let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
    let rest = &text[head.len()..];
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '-').then(|| rest.trim_start().trim_start_matches(':').trim_start())
}

/// Splits a text before a whole word, wherever it stands: before and behind it.
pub(super) fn around_word<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let starts =
        text.char_indices().map(|(at, _)| at).filter(|at| *at == 0 || text[..*at].ends_with(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '.')));
    starts.filter_map(|at| after_word(&text[at..], word).map(|rest| (text[..at].trim().trim_end_matches([',', ';']), rest))).next()
}

/// The `#themes` at the end of a text and the word `shareable`, and the text without them.
pub(super) fn tags(text: &str) -> (String, Vec<&str>, bool) {
    let (mut tags, mut shareable) = (Vec::new(), false);
    let mut text = text.trim_end();
    loop {
        let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
        if let Some(tag) = last.strip_prefix('#').filter(|tag| !tag.is_empty()) {
            tags.insert(0, tag.trim_end_matches([',', '.', ';']));
        } else if last.trim_matches(['(', ')']).eq_ignore_ascii_case("shareable") {
            shareable = true;
        } else {
            return (text.to_owned(), tags, shareable);
        }
        text = text[..text.len() - last.len()].trim_end();
        if text.is_empty() {
            return (String::new(), tags, shareable);
        }
    }
}

/// A text in quotation marks at the beginning, and what stands behind it; the marks may be straight or curly.
pub(super) fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (open, ends): (char, &[char]) = match text.chars().next()? {
        '"' => ('"', &['"']),
        '“' => ('“', &['”', '"']),
        '‘' => ('‘', &['’']),
        _ => return None,
    };
    let inner = &text[open.len_utf8()..];
    // The last mark that a word of ours or nothing stands behind, so that words quoted inside do not end it.
    let close = inner.char_indices().filter(|(_, c)| ends.contains(c)).map(|(at, c)| (at, at + c.len_utf8()));
    let goes_on = |rest: &str| rest.trim().is_empty() || ["to", "wants"].iter().any(|word| after_word(rest, word).is_some());
    let (at, behind) = close.into_iter().find(|(_, behind)| goes_on(&inner[*behind..]))?;
    Some((&inner[..at], inner[behind..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_line_loses_its_stamp_and_its_bullet() {
        for (line, left) in [
            ("[14:03] Kim: he rang on Monday", "he rang on Monday"),
            ("[26/03/2026, 14:03:22] Kim Lee: he rang", "he rang"),
            ("14:03 decision: yes", "decision: yes"),
            ("- he rang", "he rang"),
            ("* 14:03 - he rang", "he rang"),
            ("[note] he rang", "[note] he rang"),
            ("a\u{202e}b\u{1b}[2Jc", "ab[2Jc"),
        ] {
            assert_eq!(clean(line), left, "{line}");
        }
    }

    #[test]
    fn parts_of_a_line() {
        assert_eq!(at_colon("police at 14:10: bye"), Some(("police at 14:10", "bye")));
        assert_eq!(around_word("We go, because of it", "because"), Some(("We go", "of it")));
        assert_eq!(tags("Ring them #arson #stale shareable"), ("Ring them".to_owned(), vec!["arson", "stale"], true));
        assert_eq!(quoted("\"I said \"no\" twice\" to police"), Some(("I said \"no\" twice", "to police")));
        assert_eq!(quoted("“Yes”"), Some(("Yes", "")));
    }
}
