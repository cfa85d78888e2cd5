//! Refs inside a text that people wrote, who do not always type them as the files do.

use std::collections::HashSet;
use std::ops::Range;

/// Refs to look for, whatever stands between their parts.
#[derive(Clone, Debug, Default)]
pub struct RefFinder {
    /// Without hyphens.
    squeezed: HashSet<String>,
    longest: usize,
}

impl RefFinder {
    pub fn new<'a>(refs: impl IntoIterator<Item = &'a str>) -> Self {
        let squeezed: HashSet<String> = refs.into_iter().map(|case| case.replace('-', "")).filter(|case| !case.is_empty()).collect();
        Self { longest: squeezed.iter().map(String::len).max().unwrap_or_default(), squeezed }
    }

    /// Where they stand: `QLM-7KQ2`, `qlm 7kq2` and `QLM7KQ2` alike, and only as whole words. One without a digit has to be in capitals, since it
    /// could be a word.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let words = words(text);
        let (mut found, mut n) = (Vec::new(), 0);
        while n < words.len() {
            let end = self.longest_from(text, &words[n..]);
            if let Some(taken) = end {
                found.push(words[n].start..words[n + taken - 1].end);
            }
            n += end.unwrap_or(1);
        }
        found
    }

    /// How many words from the first on make a ref.
    fn longest_from(&self, text: &str, words: &[Range<usize>]) -> Option<usize> {
        let (mut joined, mut best) = (String::new(), None);
        for (n, word) in words.iter().enumerate() {
            let is_apart = n > 0 && text[words[n - 1].end..word.start].chars().filter(|c| !c.is_whitespace()).any(|c| !is_dash(c));
            if is_apart || joined.len() + word.len() > self.longest {
                break;
            }
            joined.push_str(&text[word.clone()]);
            let capitals = joined.to_uppercase();
            let is_meant = joined == capitals || joined.bytes().any(|byte| byte.is_ascii_digit());
            if is_meant && self.squeezed.contains(&capitals) {
                best = Some(n + 1);
            }
        }
        best
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Stretches of letters and digits.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match words.last_mut() {
            Some(word) if word.end == at => word.end += c.len_utf8(),
            _ => words.push(at..at + c.len_utf8()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ref_is_found_as_people_type_it_and_never_inside_a_word() {
        let finder = RefFinder::new(["QLM-7KQ2", "ART"]);
        let found = |text: &str| finder.find(text).into_iter().map(|at| text[at].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("With QLM-7KQ2, qlm 7kq2 and QLM7KQ2."), ["QLM-7KQ2", "qlm 7kq2", "QLM7KQ2"]);
        assert_eq!(found("é QLM–7KQ2é XQLM-7KQ2 QLM-7KQ"), Vec::<String>::new());
        assert_eq!(found("an art class; ART asked; ART. 6"), ["ART", "ART"]);
    }
}
