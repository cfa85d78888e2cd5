//! Where the quick reader is in a text, and what it may take from there. Every step that is not sure gives up.

use std::borrow::Cow;

use super::values::GiveUp;

/// Larger files may break the budgets of the full reader, which would be for it to say.
const MAX_BYTES: usize = 256 << 10;

pub(super) type Step<T> = Result<T, GiveUp>;

/// A place in a text. Between values it stands at the beginning of a line.
pub(super) struct Cursor<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

/// How a value begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    Nothing,
    /// A list or a mapping in the lines below, in this column.
    List(usize),
    Mapping(usize),
    FlowList,
    FlowMapping,
    Text,
}

impl<'t> Cursor<'t> {
    /// Nothing for a text with characters that need a closer look.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        let plain = |b: &u8| (*b >= 0x20 && *b != 0x7f && *b != 0xef) || *b == b'\n' || *b == b'\r';
        let bytes = text.as_bytes();
        let odd = bytes.len() > MAX_BYTES || !bytes.iter().all(plain) || has_controls(bytes) || text.contains(['\u{2028}', '\u{2029}']);
        let lone_return = bytes.contains(&b'\r') && bytes.windows(2).any(|pair| pair[0] == b'\r' && pair[1] != b'\n') | bytes.ends_with(b"\r");
        (!odd && !lone_return).then_some(Self { text, bytes, at: 0 })
    }

    pub(super) fn is_at_end(&mut self) -> bool {
        self.next_line().is_none()
    }

    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(b'\n')
    }

    fn peek_at(&self, offset: usize) -> u8 {
        self.bytes.get(self.at + offset).copied().unwrap_or(b'\n')
    }

    fn skip_spaces(&mut self) {
        while self.peek() == b' ' && self.at < self.bytes.len() {
            self.at += 1;
        }
    }

    fn is_line_end(&self) -> bool {
        matches!(self.peek(), b'\n' | b'\r')
    }

    /// The end of this line's text, and the beginning of the next line.
    fn line_end(&self) -> (usize, usize) {
        let newline = self.text[self.at..].find('\n').map_or(self.bytes.len(), |at| self.at + at);
        let end = if newline > self.at && self.bytes[newline - 1] == b'\r' { newline - 1 } else { newline };
        (end, (newline + 1).min(self.bytes.len()))
    }

    /// From the beginning of a line: the column of the next line that says something. Blank lines and remarks are passed over.
    pub(super) fn next_line(&mut self) -> Option<usize> {
        loop {
            let start = self.at;
            self.skip_spaces();
            if self.at >= self.bytes.len() {
                return None;
            }
            if !self.is_line_end() && self.peek() != b'#' {
                let column = self.at - start;
                self.at = start;
                return Some(column);
            }
            self.at = self.line_end().1;
        }
    }

    /// After a value: nothing but a remark may stand on the rest of the line.
    pub(super) fn end_line(&mut self) -> Step<()> {
        let before = self.at;
        self.skip_spaces();
        if self.is_line_end() || (self.peek() == b'#' && before < self.at) {
            self.at = self.line_end().1;
            return Ok(());
        }
        Err(GiveUp)
    }

    /// Whether a dash with a space stands in this column of the line that begins here.
    pub(super) fn has_dash(&self, column: usize) -> bool {
        self.peek_at(column) == b'-' && self.peek_at(column + 1) == b' '
    }

    /// Takes the dash in this column; returns the column of what stands behind it.
    pub(super) fn take_dash(&mut self, column: usize) -> Step<usize> {
        let start = self.at;
        self.at += column + 1;
        self.skip_spaces();
        // A bare dash, or a list in a list, is rare.
        if self.is_line_end() || self.peek() == b'#' || (self.peek() == b'-' && matches!(self.peek_at(1), b' ' | b'\n' | b'\r')) {
            return Err(GiveUp);
        }
        Ok(self.at - start)
    }

    /// Whether a name with a colon begins here.
    pub(super) fn has_key(&self) -> bool {
        let length = self.bytes[self.at..].iter().take_while(|b| is_key_byte(**b)).count();
        length > 0 && self.peek_at(length) == b':' && matches!(self.peek_at(length + 1), b' ' | b'\n' | b'\r')
    }

    pub(super) fn skip_columns(&mut self, column: usize) {
        self.at += column;
    }

    /// A name and its colon.
    pub(super) fn key(&mut self) -> Step<&'t str> {
        let length = self.bytes[self.at..].iter().take_while(|b| is_key_byte(**b)).count();
        let key = &self.text[self.at..self.at + length];
        if !self.has_key() || is_nothing(key) {
            return Err(GiveUp);
        }
        self.at += length + 1;
        Ok(key)
    }

    /// What begins behind a colon or dash in a mapping or list of this column. Where it begins in the lines below, moves there.
    pub(super) fn start(&mut self, column: usize, in_list: bool) -> Step<Start> {
        let before = self.at;
        self.skip_spaces();
        if self.is_line_end() || (self.peek() == b'#' && before < self.at) {
            self.at = self.line_end().1;
            return Ok(self.start_below(column, in_list));
        }
        Ok(match self.peek() {
            b'[' => Start::FlowList,
            b'{' => Start::FlowMapping,
            b'#' => return Err(GiveUp),
            _ => Start::Text,
        })
    }

    fn start_below(&mut self, column: usize, in_list: bool) -> Start {
        match self.next_line() {
            Some(below) if below > column || (below == column && !in_list && self.has_dash(below)) => {
                if self.has_dash(below) {
                    Start::List(below)
                } else {
                    Start::Mapping(below)
                }
            }
            _ => Start::Nothing,
        }
    }

    /// A text behind a colon or dash, to the end of its line or block.
    pub(super) fn block_text(&mut self, column: usize) -> Step<Text<'t>> {
        let text = match self.peek() {
            b'|' | b'>' => return self.many_lines(column),
            b'"' | b'\'' => Text { words: self.quoted()?, plain: false },
            _ => Text { words: Cow::Borrowed(self.plain_line()?), plain: true },
        };
        self.end_line()?;
        Ok(text)
    }

    /// A text in a flow list or mapping.
    pub(super) fn flow_text(&mut self) -> Step<Text<'t>> {
        match self.peek() {
            b'"' | b'\'' => Ok(Text { words: self.quoted()?, plain: false }),
            _ => Ok(Text { words: Cow::Borrowed(self.plain_in_flow()?), plain: true }),
        }
    }

    /// A text in quotes, on one line and without escapes.
    fn quoted(&mut self) -> Step<Cow<'t, str>> {
        let quote = self.peek();
        self.at += 1;
        let start = self.at;
        let (end, _) = self.line_end();
        let mut doubled = false;
        while self.at < end {
            let b = self.bytes[self.at];
            if b == quote && quote == b'\'' && self.peek_at(1) == b'\'' && self.at + 1 < end {
                doubled = true;
                self.at += 2;
            } else if b == quote {
                let words = &self.text[start..self.at];
                self.at += 1;
                return Ok(if doubled { Cow::Owned(words.replace("''", "'")) } else { Cow::Borrowed(words) });
            } else if b == b'\\' && quote == b'"' {
                return Err(GiveUp);
            } else {
                self.at += 1;
            }
        }
        Err(GiveUp)
    }

    /// A plain text up to the end of the line or a remark.
    fn plain_line(&mut self) -> Step<&'t str> {
        self.plain_may_begin()?;
        let (end, _) = self.line_end();
        let line = &self.text[self.at..end];
        let words = line.find(" #").map_or(line, |at| &line[..at]).trim_end_matches(' ');
        if words.contains(": ") || words.ends_with(':') || is_nothing(words) {
            return Err(GiveUp);
        }
        self.at += words.len();
        Ok(words)
    }

    fn plain_in_flow(&mut self) -> Step<&'t str> {
        self.plain_may_begin()?;
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|b| matches!(b, b',' | b'[' | b']' | b'{' | b'}' | b'\n' | b'\r')).ok_or(GiveUp)?;
        let words = self.text[self.at..self.at + end].trim_end_matches(' ');
        let odd_colon = words.bytes().zip(words.bytes().skip(1).chain([b' '])).any(|(b, next)| b == b':' && !next.is_ascii_alphanumeric());
        if matches!(rest[end], b'[' | b'{') || odd_colon || words.contains(" #") || is_nothing(words) {
            return Err(GiveUp);
        }
        self.at += words.len();
        Ok(words)
    }

    fn plain_may_begin(&self) -> Step<()> {
        match self.peek() {
            b'-' | b'?' | b':' if self.peek_at(1).is_ascii_alphanumeric() => Ok(()),
            b'-' | b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`' | b'=' => {
                Err(GiveUp)
            }
            _ => Ok(()),
        }
    }

    /// A block text: `|` keeps its lines, `>` joins them; with a `-` without the last line end.
    fn many_lines(&mut self, column: usize) -> Step<Text<'t>> {
        let folds = self.peek() == b'>';
        self.at += 1;
        let strips = self.peek() == b'-';
        self.at += usize::from(strips);
        self.skip_spaces();
        if !self.is_line_end() {
            return Err(GiveUp);
        }
        self.at = self.line_end().1;
        let margin = self.bytes[self.at..].iter().take_while(|b| **b == b' ').count();
        self.at += margin;
        let says_nothing = self.is_line_end() || self.at >= self.bytes.len();
        self.at -= margin;
        if margin <= column || says_nothing {
            return Err(GiveUp);
        }
        let mut words = if folds { self.folded(margin)? } else { self.literal(margin)? };
        words.truncate(words.trim_end_matches('\n').len());
        if !strips {
            words.push('\n');
        }
        // Most of what a workspace says stands in such texts, and all of it may be kept.
        words.shrink_to_fit();
        Ok(Text { words: Cow::Owned(words), plain: false })
    }

    /// The next line of a block text with this margin, without it; an empty one for a blank line; nothing after the last.
    fn text_line(&mut self, margin: usize) -> Step<Option<&'t str>> {
        if self.at >= self.bytes.len() {
            return Ok(None);
        }
        let (end, next) = self.line_end();
        // What a last line without its end means is for the full reader to say.
        if next == self.bytes.len() && self.bytes[next - 1] != b'\n' {
            return Err(GiveUp);
        }
        let line = &self.text[self.at..end];
        let indent = line.len() - line.trim_start_matches(' ').len();
        let blank = indent == line.len();
        if blank && indent > margin {
            return Err(GiveUp);
        }
        if !blank && indent < margin {
            return Ok(None);
        }
        self.at = next;
        Ok(Some(if blank { "" } else { &line[margin..] }))
    }

    fn literal(&mut self, margin: usize) -> Step<String> {
        let mut words = String::new();
        while let Some(line) = self.text_line(margin)? {
            words.push_str(line);
            words.push('\n');
        }
        Ok(words)
    }

    fn folded(&mut self, margin: usize) -> Step<String> {
        let mut words = String::new();
        let mut blank = false;
        while let Some(line) = self.text_line(margin)? {
            // Blank lines inside, lines further in and spaces at their end fold by rules of their own.
            if line.starts_with(' ') || line.ends_with(' ') || (blank && !line.is_empty()) {
                return Err(GiveUp);
            }
            blank = line.is_empty();
            if !blank {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(line);
            }
        }
        Ok(words)
    }

    /// In a flow list or mapping: over spaces and line ends to the next sign. Lines below must be further in than `column`.
    pub(super) fn flow_space(&mut self, column: usize) -> Step<u8> {
        loop {
            self.skip_spaces();
            if self.at >= self.bytes.len() || self.peek() == b'#' {
                return Err(GiveUp);
            }
            if !self.is_line_end() {
                return Ok(self.peek());
            }
            self.at = self.line_end().1;
            let indent = self.bytes[self.at..].iter().take_while(|b| **b == b' ').count();
            if indent <= column {
                return Err(GiveUp);
            }
        }
    }

    /// Takes a sign that has been seen.
    pub(super) fn take(&mut self) {
        self.at += 1;
    }
}

/// A text as it was read.
pub(super) struct Text<'t> {
    pub(super) words: Cow<'t, str>,
    /// Written without quotes, so that it may be a number.
    pub(super) plain: bool,
}

fn is_key_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')
}

/// What YAML takes for nothing: a text that nobody should have to think about.
fn is_nothing(words: &str) -> bool {
    words.is_empty() || words == "~" || words.eq_ignore_ascii_case("null")
}

/// Control characters beyond ASCII: U+0080 to U+009F.
fn has_controls(bytes: &[u8]) -> bool {
    bytes.contains(&0xc2) && bytes.windows(2).any(|pair| pair[0] == 0xc2 && pair[1] < 0xa0)
}
