//! One line, taken apart as a person sees it.

use std::ops::Range;

/// Nobody writes braces this long, and nobody could mend them by a hint.
pub(super) const LONG: usize = 4000;

/// `   - name: value   # remark`, without the remark.
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// Spaces before anything.
    pub(super) indent: usize,
    /// Where the name or the text begins: behind the dashes.
    pub(super) column: usize,
    pub(super) name: Option<&'a str>,
    /// The bytes of the value; of a line without a name, of the text.
    pub(super) value: Range<usize>,
}

impl<'a> Line<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let indent = text.len() - text.trim_start_matches(' ').len();
        let mut column = indent;
        while let Some(rest) = text[column..].strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' ')) {
            column = text.len() - rest.trim_start_matches(' ').len();
        }
        let name = name_at(&text[column..]);
        let from = name.map_or(column, |name| text[column..].find(':').map_or(column + name.len(), |at| column + at + 1));
        let start = text.len() - text[from..].trim_start().len();
        let end = start + without_remark(&text[start..]).len();
        Self { text, indent, column, name, value: start..end }
    }

    pub(super) fn value(&self) -> &'a str {
        &self.text[self.value.clone()]
    }

    pub(super) fn has_dash(&self) -> bool {
        self.column > self.indent
    }

    /// Nothing, or only a remark.
    pub(super) fn says_nothing(&self) -> bool {
        let text = self.text.trim();
        text.is_empty() || text.starts_with('#')
    }

    /// Whether lines that stand further in belong to it: it has a name and no value.
    pub(super) fn opens(&self) -> bool {
        self.name.is_some() && self.value.is_empty()
    }

    /// Whether it ends in the sign of a text over several lines.
    pub(super) fn opens_block_text(&self) -> bool {
        let value = self.value();
        value.starts_with(['|', '>']) && value[1..].chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-'))
    }

    /// The line with other bytes in place of `range`.
    pub(super) fn with(&self, range: Range<usize>, instead: &str) -> String {
        format!("{}{instead}{}", &self.text[..range.start], &self.text[range.end..])
    }

    /// The values that stand in the line: one, or those in its braces or brackets.
    pub(super) fn pieces(&self) -> Vec<Range<usize>> {
        let value = self.value();
        let short = value.len() < LONG;
        let Some(open) = value.chars().next().filter(|c| short && matches!(c, '{' | '[')) else { return vec![self.value.clone()] };
        let close = if open == '{' { '}' } else { ']' };
        let inner = value[1..].strip_suffix(close).unwrap_or(&value[1..]);
        let mut at = self.value.start + 1;
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for part in inner.split(',') {
            let range = at..at + part.len();
            at = range.end + 1;
            let named = open == '{' && name_at(part.trim_start()).is_none();
            match pieces.last_mut().filter(|_| named) {
                Some(last) => last.end = range.end,
                None => pieces.push(range),
            }
        }
        pieces.into_iter().map(|range| self.piece(range)).collect()
    }

    /// Of `name: value` the value, without blanks around it.
    fn piece(&self, range: Range<usize>) -> Range<usize> {
        let part = &self.text[range.clone()];
        let skip = name_at(part.trim_start()).and_then(|_| part.find(':')).map_or(0, |at| at + 1);
        let rest = &part[skip..];
        let start = range.start + skip + (rest.len() - rest.trim_start().len());
        start..start + rest.trim().len()
    }
}

/// The name with which `text` begins, if a colon and a blank follow.
pub(super) fn name_at(text: &str) -> Option<&str> {
    let word = word_at(text)?;
    let rest = text[word.len()..].trim_start_matches(' ').strip_prefix(':')?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(word)
}

/// The word with which `text` begins, of the letters that names are made of.
pub(super) fn word_at(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(text.len());
    Some(&text[..end]).filter(|word| word.starts_with(|c: char| c.is_alphabetic()))
}

fn without_remark(value: &str) -> &str {
    if value.starts_with('#') {
        return "";
    }
    let value = if value.starts_with(['"', '\'']) { value } else { value.split(" #").next().unwrap_or(value) };
    value.trim_end()
}

/// The text in quotation marks that it does not hold itself.
pub(super) fn quoted(text: &str) -> String {
    if !text.contains(['"', '\\']) { format!("\"{text}\"") } else { format!("'{}'", text.replace('\'', "''")) }
}

/// The same, short enough for a hint.
pub(in crate::yaml) fn quoted_short(text: &str) -> String {
    quoted(&short(text, 60))
}

/// A line as it should read, for a hint.
pub(in crate::yaml) fn shown(line: &str) -> String {
    let line = short(line.trim(), 90);
    if line.contains('`') { line } else { format!("`{line}`") }
}

fn short(text: &str, at_most: usize) -> String {
    if text.chars().count() <= at_most {
        return text.to_owned();
    }
    let start: String = text.chars().take(at_most - 15).collect();
    let end: Vec<char> = text.chars().rev().take(12).collect();
    format!("{start} … {}", end.into_iter().rev().collect::<String>())
}
