//! A text with its tree: where its lines begin and end, where a value ends, what its remarks are.

use super::render::Hand;
use crate::source::{Path, Span, Step};
use crate::yaml::tree::{self, Node, Style, Value};

/// A text as somebody laid it out.
pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    pub(super) root: Node,
    /// How its lines end.
    pub(super) eol: &'static str,
}

/// One piece of a text, and what comes in its place.
pub(super) struct Cut {
    pub(super) span: Span,
    pub(super) with: String,
}

impl Cut {
    pub(super) fn new(start: usize, end: usize, with: impl Into<String>) -> Self {
        Self { span: Span::new(start, end), with: with.into() }
    }
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str) -> Option<Self> {
        let root = tree::parse(text).ok()?;
        let first = text.find('\n').unwrap_or(text.len());
        let eol = if text[..first].ends_with('\r') { "\r\n" } else { "\n" };
        Some(Self { text, root, eol })
    }

    /// The style of the file, by its first list.
    pub(super) fn hand(&self, careful: bool) -> Hand {
        Hand { dash: self.dash_of_first_list(&self.root).unwrap_or(2), careful }
    }

    fn dash_of_first_list(&self, node: &Node) -> Option<usize> {
        let Value::Mapping(fields) = &node.value else { return None };
        fields.iter().find_map(|(name, value)| match &value.value {
            Value::List(items) if value.style == Style::Lines => {
                let dash = self.dash(items.first()?, name.span.end)?;
                self.column(dash).checked_sub(self.column(name.span.start))
            }
            _ => None,
        })
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |at| at + 1)
    }

    /// Where the line ends that `at` lies in, before its end of line.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        if self.text[..end].ends_with('\r') && end > at { end - 1 } else { end }
    }

    /// Where the next line begins.
    pub(super) fn next_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// How far in something stands. A byte order mark takes no room.
    pub(super) fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].trim_start_matches('\u{feff}').len()
    }

    /// Whether only blanks stand before it on its line.
    pub(super) fn is_first(&self, at: usize) -> bool {
        self.text[self.line_start(at)..at].trim_start_matches('\u{feff}').bytes().all(|b| b == b' ')
    }

    /// The colon behind a name.
    pub(super) fn colon(&self, name: &Node) -> Option<usize> {
        let rest = &self.text[name.span.end..];
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        rest[blanks..].starts_with(':').then_some(name.span.end + blanks)
    }

    /// Where a value ends that is not blank.
    pub(super) fn end_of(&self, node: &Node) -> usize {
        match (&node.value, node.style) {
            (Value::Scalar { .. }, Style::Block) => self.end_of_block(node),
            (Value::List(items), Style::Lines) => items.last().map_or(node.span.start, |last| self.end_of(last)),
            (Value::Mapping(fields), Style::Lines) => fields.last().map_or(node.span.start, |(name, value)| self.end_of_field(name, value)),
            _ => node.span.end,
        }
    }

    pub(super) fn end_of_field(&self, name: &Node, value: &Node) -> usize {
        let behind_name = self.colon(name).map_or(name.span.end, |colon| colon + 1);
        if is_nothing(value) { behind_name } else { self.end_of(value).max(behind_name) }
    }

    /// Blank lines below a block belong to nobody, unless its sign keeps them.
    fn end_of_block(&self, node: &Node) -> usize {
        let span = &self.text[node.span.start..node.span.end];
        let keeps = self.block_sign(node).is_some_and(|sign| self.text[sign.start..sign.end].contains('+'));
        let content = if keeps { span.strip_suffix('\n').map_or(span, |rest| rest.strip_suffix('\r').unwrap_or(rest)) } else { span.trim_end() };
        let end = node.span.start + content.len();
        self.block_sign(node).map_or(end, |sign| end.max(sign.end))
    }

    /// The sign that announces a block: `|`, `>-` and the like.
    pub(super) fn block_sign(&self, node: &Node) -> Option<Span> {
        // Its line is the last one above the text that holds something: blank lines may lie between.
        let above = self.text[..node.span.start].trim_end_matches([' ', '\n', '\r']);
        let line = &above[self.line_start(above.len())..];
        let header = line.find(" #").map_or(line, |remark| &line[..remark]).trim_end();
        let sign = header.rfind(['|', '>'])?;
        let start = self.line_start(above.len()) + sign;
        Some(Span::new(start, start + header.len() - sign))
    }

    /// The dash of an entry; not before `after`.
    pub(super) fn dash(&self, entry: &Node, after: usize) -> Option<usize> {
        let mut at = entry.span.start;
        loop {
            let start = self.line_start(at);
            let first = start + (self.text[start..at].len() - self.text[start..at].trim_start_matches(' ').len());
            if first < at && first >= after && self.text[first..].starts_with('-') && !self.text[first + 1..].starts_with(|c: char| !c.is_whitespace()) {
                return Some(first);
            }
            at = start.checked_sub(1).filter(|before| *before >= after)?;
        }
    }

    /// The remarks between two places, in order.
    pub(super) fn remarks_between(&self, start: usize, end: usize) -> Vec<&'t str> {
        self.remarks().into_iter().filter(|(at, _)| (start..end).contains(at)).map(|(_, remark)| remark).collect()
    }

    /// All remarks: what stands behind `#` outside of every value.
    pub(super) fn remarks(&self) -> Vec<(usize, &'t str)> {
        let mut values = Vec::new();
        spans(&self.root, &mut values);
        values.push(Span::new(self.text.len(), self.text.len()));
        let (mut at, mut remarks) = (0, Vec::new());
        for value in values {
            while let Some(sign) = self.text.get(at..value.start).and_then(|gap| gap.find('#')) {
                let (start, end) = (at + sign, self.line_end(at + sign));
                remarks.push((start, self.text[start..end].trim_end()));
                at = end;
            }
            at = at.max(value.end);
        }
        remarks
    }
}

/// The spans of all single values, in order.
fn spans(node: &Node, found: &mut Vec<Span>) {
    match &node.value {
        Value::Scalar { .. } => found.push(node.span),
        Value::List(items) => items.iter().for_each(|item| spans(item, found)),
        Value::Mapping(fields) => fields.iter().for_each(|(name, value)| {
            spans(name, found);
            spans(value, found);
        }),
    }
}

/// Whether nothing at all stands there.
pub(super) fn is_nothing(node: &Node) -> bool {
    node.is_blank() && node.span.start == node.span.end
}

/// The value at a path. One text where a list of texts may stand is its first entry.
pub(super) fn walk<'n>(root: &'n Node, steps: &[Step]) -> Option<&'n Node> {
    steps.iter().try_fold(root, |node, step| match step {
        Step::Field(name) => node.get(name).map(|(_, value)| value),
        Step::Entry(0) if matches!(node.value, Value::Scalar { .. }) && !node.is_blank() => Some(node),
        Step::Entry(n) => node.entry(*n),
    })
}

pub(super) fn parent_and_step(path: &Path) -> Option<(&[Step], Step)> {
    let (last, parent) = path.steps().split_last()?;
    Some((parent, *last))
}

/// The text with its pieces replaced.
pub(super) fn spliced(text: &str, mut cuts: Vec<Cut>) -> String {
    cuts.sort_by_key(|cut| cut.span.start);
    let mut new = String::with_capacity(text.len() + cuts.iter().map(|cut| cut.with.len()).sum::<usize>());
    let mut at = 0;
    for cut in cuts {
        new.push_str(&text[at..cut.span.start]);
        new.push_str(&cut.with);
        at = cut.span.end;
    }
    new.push_str(&text[at..]);
    new
}
