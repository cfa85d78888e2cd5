//! Numbers in sentences: with their noun and verb, in the singular and the plural, and in plain words where they are hidden. The mark
//! `[c]` stands in tables alone.

use crate::release::{Count, Quarter};

/// A number with its noun.
pub(super) fn n_of(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `1 meeting`, `3 meetings`.
pub(super) fn meetings(n: usize) -> String {
    n_of(n, "meeting", "meetings")
}

/// A number alone: `7`, or `a few`.
pub(super) fn few(count: Count) -> String {
    count.shown().map_or_else(|| "a few".to_owned(), |n| n.to_string())
}

/// `1 thing`, `7 things`, `a small number of things`.
pub(super) fn counted(count: Count, one: &str, many: &str) -> String {
    count.shown().map_or_else(|| format!("a small number of {many}"), |n| n_of(n, one, many))
}

/// `7 people`, `1 person`, `a small number of people`.
pub(super) fn people(count: Count) -> String {
    counted(count, "person", "people")
}

/// `once`, `5 times`, `a small number of times`.
pub(super) fn times(count: Count) -> String {
    if count.shown() == Some(1) { "once".to_owned() } else { counted(count, "time", "times") }
}

/// Which form of a verb goes with a number.
pub(super) fn verb<'a>(count: Count, one: &'a str, many: &'a str) -> &'a str {
    if count.shown() == Some(1) { one } else { many }
}

/// A part of many things with its verb: `1 of 3 actions is`, `2 of 3 actions are`, `none of 3 actions is`.
pub(super) fn part_of(part: Count, whole: Count, (one, many): (&str, &str), (is, are): (&str, &str)) -> String {
    let of = counted(whole, one, many);
    if part.is_zero() { format!("none of {of} {is}") } else { format!("{} of {of} {}", few(part), verb(part, is, are)) }
}

/// Numbers with what each is of, without those that are nought: `2 open, 1 not done`; nothing when all are.
pub(super) fn listed(parts: &[(Count, &str, &str)]) -> Option<String> {
    let said: Vec<String> =
        parts.iter().filter(|(count, ..)| !count.is_zero()).map(|(count, one, many)| format!("{} {}", few(*count), verb(*count, one, many))).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// How many names a sentence can hold.
const NAMES: usize = 3;

/// The names that come first alike: their number is that of the first, and shown. `several needs` where they are too many to name.
pub(super) fn first_alike<'a>(mut named: impl Iterator<Item = (&'a str, Count)>, many: &str) -> Option<(Alike, Count)> {
    let (first, most) = named.next()?;
    let mut names = vec![first];
    names.extend(named.take_while(|(_, count)| *count == most).map(|(name, _)| name));
    let alike = names.len();
    let named = alike <= NAMES;
    let text = if named { and(&names) } else { format!("several {many}") };
    Some((Alike { text, one: alike == 1, named }, most))
}

/// Names that come first alike.
pub(super) struct Alike {
    pub(super) text: String,
    one: bool,
    /// Few enough to be named.
    pub(super) named: bool,
}

impl Alike {
    pub(super) fn verb<'a>(&self, one: &'a str, many: &'a str) -> &'a str {
        if self.one { one } else { many }
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn and(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// With a small letter, to stand inside a sentence.
pub(super) fn lower(text: &str) -> String {
    begin(text, |letter| letter.to_lowercase().collect())
}

/// With a capital, to begin a sentence.
pub(super) fn upper(text: &str) -> String {
    begin(text, |letter| letter.to_uppercase().collect())
}

fn begin(text: &str, turn: impl Fn(char) -> String) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| turn(first) + letters.as_str()).unwrap_or_default()
}

const MONTHS: [(&str, &str); 4] = [("January", "March"), ("April", "June"), ("July", "September"), ("October", "December")];

fn months(quarter: Quarter) -> (&'static str, &'static str) {
    MONTHS[(quarter.number.clamp(1, 4) - 1) as usize]
}

/// `April to June 2025`.
pub(super) fn quarter(of: Quarter) -> String {
    let (from, to) = months(of);
    format!("{from} to {to} {}", of.year)
}

/// `Apr–Jun 2025`, for tables and pictures.
pub(super) fn quarter_in_short(of: Quarter) -> String {
    let (from, to) = months(of);
    format!("{}–{} {}", &from[..3], &to[..3], of.year)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTIONS: (&str, &str) = ("action", "actions");

    #[test]
    fn nouns_and_verbs_go_with_their_numbers() {
        let of = |part, whole| part_of(Count::Shown(part), Count::Shown(whole), ACTIONS, ("is open", "are open"));
        assert_eq!(of(0, 2), "none of 2 actions is open");
        assert_eq!(
            (of(1, 1), of(1, 2), of(2, 2)),
            ("1 of 1 action is open".to_owned(), "1 of 2 actions is open".to_owned(), "2 of 2 actions are open".to_owned())
        );
        assert_eq!(part_of(Count::Hidden, Count::Shown(9), ACTIONS, ("is", "are")), "a few of 9 actions are");
        assert_eq!([0, 1, 2].map(|n| people(Count::Shown(n))), ["0 people", "1 person", "2 people"]);
        assert_eq!([0, 1, 2].map(|n| times(Count::Shown(n))), ["0 times", "once", "2 times"]);
        assert_eq!((people(Count::Hidden), times(Count::Hidden)), ("a small number of people".to_owned(), "a small number of times".to_owned()));
    }

    #[test]
    fn noughts_are_left_out_of_a_list() {
        let list = |n: [usize; 2]| listed(&[(Count::Shown(n[0]), "was refused", "were refused"), (Count::Shown(n[1]), "still waits", "still wait")]);
        assert_eq!(list([0, 0]), None);
        assert_eq!(list([1, 2]).as_deref(), Some("1 was refused, 2 still wait"));
        assert_eq!(list([0, 1]).as_deref(), Some("1 still waits"));
    }

    #[test]
    fn who_comes_first_alike_is_named_alike() {
        let first = |named: &[(&str, usize)]| {
            let (alike, most) = first_alike(named.iter().map(|(name, n)| (*name, Count::Shown(*n))), "needs").unwrap();
            format!("{} {} {most}", alike.text, alike.verb("comes", "come"))
        };
        assert_eq!(first(&[("a", 5), ("b", 4)]), "a comes 5");
        assert_eq!(first(&[("a", 5), ("b", 5), ("c", 4)]), "a and b come 5");
        assert_eq!(first(&[("a", 5), ("b", 5), ("c", 5)]), "a, b and c come 5");
        assert_eq!(first(&[("a", 1), ("b", 1), ("c", 1), ("d", 1)]), "several needs come 1");
    }

    #[test]
    fn quarters_are_named_by_their_months() {
        let second = Quarter { year: 2025, number: 2 };
        assert_eq!((quarter(second), quarter_in_short(second)), ("April to June 2025".to_owned(), "Apr–Jun 2025".to_owned()));
    }
}
