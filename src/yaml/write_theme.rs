//! A new theme as a person would have typed it.

use std::fmt::Write as _;

use super::schema::FileKind;
use super::{check_theme, read_theme};
use crate::model::{Stage, Theme, ThemeKind};

/// A line of a long text, with its two spaces before it.
const WIDEST: usize = 110;

/// The text of a theme's file, without a guide. It has been read back: nothing where what stands in the theme cannot be written so that
/// the reader takes it as it is.
pub fn new_theme(theme: &Theme) -> Option<String> {
    let reads_back = |text: &String| {
        let (raw, findings) = read_theme(theme.file, text);
        raw.map(|raw| check_theme(theme.file, &theme.id, raw, findings)).is_some_and(|read| read.findings.is_empty() && read.value.as_ref() == Some(theme))
    };
    [written(theme, scalar), written(theme, quoted)].into_iter().find(reads_back)
}

fn written(theme: &Theme, scalar: fn(&str) -> String) -> String {
    let mut text = FileKind::Theme.modeline();
    let mut field = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(text, "{name}: {}", scalar(value));
        }
    };
    field("title", Some(&theme.title));
    field("kind", Some(ThemeKind::word(theme.kind)));
    field("parent", theme.parent.as_deref());
    field("definition", theme.definition.as_deref());
    field("include", theme.include.as_deref());
    field("exclude", theme.exclude.as_deref());
    field("example", theme.example.as_deref());
    for (name, items) in [("indicators", &theme.indicators), ("also_known_as", &theme.also_known_as)] {
        if !items.is_empty() {
            let _ = writeln!(text, "{name}:");
            for item in items {
                let _ = writeln!(text, "  - {}", line(item, scalar));
            }
        }
    }
    if let Some(stage) = theme.stage {
        let _ = writeln!(text, "stage: {}", Stage::word(stage));
    }
    if let Some(retired) = &theme.retired {
        let on = retired.on.map(|on| on.to_string());
        let fields = [("on", on.as_deref()), ("why", retired.why.as_deref()), ("use", retired.instead.as_deref())];
        let said: Vec<String> = fields.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", line(value?, quoted_but_dates)))).collect();
        let _ = writeln!(text, "retired: {{ {} }}", said.join(", "));
    }
    text
}

fn quoted_but_dates(text: &str) -> String {
    if text.parse::<chrono::NaiveDate>().is_ok() { text.to_owned() } else { quoted(text) }
}

/// An entry of a list, on its line.
fn line(item: &str, scalar: fn(&str) -> String) -> String {
    let written = scalar(item);
    if written.contains('\n') { quoted(item) } else { written }
}

/// As it is where it can be, in quotes where it is short, and otherwise as lines below.
fn scalar(text: &str) -> String {
    let is_short = text.chars().count() <= WIDEST;
    if is_short && is_plain(text) {
        return text.to_owned();
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let is_tidy = !text.contains('\t') && lines.iter().all(|line| line.trim() == *line);
    match lines.len() {
        1 if is_short => quoted(text),
        // Two spaces side by side could get lost where a line is folded.
        1 if is_tidy && !text.contains("  ") => folded(text),
        1 => quoted(text),
        _ if is_tidy => lines.iter().fold("|-".to_owned(), |block, line| if line.is_empty() { block + "\n" } else { format!("{block}\n  {line}") }),
        _ => quoted(text),
    }
}

/// Words with nothing in them that means something to YAML.
fn is_plain(text: &str) -> bool {
    let means = ["true", "false", "yes", "no", "null", "on", "off", "y", "n"];
    text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | ',' | '.' | '\'' | '(' | ')' | '/' | '’' | '–' | '£' | ';'))
        && !text.ends_with(' ')
        && !means.contains(&text.to_lowercase().as_str())
}

/// In double quotes; the signs of JSON mean the same in YAML.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn folded(text: &str) -> String {
    let mut block = ">-\n ".to_owned();
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count() + 1;
        if width > 0 && width + length > WIDEST {
            block.push_str("\n ");
            width = 0;
        }
        block.push(' ');
        block.push_str(word);
        width += length;
    }
    block
}
