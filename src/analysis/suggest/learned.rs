//! Words that go with a theme in this workspace, against the words of all its notes.

use rustc_hash::FxHashMap;

use super::notes::Note;
use super::words::Stem;
use crate::model::{Theme, ThemeKey, ThemeKind};

/// How often each word stands in notes with each theme.
pub(super) struct Learned {
    n_themes: usize,
    notes: i32,
    with_theme: Vec<i32>,
    counts: Counts,
    /// Whether people tag themes of this one's kind here at all: where they do not, that it is missing says nothing.
    in_use: Vec<bool>,
}

/// What one meeting adds to it, to be taken away again where that meeting is held out.
pub(super) struct Part {
    notes: i32,
    with_theme: Vec<i32>,
    counts: Counts,
}

/// For each stem in how many notes it stands, and in how many with each theme.
#[derive(Default)]
struct Counts {
    rows: FxHashMap<Stem, u32>,
    /// A row a stem: first all notes, then those with each theme.
    cells: Vec<i32>,
}

/// What speaks for a theme beside the codebook.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Signs {
    /// The sum of the strongest words, in natural logarithms.
    pub(super) words: f32,
    /// The logarithm of how much more common the theme is here than themes are.
    pub(super) common: f32,
}

/// A theme has to share at least this many notes with a word.
const LEAST: f32 = 2.0;
/// Notes of the average kind that each theme is taken to have besides its own, so that a few say little.
const DOUBT: f32 = 5.0;
/// Words that count, the strongest.
const STRONGEST: usize = 5;
/// A refused suggestion takes away so many notes that have its words and the theme.
const REFUSAL: i32 = 2;

impl Counts {
    fn row(&mut self, stem: Stem, width: usize) -> &mut [i32] {
        let next = self.rows.len() as u32;
        let row = *self.rows.entry(stem).or_insert(next) as usize;
        if row == next as usize {
            self.cells.resize(self.cells.len() + width, 0);
        }
        &mut self.cells[row * width..(row + 1) * width]
    }

    fn get(&self, stem: Stem, width: usize) -> Option<&[i32]> {
        self.rows.get(&stem).map(|row| &self.cells[*row as usize * width..(*row as usize + 1) * width])
    }
}

impl Learned {
    pub(super) fn of(notes: &[Note<'_>], themes: &[Theme]) -> Self {
        let n_themes = themes.len();
        let Part { notes, with_theme, counts } = Part::of(notes, n_themes);
        let used = |kind: ThemeKind| themes.iter().zip(&with_theme).any(|(theme, uses)| theme.kind == kind && *uses > 0);
        let in_use = themes.iter().map(|theme| used(theme.kind)).collect();
        Self { n_themes, notes, with_theme, counts, in_use }
    }

    /// Whether what people tagged here says anything about a theme, also when it says that it is rare.
    pub(super) fn is_in_use(&self, theme: usize) -> bool {
        self.in_use[theme]
    }

    pub(super) fn is_empty(&self) -> bool {
        self.notes == 0
    }

    /// The signs for every theme in a note with these words. `without` is held out.
    pub(super) fn signs(&self, stems: &[Stem], without: Option<&Part>) -> Vec<Signs> {
        let mut signs = vec![Signs::default(); self.n_themes];
        if self.is_empty() {
            return signs;
        }
        let mut strongest = vec![[0.0_f32; STRONGEST]; self.n_themes];
        for stem in stems {
            self.each_weight(*stem, without, |theme, weight| {
                let best = &mut strongest[theme];
                if weight > best[STRONGEST - 1] {
                    best[STRONGEST - 1] = weight;
                    best.sort_unstable_by(|a, b| b.total_cmp(a));
                }
            });
        }
        let all = (self.notes - without.map_or(0, |part| part.notes)) as f32;
        let uses: i32 = self.with_theme.iter().sum();
        let average = (uses as f32 / self.n_themes as f32 / self.notes as f32).max(1e-3);
        for (theme, sign) in signs.iter_mut().enumerate() {
            let n = (self.with_theme[theme] - without.map_or(0, |part| part.with_theme[theme])) as f32;
            let share = (n + DOUBT * average) / (all + DOUBT);
            *sign = Signs { words: strongest[theme].iter().sum(), common: if self.in_use[theme] { logit(share) - logit(average) } else { 0.0 } };
        }
        signs
    }

    /// The words of a note that go with a theme, the strongest first.
    pub(super) fn words_for(&self, theme: ThemeKey, stems: &[Stem]) -> Vec<(Stem, f32)> {
        let mut words = Vec::new();
        for stem in stems {
            self.each_weight(*stem, None, |of, weight| {
                if of == theme.0 as usize {
                    words.push((*stem, weight));
                }
            });
        }
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words
    }

    /// How rare a word is among the notes.
    pub(super) fn rarity(&self, stem: Stem) -> f32 {
        let n = self.counts.get(stem, self.n_themes + 1).map_or(0, |row| row[0]);
        ((self.notes as f32 + 1.0) / (n as f32 + 1.0)).ln()
    }

    /// How much a word speaks for each theme with which it stands clearly more often than by chance: by the logarithm of how many times
    /// more often.
    fn each_weight(&self, stem: Stem, without: Option<&Part>, mut see: impl FnMut(usize, f32)) {
        let width = self.n_themes + 1;
        let Some(row) = self.counts.get(stem, width) else { return };
        let part = without.and_then(|part| part.counts.get(stem, width));
        let minus = |at: usize| part.map_or(0, |part| part[at]);
        let all = (self.notes - without.map_or(0, |part| part.notes)) as f32;
        let share = (row[0] - minus(0)) as f32 / all.max(1.0);
        for theme in 0..self.n_themes {
            let n = (row[theme + 1] - minus(theme + 1)) as f32;
            let notes = (self.with_theme[theme] - without.map_or(0, |part| part.with_theme[theme])) as f32;
            let expected = notes * share;
            if n < LEAST || n < expected + 2.0 * expected.sqrt() + 0.5 {
                continue;
            }
            see(theme, (((n + DOUBT * share) / (notes + DOUBT)) / share).ln());
        }
    }
}

impl Part {
    pub(super) fn of(notes: &[Note<'_>], n_themes: usize) -> Self {
        let width = n_themes + 1;
        let mut part = Self { notes: 0, with_theme: vec![0; n_themes], counts: Counts::default() };
        for note in notes {
            part.notes += 1;
            note.tags.iter().for_each(|theme| part.with_theme[theme.0 as usize] += 1);
            for stem in &note.said.stems {
                let row = part.counts.row(*stem, width);
                row[0] += 1;
                for theme in &note.tags {
                    row[theme.0 as usize + 1] += 1;
                }
                for theme in &note.refused {
                    row[theme.0 as usize + 1] -= REFUSAL;
                }
            }
        }
        part
    }
}

fn logit(share: f32) -> f32 {
    let share = share.clamp(1e-4, 1.0 - 1e-4);
    (share / (1.0 - share)).ln()
}
