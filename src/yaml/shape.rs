//! A tree of values against the schema of the structs it should become.
//!
//! The schema is derived from the same structs that serde reads, so the two cannot drift apart. Everything that does not fit is
//! said, and left out; what is left fits, so that the file's other mistakes can be found in the same run.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::{Map, Value as Json};

use super::codes;
use super::syntax::{quoted_short, shown};
use super::tree::{Node, Value};
use crate::source::{Code, FileId, Finding, list_of, nearest};

/// What of `root` fits `schema`, with a finding for everything that does not.
pub(super) fn fit(file: FileId, text: &str, root: &Node, schema: &Json) -> (Json, Vec<Finding>) {
    let mut fitter = Fitter { file, text, definitions: schema, around: Vec::new(), findings: Vec::new() };
    let fitted = fitter.value(root, schema, Label::File).unwrap_or_else(|| Json::Object(Map::new()));
    (fitted, fitter.findings)
}

/// The names of all fields, at whatever depth.
pub(super) fn names(schema: &Json) -> BTreeSet<&str> {
    let definitions = schema.get("$defs").and_then(Json::as_object);
    let all = definitions.into_iter().flat_map(Map::values).chain([schema]);
    all.flat_map(known).collect()
}

/// What a value is called in a message.
#[derive(Clone, Copy)]
enum Label<'a> {
    File,
    Field(&'a str),
    /// An entry of the list of this name.
    Entry(&'a str),
}

impl<'a> Label<'a> {
    fn name(self) -> &'a str {
        match self {
            Self::File => "",
            Self::Field(name) | Self::Entry(name) => name,
        }
    }
}

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("the file"),
            Self::Field(name) => write!(f, "`{name}`"),
            Self::Entry(name) => write!(f, "an entry of `{name}`"),
        }
    }
}

struct Fitter<'a> {
    file: FileId,
    text: &'a str,
    /// The whole schema, in which `$ref` is looked up.
    definitions: &'a Json,
    /// The schemas of the groups of fields that the value is inside of, from the outermost.
    around: Vec<&'a Json>,
    findings: Vec<Finding>,
}

impl<'a> Fitter<'a> {
    fn value(&mut self, node: &Node, schema: &'a Json, label: Label<'_>) -> Option<Json> {
        let schema = self.resolve(schema);
        let takes = types(schema);
        if node.is_blank() && !takes.is_empty() {
            return Some(Json::Null);
        }
        match &node.value {
            Value::Scalar { text, .. } if takes.contains("string") || takes.contains("boolean") => Some(Json::String(text.clone())),
            Value::Scalar { text, .. } if takes.contains("integer") => self.number(node, text, label),
            Value::List(items) if takes.contains("array") => Some(Json::Array(self.list(items, schema, label.name()))),
            Value::Mapping(fields) if takes.contains("object") => Some(Json::Object(self.mapping(fields, schema, label))),
            found => {
                self.wrong_type(node, found, schema, label);
                None
            }
        }
    }

    fn number(&mut self, node: &Node, text: &str, label: Label<'_>) -> Option<Json> {
        if let Ok(number) = text.parse::<u32>() {
            return Some(Json::from(number));
        }
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let example = if digits.is_empty() { "10" } else { &digits };
        let name = label.name();
        self.say(&codes::WRONG_TYPE, node, format!("{label} is a whole number, and this is `{text}`"), format!("write the number alone: `{name}: {example}`"));
        None
    }

    fn list(&mut self, items: &[Node], schema: &'a Json, name: &str) -> Vec<Json> {
        let Some(of) = schema.get("items") else { return Vec::new() };
        let takes = types(self.resolve(of));
        // An entry that does not fit keeps its place, so that those after it keep their numbers.
        let stand_in = || if takes.contains("object") { Json::Object(Map::new()) } else { Json::String(String::new()) };
        let mut fitted = Vec::with_capacity(items.len());
        for item in items {
            if item.is_blank() {
                let hint = "write something after the dash, or take the dash away";
                self.say(&codes::EMPTY_ENTRY, item, format!("an entry of `{name}` is empty"), hint);
                fitted.push(stand_in());
            } else {
                fitted.push(self.value(item, of, Label::Entry(name)).unwrap_or_else(stand_in));
            }
        }
        fitted
    }

    fn mapping(&mut self, fields: &[(Node, Node)], schema: &'a Json, label: Label<'_>) -> Map<String, Json> {
        let mut fitted = Map::new();
        let mut seen = BTreeSet::new();
        let first = fields.first().and_then(|(name, _)| name.text());
        self.around.push(schema);
        for (name_node, value) in fields {
            let Some(name) = name_node.text() else {
                let message = "the name of a field is a word, and this is a list or a group of fields";
                self.say(&codes::WRONG_TYPE, name_node, message.to_owned(), "if brackets or braces begin a text, put the text in quotes");
                continue;
            };
            if !seen.insert(name) {
                let begins = matches!(label, Label::Entry(_)) && first == Some(name);
                self.second(name_node, name, begins);
                if begins {
                    // All that follows is the new entry's.
                    break;
                }
                continue;
            }
            if let Some(of) = field_schema(schema, name) {
                if let Some(value) = self.value(value, of, Label::Field(name)) {
                    fitted.insert(name.to_owned(), value);
                }
            } else {
                self.unknown_field(name_node, value, name, schema);
            }
        }
        self.around.pop();
        fitted
    }

    fn second(&mut self, node: &Node, name: &str, begins_entry: bool) {
        let hint = if begins_entry {
            let line = self.line_from(node);
            format!(
                "if this begins a new entry of the list, put a dash and a space before it, in the column of the dash above: {}",
                shown(&format!("- {line}"))
            )
        } else {
            "keep one of the two, and take the other away".to_owned()
        };
        self.say(&codes::DUPLICATE_FIELD, node, format!("`{name}` stands here a second time"), hint);
    }

    fn unknown_field(&mut self, node: &Node, value: &Node, name: &str, schema: &Json) {
        let hint = self.hint_for_name(node, value, name, schema);
        self.say(&codes::UNKNOWN_FIELD, node, format!("there is no field `{name}` here"), hint);
    }

    fn hint_for_name(&self, node: &Node, value: &Node, name: &str, schema: &Json) -> String {
        let known: Vec<&str> = known(schema).collect();
        let visible: String = name.chars().filter(|c| c.is_ascii_graphic() || c.is_alphanumeric()).collect();
        if visible != name && known.contains(&visible.as_str()) {
            return format!("a character that cannot be seen stands in it: delete it, and type `{visible}` again");
        }
        if let Some(rest) = name.strip_prefix('-').filter(|rest| !rest.is_empty()) {
            return format!("a space is missing after the dash: `- {rest}`");
        }
        if let Some((field, rest)) = name.split_once(':').filter(|(field, _)| known.contains(field)) {
            return format!("a space is missing after the colon: `{field}: {rest}`");
        }
        if let Some(home) = self.home_of(name) {
            return home;
        }
        if value.is_blank() && value.span.start == value.span.end && self.text.get(..node.span.start).is_some_and(|before| before.trim_end().ends_with(',')) {
            return "a comma divides the fields in braces; if it belongs to the text before it, put that text in quotes".to_owned();
        }
        match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("here can stand: {}", list_of(&known, "and")),
        }
    }

    /// Where a field of this name belongs, if it only stands too far in or not far enough.
    fn home_of(&self, name: &str) -> Option<String> {
        let inner = self.around.last()?;
        let outer = self.around.iter().rev().skip(1).find(|schema| field_schema(schema, name).is_some());
        if outer.is_some() {
            return Some(format!(
                "`{name}` belongs to what stands around this: take away spaces before it, so that it begins in the column of the fields there"
            ));
        }
        let fields = inner.get("properties").and_then(Json::as_object)?;
        let of = |schema| {
            let schema = self.resolve(schema);
            schema.get("items").map_or(schema, |items| self.resolve(items))
        };
        let (home, _) = fields.iter().find(|(_, schema)| of(schema).get("properties").and_then(|own| own.get(name)).is_some())?;
        Some(format!("`{name}` belongs under `{home}`: put more spaces before it, so that it begins in the column of the fields there"))
    }

    fn wrong_type(&mut self, node: &Node, found: &Value, schema: &'a Json, label: Label<'_>) {
        let takes = types(schema);
        let (is, hint) = match found {
            Value::Scalar { text, .. } => ("a text", self.scalar_hint(text, schema, label.name())),
            Value::List(_) => (
                "a list",
                self.bracket_hint(node, &takes, label).unwrap_or_else(|| format!("take the dash or the brackets away: `{}` holds one thing", label.name())),
            ),
            Value::Mapping(fields) => ("a group of fields", self.mapping_hint(node, fields, &takes, label)),
        };
        self.say(&codes::WRONG_TYPE, node, format!("{label} is {}, and this is {is}", describe(&takes)), hint);
    }

    fn scalar_hint(&self, text: &str, schema: &'a Json, name: &str) -> String {
        if let Some(rest) = text.strip_prefix('-').filter(|rest| !rest.starts_with([' ', '-']) && !rest.is_empty()) {
            return format!("a space is missing after the dash: {}", shown(&format!("- {rest}")));
        }
        if let Some(items) = schema.get("items").map(|items| self.resolve(items)) {
            let field = items.get("required").and_then(|needed| needed.get(0)).and_then(Json::as_str);
            let entry = field.map_or_else(|| format!("- {text}"), |field| format!("- {field}: {text}"));
            return format!("give each entry a line of its own under `{name}:`, beginning with a dash: {}", shown(&entry));
        }
        if let Some((field, value)) = text.split_once(':').filter(|(field, _)| !field.is_empty() && !field.contains(' ')) {
            return format!("a space is missing after the colon: `{field}: {}`", value.trim().lines().next().unwrap_or_default());
        }
        match (name, known(schema).next()) {
            ("", Some(first)) => format!("begin each line with the name of a field, a colon and a space: `{first}: …`"),
            (_, Some(first)) => format!("put its fields under `{name}:`, each on a line of its own, two spaces further in: `{first}: …`"),
            (_, None) => format!("put its fields under `{name}:`, each on a line of its own, two spaces further in"),
        }
    }

    /// For a text that begins with a bracket or brace.
    fn bracket_hint(&self, node: &Node, takes: &BTreeSet<&str>, label: Label<'_>) -> Option<String> {
        let own = self.text.get(node.span.start..node.span.end).filter(|own| own.starts_with(['[', '{']) && takes.contains("string") && !own.contains('\n'))?;
        let before = if matches!(label, Label::Entry(_)) { "- ".to_owned() } else { format!("{}: ", label.name()) };
        Some(format!(
            "if the {} belong to the text, put it in quotes: {}",
            if own.starts_with('[') { "brackets" } else { "braces" },
            shown(&format!("{before}{}", quoted_short(own)))
        ))
    }

    fn mapping_hint(&self, node: &Node, fields: &[(Node, Node)], takes: &BTreeSet<&str>, label: Label<'_>) -> String {
        let first = fields.first().and_then(|(name, _)| name.text()).unwrap_or_default();
        let line = self.line_from(node);
        if let Some(rest) = line.strip_prefix('-').filter(|rest| !rest.starts_with(' ')) {
            return format!("a space is missing after the dash: {}", shown(&format!("- {rest}")));
        }
        if matches!(label, Label::Field(_)) && self.around.iter().any(|schema| field_schema(schema, first).is_some()) && !self.item_knows(label, first) {
            return format!("`{first}` stands too far in: take away spaces before it, so that it begins in the column of `{}`", label.name());
        }
        if let Some(hint) = self.bracket_hint(node, takes, label) {
            return hint;
        }
        if takes.contains("string") {
            let before = if matches!(label, Label::Entry(_)) { "- ".to_owned() } else { format!("{}: ", label.name()) };
            return format!("a colon with a space after it ends a name; put the whole text in quotes: {}", shown(&format!("{before}{}", quoted_short(line))));
        }
        format!("each entry of a list begins with a dash and a space: {}", shown(&format!("- {line}")))
    }

    /// Whether an entry of the list of this name has such a field.
    fn item_knows(&self, label: Label<'_>, name: &str) -> bool {
        let list = self.around.last().and_then(|schema| field_schema(schema, label.name())).map(|schema| self.resolve(schema));
        list.and_then(|list| list.get("items")).is_some_and(|items| field_schema(self.resolve(items), name).is_some())
    }

    /// The rest of the line in which a value begins, from its beginning.
    fn line_from(&self, node: &Node) -> &'a str {
        self.text.get(node.span.start..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim_end()
    }

    fn say(&mut self, code: &'static Code, node: &Node, message: String, hint: impl Into<String>) {
        self.findings.push(Finding::text(code, self.file, node.span, message).hint(hint));
    }

    /// Follows `$ref`, and of a choice with nothing takes the something.
    fn resolve(&self, schema: &'a Json) -> &'a Json {
        if let Some(name) = schema.get("$ref").and_then(Json::as_str) {
            return name.strip_prefix("#").and_then(|pointer| self.definitions.pointer(pointer)).unwrap_or(schema);
        }
        match schema.get("anyOf").and_then(Json::as_array) {
            Some(choices) => {
                choices.iter().find(|choice| choice.get("type").and_then(Json::as_str) != Some("null")).map_or(schema, |choice| self.resolve(choice))
            }
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

fn known(schema: &Json) -> impl Iterator<Item = &str> {
    schema.get("properties").and_then(Json::as_object).into_iter().flat_map(|fields| fields.keys().map(String::as_str))
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
