//! The text under examination, in lines, and what helps it.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::line::Line;
use super::marks;
use crate::source::{Code, Span, nearest};
use crate::yaml::tree::{self, Why};

/// So much text is parsed to try repairs out; a text of ordinary size never comes near.
const PATIENCE: usize = 1 << 23;

/// Something that a person has to change.
pub(super) struct Diagnosis {
    pub(super) code: &'static Code,
    pub(super) line: usize,
    pub(super) columns: Range<usize>,
    pub(super) message: String,
    pub(super) hints: Vec<String>,
    /// Lines as they should read; as many as before.
    pub(super) repair: Vec<(usize, String)>,
    /// Whether it is true even if the parser comes no further.
    pub(super) sure: bool,
}

impl Diagnosis {
    pub(super) fn new(code: &'static Code, line: usize, columns: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, line, columns, message: message.into(), hints: Vec::new(), repair: Vec::new(), sure: false }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    pub(super) fn repair(mut self, line: usize, text: impl Into<String>) -> Self {
        self.repair.push((line, text.into()));
        self
    }

    pub(super) fn sure(self, sure: bool) -> Self {
        Self { sure, ..self }
    }
}

/// Where the parser gave up.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) why: Why,
}

pub(super) struct Patient<'a> {
    original: &'a str,
    lines: Vec<String>,
    /// Of each line, whether it is part of a text that a `|` or `>` began.
    in_text: Vec<bool>,
    mended: BTreeSet<usize>,
    names: &'a BTreeSet<&'a str>,
    patience: Cell<usize>,
}

impl<'a> Patient<'a> {
    pub(super) fn new(text: &'a str, names: &'a BTreeSet<&'a str>) -> Self {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines: Vec<String> = body.split('\n').map(|line| marks::without_controls(line.strip_suffix('\r').unwrap_or(line))).collect();
        let in_text = texts(&lines);
        Self { original: text, lines, in_text, mended: BTreeSet::new(), names, patience: Cell::new(PATIENCE) }
    }

    pub(super) fn original(&self) -> &'a str {
        self.original
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn line(&self, n: usize) -> Line<'_> {
        Line::of(self.lines.get(n).map_or("", String::as_str))
    }

    pub(super) fn in_text(&self, n: usize) -> bool {
        self.in_text.get(n).copied().unwrap_or(false)
    }

    /// Whether the line is neither blank, nor a remark, nor part of a block text.
    pub(super) fn counts(&self, n: usize) -> bool {
        n < self.lines.len() && !self.in_text(n) && !self.line(n).says_nothing()
    }

    /// The lines that count, from `n` upwards.
    pub(super) fn upwards(&self, n: usize) -> impl Iterator<Item = usize> {
        (0..self.lines.len().min(n + 1)).rev().filter(|n| self.counts(*n))
    }

    /// The lines that count below `n`.
    pub(super) fn below(&self, n: usize) -> impl Iterator<Item = usize> {
        (n + 1..self.lines.len()).filter(|n| self.counts(*n))
    }

    pub(super) fn said_at_or_before(&self, n: usize) -> usize {
        (0..self.lines.len().min(n + 1)).rev().find(|n| !self.line(*n).says_nothing()).unwrap_or(0)
    }

    pub(super) fn knows(&self, word: &str) -> bool {
        self.names.contains(word)
    }

    /// Whether the word is a field's name, or nearly.
    pub(super) fn nearly_knows(&self, word: &str) -> bool {
        self.knows(word) || ((4..30).contains(&word.len()) && nearest(word, self.names.iter().copied()).is_some_and(|near| near.len().abs_diff(word.len()) < 3))
    }

    /// Whether the line looks as if it began something: a known name, or an entry.
    pub(super) fn begins_something(&self, n: usize) -> bool {
        let line = self.line(n);
        line.has_dash() || line.name.is_some_and(|name| self.knows(name))
    }

    pub(super) fn refusal(&self) -> Option<Refused> {
        self.examine(&[])
    }

    /// Whether enough has been tried.
    pub(super) fn is_tired(&self) -> bool {
        self.patience.get() == 0
    }

    fn examine(&self, repair: &[(usize, String)]) -> Option<Refused> {
        let repair: BTreeMap<usize, &str> = repair.iter().map(|(n, text)| (*n, text.as_str())).collect();
        let mut text = String::with_capacity(self.original.len() + 256);
        for (n, own) in self.lines.iter().enumerate() {
            if n > 0 {
                text.push('\n');
            }
            text.push_str(repair.get(&n).copied().unwrap_or(own));
        }
        let refusal = tree::parse(&text).err()?;
        let mut at = refusal.span.start.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let begin = text[..at].rfind('\n').map_or(0, |at| at + 1);
        let line = text[..at].bytes().filter(|b| *b == b'\n').count();
        self.patience.set(self.patience.get().saturating_sub(text.len()));
        Some(Refused { line, column: at - begin, why: refusal.why })
    }

    /// How far the parser comes with the repair, if it comes further.
    pub(super) fn progress(&self, diagnosis: &Diagnosis, before: &Refused) -> Option<usize> {
        let otherwise = diagnosis.sure.then_some(0);
        let Some(last) = diagnosis.repair.iter().map(|(line, _)| *line).max() else { return otherwise };
        if self.is_tired() {
            return otherwise;
        }
        match self.examine(&diagnosis.repair) {
            None => Some(usize::MAX),
            Some(after) if after != *before && after.line > last => Some(after.line),
            Some(_) => otherwise,
        }
    }

    pub(super) fn mend(&mut self, repair: Vec<(usize, String)>) {
        for (n, text) in repair {
            if let Some(line) = self.lines.get_mut(n) {
                *line = text;
                self.mended.insert(n);
            }
        }
        self.in_text = texts(&self.lines);
    }

    /// The bytes of `columns` of a line, in the text as it was.
    pub(super) fn span(&self, text: &str, n: usize, columns: Range<usize>) -> Span {
        let mut start = 0;
        for _ in 0..n {
            start = text[start..].find('\n').map_or(text.len(), |at| start + at + 1);
        }
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        // As in `new`: only the mark at the beginning of the file is no part of its first line.
        let mark = if n == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        start += mark;
        let line = text[start..end].trim_end_matches('\r');
        let whole = line.len() - line.trim_start().len()..line.trim_end().len().max(line.len() - line.trim_start().len());
        let columns = columns.start..columns.end.min(whole.end.max(columns.start));
        let usable = !self.mended.contains(&n) && line.get(columns.clone()).is_some_and(|found| !found.is_empty());
        let columns = if usable && columns.end > columns.start && !(columns.start == 0 && columns.end == whole.end) { columns } else { whole };
        Span::new(start + columns.start, start + columns.end)
    }
}

/// Which lines are part of a text that a `|` or `>` began.
fn texts(lines: &[String]) -> Vec<bool> {
    let mut inside = vec![false; lines.len()];
    let mut n = 0;
    while n < lines.len() {
        let line = Line::of(&lines[n]);
        n += 1;
        if !line.opens_block_text() || line.says_nothing() {
            continue;
        }
        let parent = if line.name.is_some() { line.column } else { line.indent };
        let blank = |text: &String| text.trim_matches(' ').is_empty();
        let indent = |text: &String| text.len() - text.trim_start_matches(' ').len();
        let Some(first) = lines[n..].iter().find(|text| !blank(text)).map(indent).filter(|first| *first > parent) else { continue };
        while n < lines.len() && (blank(&lines[n]) || indent(&lines[n]) >= first) {
            inside[n] = true;
            n += 1;
        }
    }
    inside
}
