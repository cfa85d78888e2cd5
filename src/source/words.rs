//! Small help for good sentences.

/// `1 person`, `2 people`: a number with its noun. The plural is given where it is not the word with an `s`.
pub fn n_of(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `a`, `a and b`, `a, b and c`.
pub fn list_of<S: AsRef<str>>(items: &[S], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [init @ .., end] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", init.join(", "), end.as_ref())
        }
    }
}

/// The known word that a misspelt one was probably meant to be, if any is near enough to be worth naming.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = word.to_lowercase().replace([' ', '_'], "-");
    known
        .into_iter()
        .map(|candidate| (likeness(&typed, &candidate.to_lowercase().replace('_', "-")), candidate))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// From 0, nothing alike, to 1, the same. An id that merely lacks or adds a part (`arson-housing`) counts as near.
fn likeness(typed: &str, candidate: &str) -> f64 {
    let edits = strsim::normalized_damerau_levenshtein(typed, candidate);
    let parts: Vec<&str> = typed.split('-').filter(|part| part.len() > 2).collect();
    let shared = parts.iter().filter(|part| candidate.split('-').any(|word| word == **part)).count();
    let by_parts = if parts.len() > 1 && shared == parts.len() { 0.85 } else { 0.0 };
    edits.max(by_parts)
}

/// Where each word of a text ends.
pub fn word_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut inside = false;
    text.char_indices().chain([(text.len(), ' ')]).filter_map(move |(at, c)| {
        let was_inside = std::mem::replace(&mut inside, !c.is_whitespace());
        (was_inside && !inside).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_the_one_a_person_would_guess() {
        let themes = ["arson-blocks-housing", "waiting-list", "no-suitable-accommodation"];
        assert_eq!(nearest("arson-block-housing", themes), Some("arson-blocks-housing"));
        assert_eq!(nearest("arson-housing", themes), Some("arson-blocks-housing"));
        assert_eq!(nearest("Waiting list", themes), Some("waiting-list"));
        assert_eq!(nearest("zebra", themes), None);
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(list_of(&["a", "b", "c"], "or"), "a, b or c");
        assert_eq!(n_of(1, "person", "people"), "1 person");
    }
}
