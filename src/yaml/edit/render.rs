//! Values as lines of a file, in the style of what stands beside them.

use super::quote::{Quotes, Within, block_lines, block_sign, is_block, is_plain, on_a_line};
use super::value::Value;

/// No line in braces is longer.
const WIDTH: usize = 118;
/// A text that needs quotes and is longer than this is easier to read, and to mend, as a block.
const LONG: usize = 80;

/// How somebody lays out a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hand {
    /// How many blanks the dashes of a list stand further in than its name.
    pub(super) dash: usize,
    /// Whether every text goes on one line in quotes: what can always be read.
    pub(super) careful: bool,
}

/// What stands behind a colon or a dash: on its line, and in the lines below.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) inline: String,
    pub(super) below: Option<String>,
}

impl Written {
    fn on_line(text: impl Into<String>) -> Self {
        Self { inline: text.into(), below: None }
    }

    /// Behind a name or a dash.
    fn behind(self, lead: &str) -> String {
        let mut text = lead.to_owned();
        if !self.inline.is_empty() {
            text.push(' ');
            text.push_str(&self.inline);
        }
        if let Some(below) = self.below {
            text.push('\n');
            text.push_str(&below);
        }
        text
    }
}

/// Which records go into braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Records {
    /// Those that are short.
    Short,
    /// None: their neighbours have lines of their own.
    Never,
}

impl Hand {
    /// `name: value`, where the name stands `indent` further in. The first line is not indented.
    pub(super) fn field(self, name: &str, value: &Value, indent: usize) -> String {
        self.value(value, indent, name.len() + 2).behind(&format!("{name}:"))
    }

    /// What stands behind the colon of a name that stands `indent` further in; `before` bytes of the line are taken.
    pub(super) fn value(self, value: &Value, indent: usize, before: usize) -> Written {
        match value {
            Value::Text(text) => self.text(text, indent + 2),
            Value::Bare(word) => Written::on_line(word),
            Value::List(items) => match one_line(value).filter(|line| items.iter().all(is_single) && indent + before + line.len() <= WIDTH) {
                Some(line) => Written::on_line(line),
                None => {
                    let dash = indent + self.dash;
                    let entries = items.iter().map(|item| format!("{:dash$}{}", "", self.entry(item, dash, Records::Short)));
                    Written { inline: String::new(), below: Some(entries.collect::<Vec<_>>().join("\n")) }
                }
            },
            Value::Fields(_) => match one_line(value).filter(|line| indent + before + line.len() <= WIDTH) {
                Some(line) => Written::on_line(line),
                None => Written { inline: String::new(), below: Some(format!("{:width$}{}", "", self.fields(value, indent + 2), width = indent + 2)) },
            },
        }
    }

    /// `- …`, where the dash stands `indent` further in. The first line is not indented.
    pub(super) fn entry(self, value: &Value, indent: usize, records: Records) -> String {
        match value {
            Value::Fields(_) => {
                let short = one_line(value).filter(|line| indent + 2 + line.len() <= WIDTH && !is_case(value));
                match short.filter(|_| records == Records::Short || value.fields().next().is_none()) {
                    Some(line) => format!("- {line}"),
                    None => format!("- {}", self.fields(value, indent + 2)),
                }
            }
            Value::Text(_) | Value::Bare(_) | Value::List(_) => self.value(value, indent, 2).behind("-"),
        }
    }

    /// Fields, one a line or more. The first line is not indented.
    pub(super) fn fields(self, value: &Value, indent: usize) -> String {
        let lines: Vec<String> = value.fields().map(|(name, value)| self.field(name, value, indent)).collect();
        lines.join(&format!("\n{:indent$}", ""))
    }

    fn text(self, text: &str, indent: usize) -> Written {
        let block = is_block(text) && (text.contains('\n') || text.len() > LONG && !is_plain(text, Within::Line));
        if block && !self.careful {
            return Written { inline: block_sign(text).to_owned(), below: Some(block_lines(text, indent)) };
        }
        Written::on_line(self.on_a_line(text, Within::Line, Quotes::None))
    }

    pub(super) fn on_a_line(self, text: &str, within: Within, like: Quotes) -> String {
        on_a_line(text, within, if self.careful { Quotes::Double } else { like })
    }
}

/// The value in braces or brackets, whatever its length.
pub(super) fn in_braces(value: &Value) -> String {
    match value {
        Value::Text(text) => on_a_line(text, Within::Braces, Quotes::None),
        Value::Bare(word) => word.clone(),
        Value::List(items) => format!("[{}]", items.iter().map(in_braces).collect::<Vec<_>>().join(", ")),
        Value::Fields(_) => {
            let fields: Vec<String> = value.fields().map(|(name, value)| format!("{name}: {}", in_braces(value))).collect();
            if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) }
        }
    }
}

/// The value in braces or brackets, if that can be read: without records in a list, and without lines in a text.
fn one_line(value: &Value) -> Option<String> {
    fn reads_well(value: &Value) -> bool {
        match value {
            Value::Text(text) => !text.contains('\n'),
            Value::Bare(_) => true,
            Value::List(items) => items.iter().all(|item| is_single(item) && reads_well(item)),
            Value::Fields(_) => value.fields().all(|(_, value)| reads_well(value)),
        }
    }
    reads_well(value).then(|| in_braces(value))
}

fn is_single(value: &Value) -> bool {
    value.text().is_some()
}

/// A discussion is never so short that it would not grow.
fn is_case(value: &Value) -> bool {
    value.get("ref").is_some()
}
