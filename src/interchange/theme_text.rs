//! Where in a theme a text of its guide is kept, by the name that its mark in a draft has.

use super::draft::{Clash, Conflict};
use crate::model::{Statement, Theme};

enum Spot<'t> {
    /// Markdown, or nothing yet.
    Prose(&'t mut Option<String>),
    /// A sentence, which is no Markdown.
    Step(&'t mut String),
}

fn spot<'t>(theme: &'t mut Theme, name: &str) -> Option<Spot<'t>> {
    if let Some(step) = name.strip_prefix("statement ") {
        let is_it = |statement: &&mut Statement| statement.name() == step;
        return theme.guide.iter_mut().flat_map(|guide| &mut guide.statements).find(is_it).map(|statement| Spot::Step(&mut statement.says));
    }
    let prose = match name {
        "definition" => &mut theme.definition,
        "include" => &mut theme.include,
        "exclude" => &mut theme.exclude,
        _ => {
            let guide = theme.guide.get_or_insert_default();
            match name {
                "why_this_guide" => &mut guide.why_this_guide,
                "what_people_told_us" => &mut guide.what_people_told_us,
                "what_the_law_says" => &mut guide.what_the_law_says,
                "managing_the_risk" => &mut guide.managing_the_risk,
                "questions_to_ask" => &mut guide.questions_to_ask,
                "information_sharing" => &mut guide.information_sharing,
                "when_to_escalate" => &mut guide.when_to_escalate,
                "example" => &mut guide.example,
                "contacts" => &mut guide.contacts,
                "how_it_was_made" => &mut guide.how_it_was_made,
                _ => return None,
            }
        }
    };
    Some(Spot::Prose(prose))
}

/// A text as the theme has it, and whether it is Markdown; nothing when nobody has written it.
pub fn text_of(theme: &Theme, name: &str) -> Option<(String, bool)> {
    match spot(&mut theme.clone(), name)? {
        Spot::Prose(text) => text.take().filter(|text| !text.trim().is_empty()).map(|text| (text, true)),
        Spot::Step(says) => Some((says.clone(), false)),
    }
}

/// Puts texts into a theme, as far as each is there as it was `before`. Gives back those that are not.
pub fn put_texts(theme: &mut Theme, before: &Theme, texts: &[(String, String)]) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    for (name, text) in texts {
        let (was, is) = (text_of(before, name), text_of(theme, name));
        if was != is {
            let theirs = is.map(|(text, _)| text).unwrap_or_default();
            conflicts.push(Conflict { line: None, why: Clash::JustNow(name.clone()), yours: text.clone(), theirs });
            continue;
        }
        match spot(theme, name) {
            Some(Spot::Prose(kept)) => *kept = (!text.is_empty()).then(|| ended(text, was.map(|(was, _)| was))),
            Some(Spot::Step(says)) => says.clone_from(text),
            None => {}
        }
    }
    conflicts
}

/// With the line end that it had, or that a text of several lines has.
fn ended(text: &str, was: Option<String>) -> String {
    let line_end = was.map_or(text.contains('\n'), |was| was.ends_with('\n') || text.contains('\n'));
    if line_end { format!("{}\n", text.trim_end()) } else { text.to_owned() }
}
