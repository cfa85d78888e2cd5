//! Whether a record says what has to be known of a label before anybody can judge by it.
//!
//! It is looked for where a reader would look: in the sentences around the word, in the referral and in what the person says about it.
//! Words are signs only, so a record gets the benefit of the doubt.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::labels::asked;
use super::{Field, Mention};
use crate::model::{Ask, Discussion};

/// What no record of the person says, of what is asked: for the end of a sentence.
pub(in crate::lint) fn missing(asks: &[Ask], mentions: &[&Mention<'_>]) -> Vec<&'static str> {
    let mut told = Told::default();
    for mention in mentions {
        around(mention, &mut told);
        if asks.iter().all(|ask| told.has(*ask)) {
            break;
        }
    }
    asks.iter().filter(|ask| !told.has(**ask)).map(|ask| asked(*ask)).collect()
}

/// The texts in which the context of a mention would stand: the sentences around it; at the head of the update, where the word itself stands
/// elsewhere; and what the person says.
fn around(mention: &Mention<'_>, told: &mut Told) {
    told.read(window(mention.text, mention.start));
    let case: &Discussion = mention.case;
    if mention.field != Field::Update {
        case.update.iter().filter_map(|update| update.split("\n\n").next()).for_each(|head| told.read(head));
    }
    case.views.iter().filter_map(|view| view.says.as_deref()).for_each(|says| told.read(says));
}

/// Sentences before and after that of the word which belong to the story.
const BEFORE: usize = 1;
const AFTER: usize = 3;

/// The sentences around a place.
fn window(text: &str, at: usize) -> &str {
    let is_end = |place: &usize| {
        let (before, after) = text.split_at(*place);
        before.ends_with(['.', '!', '?', '"', '”']) && after.starts_with([' ', '\n'])
    };
    let ends: Vec<usize> = text.char_indices().map(|(place, _)| place).filter(is_end).collect();
    let next = ends.partition_point(|end| *end <= at);
    let from = next.checked_sub(BEFORE + 1).map_or(0, |end| ends[end]);
    &text[from..ends.get(next + AFTER).copied().unwrap_or(text.len())]
}

/// What some texts say, of all that can be asked.
#[derive(Default)]
struct Told {
    asks: BTreeSet<Ask>,
}

impl Told {
    fn has(&self, ask: Ask) -> bool {
        self.asks.contains(&ask)
    }

    fn read(&mut self, text: &str) {
        let words = even(text);
        if let Some((machine, asks)) = SIGNS.as_ref() {
            self.asks.extend(machine.find_overlapping_iter(&words).map(|found| asks[found.pattern().as_usize()]));
        }
        self.asks.extend(words.split(' ').any(is_year).then_some(Ask::When));
        self.asks.extend(tells_age(&words).then_some(Ask::Age));
    }
}

/// A text as words in small letters, with a space before and after each.
fn even(text: &str) -> String {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).filter(|word| !word.is_empty());
    let mut even = String::with_capacity(text.len() + 2);
    even.push(' ');
    for word in words {
        even.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
        even.push(' ');
    }
    // Of the time, and not of what has changed.
    even.replace(" since the last ", " ").replace(" since our last ", " ").replace(" since easter ", " ")
}

/// A number after `aged`, `at` or `was`, as in "when he was nineteen".
fn tells_age(words: &str) -> bool {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.windows(2).enumerate().any(|(n, pair)| {
        let is_other = words.get(n + 2).is_some_and(|next| matches!(*next, "am" | "pm" | "o'clock" | "days" | "weeks" | "months" | "minutes" | "people"));
        matches!(pair[0], "aged" | "age" | "at" | "was" | "were" | "turned" | "barely" | "just") && is_age(pair[1]) && !is_other
    })
}

/// Looks for all signs at once; for each, what it answers. A sign stands as whole words; one that ends in `*` may go on.
static SIGNS: LazyLock<Option<(AhoCorasick, Vec<Ask>)>> = LazyLock::new(|| {
    let lists = [
        (Ask::When, WHEN),
        (Ask::Age, AGE),
        (Ask::Intent, INTENT),
        (Ask::Harm, HARM),
        (Ask::Circumstances, CIRCUMSTANCES),
        (Ask::Since, SINCE),
        (Ask::Standing, STANDING),
    ];
    let pattern = |sign: &str| sign.strip_suffix('*').map_or_else(|| format!(" {sign} "), |begins| format!(" {begins}"));
    let (patterns, asks): (Vec<String>, Vec<Ask>) = lists.iter().flat_map(|(ask, signs)| signs.iter().map(|sign| (pattern(sign), *ask))).unzip();
    // The lists above are short, and cannot be too long for it.
    AhoCorasick::new(patterns).ok().map(|machine| (machine, asks))
});

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: u32| (1920..2100).contains(&year))
}

fn is_age(word: &str) -> bool {
    let numbers = ["eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"];
    numbers.contains(&word) || ["twenty", "thirty", "forty", "fifty", "sixty"].contains(&word) || (word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit()))
}

const WHEN: &[&str] = &[
    "years ago",
    "months ago",
    "weeks ago",
    "days ago",
    "year ago",
    "month ago",
    "week ago",
    "last year",
    "last month",
    "last week",
    "last night",
    "last summer",
    "last winter",
    "last spring",
    "last autumn",
    "yesterday",
    "this year",
    "this month",
    "this week",
    "in january",
    "in february",
    "in march",
    "in april",
    "in may",
    "in june",
    "in july",
    "in august",
    "in september",
    "in october",
    "in november",
    "in december",
    "date",
    "dated",
    "decades ago",
    "a decade",
];
const AGE: &[&str] = &[
    "years old",
    "year old",
    "teen*",
    "as a child",
    "as a boy",
    "as a girl",
    "a child then",
    "as a young",
    "in his twenties",
    "in her twenties",
    "in their twenties",
    "in his thirties",
    "in her thirties",
    "in their thirties",
    "juvenile",
    "at school",
    "how old",
    "age then",
    "age not known",
    "age unknown",
    "a minor",
];
const INTENT: &[&str] = &[
    "meant",
    "mean to",
    "intent*",
    "intend*",
    "on purpose",
    "deliberate*",
    "accident*",
    "reckless*",
    "by mistake",
    "to keep warm",
    "to get warm",
    "for warmth",
    "to be moved",
    "to get help",
    "cry for help",
    "to harm",
    "to hurt",
    "to frighten",
    "to end",
    "to die",
    "in order to",
    "so that",
    "self harm",
    "careless*",
    "did not want",
    "wanted to",
    "self defence",
    "does not excuse",
];
const HARM: &[&str] = &[
    "harm*",
    "hurt",
    "injur*",
    "damage*",
    "burned",
    "burnt",
    "burns",
    "scorched",
    "died",
    "killed",
    "put out",
    "went out",
    "nobody was in",
    "nobody in",
    "no one in",
    "nobody near",
    "an empty",
    "was empty",
    "unharmed",
    "destroyed",
    "bruise*",
    "stitches",
    "no victim",
    "no contact",
    "a bin",
    "wheelie bin",
    "a blanket",
    "paper",
];
const CIRCUMSTANCES: &[&str] = &[
    "while",
    "during",
    "at the time",
    "when he",
    "when she",
    "when they",
    "drunk",
    "drinking",
    "intoxicated",
    "distress*",
    "an argument",
    "a row",
    "psychosis",
    "psychotic",
    "unwell",
    "in crisis",
    "alone",
    "with two",
    "with others",
    "behind",
    "in a cell",
    "on remand",
    "on the ward",
    "in custody",
    "on the street",
    "sleeping rough",
    "provoked",
    "attacked",
    "bullied",
    "grief",
    "bereave*",
    "after a*",
    "after the death",
    "after he",
    "after she",
    "after they",
    "cold",
    "circumstance*",
    "context",
    "withdraw*",
    "what happened",
];
const SINCE: &[&str] = &[
    "since",
    "no further",
    "nothing further",
    "never again",
    "not again",
    "no repeat",
    "no other",
    "completed",
    "years without",
    "months without",
    "well for",
    "sober",
    "abstinent",
    "stable",
    "settled",
    "has changed",
    "no longer",
    "from then on",
];
const STANDING: &[&str] = &[
    "convict*",
    "charge*",
    "uncharged",
    "alleg*",
    "caution*",
    "adjudicat*",
    "acquit*",
    "sentence*",
    "court",
    "guilty",
    "found by",
    "not proven",
    "unproven",
    "prosecut*",
    "no further action",
    "nfa",
    "police took no",
    "arrest*",
    "suspect*",
    "on the register",
    "on licence for",
    "bail*",
    "spent",
    "never proved",
    "reported by",
    "staff report",
    "insurer's inquiry",
    "nobody was blamed",
    "finding",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> Vec<Ask> {
        let mut told = Told::default();
        told.read(text);
        told.asks.into_iter().collect()
    }

    #[test]
    fn a_bare_label_says_nothing() {
        assert_eq!(says("History of arson. High risk."), []);
        assert_eq!(says("Arson on file. Seen at 10 am."), []);
    }

    #[test]
    fn an_account_says_what_is_asked() {
        use Ask::{Age, Circumstances, Harm, Intent, Since, Standing, When};
        let text = "Convicted of arson in 2009, when he was nineteen: a bin behind a closed shop, drunk. Nobody was hurt, none meant. Nothing since.";
        assert_eq!(says(text), [When, Age, Intent, Harm, Circumstances, Since, Standing]);
        assert_eq!(says("Arson: date, age then, intent and harm are not known."), [When, Age, Intent, Harm]);
    }

    #[test]
    fn the_window_is_the_sentences_around() {
        let text = "One. Two. Three. Four. Five arson. Six. Seven. Eight. Nine. Ten.";
        let window = window(text, text.find("arson").unwrap());
        assert_eq!(window.trim(), "Four. Five arson. Six. Seven. Eight.");
    }
}
