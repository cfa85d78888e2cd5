//! A tree of values against the schema of the structs it should become.
//!
//! The schema is derived from the same structs that serde reads, so the two cannot drift apart. Everything that does not fit is
//! said, and left out; what is left fits, so that the file's other mistakes can be found in the same run.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::codes;
use super::tree::{Node, Value};
use crate::source::{FileId, Finding, list_of, nearest};

/// What of `root` fits `schema`, with a finding for everything that does not.
pub(super) fn fit(file: FileId, root: &Node, schema: &Json) -> (Json, Vec<Finding>) {
    let mut fitter = Fitter { file, definitions: schema, findings: Vec::new() };
    let fitted = fitter.value(root, schema, "the file").unwrap_or_else(|| Json::Object(Map::new()));
    (fitted, fitter.findings)
}

struct Fitter<'a> {
    file: FileId,
    /// The whole schema, in which `$ref` is looked up.
    definitions: &'a Json,
    findings: Vec<Finding>,
}

impl<'a> Fitter<'a> {
    fn value(&mut self, node: &Node, schema: &'a Json, name: &str) -> Option<Json> {
        let schema = self.resolve(schema);
        let takes = types(schema);
        if node.is_blank() && !takes.is_empty() {
            return Some(Json::Null);
        }
        match &node.value {
            Value::Scalar { text, .. } if takes.contains("string") || takes.contains("boolean") => Some(Json::String(text.clone())),
            Value::Scalar { text, .. } if takes.contains("integer") => self.number(node, text, name),
            Value::List(items) if takes.contains("array") => Some(Json::Array(self.list(items, schema, name))),
            Value::Mapping(fields) if takes.contains("object") => Some(Json::Object(self.mapping(fields, schema))),
            found => {
                self.wrong_type(node, found, &takes, name);
                None
            }
        }
    }

    fn number(&mut self, node: &Node, text: &str, name: &str) -> Option<Json> {
        if let Ok(number) = text.parse::<u32>() {
            return Some(Json::from(number));
        }
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let example = if digits.is_empty() { "10" } else { &digits };
        self.findings.push(
            Finding::text(&codes::WRONG_TYPE, self.file, node.span, format!("`{name}` is a whole number, and this is `{text}`"))
                .hint(format!("write the number alone: `{name}: {example}`")),
        );
        None
    }

    fn list(&mut self, items: &[Node], schema: &'a Json, name: &str) -> Vec<Json> {
        let Some(of) = schema.get("items") else { return Vec::new() };
        let takes = types(self.resolve(of));
        // An entry that does not fit keeps its place, so that those behind it keep their numbers.
        let stand_in = || if takes.contains("object") { Json::Object(Map::new()) } else { Json::String(String::new()) };
        let mut fitted = Vec::with_capacity(items.len());
        for item in items {
            if item.is_blank() {
                let finding = Finding::text(&codes::EMPTY_ENTRY, self.file, item.span, format!("an entry of `{name}` is empty"));
                self.findings.push(finding.hint("write something after the dash, or take the dash away"));
                fitted.push(stand_in());
            } else {
                fitted.push(self.value(item, of, name).unwrap_or_else(stand_in));
            }
        }
        fitted
    }

    fn mapping(&mut self, fields: &[(Node, Node)], schema: &'a Json) -> Map<String, Json> {
        let mut fitted = Map::new();
        let mut seen = BTreeSet::new();
        for (name_node, value) in fields {
            let Some(name) = name_node.text() else {
                let finding = Finding::text(&codes::WRONG_TYPE, self.file, name_node.span, "the name of a field is a word, and this is a list or a group of fields");
                self.findings.push(finding.hint("if brackets or braces begin a text, put the text in quotes"));
                continue;
            };
            if !seen.insert(name) {
                let finding = Finding::text(&codes::DUPLICATE_FIELD, self.file, name_node.span, format!("`{name}` stands here a second time"));
                self.findings.push(finding.hint("keep one of the two; if this begins a new entry of a list, it lacks its dash"));
                continue;
            }
            if let Some(of) = field_schema(schema, name) {
                if let Some(value) = self.value(value, of, name) {
                    fitted.insert(name.to_owned(), value);
                }
            } else {
                self.unknown_field(name_node, name, schema);
            }
        }
        fitted
    }

    fn unknown_field(&mut self, node: &Node, name: &str, schema: &Json) {
        let known: Vec<&str> = schema.get("properties").and_then(Json::as_object).map(|fields| fields.keys().map(String::as_str).collect()).unwrap_or_default();
        let hint = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if name.contains('\u{a0}') => "a no-break space stands in it, as Word puts them: type the spaces again".to_owned(),
            None => format!("here can stand: {}", list_of(&known, "and")),
        };
        self.findings.push(Finding::text(&codes::UNKNOWN_FIELD, self.file, node.span, format!("there is no field `{name}` here")).hint(hint));
    }

    fn wrong_type(&mut self, node: &Node, found: &Value, takes: &BTreeSet<&str>, name: &str) {
        let wanted = describe(takes);
        let (is, hint) = match found {
            Value::Scalar { text, .. } => ("a text", scalar_hint(text, takes, name)),
            Value::List(_) => ("a list", format!("take the dash or the brackets away: `{name}` holds one thing")),
            Value::Mapping(fields) => ("a group of fields", mapping_hint(fields, takes)),
        };
        self.findings.push(Finding::text(&codes::WRONG_TYPE, self.file, node.span, format!("`{name}` is {wanted}, and this is {is}")).hint(hint));
    }

    /// Follows `$ref`, and of a choice with nothing takes the something.
    fn resolve(&self, schema: &'a Json) -> &'a Json {
        if let Some(name) = schema.get("$ref").and_then(Json::as_str) {
            return name.strip_prefix("#").and_then(|pointer| self.definitions.pointer(pointer)).unwrap_or(schema);
        }
        match schema.get("anyOf").and_then(Json::as_array) {
            Some(choices) => choices.iter().find(|choice| choice.get("type").and_then(Json::as_str) != Some("null")).map_or(schema, |choice| self.resolve(choice)),
            None => schema,
        }
    }
}

fn types(schema: &Json) -> BTreeSet<&str> {
    match schema.get("type") {
        Some(Json::String(one)) => BTreeSet::from([one.as_str()]),
        Some(Json::Array(many)) => many.iter().filter_map(Json::as_str).collect(),
        _ => BTreeSet::new(),
    }
}

fn field_schema<'a>(schema: &'a Json, name: &str) -> Option<&'a Json> {
    let own = schema.get("properties").and_then(|fields| fields.get(name));
    own.or_else(|| schema.get("additionalProperties").filter(|any| any.is_object()))
}

fn describe(takes: &BTreeSet<&str>) -> &'static str {
    if takes.contains("object") {
        "a group of fields"
    } else if takes.contains("string") && !takes.contains("array") {
        "a text"
    } else if takes.contains("array") {
        "a list"
    } else if takes.contains("boolean") {
        "yes or no"
    } else {
        "a whole number"
    }
}

fn scalar_hint(text: &str, takes: &BTreeSet<&str>, name: &str) -> String {
    if text.starts_with('-') && !text.starts_with("- ") {
        return "a space is missing after the dash: `- ` begins an entry".to_owned();
    }
    if takes.contains("array") {
        return format!("give each entry a line of its own that begins with a dash, under `{name}:`");
    }
    if let Some((field, value)) = text.split_once(':').filter(|(field, _)| !field.is_empty() && !field.contains(' ')) {
        return format!("a space is missing after the colon: `{field}: {}`", value.trim().lines().next().unwrap_or_default());
    }
    format!("put its fields under `{name}:`, each on a line of its own, a little further in")
}

fn mapping_hint(fields: &[(Node, Node)], takes: &BTreeSet<&str>) -> String {
    if takes.contains("string") {
        let begins = fields.first().and_then(|(name, _)| name.text()).unwrap_or_default();
        return format!("a colon with a space after it divides a name from a value; put the whole text in quotes: \"{begins}: …\"");
    }
    "each entry of a list begins with a dash and a space".to_owned()
}
