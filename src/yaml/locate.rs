//! From places in the structure to bytes in the text.

use super::tree::{self, Node};
use crate::source::{Path, Span, Step};

/// The bytes of the values at the paths of one text. Where a value is not there (a field that is missing), the nearest thing that
/// is: what it should be part of, and of that only the beginning, so that a snippet stays short.
pub fn locate<'a>(text: &str, paths: impl Iterator<Item = Option<&'a Path>>) -> Vec<Option<Span>> {
    let root = tree::parse(text).ok();
    paths.map(|path| Some(find(root.as_ref()?, path?))).collect()
}

fn find(root: &Node, path: &Path) -> Span {
    let mut node = root;
    for step in path.steps() {
        let next = match step {
            Step::Field(name) => node.get(name).map(|(_, value)| value),
            Step::Entry(index) => node.entry(*index),
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    beginning(node)
}

/// A scalar as a whole; of a list or mapping its first value, since the whole may fill pages.
fn beginning(node: &Node) -> Span {
    match &node.value {
        tree::Value::Scalar { .. } => node.span,
        tree::Value::List(items) => items.first().map_or(node.span, beginning),
        tree::Value::Mapping(fields) => fields.first().map_or(node.span, |(name, value)| {
            let value = beginning(value);
            Span::new(name.span.start, value.end.max(name.span.end))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_field_is_shown_where_it_should_be() {
        let text = "cases:\n  - ref: QLM-7KQ2\n    actions:\n      - { what: Call, owner: police }\n";
        let path = Path::top().field("cases").entry(0).field("actions").entry(0).field("due");
        let span = locate(text, [Some(&path)].into_iter())[0].unwrap();
        assert_eq!(&text[span.start..span.end], "what: Call");
    }
}
