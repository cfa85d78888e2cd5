//! A YAML text as a light tree of values, each with its bytes.
//!
//! Built only when somebody needs a place: for a file that could not be read, and to show where a finding stands.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StructureStyle};

use crate::source::Span;

/// How deep a file may nest. The formats need 6; more is a mistake or an attack.
pub(super) const MAX_DEPTH: usize = 16;

#[derive(Debug)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) style: Style,
    pub(super) value: Value,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// Below `|` or `>`.
    Block,
    /// A list or mapping in brackets or braces.
    Braces,
    /// A list or mapping with its entries on lines of their own.
    Lines,
}

#[derive(Debug)]
pub(super) enum Value {
    /// The text, and whether it stood there without quotes.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    Mapping(Vec<(Node, Node)>),
}

/// Why there is no tree.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) span: Span,
    pub(super) why: Why,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The parser's own words.
    Syntax(String),
    TooDeep,
    SecondDocument,
    Alias,
    Anchor,
    Tag(String),
    /// Nothing in it but blanks and remarks.
    Empty,
}

impl Node {
    pub(super) fn is_blank(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    pub(super) fn get(&self, field: &str) -> Option<(&Self, &Self)> {
        let Value::Mapping(fields) = &self.value else { return None };
        fields.iter().find(|(name, _)| name.text() == Some(field)).map(|(name, value)| (name, value))
    }

    pub(super) fn entry(&self, index: usize) -> Option<&Self> {
        let Value::List(items) = &self.value else { return None };
        items.get(index)
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            Value::List(_) | Value::Mapping(_) => None,
        }
    }
}

/// The tree of a text that holds one document without anchors, aliases and tags.
///
/// # Errors
///
/// The first thing in the text for which there can be no tree.
pub(super) fn parse(text: &str) -> Result<Node, Refusal> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => builder.take(event, span_of(&span, text))?,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                // The parser looks ahead, and meets its own limit before ours.
                let why = if *error.kind() == ErrorKind::RecursionLimitExceeded { Why::TooDeep } else { Why::Syntax(error.info()) };
                return Err(Refusal { span: Span::new(at, at), why });
            }
        }
    }
    match builder.root {
        Some(root) if !(root.is_blank() && root.span.start == root.span.end) => Ok(root),
        _ => Err(Refusal { span: Span::new(0, 0), why: Why::Empty }),
    }
}

fn span_of(span: &granit_parser::Span, text: &str) -> Span {
    let range = span.byte_range().unwrap_or(0..0);
    Span::new(range.start.min(text.len()), range.end.min(text.len()))
}

#[derive(Default)]
struct Builder {
    open: Vec<Node>,
    /// A field's name that waits for its value, one a level.
    names: Vec<Option<Node>>,
    root: Option<Node>,
    documents: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Refusal> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return refuse(span, Why::SecondDocument);
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => return refuse(span, Why::Alias),
            Event::Scalar(text, style, anchor, tag) => {
                no_decoration(span, anchor, tag.as_deref())?;
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::Single,
                    ScalarStyle::DoubleQuoted => Style::Double,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                self.put(Node { span, style, value: Value::Scalar { text: Cow::into_owned(text), plain: style == Style::Plain } });
            }
            Event::SequenceStart(style, anchor, tag) => {
                no_decoration(span, anchor, tag.as_deref())?;
                self.descend(span, style, Value::List(Vec::new()))?;
            }
            Event::MappingStart(style, anchor, tag) => {
                no_decoration(span, anchor, tag.as_deref())?;
                self.descend(span, style, Value::Mapping(Vec::new()))?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.ascend(span),
            _ => {}
        }
        Ok(())
    }

    fn descend(&mut self, span: Span, style: StructureStyle, value: Value) -> Result<(), Refusal> {
        if self.open.len() == MAX_DEPTH {
            return refuse(span, Why::TooDeep);
        }
        let style = if style == StructureStyle::Flow { Style::Braces } else { Style::Lines };
        self.open.push(Node { span, style, value });
        self.names.push(None);
        Ok(())
    }

    fn ascend(&mut self, span: Span) {
        self.names.pop();
        if let Some(mut node) = self.open.pop() {
            node.span.end = node.span.end.max(span.end);
            self.put(node);
        }
    }

    fn put(&mut self, node: Node) {
        match (self.open.last_mut().map(|parent| &mut parent.value), self.names.last_mut()) {
            (Some(Value::List(items)), _) => items.push(node),
            (Some(Value::Mapping(fields)), Some(name)) => match name.take() {
                Some(name) => fields.push((name, node)),
                None => *name = Some(node),
            },
            _ => self.root = Some(node),
        }
    }
}

fn no_decoration(span: Span, anchor: usize, tag: Option<&granit_parser::Tag>) -> Result<(), Refusal> {
    if anchor != 0 {
        return refuse(span, Why::Anchor);
    }
    match tag {
        Some(tag) => refuse(span, Why::Tag(tag.original())),
        None => Ok(()),
    }
}

fn refuse<T>(span: Span, why: Why) -> Result<T, Refusal> {
    Err(Refusal { span, why })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_knows_its_bytes() {
        let text = "a: x\nlist:\n  - { b: 'y z' }\n";
        let tree = parse(text).unwrap();
        let item = tree.get("list").unwrap().1.entry(0).unwrap();
        let value = item.get("b").unwrap().1;
        assert_eq!(&text[value.span.start..value.span.end], "'y z'");
        assert_eq!(value.text(), Some("y z"));
    }

    #[test]
    fn hostile_texts_have_no_tree() {
        let why = |text: &str| parse(text).unwrap_err().why;
        assert_eq!(why("a: &x 1\nb: *x\n"), Why::Anchor);
        assert_eq!(why("a: !!python/object 1\n"), Why::Tag("!!python/object".to_owned()));
        assert_eq!(why("a: 1\n---\nb: 2\n"), Why::SecondDocument);
        assert_eq!(why(&format!("a: {}{}", "[".repeat(40), "]".repeat(40))), Why::TooDeep);
        assert_eq!(why("# nothing\n"), Why::Empty);
    }
}
