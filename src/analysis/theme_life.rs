//! A theme's life in sentences: what each change of its file changed.

use chrono::NaiveDate;

use crate::model::{Guide, Theme, ThemeHistory, ThemeThen};

/// What happened to a theme on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeStep {
    /// Nothing for what is not committed yet.
    pub on: Option<NaiveDate>,
    pub by: Option<String>,
    pub commit: Option<String>,
    /// Each the rest of a sentence that begins with the day: small letters, no full stop.
    pub said: Vec<String>,
}

/// Oldest first. Changes that change nothing a reader sees (an order, a comment, a line end) are left out.
pub fn theme_life(history: &ThemeHistory, now: &Theme) -> Vec<LifeStep> {
    let mut steps = Vec::new();
    for (n, change) in history.changes.iter().enumerate() {
        let said = match (&change.before, &change.after) {
            (ThemeThen::Absent, ThemeThen::There(theme)) if n == 0 && history.is_cut => {
                vec![format!("{}; what came before is not in this copy", was_there(theme))]
            }
            (ThemeThen::Absent, ThemeThen::There(theme)) => vec![created(theme, n)],
            (ThemeThen::There(before), ThemeThen::There(after)) => changes(before, after),
            (_, ThemeThen::Absent) => vec!["the theme was taken out".to_owned()],
            (ThemeThen::Unread(_), ThemeThen::There(theme)) => vec![format!("{}, where the file could not be read before", was_there(theme))],
            (_, ThemeThen::Unread(id)) => vec![format!("the file was changed, and that version of `{id}` cannot be read")],
        };
        steps.push(LifeStep { on: Some(change.on), by: Some(change.by.clone()), commit: Some(change.commit.clone()), said });
    }
    if let Some(ThemeThen::There(last)) = history.changes.last().map(|change| &change.after) {
        steps.push(LifeStep { on: None, by: None, commit: None, said: changes(last, now) });
    }
    steps.retain(|step| !step.said.is_empty());
    steps
}

fn was_there(theme: &Theme) -> String {
    format!("the theme was there, as a {}: “{}”", theme.kind, theme.title)
}

fn created(theme: &Theme, n: usize) -> String {
    let done = if n == 0 { "created" } else { "put back" };
    format!("the theme was {done}, as a {}: “{}”", theme.kind, theme.title)
}

/// What is different between two versions.
fn changes(before: &Theme, after: &Theme) -> Vec<String> {
    let mut said = Vec::new();
    if before.id != after.id {
        said.push(format!("it was renamed from `{}` to `{}`", before.id, after.id));
    }
    if before.kind != after.kind {
        said.push(format!("it became a {}, and had been a {}", after.kind, before.kind));
    }
    text(&mut said, "the title", Some(&before.title), Some(&after.title));
    word(&mut said, "its heading", before.parent.as_deref(), after.parent.as_deref());
    let texts = [
        ("the definition", &before.definition, &after.definition),
        ("what belongs to it", &before.include, &after.include),
        ("what does not belong to it", &before.exclude, &after.exclude),
        ("the example", &before.example, &after.example),
    ];
    texts.iter().for_each(|(name, before, after)| text(&mut said, name, before.as_deref(), after.as_deref()));
    list(&mut said, ("indicator", "indicators"), &before.indicators, &after.indicators);
    list(&mut said, ("other name", "other names"), &before.also_known_as, &after.also_known_as);
    match (before.stage, after.stage) {
        (before, after) if before == after => {}
        (Some(before), Some(after)) => said.push(format!("it moved from {before} to {after}")),
        (None, Some(after)) => said.push(format!("it came to the stage {after}")),
        (_, None) => said.push("its stage was taken out".to_owned()),
    }
    match (&before.retired, &after.retired) {
        (None, Some(retired)) => said.push(format!("it was retired{}", retired.why.as_ref().map_or(String::new(), |why| format!(": “{}”", why.trim())))),
        (Some(_), None) => said.push("it came back into use".to_owned()),
        (Some(before), Some(after)) if before != after => said.push("why or since when it is retired was changed".to_owned()),
        _ => {}
    }
    guide(&mut said, before.guide.as_ref(), after.guide.as_ref());
    said
}

fn word(said: &mut Vec<String>, name: &str, before: Option<&str>, after: Option<&str>) {
    match (before, after) {
        (before, after) if before == after => {}
        (Some(before), Some(after)) => said.push(format!("{name} was changed from {before} to {after}")),
        (None, Some(after)) => said.push(format!("{name} became {after}")),
        (_, None) => said.push(format!("{name} was taken out")),
    }
}

/// A text that people wrote. Where it was only broken into other lines, nothing changed.
fn text(said: &mut Vec<String>, name: &str, before: Option<&str>, after: Option<&str>) {
    let words = |text: Option<&str>| text.unwrap_or_default().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (words(before), words(after));
    if before == after {
        return;
    }
    said.push(match (before.is_empty(), after.is_empty()) {
        (true, _) => format!("{name} was written: “{}”", some_of(&after)),
        (_, true) => format!("{name} was taken out"),
        _ => {
            let (was, is) = difference(&before, &after);
            format!("{name} was changed: “{was}” became “{is}”")
        }
    });
}

/// Words that are shown before and after what is different, so that it can be found.
const AROUND: usize = 3;
/// So many words of a text are shown.
const SHOWN: usize = 24;

/// The part of two texts that differs, with a few words around it.
fn difference(before: &[String], after: &[String]) -> (String, String) {
    let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let rest = before.len().min(after.len()) - same;
    let same_after = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let part = |words: &[String]| {
        let from = same.saturating_sub(AROUND);
        let to = (words.len() - same_after + AROUND).min(words.len());
        let head = if from > 0 { "… " } else { "" };
        let tail = if to < words.len() { " …" } else { "" };
        format!("{head}{}{tail}", some_of(&words[from..to]))
    };
    (part(before), part(after))
}

fn some_of(words: &[String]) -> String {
    if words.len() <= SHOWN { words.join(" ") } else { format!("{} …", words[..SHOWN].join(" ")) }
}

fn list(said: &mut Vec<String>, (one, many): (&str, &str), before: &[String], after: &[String]) {
    let mut tell = |done: &str, words: Vec<&String>| {
        let (name, were) = if words.len() == 1 { (one, "was") } else { (many, "were") };
        if !words.is_empty() {
            let words: Vec<String> = words.iter().map(|word| format!("`{}`", word.trim())).collect();
            said.push(format!("{} {name} {were} {done}: {}", words.len(), words.join(", ")));
        }
    };
    tell("added", after.iter().filter(|word| !before.contains(word)).collect());
    tell("taken out", before.iter().filter(|word| !after.contains(word)).collect());
}

fn guide(said: &mut Vec<String>, before: Option<&Guide>, after: Option<&Guide>) {
    let (before, after) = match (before, after) {
        (None, None) => return,
        (None, Some(after)) => return said.push(format!("its guide was begun, with {} statements", after.statements.len())),
        (Some(_), None) => return said.push("its guide was taken out".to_owned()),
        (Some(before), Some(after)) => (before, after),
    };
    word(said, "the guide's edition", before.edition.as_deref(), after.edition.as_deref());
    word(said, "the guide's approval", before.approved_by.as_deref(), after.approved_by.as_deref());
    if before.published_on != after.published_on {
        said.push(after.published_on.map_or("the guide's day of publication was taken out".to_owned(), |day| format!("the guide was published on {day}")));
    }
    let texts = |guide: &Guide| {
        let plain = Guide { edition: None, approved_by: None, published_on: None, statements: Vec::new(), ..guide.clone() };
        let statements: Vec<_> = guide.statements.iter().map(|statement| (statement.id.clone(), statement.says.clone(), statement.evidence.clone())).collect();
        (plain, statements)
    };
    let ((plain, was), (plain_after, is)) = (texts(before), texts(after));
    if was != is {
        let added = is.iter().filter(|(id, ..)| !was.iter().any(|(earlier, ..)| earlier == id)).count();
        let gone = was.iter().filter(|(id, ..)| !is.iter().any(|(later, ..)| later == id)).count();
        let changed = is.iter().filter(|statement| !was.contains(statement)).count() - added;
        let parts = [(added, "new"), (changed, "with other words or evidence"), (gone, "taken out")];
        let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let in_order = if parts.is_empty() { "their order".to_owned() } else { parts.join(", ") };
        said.push(format!("the guide's statements were changed: {in_order}"));
    }
    if plain != plain_after {
        said.push("the text of the guide was changed".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn what_differs_is_shown_with_a_few_words_around_it() {
        let differ = |a: &str, b: &str| difference(&words(a), &words(b));
        let (was, is) = differ("a b c d e f g h", "a b c d x f g h");
        assert_eq!((was.as_str(), is.as_str()), ("… b c d e f g h", "… b c d x f g h"));
        let (was, is) = differ("a a", "a a a");
        assert_eq!((was.as_str(), is.as_str()), ("a a", "a a a"));
        let (was, is) = differ("one", "two");
        assert_eq!((was.as_str(), is.as_str()), ("one", "two"));
    }

    #[test]
    fn a_text_in_other_lines_is_the_same() {
        let mut said = Vec::new();
        text(&mut said, "the definition", Some("a b\nc\n"), Some("a\nb c"));
        assert!(said.is_empty());
        text(&mut said, "the definition", Some(""), Some("A b."));
        assert_eq!(said, ["the definition was written: “A b.”"]);
    }
}
