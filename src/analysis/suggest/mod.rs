//! Themes that a text seems to speak of. A suggestion counts nothing until a person confirms it.
//!
//! Three things are weighed (`blend`): the phrases of the codebook, also in other words (`phrases`, `words`); the words that go with a
//! theme in what this workspace has confirmed, against the words of all its notes (`learned`); and which themes the case had before.
//! What is said not to be so is held back (`held_back`). Everything that is suggested can be pointed at.

mod blend;
mod evaluate;
mod held_back;
mod learned;
mod likeness;
mod new_indicators;
mod notes;
mod patterns;
mod phrases;
mod suggestion;
#[cfg(test)]
mod tests;
mod words;

use rayon::prelude::*;

use self::blend::{Blend, Example, Signals};
use self::learned::{Learned, Part, Signs};
use self::likeness::Likeness;
use self::notes::{Note, Said};
use self::phrases::Phrases;
use self::words::Reader;
use crate::model::{Casebook, ThemeKey};

pub use evaluate::{Decision, Evaluation, Figures, MethodFigures, ThemeFigures, TooFew};
pub use held_back::HeldBack;
pub use new_indicators::NewIndicator;
pub use patterns::Source;
pub use suggestion::{Like, Phrase, Strength, Suggestion, SuggestionQuery, Why};

/// What a workspace knows about which texts speak of which themes.
pub struct Suggester<'a> {
    book: &'a Casebook,
    reader: Reader,
    phrases: Phrases,
    notes: Vec<Note<'a>>,
    learned: Learned,
    likeness: Likeness<'a>,
    blend: Blend,
}

/// The notes of one meeting, and what is known without them.
struct HeldOut<'n, 'a> {
    notes: &'n [Note<'a>],
    part: Part,
}

impl<'a> Suggester<'a> {
    /// Reads the codebook, and learns from what was confirmed and refused.
    pub fn new(book: &'a Casebook) -> Self {
        let mut reader = Reader::new();
        let phrases = Phrases::new(&book.themes, &mut reader);
        let notes = notes::notes(book, &mut reader, &phrases);
        let learned = Learned::of(&notes, &book.themes);
        let likeness = Likeness::of(&notes);
        let mut suggester = Self { book, reader, phrases, notes, learned, likeness, blend: Blend::default() };
        suggester.blend = Blend::learn(&suggester.examples().concat());
        suggester
    }

    /// How many tagged discussions it has learnt from.
    pub fn n_notes(&self) -> usize {
        self.notes.len()
    }

    /// From which sureness on something is suggested, from 0 to 1.
    pub fn threshold(&self) -> f32 {
        self.blend.threshold
    }

    /// For each tagged discussion an example for each theme that is in use, in order, each with its own meeting held out.
    fn examples(&self) -> Vec<Vec<Example>> {
        let meetings: Vec<&[Note<'a>]> = self.notes.chunk_by(|a, b| a.nth_meeting == b.nth_meeting).collect();
        let of_meeting = |notes: &&[Note<'a>]| {
            let held_out = HeldOut { notes, part: Part::of(notes, self.book.themes.len()) };
            held_out.notes.iter().map(|note| self.examples_of(note, &held_out.part)).collect::<Vec<_>>()
        };
        meetings.par_iter().map(of_meeting).collect::<Vec<_>>().concat()
    }

    fn examples_of(&self, note: &Note<'a>, part: &Part) -> Vec<Example> {
        let signs = self.learned.signs(&note.said.stems, Some(part));
        let example = |(at, signs): (usize, Signs)| {
            let theme = ThemeKey(at as u32);
            Example { theme, signals: signals(theme, &note.said, signs, &note.before), fits: note.tags.contains(&theme) }
        };
        signs.into_iter().enumerate().filter(|(at, _)| self.learned.is_in_use(*at)).map(example).collect()
    }
}

fn signals(theme: ThemeKey, said: &Said, signs: Signs, before: &[ThemeKey]) -> Signals {
    let at = theme.0 as usize;
    Signals { phrases: said.phrases[at], gist: said.gist[at], words: signs.words, common: signs.common, before: f32::from(u8::from(before.contains(&theme))) }
}
