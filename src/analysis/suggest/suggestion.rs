//! What is suggested for a text, each with what says so.

use std::collections::BTreeMap;

use super::held_back::HeldBack;
use super::notes::{self, Note};
use super::patterns::Source;
use super::phrases::Match;
use super::words::Stem;
use super::{Suggester, signals};
use crate::model::{CaseRef, Discussion, Meeting, Passage, ThemeKey};

/// Which discussions are looked at, and for what.
#[derive(Clone, Copy, Debug, Default)]
pub struct SuggestionQuery {
    pub theme: Option<ThemeKey>,
    /// From which sureness on, from 0 to 1; otherwise what suits the workspace.
    pub threshold: Option<f32>,
}

/// One theme for one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion<'t> {
    pub theme: ThemeKey,
    /// From 0 to 1.
    pub sureness: f32,
    pub strength: Strength,
    /// The words of the text that say so most clearly.
    pub phrase: Option<Phrase<'t>>,
    /// The same for what speaks of the theme and is held back.
    pub held_back: Option<HeldBack>,
    pub why: Vec<Why>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    Possible,
    Likely,
    Strong,
}

/// Words of a text, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase<'t> {
    pub passage: usize,
    /// As they stand there.
    pub text: &'t str,
    /// Where they begin, in bytes of the passage.
    pub start: usize,
}

/// What speaks for a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A phrase of the codebook, in these words or in others, and the phrase as it stands there.
    Codebook(Source, String),
    /// Words of the text that go with the theme in what was confirmed.
    Words(Vec<String>),
    /// Confirmed discussions that are most like it.
    Like(Vec<Like>),
    /// The case had the theme when it was last discussed.
    Before,
}

/// A confirmed discussion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Like {
    pub case: CaseRef,
    pub meeting: String,
}

impl Strength {
    pub fn of(sureness: f32) -> Self {
        match sureness {
            sure if sure >= 0.8 => Self::Strong,
            sure if sure >= 0.6 => Self::Likely,
            _ => Self::Possible,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// Learnt words that are named, at most.
const WORDS_NAMED: usize = 4;

impl<'a> Suggester<'a> {
    /// Themes that a discussion does not have and its texts speak of, the surest first, and then what is held back.
    pub fn of_discussion<'t>(
        &mut self,
        meeting: &Meeting,
        discussion: &Discussion,
        passages: &'t [Passage<'t>],
        query: SuggestionQuery,
    ) -> Vec<Suggestion<'t>> {
        let mut spared = notes::tags(discussion);
        spared.extend(notes::refused(discussion));
        let before = self.likeness.before(&self.notes, meeting, discussion);
        let texts: Vec<&str> = passages.iter().map(|passage| passage.text).collect();
        let mut suggestions = self.of_texts(&texts, &before, query);
        suggestions.retain(|suggestion| !spared.contains(&suggestion.theme));
        suggestions
    }

    /// Themes that texts speak of which belong to no discussion.
    pub fn of_texts<'t>(&mut self, texts: &[&'t str], before: &[ThemeKey], query: SuggestionQuery) -> Vec<Suggestion<'t>> {
        let said = notes::said(texts.iter().copied(), &mut self.reader, &self.phrases, self.book.themes.len());
        let signs = self.learned.signs(&said.stems, None);
        let mut found: BTreeMap<ThemeKey, Vec<(usize, Match)>> = BTreeMap::new();
        for (passage, text) in texts.iter().enumerate() {
            let words = self.reader.read(text);
            for found_here in self.phrases.matches(text, &words) {
                found.entry(found_here.theme).or_default().push((passage, found_here));
            }
        }
        let least = query.threshold.unwrap_or(self.blend.threshold);
        let likeness = self.likeness.to_each(&self.notes, &self.learned, &said.stems);
        let mut suggestions = Vec::new();
        for (at, signs) in signs.into_iter().enumerate() {
            let theme = ThemeKey(at as u32);
            if query.theme.is_some_and(|wanted| wanted != theme) || self.book.theme(theme).retired.is_some() {
                continue;
            }
            let matches = found.get(&theme).map_or(&[][..], Vec::as_slice);
            let sureness = self.blend.sureness(signals(theme, &said, signs, before));
            if sureness >= least {
                let why = Evidence { matches, stems: &said.stems, likeness: &likeness, had_before: before.contains(&theme) };
                suggestions.push(self.suggestion(theme, sureness, texts, &why));
            } else if strongest(matches, false).is_none()
                && let Some((passage, of)) = strongest(matches, true).filter(|(_, of)| of.strength >= HELD_BACK_FROM)
            {
                suggestions.push(self.held_back(theme, sureness, *passage, of, texts));
            }
        }
        suggestions.sort_by(|a, b| (a.held_back.is_some(), b.sureness).partial_cmp(&(b.held_back.is_some(), a.sureness)).expect("no sureness is NaN"));
        suggestions
    }

    fn suggestion<'t>(&mut self, theme: ThemeKey, sureness: f32, texts: &[&'t str], evidence: &Evidence<'_>) -> Suggestion<'t> {
        let best = strongest(evidence.matches, false);
        let mut words = self.learned.words_for(theme, evidence.stems);
        words.truncate(WORDS_NAMED);
        let mut why: Vec<Why> = best.map(|(_, of)| self.near(of)).into_iter().collect();
        let mut phrase = best.map(|(passage, of)| Phrase { passage: *passage, text: &texts[*passage][of.start..of.end], start: of.start });
        if !words.is_empty() {
            let named: Vec<String> = words.iter().map(|(stem, _)| self.reader.spelt(*stem).to_owned()).collect();
            phrase = phrase.or_else(|| self.first_of(&words, texts));
            why.push(Why::Words(named));
        }
        if evidence.had_before {
            why.push(Why::Before);
        }
        let like = self.like(theme, evidence.likeness);
        if !like.is_empty() {
            why.push(Why::Like(like));
        }
        // What the text itself does not say is never more than possible.
        let strength = if phrase.is_some() { Strength::of(sureness) } else { Strength::Possible };
        Suggestion { theme, sureness, strength, phrase, held_back: None, why }
    }

    fn held_back<'t>(&self, theme: ThemeKey, sureness: f32, passage: usize, of: &Match, texts: &[&'t str]) -> Suggestion<'t> {
        let phrase = Phrase { passage, text: &texts[passage][of.start..of.end], start: of.start };
        Suggestion { theme, sureness, strength: Strength::Possible, phrase: Some(phrase), held_back: of.held_back, why: vec![self.near(of)] }
    }

    fn near(&self, found: &Match) -> Why {
        let (source, phrase) = self.phrases.near(found);
        Why::Codebook(source, phrase.to_owned())
    }

    /// Where the strongest of learnt words stands in the texts.
    fn first_of<'t>(&mut self, words: &[(Stem, f32)], texts: &[&'t str]) -> Option<Phrase<'t>> {
        let (strongest, _) = words.first()?;
        texts.iter().enumerate().find_map(|(passage, text)| {
            let word = self.reader.read(text).into_iter().find(|word| word.stem == *strongest)?;
            // The word of a phrase that means something as a whole reaches to its end.
            let start = word.start as usize;
            Some(Phrase { passage, text: &text[start..word.end as usize], start })
        })
    }

    /// The two confirmed discussions with a theme that have most in common with a text.
    fn like(&self, theme: ThemeKey, likeness: &[f32]) -> Vec<Like> {
        let with = self.notes.iter().zip(likeness).filter(|(note, likeness)| **likeness > 0.0 && note.tags.binary_search(&theme).is_ok());
        let mut near: Vec<(&Note<'_>, &f32)> = with.collect();
        near.sort_by(|a, b| b.1.total_cmp(a.1).then_with(|| b.0.meeting.id.cmp(&a.0.meeting.id)));
        near.into_iter().take(2).map(|(note, _)| Like { case: note.discussion.case.clone(), meeting: note.meeting.id.clone() }).collect()
    }
}

/// What there is to say why.
struct Evidence<'e> {
    matches: &'e [(usize, Match)],
    stems: &'e [Stem],
    /// To each tagged discussion.
    likeness: &'e [f32],
    had_before: bool,
}

/// From which strength on a phrase that is held back is worth showing.
const HELD_BACK_FROM: f32 = 0.6;

/// The strongest match, of those that are held back or of those that are not.
fn strongest(matches: &[(usize, Match)], held_back: bool) -> Option<&(usize, Match)> {
    let of_kind = matches.iter().filter(|(_, of)| of.held_back.is_some() == held_back);
    of_kind.reduce(|best, next| if next.1.strength > best.1.strength { next } else { best })
}
