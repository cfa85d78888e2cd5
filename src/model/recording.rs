//! What a group asks of its own records: which labels need their context, and which words have plainer ones.

use std::collections::BTreeMap;

use super::words::Ask;

/// What the group says of it in `marg.yaml`; `lint` has lists of its own below these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    pub labels: Vec<Label>,
    /// A word or phrase, with what to write for it. Nothing to write: the group is content with the word.
    pub plain_words: BTreeMap<String, Option<String>>,
}

impl Recording {
    /// Words for which the group has plainer ones; not those that it is content with.
    pub fn harder_words(&self) -> impl Iterator<Item = &str> {
        self.plain_words.iter().filter(|(_, plain)| plain.is_some()).map(|(word, _)| word.as_str())
    }
}

/// Something said of a person that follows them, and does harm where nothing else is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The name of the list it takes the place of, if it does.
    pub name: Option<String>,
    /// The words it is known by.
    pub words: Vec<String>,
    /// What a record with such a word in it is to say. Nothing: the label is not asked about.
    pub asks: Vec<Ask>,
}
