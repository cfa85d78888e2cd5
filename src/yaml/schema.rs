//! The JSON Schema of each kind of file, for editors and other programs: the schema derived from the raw structs, with the words that a
//! field takes. Where another word would be wrong, the list is closed; where a group may have its own, it is open, and only suggests.
//!
//! It never refuses a file that `marg check` accepts. So it takes blank fields, and numbers and truth values where a text belongs, as the
//! reader does. It is apart from the schema that `shape` compares files with, which is asked about texts and not about YAML's types.

use serde_json::{Map, Value as Json, json};

use super::raw::{RawGroup, RawMeeting, RawPlan, RawSecondTags, RawTheme};
use crate::model::{ActionStatus, Answer, BarrierStatus, DiscussionKind, Group, MeetingStatus, Outcome, Stage, Theme, ThemeKind, TravelBy, Walks, Word, known};

/// The kinds of files of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Group,
    Theme,
    Meeting,
    /// What a second person tagged.
    Tagging,
    /// The plan of a day.
    Plan,
}

impl FileKind {
    pub const ALL: [Self; 5] = [Self::Group, Self::Theme, Self::Meeting, Self::Tagging, Self::Plan];

    pub fn word(self) -> &'static str {
        match self {
            Self::Group => "marg",
            Self::Theme => "theme",
            Self::Meeting => "meeting",
            Self::Tagging => "tagging",
            Self::Plan => "plan",
        }
    }

    /// Where its schema lies in a workspace.
    pub fn schema_file(self) -> String {
        format!("schemas/{}.schema.json", self.word())
    }

    /// The line that tells an editor such as VS Code which schema a file follows. The file lies where such files lie: `marg.yaml` at the
    /// top, the others in a folder of their own.
    pub fn modeline(self) -> String {
        self.modeline_in(match self {
            Self::Group => 0,
            Self::Theme | Self::Meeting | Self::Plan => 1,
            Self::Tagging => 2,
        })
    }

    /// The same, for a file that lies so many folders deep.
    pub fn modeline_in(self, folders: usize) -> String {
        let up = "../".repeat(folders);
        format!("# yaml-language-server: $schema={up}{}\n", self.schema_file())
    }
}

/// The names and words of a workspace, to suggest.
pub struct OwnNames<'a> {
    pub group: &'a Group,
    pub themes: &'a [Theme],
}

/// What may stand in a field, beyond its type.
#[derive(Clone, Copy)]
enum Takes {
    /// One of these; anything else is wrong.
    Only(&'static [&'static str]),
    /// One of these, or of the words that the group adds to the list of this name, or another.
    Mostly(&'static [&'static str], &'static str),
    Agency,
    Service,
    /// A theme of this kind; of any kind if none is given.
    Theme(Option<ThemeKind>),
}

/// By the struct and the field. A field that is a list takes these as its entries.
const TAKES: &[(&str, &str, Takes)] = &[
    ("RawMeeting", "meeting", Takes::Mostly(known::MEETINGS, "meetings")),
    ("RawMeeting", "status", Takes::Only(MeetingStatus::WORDS)),
    ("RawMeeting", "required_agencies", Takes::Agency),
    ("RawAttendance", "agency", Takes::Agency),
    ("RawAttendance", "status", Takes::Mostly(known::ATTENDANCE, "attendance")),
    ("RawActionReport", "status", Takes::Only(ActionStatus::WORDS)),
    ("RawActionReport", "outcome", Takes::Only(Outcome::WORDS)),
    ("RawDiscussion", "type", Takes::Only(DiscussionKind::WORDS)),
    ("RawDiscussion", "lead_agency", Takes::Agency),
    ("RawDiscussion", "needs", Takes::Theme(Some(ThemeKind::Need))),
    ("RawReferral", "agency", Takes::Agency),
    ("RawReferral", "consent", Takes::Mostly(known::CONSENT, "consent")),
    ("RawView", "whose", Takes::Mostly(known::WHOSE, "whose")),
    ("RawView", "obtained_by", Takes::Agency),
    ("RawBarrier", "theme", Takes::Theme(Some(ThemeKind::Barrier))),
    ("RawBarrier", "blocks", Takes::Service),
    ("RawBarrier", "at", Takes::Agency),
    ("RawBarrier", "cause", Takes::Mostly(known::CAUSES, "causes")),
    ("RawBarrier", "scope", Takes::Mostly(known::SCOPES, "scopes")),
    ("RawBarrier", "status", Takes::Only(BarrierStatus::WORDS)),
    ("RawBarrier", "answer", Takes::Only(Answer::WORDS)),
    ("RawAsked", "of", Takes::Agency),
    ("RawAction", "owner", Takes::Agency),
    ("RawAction", "addresses", Takes::Theme(Some(ThemeKind::Barrier))),
    ("RawLearning", "themes", Takes::Theme(None)),
    ("RawOffer", "kind", Takes::Mostly(known::OFFERS, "offers")),
    ("RawOffer", "by", Takes::Agency),
    ("RawOffer", "accepted", Takes::Mostly(known::ACCEPTED, "accepted")),
    ("RawCustody", "status", Takes::Mostly(known::CUSTODY, "custody")),
    ("RawFeedback", "by", Takes::Agency),
    ("RawRecommendation", "owner", Takes::Agency),
    ("RawValue", "cycle", Takes::Mostly(known::CYCLES, "cycles")),
    ("RawTheme", "kind", Takes::Only(ThemeKind::WORDS)),
    ("RawTheme", "stage", Takes::Only(Stage::WORDS)),
    ("RawRetired", "use", Takes::Theme(None)),
    ("RawStatement", "section", Takes::Mostly(known::SECTIONS, "sections")),
    ("RawStatement", "who", Takes::Service),
    ("RawSecondLook", "themes", Takes::Theme(None)),
    ("RawPlan", "walks", Takes::Only(Walks::WORDS)),
    ("RawPlan", "by", Takes::Only(TravelBy::WORDS)),
];

/// The schema of a kind of file, with the names of a workspace if there is one.
pub fn schema(kind: FileKind, own: Option<&OwnNames<'_>>) -> Json {
    let (derived, name, title) = match kind {
        FileKind::Group => (schemars::schema_for!(RawGroup), "RawGroup", "The group: marg.yaml"),
        FileKind::Theme => (schemars::schema_for!(RawTheme), "RawTheme", "A theme of the codebook"),
        FileKind::Meeting => (schemars::schema_for!(RawMeeting), "RawMeeting", "A meeting"),
        FileKind::Tagging => (schemars::schema_for!(RawSecondTags), "RawSecondTags", "What a second person tagged at a meeting"),
        FileKind::Plan => (schemars::schema_for!(RawPlan), "RawPlan", "The plan of a day"),
    };
    let mut root = derived.to_value();
    fields(&mut root, name, own);
    let mut parts = Map::new();
    for (name, mut part) in root.as_object_mut().and_then(|root| root.remove("$defs")).and_then(into_object).unwrap_or_default() {
        fields(&mut part, &name, own);
        parts.insert(plain_name(&name), part);
    }
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("$id".to_owned(), json!(format!("urn:marg:schema:{}:1", kind.word())));
    schema.insert("title".to_owned(), json!(title));
    let rest = into_object(root).unwrap_or_default().into_iter().filter(|(key, _)| !matches!(key.as_str(), "$schema" | "title"));
    schema.extend(rest);
    if !parts.is_empty() {
        schema.insert("$defs".to_owned(), Json::Object(parts));
    }
    Json::Object(schema)
}

fn into_object(json: Json) -> Option<Map<String, Json>> {
    match json {
        Json::Object(fields) => Some(fields),
        _ => None,
    }
}

/// `RawActionReport` is `action-report` to others.
fn plain_name(name: &str) -> String {
    let mut plain = String::new();
    for (at, c) in name.trim_start_matches("Raw").char_indices() {
        if at > 0 && c.is_uppercase() {
            plain.push('-');
        }
        plain.extend(c.to_lowercase());
    }
    plain
}

/// Rewrites the fields of one struct.
fn fields(part: &mut Json, name: &str, own: Option<&OwnNames<'_>>) {
    let Some(properties) = part.get_mut("properties").and_then(Json::as_object_mut) else { return };
    for (field, schema) in properties.iter_mut() {
        let takes = TAKES.iter().find(|(of, called, _)| *of == name && called == field).map(|(_, _, takes)| *takes);
        let described = schema.get("description").cloned();
        let mut rewritten = widened(schema, &|any| takes.map(|takes| choices(takes, own, any)));
        if let (Json::Object(rewritten), Some(description)) = (&mut rewritten, described) {
            rewritten.insert("description".to_owned(), description);
        }
        *schema = rewritten;
    }
}

/// A field's schema as wide as the reader is, and with its choices.
fn widened(schema: &Json, choices: &dyn Fn(Json) -> Option<Json>) -> Json {
    let is = |kind: &str| match schema.get("type") {
        Some(Json::String(one)) => one == kind,
        Some(Json::Array(many)) => many.iter().any(|one| one == kind),
        _ => false,
    };
    let entry = || json!({ "type": ["string", "number", "boolean"] });
    if is("array") {
        let of = schema.get("items").cloned().unwrap_or_default();
        let item = match of.get("$ref") {
            Some(_) => renamed(&of),
            // An entry is not blank: a dash with nothing behind it is a slip.
            None => choices(entry()).unwrap_or_else(entry),
        };
        let list = json!({ "type": ["array", "null"], "items": item });
        // One text alone is a list of one.
        return if is("string") { json!({ "anyOf": [list, item] }) } else { list };
    }
    if is("boolean") {
        return json!({ "enum": [true, false, "yes", "no", null] });
    }
    if is("string") && schema.get("format").is_some() {
        return json!({ "type": ["string", "null"], "format": "date" });
    }
    if is("string") {
        let text = json!({ "type": ["string", "number", "boolean", "null"] });
        return match (choices(text.clone()), schema.get("pattern")) {
            (Some(choices), _) => choices,
            (None, Some(pattern)) => with(text, "pattern", pattern.clone()),
            (None, None) => text,
        };
    }
    if is("integer") {
        return json!({ "type": ["integer", "null"], "minimum": 0 });
    }
    renamed(schema)
}

fn with(mut schema: Json, key: &str, value: Json) -> Json {
    if let Json::Object(fields) = &mut schema {
        fields.insert(key.to_owned(), value);
    }
    schema
}

/// What a field takes, as a schema of its own: a closed list, or suggestions and `any` other text.
fn choices(takes: Takes, own: Option<&OwnNames<'_>>, any: Json) -> Json {
    let named = |id: &str, words: String| json!({ "const": id, "description": words });
    let suggestions: Vec<Json> = match takes {
        Takes::Only(words) => return json!({ "enum": words.iter().map(|word| json!(word)).chain([Json::Null]).collect::<Vec<_>>() }),
        Takes::Mostly(words, list) => {
            let added = own.map_or(&[][..], |own| own.group.own_words(list)).iter().map(String::as_str);
            words.iter().copied().chain(added).map(|word| json!({ "const": word })).collect()
        }
        Takes::Agency => own.iter().flat_map(|own| &own.group.agencies).map(|agency| named(&agency.id, agency.name.clone())).collect(),
        Takes::Service => own.iter().flat_map(|own| &own.group.services).map(|service| named(&service.id, service.name.clone())).collect(),
        Takes::Theme(kind) => {
            let fits = |theme: &&Theme| kind.is_none_or(|kind| kind == theme.kind);
            own.iter().flat_map(|own| own.themes.iter().filter(fits)).map(|theme| named(&theme.id, format!("{}: {}", theme.kind, theme.title))).collect()
        }
    };
    if suggestions.is_empty() { any } else { json!({ "anyOf": suggestions.into_iter().chain([any]).collect::<Vec<_>>() }) }
}

/// The schema with references to the parts by their plain names, and without what only the reader needs to know.
fn renamed(schema: &Json) -> Json {
    match schema {
        Json::Object(fields) => {
            let kept = fields.iter().filter(|(key, _)| !matches!(key.as_str(), "default" | "description"));
            let part = |key: &str, value: &Json| match key {
                "$ref" => json!(reference(value)),
                "type" if !value.is_object() => any_text(value),
                _ => renamed(value),
            };
            kept.map(|(key, value)| (key.clone(), part(key, value))).collect()
        }
        Json::Array(items) => items.iter().map(renamed).collect(),
        other => other.clone(),
    }
}

/// A type that allows a text allows what people write without quotes, too, and nothing at all.
fn any_text(kind: &Json) -> Json {
    let is_text = kind == "string" || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "string"));
    if is_text { json!(["string", "number", "boolean", "null"]) } else { kind.clone() }
}

fn reference(to: &Json) -> String {
    let name = to.as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    format!("#/$defs/{}", plain_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every property at any depth, with the path to it.
    fn properties<'a>(schema: &'a Json, path: &str, found: &mut Vec<(String, &'a Json)>) {
        for (name, property) in schema.get("properties").and_then(Json::as_object).into_iter().flatten() {
            found.push((format!("{path}.{name}"), property));
        }
        for (key, below) in schema.as_object().into_iter().flatten() {
            properties(below, &format!("{path}.{key}"), found);
        }
    }

    #[test]
    fn every_field_is_described_and_no_other_is_allowed() {
        let mut n = 0;
        for kind in FileKind::ALL {
            let schema = schema(kind, None);
            let mut found = Vec::new();
            properties(&schema, kind.word(), &mut found);
            n += found.len();
            for (path, property) in found {
                assert!(property["description"].as_str().is_some_and(|words| words.len() > 2), "{path} is not described");
                assert!(property.get("default").is_none(), "{path}");
            }
            for part in schema["$defs"].as_object().into_iter().flatten().map(|(_, part)| part).chain([&schema]) {
                assert_eq!(part["additionalProperties"], false, "{part}");
            }
            assert!(schema["$id"].as_str().unwrap().starts_with("urn:") && schema["title"].is_string());
            assert!(!schema.to_string().contains("Raw"), "names of the program stay inside it");
        }
        assert!(n > 120, "{n}");
    }

    #[test]
    fn every_line_of_the_table_is_about_a_field_that_there_is() {
        let all: Vec<Json> = [
            schemars::schema_for!(RawGroup),
            schemars::schema_for!(RawTheme),
            schemars::schema_for!(RawMeeting),
            schemars::schema_for!(RawSecondTags),
            schemars::schema_for!(RawPlan),
        ]
        .map(schemars::Schema::to_value)
        .into();
        for (of, field, _) in TAKES {
            let has = |schema: &Json| {
                let part = if schema["title"] == *of { Some(schema) } else { schema.get("$defs").and_then(|parts| parts.get(of)) };
                part.is_some_and(|part| part["properties"].get(field).is_some())
            };
            assert!(all.iter().any(has), "{of}.{field}");
        }
    }

    #[test]
    fn the_help_names_every_list_that_takes_words() {
        let group = schema(FileKind::Group, None);
        let said = group["properties"]["words"]["description"].as_str().unwrap();
        let lists = TAKES.iter().filter_map(|(.., takes)| if let Takes::Mostly(_, list) = takes { Some(*list) } else { None });
        let missing: Vec<&str> = lists.filter(|list| !said.contains(list)).collect();
        assert!(missing.is_empty(), "{missing:?} in {said}");
    }

    #[test]
    fn fixed_words_are_closed_and_the_groups_own_are_open() {
        let meeting = schema(FileKind::Meeting, None);
        assert_eq!(meeting["$defs"]["barrier"]["properties"]["status"]["enum"], json!(["live", "eased", "resolved", null]));
        let cause = meeting["$defs"]["barrier"]["properties"]["cause"]["anyOf"].as_array().unwrap();
        assert!(cause[0]["const"] == "policy" && cause.last().unwrap().get("type").is_some());
    }
}
