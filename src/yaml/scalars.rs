//! Every text in a file, as it is meant and where it stands.

use super::tree::{self, Node, Value};
use crate::source::Span;

/// One value of a file, or the name of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The fields on the way to it, without the places in lists: `cases.views.says`.
    pub field: String,
    pub text: String,
    /// Its bytes in the file, with its quotes.
    pub span: Span,
}

/// The values and names of a file, in its order; nothing for a text that is no YAML.
pub fn scalars(text: &str) -> Option<Vec<Scalar>> {
    let mut found = Vec::new();
    descend(&tree::parse(text).ok()?, "", &mut found);
    Some(found)
}

fn descend(node: &Node, field: &str, found: &mut Vec<Scalar>) {
    match &node.value {
        Value::Scalar { text, .. } => found.push(Scalar { field: field.to_owned(), text: text.clone(), span: node.span }),
        Value::List(items) => items.iter().for_each(|item| descend(item, field, found)),
        Value::Mapping(fields) => {
            for (name, value) in fields {
                let words = name.text().unwrap_or_default();
                let below = if field.is_empty() { words.to_owned() } else { format!("{field}.{words}") };
                descend(name, field, found);
                descend(value, &below, found);
            }
        }
    }
}
