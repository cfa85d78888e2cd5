//! Words that go with a theme in what was confirmed, and that its codebook entry does not know: proposals for its `indicators`.

use std::collections::HashMap;

use super::Suggester;
use super::notes::Note;
use super::words::{Reader, Stem, Weight};
use crate::model::{CaseRef, ThemeKey};

/// A word, or two beside each other, that a theme's indicators could do with.
#[derive(Clone, Debug, PartialEq)]
pub struct NewIndicator {
    pub theme: ThemeKey,
    /// As it stands most often in the notes.
    pub words: String,
    /// Tagged discussions with it and the theme, and all with it.
    pub with_theme: usize,
    pub notes: usize,
    /// Different people among those with the theme.
    pub people: usize,
    /// How many times more often it stands in notes with the theme than in all.
    pub times: f64,
    pub case: CaseRef,
    pub meeting: String,
}

/// At least so many different people have to be spoken of in the same words.
const LEAST_PEOPLE: usize = 3;
/// At least so many times more often than in all notes.
const LEAST_TIMES: f64 = 2.0;
/// In at least so many discussions with the theme.
const LEAST_NOTES: usize = 4;
/// Proposals a theme, at most.
const MOST: usize = 5;

type Term = (Stem, Option<Stem>);

/// Where a term stands, and how it is written.
#[derive(Default)]
struct Uses {
    notes: Vec<usize>,
    spelt: HashMap<String, usize>,
}

impl Suggester<'_> {
    /// Proposals, by theme, the most telling first.
    pub fn new_indicators(&mut self, wanted: Option<ThemeKey>) -> Vec<NewIndicator> {
        let mut uses: HashMap<Term, Uses> = HashMap::new();
        for at in 0..self.notes.len() {
            note_terms(&mut self.reader, &self.notes[at], at, &mut uses);
        }
        let mut terms: Vec<(Term, Uses)> = uses.into_iter().filter(|(_, uses)| uses.notes.len() >= LEAST_PEOPLE).collect();
        terms.sort_by_key(|(term, _)| *term);
        let mut proposals = Vec::new();
        for at in 0..self.book.themes.len() {
            let theme = ThemeKey(at as u32);
            if wanted.is_none_or(|wanted| wanted == theme) {
                proposals.extend(self.for_theme(theme, &terms));
            }
        }
        proposals
    }

    fn for_theme(&mut self, theme: ThemeKey, terms: &[(Term, Uses)]) -> Vec<NewIndicator> {
        let tagged: Vec<bool> = self.notes.iter().map(|note| note.tags.binary_search(&theme).is_ok()).collect();
        let n_tagged = tagged.iter().filter(|tagged| **tagged).count();
        let known = self.known_words(theme);
        // Thousands of words are tried for each theme: of all that are proposed, none in two tries should be there by chance.
        let least = ((terms.len() * self.book.themes.len()) as f64 * 2.0).ln();
        let mut found: Vec<NewIndicator> = Vec::new();
        for (term, uses) in terms {
            let with: Vec<usize> = uses.notes.iter().copied().filter(|at| tagged[*at]).collect();
            let both = Both { with: with.len(), tagged: n_tagged, said: uses.notes.len(), all: self.notes.len() };
            let times = both.times();
            let by_chance = both.evidence() < least || with.len() < LEAST_NOTES;
            if times < LEAST_TIMES || by_chance || known.contains(&term.0) || term.1.is_some_and(|second| known.contains(&second)) {
                continue;
            }
            let mut people: Vec<&CaseRef> = with.iter().map(|at| &self.notes[*at].discussion.case).collect();
            people.sort_unstable();
            people.dedup();
            if people.len() < LEAST_PEOPLE {
                continue;
            }
            let (people, last) = (people.len(), &self.notes[with[with.len() - 1]]);
            let (case, meeting) = (last.discussion.case.clone(), last.meeting.id.clone());
            found.push(NewIndicator { theme, words: uses.most_often(), with_theme: with.len(), notes: uses.notes.len(), people, times, case, meeting });
        }
        let telling = |of: &NewIndicator| of.times.ln() * (of.people as f64).sqrt();
        found.sort_by(|a, b| telling(b).total_cmp(&telling(a)).then_with(|| a.words.cmp(&b.words)));
        one_of_each(found)
    }

    /// The stems of all that the codebook says of a theme.
    fn known_words(&mut self, theme: ThemeKey) -> Vec<Stem> {
        let theme = self.book.theme(theme);
        let said =
            [theme.indicators.join(". "), theme.title.clone(), theme.definition.clone().unwrap_or_default(), theme.also_known_as.join(" ").replace('-', " ")];
        said.iter().flat_map(|text| self.reader.read(text)).map(|word| word.stem).collect()
    }
}

/// In how many discussions a theme and a term stand together, and each at all.
struct Both {
    with: usize,
    tagged: usize,
    said: usize,
    all: usize,
}

impl Both {
    /// How many times more often than by chance.
    fn times(&self) -> f64 {
        (self.with * self.all) as f64 / ((self.tagged * self.said) as f64).max(1.0)
    }

    /// The logarithm of how much likelier it is that they belong together than that they do not (half of the G of Dunning 1993).
    fn evidence(&self) -> f64 {
        let part = |seen: usize, of_theme: usize, of_term: usize| {
            let expected = of_theme as f64 * of_term as f64 / self.all as f64;
            if seen == 0 { 0.0 } else { seen as f64 * (seen as f64 / expected).ln() }
        };
        let (other, silent) = (self.all - self.tagged, self.all - self.said);
        part(self.with, self.tagged, self.said)
            + part(self.tagged - self.with, self.tagged, silent)
            + part(self.said - self.with, other, self.said)
            + part(silent + self.with - self.tagged, other, silent)
    }
}

impl Uses {
    fn most_often(&self) -> String {
        let most = self.spelt.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        most.map(|(spelt, _)| spelt.clone()).unwrap_or_default()
    }
}

/// Adds the words of a note, and those that stand beside each other in a sentence.
fn note_terms(reader: &mut Reader, note: &Note<'_>, at: usize, uses: &mut HashMap<Term, Uses>) {
    for passage in note.meeting.passages(note.discussion).iter().filter(|passage| passage.barrier.is_none()) {
        let words = reader.read(passage.text);
        for (n, word) in words.iter().enumerate() {
            if reader.weight(word.stem) != Weight::Full {
                continue;
            }
            let next = words.get(n + 1).filter(|next| next.sentence == word.sentence && reader.weight(next.stem) == Weight::Full);
            for second in [None, next].into_iter().take(1 + usize::from(next.is_some())) {
                let first_end = word_end(passage.text, word.start as usize);
                let end = second.map_or(first_end, |second| word_end(passage.text, second.start as usize));
                let of = uses.entry((word.stem, second.map(|second| second.stem))).or_default();
                if of.notes.last() != Some(&at) {
                    of.notes.push(at);
                }
                let spelt = passage.text[word.start as usize..end].split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
                *of.spelt.entry(spelt).or_default() += 1;
            }
        }
    }
}

fn word_end(text: &str, start: usize) -> usize {
    text[start..].find(|sign: char| !sign.is_alphanumeric() && sign != '\'' && sign != '’').map_or(text.len(), |length| start + length)
}

/// Of proposals that share a word, the most telling.
fn one_of_each(found: Vec<NewIndicator>) -> Vec<NewIndicator> {
    let mut kept: Vec<NewIndicator> = Vec::new();
    for next in found {
        let shares = |of: &NewIndicator| of.words.split(' ').any(|word| next.words.split(' ').any(|other| other == word));
        if kept.len() < MOST && !kept.iter().any(shares) {
            kept.push(next);
        }
    }
    kept
}
