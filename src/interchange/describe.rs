//! All that an entry says, as one text that people read in other programs, and that is read back to the letter.
//!
//! The definition comes first; what follows stands under a label at the beginning of a line (`Include: …`). A line of somebody's own that
//! looks so gets a backslash before it.

use super::entry::{Entry, line, text};
use crate::model::{Stage, ThemeKind, Word as _};

const LABELS: [&str; 10] = ["Title", "Include", "Exclude", "Example", "Phrases", "Earlier ids", "Heading", "Stage", "Kind", "Id"];

/// The text for an entry, whose name there is `name`.
pub(super) fn describe(entry: &Entry, name: &str) -> String {
    let mut parts: Vec<String> = entry.definition.iter().map(|text| guarded(text)).collect();
    let mut say = |label: &str, text: Option<&str>| parts.extend(text.map(|text| format!("{label}: {}", guarded(text))));
    say("Include", entry.include.as_deref());
    say("Exclude", entry.exclude.as_deref());
    say("Example", entry.example.as_deref());
    let list = |label: &str, items: &[String]| (!items.is_empty()).then(|| format!("{label}:\n- {}", items.join("\n- ")));
    parts.extend(list("Phrases", &entry.indicators));
    parts.extend(list("Earlier ids", &entry.also_known_as));
    let short = [
        ("Title", Some(entry.title.as_str()).filter(|title| *title != name)),
        ("Heading", entry.parent.as_deref()),
        ("Stage", entry.stage.map(Stage::word)),
        ("Kind", entry.kind.map(ThemeKind::word)),
        ("Id", entry.id.as_deref()),
    ];
    let short: Vec<String> = short.into_iter().filter_map(|(label, text)| Some(format!("{label}: {}", guarded(text?)))).collect();
    if !short.is_empty() {
        parts.push(short.join("\n"));
    }
    parts.join("\n\n")
}

/// The entry that a text with a name speaks of. Of a text from elsewhere, all that stands under no label is the definition.
pub(super) fn read_described(name: &str, described: &str) -> Entry {
    let mut fields: Vec<(&str, Vec<&str>)> = vec![("Definition", Vec::new())];
    let even = text(Some(described)).unwrap_or_default();
    for row in even.split('\n') {
        let (label, rest) = label_of(row).unwrap_or(("", row));
        if !label.is_empty() {
            fields.push((label, Vec::new()));
        }
        if let Some((_, rows)) = fields.last_mut() {
            rows.push(unguarded(rest));
        }
    }
    let mut entry = Entry { title: name.to_owned(), ..Entry::default() };
    for (label, rows) in fields {
        let whole = rows.join("\n");
        let items = || rows.iter().filter_map(|row| line(Some(row.strip_prefix("- ").unwrap_or(row))));
        match label {
            "Title" => entry.title = line(Some(&whole)).unwrap_or_default(),
            "Include" => add(&mut entry.include, &whole),
            "Exclude" => add(&mut entry.exclude, &whole),
            "Example" => add(&mut entry.example, &whole),
            "Phrases" => entry.indicators.extend(items()),
            "Earlier ids" => entry.also_known_as.extend(items()),
            "Heading" => entry.parent = line(Some(&whole)),
            "Stage" => entry.stage = Stage::parse(whole.trim()),
            "Kind" => entry.kind = ThemeKind::parse(whole.trim()),
            "Id" => entry.id = line(Some(&whole)),
            _ => add(&mut entry.definition, &whole),
        }
    }
    entry
}

fn add(field: &mut Option<String>, more: &str) {
    if let Some(more) = text(Some(more)) {
        *field = Some(field.take().map_or_else(|| more.clone(), |there| format!("{there}\n\n{more}")));
    }
}

/// The label that a line begins with, and what follows it. Where only some words make sense, others are part of a text.
fn label_of(row: &str) -> Option<(&'static str, &str)> {
    let (label, rest) = LABELS.iter().find_map(|label| Some((*label, row.strip_prefix(label)?.strip_prefix(':')?)))?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let makes_sense = match label {
        "Stage" => Stage::parse(rest.trim()).is_some(),
        "Kind" => ThemeKind::parse(rest.trim()).is_some(),
        "Id" => super::compare::can_be_id(rest.trim()),
        _ => true,
    };
    makes_sense.then_some((label, rest))
}

fn looks_labelled(row: &str) -> bool {
    let row = row.trim_start_matches('\\');
    LABELS.iter().any(|label| row.strip_prefix(label).is_some_and(|rest| rest.starts_with(':')))
}

fn guarded(text: &str) -> String {
    text.split('\n').map(|row| if looks_labelled(row) { format!("\\{row}") } else { row.to_owned() }).collect::<Vec<_>>().join("\n")
}

fn unguarded(row: &str) -> &str {
    row.strip_prefix('\\').filter(|rest| looks_labelled(rest)).unwrap_or(row)
}
