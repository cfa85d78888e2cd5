//! Names inside sentences.

use crate::model::{Barrier, Casebook};

/// What stands at the beginning of the sentence "… keeps people from …": the title, without a tail such as "blocks housing", which
/// the sentence says better.
pub fn barrier_subject(title: &str) -> &str {
    title.find(" blocks ").map_or(title, |at| &title[..at])
}

/// A barrier in one person's way, as a sentence without its full stop.
pub fn barrier_sentence(book: &Casebook, barrier: &Barrier) -> String {
    let title = &book.theme(barrier.theme).title;
    let at = barrier.at.map_or(String::new(), |key| format!(" at {}", book.group.agency(key).name));
    match barrier.blocks {
        Some(service) => format!("{} keeps the person from {}{at}", barrier_subject(title), in_sentence(&book.group.service(service).name)),
        None => format!("{title}: it is in the way{at}"),
    }
}

/// A name as it stands inside a sentence: with a small letter, unless it is a proper name (`Housing First`, `Care Act assessment`).
pub fn in_sentence(name: &str) -> String {
    let mut words = name.split(' ');
    let first = words.next().unwrap_or_default();
    let proper = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    let small_first = !first.chars().skip(1).any(char::is_uppercase);
    if !small_first || words.any(proper) {
        return name.to_owned();
    }
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_well_inside_a_sentence() {
        assert_eq!(in_sentence("Supported accommodation"), "supported accommodation");
        assert_eq!(in_sentence("Registration with a GP"), "registration with a GP");
        assert_eq!(in_sentence("A tenancy of one's own"), "a tenancy of one's own");
        assert_eq!(in_sentence("Follow-up after hospital"), "follow-up after hospital");
        assert_eq!(in_sentence("Housing First"), "Housing First");
        assert_eq!(in_sentence("GP registration"), "GP registration");
        assert_eq!(barrier_subject("Arson or fire-setting history blocks housing"), "Arson or fire-setting history");
    }
}
