//! The fields of the files as a reference, from the same structs that read them: the documentation cannot fall behind.

use std::fmt::Write as _;

use serde_json::Value as Json;

use super::raw::{RawGroup, RawMeeting, RawPlan, RawSecondTags, RawTheme};

/// All fields of all files, as Markdown.
pub fn field_reference() -> String {
    let files = [
        ("`marg.yaml`", schemars::schema_for!(RawGroup)),
        ("A theme: `themes/ID.yaml`", schemars::schema_for!(RawTheme)),
        ("A meeting: `meetings/ID.yaml`", schemars::schema_for!(RawMeeting)),
        ("A second person's tags: `tagging/NAME/ID.yaml`", schemars::schema_for!(RawSecondTags)),
        ("The plan of a day: `plans/ID.yaml`", schemars::schema_for!(RawPlan)),
    ];
    let mut text = String::new();
    for (heading, schema) in files {
        let schema = schema.to_value();
        let _ = write!(text, "## {heading}\n\n");
        table(&mut text, &schema);
        for (name, part) in schema.get("$defs").and_then(Json::as_object).into_iter().flatten() {
            let _ = write!(text, "### {}\n\n", part_name(name));
            if let Some(words) = part.get("description").and_then(Json::as_str) {
                let _ = write!(text, "{words}\n\n");
            }
            table(&mut text, part);
        }
    }
    text.trim_end().to_owned() + "\n"
}

fn table(text: &mut String, schema: &Json) {
    let required: Vec<&str> = schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect();
    text.push_str("| field | holds | what it says |\n| --- | --- | --- |\n");
    for (name, field) in schema.get("properties").and_then(Json::as_object).into_iter().flatten() {
        let needed = if required.contains(&name.as_str()) { " (needed)" } else { "" };
        let words = field.get("description").and_then(Json::as_str).unwrap_or_default();
        let _ = writeln!(text, "| `{name}`{needed} | {} | {words} |", holds(field));
    }
    text.push('\n');
}

/// What a field holds, in words.
fn holds(field: &Json) -> String {
    if let Some(name) = field.get("$ref").and_then(Json::as_str) {
        return format!("*{}*", part_name(name));
    }
    if let Some(choice) = field.get("anyOf").and_then(Json::as_array).and_then(|choices| choices.first()) {
        return holds(choice);
    }
    let has = |kind: &str| match field.get("type") {
        Some(Json::String(one)) => one == kind,
        Some(Json::Array(many)) => many.iter().any(|one| one == kind),
        _ => false,
    };
    match field.get("items") {
        Some(items) if has("array") && items.get("$ref").is_some() => format!("a list: {}", holds(items)),
        Some(_) if has("array") => "a list of texts".to_owned(),
        _ if field.get("format").and_then(Json::as_str) == Some("date") => "a date".to_owned(),
        _ if has("boolean") => "yes or no".to_owned(),
        _ if has("integer") => "a number".to_owned(),
        _ if has("object") => "lists by name".to_owned(),
        _ => "a text".to_owned(),
    }
}

/// `#/$defs/RawActionReport` → `action report`.
fn part_name(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name).trim_start_matches("Raw");
    let mut words = String::new();
    for (at, c) in name.char_indices() {
        if at > 0 && c.is_uppercase() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}
