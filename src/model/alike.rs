//! Whether two themes may be one: by their names, by what they mean, by the phrases that suggest them.
//!
//! Asked of one codebook, where two themes that are alike split what should be counted together, and of two, where one city calls
//! something by another name. Only words are compared, so the answer is one for a person to look at.

use std::collections::BTreeSet;

use super::theme::Theme;

/// What makes two themes alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// From 0 to 1, to put the most alike first.
    pub score: f64,
    /// In words, for the end of a sentence.
    pub why: Vec<String>,
}

/// A theme, taken apart once to be compared with many.
pub struct Wording<'a> {
    pub theme: &'a Theme,
    names: BTreeSet<String>,
    id: BTreeSet<String>,
    title: BTreeSet<String>,
    definition: BTreeSet<String>,
    indicators: BTreeSet<String>,
}

/// How much of their words two themes have to share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Of the words of their titles, or of their ids.
    titles: f64,
    definitions: f64,
}

impl Bar {
    /// For two themes of one codebook, where neighbours have words in common because people told them apart.
    pub const ONE_CODEBOOK: Self = Self { titles: 0.6, definitions: 0.5 };
    /// For two codebooks that nobody has told apart yet.
    pub const TWO_CODEBOOKS: Self = Self { titles: 0.5, definitions: 0.35 };
}

/// Titles that differ by a letter or two.
const SPELLING: f64 = 0.88;
/// With fewer words than this, a definition says too little to be compared.
const WORDS: usize = 4;
const INDICATORS: usize = 2;

impl<'a> Wording<'a> {
    pub fn of(theme: &'a Theme) -> Self {
        let names = [&theme.id, &theme.title].into_iter().chain(&theme.also_known_as).map(|name| even(name)).collect();
        Self {
            theme,
            names,
            id: words(&theme.id),
            title: words(&theme.title),
            definition: words(theme.definition.as_deref().unwrap_or_default()),
            indicators: theme.indicators.iter().map(|phrase| even(phrase)).filter(|phrase| !phrase.is_empty()).collect(),
        }
    }

    /// What makes it like another, if anything does.
    pub fn likeness(&self, other: &Self, bar: Bar) -> Option<Likeness> {
        let mut found = Likeness { score: 0.0, why: Vec::new() };
        if let Some(name) = self.names.intersection(&other.names).next() {
            found.because(1.0, format!("both are called `{name}`"));
        } else if strsim::normalized_damerau_levenshtein(&even(&self.theme.title), &even(&other.theme.title)) >= SPELLING {
            found.because(0.95, "their titles are spelt nearly alike".to_owned());
        } else {
            found.because_shared("titles", bar.titles, &self.title, &other.title);
            if found.why.is_empty() {
                found.because_shared("ids", bar.titles, &self.id, &other.id);
            }
        }
        let share = share(&self.definition, &other.definition);
        let fewest = self.definition.len().min(other.definition.len());
        found.because_if(share >= bar.definitions && fewest >= WORDS, share, || {
            format!(
                "their definitions share {} of {} words",
                self.definition.intersection(&other.definition).count(),
                self.definition.union(&other.definition).count()
            )
        });
        let both: Vec<&String> = self.indicators.intersection(&other.indicators).collect();
        let fewest = self.indicators.len().min(other.indicators.len());
        found.because_if(both.len() >= INDICATORS, both.len() as f64 / fewest.max(1) as f64, || {
            format!("both are suggested by {}", quoted(both.iter().take(4).copied()))
        });
        (!found.why.is_empty()).then_some(found)
    }
}

impl Likeness {
    fn because(&mut self, score: f64, why: String) {
        self.score = self.score.max(score);
        self.why.push(why);
    }

    /// Two words alone may stand in many titles; so many of all that there are do not.
    fn because_shared(&mut self, what: &str, bar: f64, a: &BTreeSet<String>, b: &BTreeSet<String>) {
        let share = share(a, b);
        self.because_if(share >= bar && a.intersection(b).count() > 1, share, || format!("their {what} share {}", quoted(a.intersection(b))));
    }

    fn because_if(&mut self, is_so: bool, score: f64, why: impl FnOnce() -> String) {
        if is_so {
            self.because(score, why());
        }
    }
}

/// A name or phrase without what does not count: capitals, hyphens, doubled spaces.
pub fn even(text: &str) -> String {
    text.to_lowercase().split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn quoted<'a>(words: impl Iterator<Item = &'a String>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// How much of all their words two texts share.
fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let all = a.union(b).count();
    if all == 0 { 0.0 } else { a.intersection(b).count() as f64 / all as f64 }
}

/// Words that say nothing of what a theme is about.
const EMPTY: &[&str] = &[
    "and", "are", "because", "been", "before", "but", "can", "cannot", "does", "for", "from", "has", "have", "her", "him", "his", "into", "its", "not", "one",
    "only", "other", "out", "over", "person", "people", "somebody", "someone", "than", "that", "the", "their", "them", "then", "there", "they", "this",
    "under", "was", "when", "where", "which", "who", "whom", "whose", "will", "with", "without",
];

/// The words that count, without their commonest endings.
fn words(text: &str) -> BTreeSet<String> {
    even(text).split(' ').filter(|word| word.chars().count() > 2 && !EMPTY.contains(word)).map(|word| stem(word).to_owned()).collect()
}

fn stem(word: &str) -> &str {
    let cut = ["ing", "ed", "es", "s"].iter().find_map(|ending| word.strip_suffix(ending));
    cut.filter(|stem| stem.chars().count() > 3).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ThemeKind;
    use crate::source::FileId;

    fn theme(id: &str, title: &str, definition: &str, indicators: &[&str], other: &[&str]) -> Theme {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        Theme {
            id: id.to_owned(),
            file: FileId(0),
            title: title.to_owned(),
            kind: ThemeKind::Barrier,
            parent: None,
            definition: Some(definition.to_owned()),
            include: None,
            exclude: None,
            example: None,
            indicators: texts(indicators),
            also_known_as: texts(other),
            stage: None,
            retired: None,
            guide: None,
        }
    }

    fn why(a: &Theme, b: &Theme) -> String {
        Wording::of(a).likeness(&Wording::of(b), Bar::ONE_CODEBOOK).map_or(String::new(), |likeness| likeness.why.join("; "))
    }

    #[test]
    fn themes_are_alike_by_name_title_definition_or_phrases() {
        let waiting = theme(
            "waiting-list",
            "Long waiting list",
            "The wait for help is so long that the need gets worse.",
            &["on the waiting list", "months to wait"],
            &[],
        );
        assert_eq!(why(&waiting, &theme("waits", "Delay", "Other.", &[], &["waiting_list"])), "both are called `waiting list`");
        assert_eq!(why(&waiting, &theme("x", "Long waiting lists", "Other.", &[], &[])), "their titles are spelt nearly alike");
        assert_eq!(why(&waiting, &theme("x", "Waiting: a long list, again", "Other.", &[], &[])), "their titles share `list`, `long`, `wait`");
        let same = theme("x", "Delay", "So long a wait for help that needs get worse.", &[], &[]);
        assert_eq!(why(&waiting, &same), "their definitions share 5 of 7 words");
        let phrases = theme("x", "Delay", "Other.", &["On the waiting-list", "months to wait", "later"], &[]);
        assert_eq!(why(&waiting, &phrases), "both are suggested by `months to wait`, `on the waiting list`");
    }

    #[test]
    fn themes_about_neighbouring_things_are_two() {
        let arrears = theme("arrears", "Arrears block housing", "Old rent debts lead a landlord to refuse.", &["former tenant arrears"], &[]);
        let arson = theme("arson", "Arson blocks housing", "A fire on record leads an insurer to refuse.", &["arson on record"], &[]);
        assert_eq!(why(&arrears, &arson), "");
    }
}
