//! How good the suggestions are on this workspace: every tagged discussion is asked about as if its meeting had not been tagged yet.
//!
//! Two halves of the meetings are weighed by what the other half taught, so that no discussion has a say in its own judgement.

use std::collections::HashMap;

use super::Suggester;
use super::blend::{Blend, Example, Signals};
use super::notes::Note;
use crate::model::{Theme, ThemeKey};

/// Fewer tagged discussions than this say nothing about how good suggestions are.
const LEAST_NOTES: usize = 30;

/// That there are too few tagged discussions for figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    pub notes: usize,
    pub least: usize,
}

/// Figures, and what they are made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    pub meetings: usize,
    pub notes: usize,
    /// Ways of finding themes, the plainest first; the last is what `marg suggest` does.
    pub methods: Vec<MethodFigures>,
    /// By theme, for what `marg suggest` does; those with most confirmed discussions first.
    pub themes: Vec<ThemeFigures>,
    /// Every pair of a discussion and a theme that was suggested or confirmed, in order.
    pub decisions: Vec<Decision>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MethodFigures {
    pub name: &'static str,
    pub micro: Figures,
    /// The mean over themes that were confirmed at least once.
    pub macro_precision: f64,
    pub macro_recall: f64,
    pub macro_f1: f64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFigures {
    pub theme: ThemeKey,
    pub figures: Figures,
}

/// Counts of pairs of a discussion and a theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub confirmed: usize,
    pub suggested: usize,
    /// Both.
    pub right: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub meeting: String,
    pub case: String,
    pub theme: ThemeKey,
    pub suggested: bool,
    pub confirmed: bool,
}

impl Figures {
    /// The share of what was suggested that is right; 0 where nothing was.
    pub fn precision(self) -> f64 {
        share(self.right, self.suggested)
    }

    /// The share of what is confirmed that was suggested.
    pub fn recall(self) -> f64 {
        share(self.right, self.confirmed)
    }

    /// The harmonic mean of the two.
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.suggested + self.confirmed)
    }

    fn add(&mut self, suggested: bool, confirmed: bool) {
        self.confirmed += usize::from(confirmed);
        self.suggested += usize::from(suggested);
        self.right += usize::from(suggested && confirmed);
    }
}

impl Suggester<'_> {
    /// Holds out each meeting in turn.
    ///
    /// # Errors
    ///
    /// When too few discussions are tagged.
    pub fn evaluate(&self) -> Result<Evaluation, TooFew> {
        if self.notes.len() < LEAST_NOTES {
            return Err(TooFew { notes: self.notes.len(), least: LEAST_NOTES });
        }
        let examples = self.examples();
        let by_hand = Blend::default();
        let of_codebook = |signals: Signals| Signals { phrases: signals.phrases, gist: signals.gist, ..Signals::default() };
        let of_text = |signals: Signals| Signals { before: 0.0, ..signals };
        let codebook: Vec<Vec<bool>> = self.judge(&examples, |_| by_hand, of_codebook);
        let text = self.judge(&examples, |half| self.other_half(&examples, half, of_text), of_text);
        let all = self.judge(&examples, |half| self.other_half(&examples, half, |signals| signals), |signals| signals);
        let methods = vec![
            self.method("plain phrases", &self.plain()),
            self.method("phrases in other words", &codebook),
            self.method("and words of what was confirmed", &text),
            self.method("and what the case had before", &all),
        ];
        let mut themes: Vec<ThemeFigures> =
            self.by_theme(&all).into_iter().enumerate().map(|(at, figures)| ThemeFigures { theme: ThemeKey(at as u32), figures }).collect();
        themes.retain(|of| of.figures.confirmed + of.figures.suggested > 0);
        themes.sort_by(|a, b| b.figures.confirmed.cmp(&a.figures.confirmed).then(a.theme.cmp(&b.theme)));
        let meetings = self.notes.last().map_or(0, |note| note.nth_meeting + 1);
        Ok(Evaluation { meetings, notes: self.notes.len(), methods, themes, decisions: self.decisions(&all) })
    }

    /// What is learnt from the meetings that are not in a half.
    fn other_half(&self, examples: &[Vec<Example>], half: usize, see: impl Fn(Signals) -> Signals) -> Blend {
        let others = self.notes.iter().zip(examples).filter(|(note, _)| note.nth_meeting % 2 != half);
        let seen: Vec<Example> = others.flat_map(|(_, examples)| examples).map(|example| Example { signals: see(example.signals), ..*example }).collect();
        Blend::learn(&seen)
    }

    /// Indicators of the codebook as they are written, as whole words.
    fn plain(&self) -> Vec<Vec<bool>> {
        let plain = PlainPhrases::of(&self.book.themes);
        self.notes.iter().map(|note| plain.found_in(note, self.book.themes.len())).collect()
    }

    fn by_theme(&self, suggested: &[Vec<bool>]) -> Vec<Figures> {
        let mut figures = vec![Figures::default(); self.book.themes.len()];
        for (note, suggested) in self.notes.iter().zip(suggested) {
            for (at, suggested) in suggested.iter().enumerate() {
                figures[at].add(*suggested, note.tags.binary_search(&ThemeKey(at as u32)).is_ok());
            }
        }
        figures
    }

    fn method(&self, name: &'static str, suggested: &[Vec<bool>]) -> MethodFigures {
        let by_theme = self.by_theme(suggested);
        let add = |a: Figures, b: &Figures| Figures { confirmed: a.confirmed + b.confirmed, suggested: a.suggested + b.suggested, right: a.right + b.right };
        let confirmed: Vec<&Figures> = by_theme.iter().filter(|figures| figures.confirmed > 0).collect();
        let mean = |of: fn(Figures) -> f64| confirmed.iter().map(|figures| of(**figures)).sum::<f64>() / confirmed.len().max(1) as f64;
        MethodFigures {
            name,
            micro: by_theme.iter().fold(Figures::default(), add),
            macro_precision: mean(Figures::precision),
            macro_recall: mean(Figures::recall),
            macro_f1: mean(Figures::f1),
        }
    }

    fn decisions(&self, suggested: &[Vec<bool>]) -> Vec<Decision> {
        let mut decisions = Vec::new();
        for (note, suggested) in self.notes.iter().zip(suggested) {
            for (at, suggested) in suggested.iter().enumerate() {
                let theme = ThemeKey(at as u32);
                let confirmed = note.tags.binary_search(&theme).is_ok();
                if *suggested || confirmed {
                    let (meeting, case) = (note.meeting.id.clone(), note.discussion.case.as_str().to_owned());
                    decisions.push(Decision { meeting, case, theme, suggested: *suggested, confirmed });
                }
            }
        }
        decisions
    }

    /// What is suggested for each discussion and theme, each half of the meetings by a blend of its own.
    fn judge(&self, examples: &[Vec<Example>], blend: impl Fn(usize) -> Blend, see: impl Fn(Signals) -> Signals) -> Vec<Vec<bool>> {
        let blends = [blend(0), blend(1)];
        let judged = self.notes.iter().zip(examples).map(|(note, examples)| {
            let blend = &blends[note.nth_meeting % 2];
            let mut suggested = vec![false; self.book.themes.len()];
            for example in examples {
                suggested[example.theme.0 as usize] = blend.sureness(see(example.signals)) >= blend.threshold;
            }
            suggested
        });
        judged.collect()
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The indicators, by their first word.
struct PlainPhrases(HashMap<String, Vec<(usize, Vec<String>)>>);

impl PlainPhrases {
    fn of(themes: &[Theme]) -> Self {
        let mut phrases: HashMap<String, Vec<(usize, Vec<String>)>> = HashMap::new();
        for (at, theme) in themes.iter().enumerate() {
            for indicator in &theme.indicators {
                let mut words = plain_words(indicator);
                if let Some(first) = words.next() {
                    phrases.entry(first).or_default().push((at, words.collect()));
                }
            }
        }
        Self(phrases)
    }

    fn found_in(&self, note: &Note<'_>, n_themes: usize) -> Vec<bool> {
        let mut found = vec![false; n_themes];
        for passage in note.meeting.passages(note.discussion).iter().filter(|passage| passage.barrier.is_none()) {
            let words: Vec<String> = plain_words(passage.text).collect();
            for (at, word) in words.iter().enumerate() {
                for (theme, rest) in self.0.get(word).map_or(&[][..], Vec::as_slice) {
                    found[*theme] |= words[at + 1..].starts_with(rest);
                }
            }
        }
        found
    }
}

fn plain_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|sign: char| !sign.is_alphanumeric() && sign != '\'' && sign != '’')
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().replace('’', "'"))
}
