//! The part of a text that shows why it was found, with the words that were looked for.

use std::ops::Range;

use super::build::word_of;
use super::question::Wanted;
use crate::model::{Stems, pieces};

/// A stretch of a text as one line, with the bytes of the words that were looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub text: String,
    pub marks: Vec<Range<usize>>,
    /// Where the first of them begins in the whole text, in bytes, and that word as it stands there.
    pub first: Option<(usize, String)>,
}

/// About so many signs are shown.
const LENGTH: usize = 180;
/// Of these, so many before the words that were looked for.
const BEFORE: usize = 50;

/// The best stretch of a text: the one with the most of what was looked for, and of these the first.
pub fn excerpt(text: &str, wanted: &[Wanted]) -> Excerpt {
    let words: Vec<(usize, usize)> = pieces(text).collect();
    let found = found(text, &words, wanted);
    let best = best(&found);
    let anchor = best.map_or(0, |n| found[n].0.start);
    let from = start(text, anchor);
    let to = end(text, from);
    let (mut line, mut marks) = (String::new(), Vec::new());
    if from > 0 {
        line.push_str("… ");
    }
    let mut next = found.iter().map(|(range, _)| range).filter(|range| range.start >= from && range.end <= to).peekable();
    let mut pending = 0;
    for (at, sign) in text[from..to].char_indices().map(|(at, sign)| (from + at, sign)) {
        if next.peek().is_some_and(|range| range.start == at) {
            pending = line.len();
        }
        if !sign.is_whitespace() {
            line.push(sign);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
        if let Some(range) = next.next_if(|range| range.end == at + sign.len_utf8()) {
            debug_assert!(range.start <= at);
            marks.push(pending..line.len());
        }
    }
    let mut line = line.trim_end().to_owned();
    if to < text.trim_end().len() {
        line.push_str(" …");
    }
    let first = best.map(|n| (found[n].0.start, text[found[n].0.clone()].to_owned()));
    Excerpt { text: line, marks, first }
}

/// The words of a text that were looked for, each with which of the wanted things it belongs to.
fn found(text: &str, words: &[(usize, usize)], wanted: &[Wanted]) -> Vec<(Range<usize>, usize)> {
    let stems = Stems::new();
    let stem = |wanted: &Wanted| if let Wanted::Alike(word) = wanted { stems.of(word) } else { String::new() };
    let stemmed: Vec<String> = wanted.iter().map(stem).collect();
    let plain: Vec<String> = words.iter().map(|(start, end)| word_of(&text[*start..*end])).collect();
    let mut found = Vec::new();
    for at in 0..words.len() {
        for (n, wanted) in wanted.iter().enumerate() {
            match wanted {
                Wanted::Alike(_) if stems.of(&plain[at]) == stemmed[n] => found.push((words[at].0..words[at].1, n)),
                Wanted::Exact(phrase) if plain[at..].starts_with(phrase) => {
                    found.extend(words[at..at + phrase.len()].iter().map(|(start, end)| (*start..*end, n)));
                }
                _ => {}
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found.dedup_by(|later, first| later.0 == first.0);
    found
}

/// Where the stretch with the most different things begins.
fn best(found: &[(Range<usize>, usize)]) -> Option<usize> {
    let reach = LENGTH - BEFORE;
    let things = |n: &usize| {
        let mut things: Vec<usize> = found[*n..].iter().take_while(|(range, _)| range.end <= found[*n].0.start + reach).map(|(_, thing)| *thing).collect();
        things.sort_unstable();
        things.dedup();
        things.len()
    };
    (0..found.len()).rev().max_by_key(things)
}

/// The beginning of the sentence or, if that is far, of a word before a place.
fn start(text: &str, anchor: usize) -> usize {
    let mut far = anchor.saturating_sub(BEFORE);
    while !text.is_char_boundary(far) {
        far -= 1;
    }
    if far == 0 {
        return text.len() - text.trim_start().len().max(text.len() - anchor);
    }
    let before = &text[far..anchor];
    let sentence = [". ", "? ", "! ", "\n\n"].iter().filter_map(|end| before.rfind(end).map(|at| at + end.len())).max();
    let word = || before.find(char::is_whitespace).map_or(0, |at| at + 1);
    let from = far + sentence.unwrap_or_else(word);
    from + (text[from..].len() - text[from..].trim_start().len()).min(anchor - from)
}

/// The end of a word, where the stretch is long enough.
fn end(text: &str, from: usize) -> usize {
    let mut to = (from + LENGTH).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    if to == text.len() || text[to..].starts_with(char::is_whitespace) {
        return to;
    }
    let word = text[from..to].rfind(char::is_whitespace).map(|at| from + at);
    word.filter(|word| word - from > LENGTH / 2).unwrap_or(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, wanted: &[Wanted]) -> String {
        let excerpt = excerpt(text, wanted);
        let mut line = excerpt.text;
        for mark in excerpt.marks.iter().rev() {
            line.insert(mark.end, ']');
            line.insert(mark.start, '[');
        }
        line
    }

    fn alike(word: &str) -> Wanted {
        Wanted::Alike(word.to_owned())
    }

    #[test]
    fn the_words_are_marked_in_all_their_forms() {
        assert_eq!(shown("The insurer\n   refused,  twice.", &[alike("refusing"), alike("insurers")]), "The [insurer] [refused], twice.");
        assert_eq!(shown("Old rent; no rent is owed.", &[Wanted::Exact(vec!["no".into(), "rent".into()])]), "Old rent; [no] [rent] is owed.");
        assert_eq!(shown("Nothing of it.", &[alike("rent")]), "Nothing of it.");
        assert_eq!(shown("", &[alike("rent")]), "");
    }

    #[test]
    fn a_long_text_is_shown_where_the_most_of_it_stands() {
        let text = format!("Rent. {}The rent was in arrears. {}", "Nothing happened here. ".repeat(20), "Later on more was said of it. ".repeat(20));
        let said = shown(&text, &[alike("rent"), alike("arrears")]);
        assert!(said.starts_with("… The [rent] was in [arrears]. Later on") && said.ends_with(" …") && said.len() < 220, "{said}");
    }

    #[test]
    fn whatever_the_text_it_is_cut_between_signs() {
        for text in ["é".repeat(400), "word é".repeat(90), "👩‍👩‍👧 rent ".repeat(60), " \n \t ".repeat(80) + "rent" + &" \n".repeat(90), "rent".repeat(200)]
        {
            let excerpt = excerpt(&text, &[alike("rent")]);
            assert!(excerpt.text.chars().count() <= LENGTH + 12);
            assert!(excerpt.marks.iter().all(|mark| excerpt.text.get(mark.clone()).is_some_and(|word| word == "rent")), "{excerpt:?}");
        }
    }
}
