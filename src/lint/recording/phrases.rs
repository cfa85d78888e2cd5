//! Looks for many phrases at once, as whole words, whatever their case, and across the ends of lines.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::Means;

pub(super) struct Phrases {
    machine: Option<AhoCorasick>,
    /// What each pattern means, and whether it is written in capitals only and sought so. Nothing: the group is content with it.
    patterns: Vec<(Option<Means>, bool)>,
}

impl Phrases {
    /// Of a phrase that stands twice, the first counts.
    pub(super) fn new(phrases: Vec<(String, Option<Means>)>) -> Self {
        let even = |phrase: &str| phrase.replace('-', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        let phrases: Vec<_> = phrases.into_iter().map(|(phrase, means)| (even(&phrase), means)).filter(|(phrase, _)| !phrase.is_empty()).collect();
        let machine = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(phrases.iter().map(|(phrase, _)| phrase));
        let patterns = phrases.iter().map(|(phrase, means)| (*means, !phrase.chars().any(char::is_lowercase))).collect();
        // A list too long for the machine is none that a group would write; nothing is said then.
        Self { machine: machine.ok(), patterns }
    }

    /// Tells each phrase that stands in the text: where it begins and ends, and what it means. `even` is room to work in.
    pub(super) fn in_text(&self, text: &str, even: &mut Vec<u8>, mut tell: impl FnMut(usize, usize, Means)) {
        let Some(machine) = &self.machine else { return };
        even.clear();
        even.extend(text.bytes().map(|byte| if matches!(byte, b'-' | b'\n' | b'\r' | b'\t') { b' ' } else { byte }));
        for found in machine.find_iter(&*even) {
            let (means, capitals) = self.patterns[found.pattern().as_usize()];
            let (start, end) = (found.start(), found.end());
            let as_written = !capitals || text[start..end].chars().all(|c| !c.is_lowercase());
            if let Some(means) = means.filter(|_| as_written && is_whole(text, start, end)) {
                tell(start, end, means);
            }
        }
    }
}

/// Whether a stretch is no part of a longer word; an `s` at its end belongs to it.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let rest = &text[end..];
    let ends = |rest: &str| !rest.chars().next().is_some_and(char::is_alphanumeric);
    !text[..start].chars().next_back().is_some_and(char::is_alphanumeric) && (ends(rest) || rest.strip_prefix('s').is_some_and(ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&str], text: &str) -> Vec<String> {
        let list = phrases.iter().enumerate().map(|(n, phrase)| ((*phrase).to_owned(), Some(Means::Plain(n)))).collect();
        let mut found = Vec::new();
        Phrases::new(list).in_text(text, &mut Vec::new(), |start, end, _| found.push(text[start..end].to_owned()));
        found
    }

    #[test]
    fn a_phrase_is_found_as_whole_words_in_any_case_and_over_a_line_end() {
        assert_eq!(found(&["hard-to-reach"], "Hard to\nreach, and HARD-TO-REACH"), ["Hard to\nreach", "HARD-TO-REACH"]);
        assert_eq!(found(&["tent", "addict"], "potential addiction, two addicts in a tent"), ["addict", "tent"]);
        assert_eq!(found(&["café"], "a café, cafés and caféteria"), ["café", "café"]);
    }

    #[test]
    fn capitals_are_sought_as_capitals() {
        assert_eq!(found(&["DNA"], "dna evidence; DNA x3"), ["DNA"]);
    }

    #[test]
    fn of_two_that_begin_alike_the_longer_counts() {
        assert_eq!(found(&["substance", "substance abuse"], "Substance abuse"), ["Substance abuse"]);
    }
}
