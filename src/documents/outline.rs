//! The order of a page: its sections, numbered and titled by what they found, and its main points, one after another as the sections
//! come.

use std::collections::BTreeMap;

use serde::Serialize;

/// A stretch of a sentence.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) strong: bool,
}

/// A sentence in which some words weigh more.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Sentence(Vec<Piece>);

impl Sentence {
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self::default().and(text)
    }

    pub(super) fn and(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece { text: text.into(), strong: false });
        self
    }

    pub(super) fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece { text: text.into(), strong: true });
        self
    }
}

/// A section as the contents list it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Head {
    /// Its id on the page.
    pub(super) id: String,
    pub(super) number: usize,
    pub(super) title: String,
}

/// The sections and main points of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    pub(super) heads: Vec<Head>,
    pub(super) points: Vec<Sentence>,
}

impl Outline {
    pub(super) fn section(&mut self, id: impl Into<String>, title: impl Into<String>) {
        let number = self.heads.len() + 1;
        self.heads.push(Head { id: id.into(), number, title: title.into() });
    }

    pub(super) fn point(&mut self, sentence: Sentence) {
        self.points.push(sentence);
    }

    /// The sections by their ids, for the template to ask whether there is one and what it is called.
    pub(super) fn by_id(&self) -> BTreeMap<String, Head> {
        self.heads.iter().map(|head| (head.id.clone(), head.clone())).collect()
    }
}
