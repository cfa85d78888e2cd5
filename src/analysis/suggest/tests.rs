//! Sentences as people write them, and what is made of them.

use super::blend::{Blend, Example, Signals};
use super::held_back::HeldBack;
use super::phrases::{Match, Phrases};
use super::words::Reader;
use crate::model::{Theme, ThemeKey, ThemeKind};
use crate::source::FileId;

fn theme(id: &str, kind: ThemeKind, title: &str, definition: &str, indicators: &[&str]) -> Theme {
    Theme {
        id: id.to_owned(),
        file: FileId(0),
        title: title.to_owned(),
        kind,
        parent: None,
        definition: Some(definition.to_owned()),
        include: None,
        exclude: None,
        example: None,
        indicators: indicators.iter().map(|text| (*text).to_owned()).collect(),
        also_known_as: Vec::new(),
        stage: None,
        retired: None,
        guide: None,
    }
}

/// Eight themes, as a group might have them.
fn codebook() -> Vec<Theme> {
    use ThemeKind::{Barrier, Need};
    vec![
        theme(
            "arson",
            Barrier,
            "Arson history blocks housing",
            "A recorded arson leads housing providers to refuse.",
            &["arson on record", "declined due to arson"],
        ),
        theme("fire-setting", Need, "Deliberate fire-setting", "Deliberate lighting of fires, convicted or not.", &["set a fire", "fire setter"]),
        theme("homelessness", Need, "Homelessness or rough sleeping", "No home, insecure or street homeless.", &["sleeping rough", "tent"]),
        theme("suicide", Need, "Self-harm or suicide risk", "Self-harm, suicidal thoughts or attempts.", &["suicidal", "overdose"]),
        theme(
            "waiting",
            Barrier,
            "Waiting for assessment or treatment",
            "The delay is long enough to lose the person.",
            &["on the waiting list", "months for an assessment"],
        ),
        theme("no-lead", Barrier, "No lead professional", "Nobody is named to coordinate the plan.", &["no lead professional", "nobody coordinating"]),
        theme("alarm", Need, "Accidental fire risk", "Smoking in bed, cooking.", &["no smoke alarm", "burn marks"]),
        theme("substance", Need, "Drug or alcohol use", "Harmful or dependent use.", &["using heroin", "dependent drinker"]),
    ]
}

fn found(text: &str) -> Vec<(String, Match)> {
    let themes = codebook();
    let mut reader = Reader::new();
    let phrases = Phrases::new(&themes, &mut reader);
    let words = reader.read(text);
    let name = |found: Match| (themes[found.theme.0 as usize].id.clone(), found);
    phrases.matches(text, &words).into_iter().map(name).collect()
}

/// The strongest match of a theme.
fn best(text: &str, theme: &str) -> Option<Match> {
    found(text).into_iter().filter(|(id, _)| id == theme).map(|(_, found)| found).max_by(|a, b| a.strength.total_cmp(&b.strength))
}

#[track_caller]
fn assert_says(text: &str, theme: &str, at_least: f32) {
    let found = best(text, theme).unwrap_or_else(|| panic!("`{text}` does not speak of {theme}"));
    assert!(found.strength >= at_least && found.held_back.is_none(), "{text}: {found:?}");
}

#[test]
fn a_phrase_is_known_word_by_word_in_other_forms_and_in_other_words() {
    assert_says("The form says arson on record, nothing else.", "arson", 0.9);
    assert_says("The hostel turned him down because of the fire-setting.", "arson", 0.5);
    assert_says("He has been in a doorway since Tuesday.", "homelessness", 0.6);
    assert_says("She slept rough for a month.", "homelessness", 0.6);
    assert_says("Still on a waiting list for the assessment.", "waiting", 0.9);
    assert_says("Nobody has been named as lead.", "no-lead", 0.6);
    assert_says("There is no working smoke alarm in the flat.", "alarm", 0.6);
    assert_says("He drinks two litres of cider a day.", "substance", 0.6);
}

#[test]
fn near_counts_and_far_does_not() {
    let near = best("Refused by the landlord for arson.", "arson").unwrap();
    let far = best("Refused, as she told the panel and later the two other services that had asked about it, by a landlord for arson.", "arson");
    assert!(far.is_none_or(|far| far.strength < near.strength));
    assert_eq!(best("He was refused. The arson is in the news.", "arson").map(|found| found.strength >= 0.4), None);
}

#[test]
fn words_are_whole_words() {
    assert_eq!(best("His potential and his intention are not in doubt.", "homelessness"), None);
    assert_says("He lives in a tent.", "homelessness", 0.7);
}

#[test]
fn what_is_not_so_is_held_back_with_the_reason() {
    use HeldBack::{Accidental, Denied, Hypothetical, Negated};
    for (text, theme, why) in [
        ("There is no history of fire-setting.", "fire-setting", Negated),
        ("No evidence at all that he has ever set a fire.", "fire-setting", Negated),
        ("He is not known to services for fire setting.", "fire-setting", Negated),
        ("She denies feeling suicidal.", "suicide", Denied),
        ("She has never been homeless.", "homelessness", Negated),
        ("If he becomes homeless, the plan changes.", "homelessness", Hypothetical),
        ("He set a fire, but it was accidental.", "fire-setting", Accidental),
        ("An overdose was ruled out by the hospital.", "suicide", Negated),
        ("The hostel turned him down, but not for arson.", "arson", Negated),
    ] {
        let held_back = best(text, theme).unwrap_or_else(|| panic!("{text}")).held_back;
        assert_eq!(held_back, Some(why), "{text}");
    }
}

#[test]
fn a_no_that_is_about_something_else_holds_nothing_back() {
    for (text, theme) in [
        ("He is not only homeless but ill.", "homelessness"),
        ("There is no detox bed for her.", "substance"),
        ("Nobody came, and she took an overdose.", "suicide"),
        ("Without a plan, he was sleeping rough again.", "homelessness"),
        ("No doubt he set a fire.", "fire-setting"),
    ] {
        let found = best(text, theme).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(found.held_back, None, "{text}");
    }
    // What a phrase says is missing has to be what is missing.
    assert!(best("There is no history of arson on record.", "arson").is_none_or(|found| found.held_back.is_some()));
    assert_eq!(best("The lead professional came.", "no-lead").map(|found| found.strength > 0.5), None);
}

#[test]
fn a_match_is_where_it_stands() {
    let text = "Quiet month – he’s well.\n\nThen he was found\nsleeping rough by the canal.";
    let found = best(text, "homelessness").unwrap();
    assert_eq!(&text[found.start..found.end], "sleeping rough");
    assert_eq!(best("No smoke alarm.", "alarm").map(|found| (found.start, found.end)), Some((0, 14)));
}

#[test]
fn any_text_is_read() {
    for text in ["", " ", "’", "🔥 arson 🔥", "a.b.c", "é'é", "\u{0}\u{202e}", "no no no no arson arson arson", &"arson on record ".repeat(3000), "ſ İ ß ﬁre"]
    {
        for (_, found) in self::found(text) {
            assert!(text.is_char_boundary(found.start) && text.is_char_boundary(found.end) && found.strength.is_finite());
        }
    }
}

#[test]
fn every_line_of_words_that_say_alike_is_understood() {
    let mut names = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for line in include_str!("alike.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, words)) = line.split_once(':') {
            names.push(name);
            for phrase in words.split(',').map(str::trim) {
                assert!(!phrase.is_empty(), "{line}");
                assert_eq!(seen.insert(phrase, name), None, "`{phrase}` stands twice");
            }
        } else if let Some((_, both)) = line.split_once('=') {
            assert!(both.split_whitespace().all(|name| names.contains(&name)), "{line}");
        }
    }
    assert!(names.len() > 60);
}

fn example(phrases: f32, words: f32, fits: bool) -> Example {
    Example { theme: ThemeKey(0), signals: Signals { phrases, words, ..Signals::default() }, fits }
}

#[test]
fn a_workspace_that_has_confirmed_little_is_served_by_the_codebook() {
    let by_hand = Blend::default();
    assert_eq!(Blend::learn(&[]), by_hand);
    assert_eq!(Blend::learn(&[example(0.9, 0.0, false)]), by_hand, "nothing fits, so nothing can be learnt");
    let strong = Signals { phrases: 0.95, gist: 1.5, ..Signals::default() };
    assert!(by_hand.sureness(strong) > 0.6 && by_hand.sureness(Signals::default()) == 0.0);
    let little = Blend::learn(&[example(0.9, 0.0, true), example(0.0, 0.0, false)]);
    assert!((little.sureness(strong) - by_hand.sureness(strong)).abs() < 0.1 && little.threshold == by_hand.threshold);
}

#[test]
fn what_a_workspace_confirms_moves_the_weights_and_the_threshold() {
    let mut examples = Vec::new();
    for n in 0..4_000 {
        // Here phrases say nothing, and words say nearly all.
        let fits = n % 10 == 0;
        examples.push(example(if n % 3 == 0 { 0.9 } else { 0.0 }, if fits && n % 50 != 0 { 4.0 } else { 0.3 }, fits));
    }
    let learnt = Blend::learn(&examples);
    let sure = |phrases, words| learnt.sureness(Signals { phrases, words, ..Signals::default() });
    assert!(sure(0.9, 0.3) < 0.2 && sure(0.0, 4.0) > 0.8, "{learnt:?}");
    assert!(sure(0.9, 0.3) < learnt.threshold && sure(0.0, 4.0) >= learnt.threshold);
    assert_eq!(learnt, Blend::learn(&examples), "the same tags teach the same");
}
