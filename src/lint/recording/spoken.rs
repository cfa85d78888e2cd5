//! Who says a word, and of whom: what a reader sees at once and a list of words does not.

/// Whether the place lies between quotation marks, or in a quoted paragraph. A mark that is never closed ends with its paragraph.
pub(super) fn is_quoted(text: &str, at: usize) -> bool {
    let from = text[..at].rfind("\n\n").map_or(0, |end| end + 2);
    let paragraph = &text[from..text[at..].find("\n\n").map_or(text.len(), |end| at + end)];
    let at = at - from;
    let line = paragraph[..at].rfind('\n').map_or(0, |end| end + 1);
    paragraph[line..].trim_start().starts_with('>') || PAIRS.iter().any(|(open, close)| is_between(paragraph, at, *open, *close))
}

const PAIRS: &[(char, char)] = &[('"', '"'), ('“', '”'), ('‘', '’'), ('\'', '\''), ('«', '»'), ('`', '`')];

fn is_between(text: &str, at: usize, open: char, close: char) -> bool {
    let mut opened = false;
    for (place, sign) in text.char_indices().take_while(|(place, _)| *place < at) {
        let before = text[..place].chars().next_back();
        let after = text[place + sign.len_utf8()..].chars().next();
        let in_word = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        // An apostrophe stands in a word or at its end.
        let can_open = sign == open && !(sign == '\'' && in_word(before));
        let can_close = sign == close && !(in_word(before) && in_word(after));
        opened = if opened { !can_close } else { can_open };
    }
    opened && text[at..].contains(close)
}

/// How many words before a label may turn it round.
const REACH: usize = 5;
const DENIED: &[&str] =
    &["no", "not", "never", "without", "nor", "denies", "denied", "neither", "nobody", "isn't", "wasn't", "hasn't", "accidental", "unfounded"];
const SUFFERED: &[&str] = &[
    "victim",
    "victims",
    "survivor",
    "survived",
    "fled",
    "flee",
    "fleeing",
    "suffered",
    "witnessed",
    "witness",
    "experienced",
    "subjected",
    "received",
    "partner's",
    "partner",
    "ex",
    "someone",
    "somebody",
    "strangers",
    "youths",
    "neighbour",
    "neighbours",
];

/// Whether the words around it in its sentence say that it is not so, or that it was done to the person: somebody else's deed, or one
/// against `her`, which in a record is the person it is about.
pub(super) fn is_denied_or_suffered(text: &str, start: usize, end: usize) -> bool {
    let sentence = text[..start].rsplit(['.', ';', ':', '!', '?']).next().unwrap_or_default();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    let turns = |word: String| DENIED.contains(&word.as_str()) || SUFFERED.contains(&word.as_str());
    let whom = text[end..].split_whitespace().next().map(bare).unwrap_or_default();
    let ends_in_towards = text[start..end].to_lowercase().ends_with("towards");
    sentence.split_whitespace().rev().take(REACH).map(bare).any(turns) || (ends_in_towards && matches!(whom.as_str(), "her" | "him" | "them"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> bool {
        is_quoted(text, text.find("arson").unwrap())
    }

    #[test]
    fn what_stands_between_marks_is_quoted() {
        for text in
            ["minuted as \"arson – policy\".", "a file that says “no arson”", "> they ask about arson", "the 'any arson' box", "> first line\n> then arson"]
        {
            assert!(quoted(text), "{text}");
        }
    }

    #[test]
    fn an_apostrophe_or_a_mark_elsewhere_quotes_nothing() {
        for text in [
            "the tenant's arson",
            "the tenants' arson, it's said",
            "he said \"yes\" to arson",
            "a \"lost mark\n\nand arson",
            "arson is \"policy\"",
            "12\" pipe and arson",
        ] {
            assert!(!quoted(text), "{text}");
        }
    }

    #[test]
    fn a_sentence_can_say_that_it_is_not_so() {
        let at = |text: &str, word: &str| text.find(word).map(|start| (start, start + word.len())).unwrap();
        let turned = |text: &str| is_denied_or_suffered(text, at(text, "violence").0, at(text, "violence").1);
        assert!(turned("No history of violence.") && turned("He hasn’t shown violence") && turned("She fled her partner's violence"));
        assert!(!turned("No address. History of violence."));
        let towards = |text: &str| is_denied_or_suffered(text, at(text, "violent towards").0, at(text, "violent towards").1);
        assert!(towards("He was violent towards her.") && !towards("He was violent towards staff."));
    }
}
