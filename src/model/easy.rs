//! What makes a sentence hard to read for people who read slowly, have a learning disability, or read in another language.
//!
//! The rules are those that a program can hold: short sentences with one idea, everyday words, no signs that have to be decoded. Source: Department
//! of Health, *Making written information easier to understand for people with learning disabilities* (2010), and Inclusion Europe, *Information
//! for all* (2009). Whether a text is easy, only the people it is for can say.

/// More words than these in a sentence are too many.
const MOST_WORDS: usize = 15;
/// A word of more letters is hard to take in at a glance.
const MOST_LETTERS: usize = 12;

/// What is wrong with a sentence, in words for whoever writes it; nothing for a good one. `harder` are words that the group has plainer ones for.
pub fn hard_to_read<'a>(text: &str, harder: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let text = text.trim();
    let mut wrong = Vec::new();
    let sentences = text.split(['.', '!', '?']).filter(|part| part.contains(char::is_alphabetic)).count();
    if sentences > 1 {
        wrong.push(format!("it is {sentences} sentences; one idea a row"));
    }
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty()).collect();
    if words.len() > MOST_WORDS {
        wrong.push(format!("it has {} words; {MOST_WORDS} are enough", words.len()));
    }
    if text.contains([';', '(', '[', '/', '–', '—', ':']) || text.matches(',').count() > 1 {
        wrong.push("it has signs that join ideas: make two sentences of it".to_owned());
    }
    if text.contains(['%', '&', '*', '_']) || text.contains("e.g.") || text.contains("i.e.") || text.contains("etc") {
        wrong.push("it has a sign or a short form that has to be decoded: write the words".to_owned());
    }
    wrong.extend(words.iter().find(|word| word.chars().count() > MOST_LETTERS).map(|word| format!("`{word}` is a long word")));
    let is_short_form = |word: &&&str| word.len() > 1 && word.chars().all(char::is_uppercase) && **word != "NHS";
    wrong.extend(words.iter().find(is_short_form).map(|word| format!("`{word}` is a short form: say what it stands for")));
    let small = format!(" {} ", words.join(" ").to_lowercase());
    wrong.extend(
        harder.into_iter().find(|word| small.contains(&format!(" {} ", word.to_lowercase()))).map(|word| format!("there is a plainer word for `{word}`")),
    );
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_a_sentence_hard_is_said() {
        let hard = |text| hard_to_read(text, ["tenancy sustainment"]);
        for text in ["Ask the fire service to visit the room.", "You can say no.", "Is it safe?", "The NHS can help."] {
            assert_eq!(hard(text), [""; 0], "{text}");
        }
        for (text, said) in [
            ("Ask the insurer about this one person at one address, through somebody senior enough to carry the answer.", "18 words"),
            ("Ask first. Then wait.", "2 sentences"),
            ("A fire; a form", "signs that join"),
            ("A fire, a form, a key", "signs that join"),
            ("About 40% of people", "decoded"),
            ("This is proportionate and reasonable", "long word"),
            ("Ask at the DWP", "short form"),
            ("This is about tenancy sustainment.", "plainer word"),
        ] {
            assert!(hard(text).iter().any(|wrong| wrong.contains(said)), "{text}: {:?}", hard(text));
        }
    }
}
