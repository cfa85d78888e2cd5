//! What a text says is not so, or only might be: shown as held back, with the reason, and never suggested.

use super::words::Word;

/// Why a phrase that stands in a text is not taken for what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeldBack {
    Negated,
    Denied,
    Hypothetical,
    Accidental,
}

impl HeldBack {
    pub fn word(self) -> &'static str {
        match self {
            Self::Negated => "negated",
            Self::Denied => "denied",
            Self::Hypothetical => "hypothetical",
            Self::Accidental => "accidental",
        }
    }
}

/// How many words before a phrase can turn it round.
const NEAR: usize = 4;
/// The same for those that say so of all that follows, such as `no evidence of`.
const FAR: usize = 9;

const NEGATIONS: &[&str] = &[
    "no", "not", "never", "without", "nor", "neither", "none", "isn't", "wasn't", "aren't", "weren't", "doesn't", "didn't", "don't", "hasn't", "hadn't",
    "haven't", "non", "nobody", "nothing",
];
/// Of what these are said not to be, nothing that follows in the clause is so.
const NO_SIGN: &[&str] = &[
    "evidence",
    "history",
    "sign",
    "signs",
    "indication",
    "suggestion",
    "concern",
    "concerns",
    "record",
    "known",
    "report",
    "reports",
    "question",
    "longer",
    "suggest",
    "current",
];
/// What is offered to people: where it is missing, what it is for is not.
const OFFERS: &[&str] = &[
    "bed",
    "beds",
    "service",
    "services",
    "team",
    "worker",
    "workers",
    "treatment",
    "appointment",
    "appointments",
    "assessment",
    "clinic",
    "provision",
    "place",
    "places",
    "unit",
    "programme",
    "nurse",
    "training",
    "support",
    "advice",
    "specialist",
    "pathway",
];
const DENIALS: &[&str] = &["denies", "denied", "denying", "disputes", "disputed", "disclaims"];
const ACCIDENTS: &[&str] = &["accident", "accidental", "accidentally", "unintentional", "unintentionally", "electrical", "unattended"];

/// Why the words from `first` to `last` of a sentence do not say what they seem to. `says_not` is set where they say themselves that
/// something is missing, and `on_purpose` where only what was meant counts.
pub(super) fn held_back(text: &str, sentence: &[Word], first: usize, last: usize, says_not: bool, on_purpose: bool) -> Option<HeldBack> {
    let spelt = |word: &Word| text[word.start as usize..word.end as usize].to_lowercase().replace('’', "'");
    let clause = sentence[first].clause;
    let before: Vec<String> = sentence[..first].iter().filter(|word| word.clause == clause).map(spelt).collect();
    let near = &before[before.len().saturating_sub(NEAR)..];
    let far = &before[before.len().saturating_sub(FAR)..];
    if on_purpose && sentence.iter().any(|word| ACCIDENTS.contains(&spelt(word).as_str())) {
        return Some(HeldBack::Accidental);
    }
    if far.iter().any(|word| DENIALS.contains(&word.as_str())) {
        return Some(HeldBack::Denied);
    }
    if is_hypothetical(near) {
        return Some(HeldBack::Hypothetical);
    }
    if says_not {
        return None;
    }
    // `The script is settled, no queue` does not speak of a delay in starting the script.
    let inside = &sentence[last.saturating_sub(2).max(first)..last];
    if inside.iter().any(|word| word.clause == sentence[last].clause && NEGATIONS.contains(&spelt(word).as_str())) {
        return Some(HeldBack::Negated);
    }
    let ruled_out = sentence[last + 1..].iter().take(4).map(spelt).collect::<Vec<_>>().join(" ");
    if ["ruled out", "was ruled out", "has been ruled out", "is ruled out", "not an issue", "is not an issue", "never happened"]
        .iter()
        .any(|end| ruled_out.starts_with(end))
    {
        return Some(HeldBack::Negated);
    }
    // Of `no detox bed` it is the bed that is missing.
    if sentence.get(last + 1).is_some_and(|next| next.clause == clause && OFFERS.contains(&spelt(next).as_str())) {
        return None;
    }
    let negated = |words: &[String]| words.iter().rposition(|word| NEGATIONS.contains(&word.as_str()));
    let all_that_follows = negated(far).is_some_and(|at| far[at..].iter().take(4).any(|word| NO_SIGN.contains(&word.as_str())));
    let at_once = negated(near).is_some_and(|at| !only_seems(&near[at..]));
    (at_once || all_that_follows).then_some(HeldBack::Negated)
}

/// `not only`, `no doubt`: what follows is so.
fn only_seems(words: &[String]) -> bool {
    matches!(words.get(1).map(String::as_str), Some("only" | "just" | "doubt" | "least" | "surprisingly" | "one"))
}

/// `if he`, `in case`, `were she to`.
fn is_hypothetical(near: &[String]) -> bool {
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    near.contains(&"if") && !near.contains(&"as")
        || near.windows(2).any(|pair| matches!(pair, ["in", "case"] | ["should", "he" | "she" | "they"]))
        || near.contains(&"unless")
}
