//! Whether a changed text says what it said before, with exactly this change, and has lost no remark.

use std::collections::BTreeMap;

use super::merge::{Change, Edit};
use super::page::Page;
use super::value::Value;
use crate::source::Step;
use crate::yaml::tree::{self, Node};

/// What a text says, whatever it looks like. A blank list, an empty one and none are the same, and so are one text and a list of it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Nothing,
    Text(String),
    List(Vec<Self>),
    Fields(BTreeMap<String, Self>),
}

/// Whether `new` is `old` with these changes and no other.
pub(super) fn holds(old: &Page<'_>, edits: &[&Edit], new: &Page<'_>) -> bool {
    let mut expected = Said::of(&old.root);
    edits.iter().all(|edit| expected.change(edit).is_some()) && expected.tidy() == Said::of(&new.root).tidy() && same_remarks(old, edits, new)
}

/// Whether what a text means after all changes is what it meant before, with these changes.
pub(super) fn is_after(before: &Value, edits: &[Edit], after: &Value) -> bool {
    let mut expected = Said::value(before);
    edits.iter().all(|edit| expected.change(edit).is_some()) && expected.tidy() == Said::value(after).tidy()
}

/// Whether every list on the way to a change has as many entries in the text as were understood. An entry that is wrong is left out of
/// the model, and then the third there is not the third here.
pub(super) fn is_sure(value: &Value, root: &Node, edit: &Edit) -> bool {
    let (mut value, mut node) = (Some(value), Some(root));
    for step in edit.path.steps().iter().map(Some).chain([None]) {
        if let (Some(Value::List(understood)), Some(tree::Value::List(written))) = (value, node.map(|node| &node.value)) {
            if understood.len() != written.len() {
                return false;
            }
        } else if value.is_none() && node.is_some_and(|node| matches!(&node.value, tree::Value::List(written) if !written.is_empty())) {
            return false;
        }
        let Some(step) = step else { break };
        value = value.and_then(|value| match (value, step) {
            (Value::List(items), Step::Entry(n)) => items.get(*n),
            (fields, Step::Field(name)) => fields.get(name),
            _ => None,
        });
        node = node.and_then(|node| super::page::walk(node, std::slice::from_ref(step)));
    }
    true
}

fn same_remarks(old: &Page<'_>, edits: &[&Edit], new: &Page<'_>) -> bool {
    let remarks = |page: &Page<'_>| page.remarks().into_iter().map(|(_, remark)| remark.to_owned()).collect::<Vec<_>>();
    let (mut before, mut after) = (remarks(old), remarks(new));
    if edits.iter().any(|edit| matches!(edit.change, Change::Reorder(_))) {
        before.sort_unstable();
        after.sort_unstable();
    }
    before == after
}

impl Said {
    fn of(node: &Node) -> Self {
        match &node.value {
            _ if node.is_blank() => Self::Nothing,
            tree::Value::Scalar { text, .. } => Self::Text(text.clone()),
            tree::Value::List(items) => Self::List(items.iter().map(Self::of).collect()),
            tree::Value::Mapping(fields) => Self::Fields(fields.iter().map(|(name, value)| (name.text().unwrap_or("").to_owned(), Self::of(value))).collect()),
        }
    }

    fn value(value: &Value) -> Self {
        match value {
            Value::Text(text) | Value::Bare(text) => Self::Text(text.clone()),
            Value::List(items) => Self::List(items.iter().map(Self::value).collect()),
            Value::Fields(_) => Self::Fields(value.fields().map(|(name, value)| (name.to_owned(), Self::value(value))).collect()),
        }
    }

    fn tidy(self) -> Self {
        match self {
            Self::List(items) if items.is_empty() => Self::Nothing,
            Self::List(mut items) if items.len() == 1 && matches!(items[0], Self::Text(_)) => items.remove(0),
            Self::List(items) => Self::List(items.into_iter().map(Self::tidy).collect()),
            Self::Fields(fields) => {
                Self::Fields(fields.into_iter().map(|(name, value)| (name, value.tidy())).filter(|(_, value)| *value != Self::Nothing).collect())
            }
            other => other,
        }
    }

    fn change(&mut self, edit: &Edit) -> Option<()> {
        let (last, above) = edit.path.steps().split_last()?;
        match &edit.change {
            Change::Set { value, .. } => {
                let value = Self::value(value);
                match (self.walk(above)?, last) {
                    (Self::Fields(fields), Step::Field(name)) => drop(fields.insert((*name).to_owned(), value)),
                    (list, Step::Entry(n)) => *list.entries()?.get_mut(*n)? = value,
                    _ => return None,
                }
            }
            Change::Remove => {
                let (Self::Fields(fields), Step::Field(name)) = (self.walk(above)?, last) else { return None };
                fields.remove(*name);
            }
            Change::Insert { at, value } => {
                let entries = self.walk(edit.path.steps())?.entries()?;
                (*at <= entries.len()).then(|| entries.insert(*at, Self::value(value)))?;
            }
            Change::RemoveEntry(n) => {
                let entries = self.walk(edit.path.steps())?.entries()?;
                (*n < entries.len()).then(|| entries.remove(*n))?;
            }
            Change::Reorder(order) => {
                let entries = self.walk(edit.path.steps())?.entries()?;
                *entries = order.iter().map(|n| entries.get(*n).cloned()).collect::<Option<_>>()?;
            }
        }
        Some(())
    }

    fn walk(&mut self, steps: &[Step]) -> Option<&mut Self> {
        steps.iter().try_fold(self, |said, step| match (said, step) {
            (Self::Fields(fields), Step::Field(name)) => fields.get_mut(*name),
            (said, Step::Entry(n)) => said.entries()?.get_mut(*n),
            _ => None,
        })
    }

    /// The entries of a list; one text where a list of texts may stand is a list of one from now on.
    fn entries(&mut self) -> Option<&mut Vec<Self>> {
        if let Self::Text(_) = self {
            *self = Self::List(vec![self.clone()]);
        }
        if let Self::List(items) = self { Some(items) } else { None }
    }
}
