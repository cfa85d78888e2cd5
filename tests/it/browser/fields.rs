//! Every field into which a person can write what they like, found and not listed: the schemas say which texts there are, and the
//! program, asked about each, which of them may hold any words at all.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::harness::TestWorkspace;

/// A field that takes any text.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The file it stands in.
    pub(crate) file: &'static str,
    /// Such as `.cases[].learning[].worked`.
    pub(crate) path: String,
    /// Whether its description promises Markdown.
    pub(crate) markdown: bool,
}

pub(crate) const GROUP: &str = "marg.yaml";
pub(crate) const THEME: &str = "themes/fires.yaml";
pub(crate) const MEETING: &str = "meetings/2026-03-12-marg.yaml";
const EARLIER: &str = "meetings/2026-02-12-marg.yaml";
const ENABLER: &str = "themes/visit.yaml";
const NEED: &str = "themes/homeless.yaml";

/// A small workspace in which every text of every schema is written once. Where a text decides what the program does with its
/// neighbours, such as whose view it is, it stands in an entry of its own.
pub(crate) fn full() -> Vec<(&'static str, Json)> {
    vec![
        (GROUP, group()),
        (NEED, json!({ "title": "Homelessness", "kind": "need", "definition": "No home." })),
        (ENABLER, json!({ "title": "Joint visit", "kind": "enabler", "definition": "A visit." })),
        (THEME, theme()),
        (EARLIER, earlier()),
        (MEETING, meeting()),
    ]
}

fn group() -> Json {
    json!({
        "name": "Group of Testford",
        "contact": "The office",
        "today": "2026-03-26",
        "agencies": [
            { "id": "housing", "name": "Housing", "contact": "Desk", "exclusions": ["arson"], "checked_on": "2026-01-08", "escalate_to": "Head", "recipients": ["age1ysxuaeqlk7xd8uqsh8lsnfwt9jzzjlqf49ruhpjrrj5yatlcuf7qke4pqe"] },
        ],
        "services": [{ "id": "hostel", "name": "Hostel" }],
        "confidentiality": "What is said here stays here.",
        "information_sharing": { "agreement": "Agreement", "review_by": "2027-01-01" },
        "time_zone": "Europe/London",
        "escalation": { "to": "The board" },
        "publishing": { "board": { "reason": "r" }, "public": { "reason": "r" } },
        "personal_data": {
            "mail_domains": ["m"],
            "allowed": [{ "file": "f", "field": "f", "kind": "postcode", "reason": "r", "by": "b", "until": "2026-12-31" }],
        },
        "opportunities": [{
            "id": "i", "what": "w", "kind": "activity", "by": "housing", "asks": ["homeless"], "welcomes": ["fires"], "excludes": ["visit"], "level": "come-along",
            "says": "s", "picture": "house", "route": "r", "checked_on": "2026-03-01",
        }],
        "recording": { "labels": [{ "name": "weapons", "words": ["machete"], "asks": ["when"] }] },
    })
}

fn theme() -> Json {
    json!({
        "title": "Fire history blocks housing",
        "kind": "barrier",
        "parent": "housing",
        "definition": "d", "include": "i", "exclude": "e", "example": "x",
        "indicators": ["i"],
        "also_known_as": ["old-fires"],
        "stage": "guide-draft",
        "retired": { "on": "2026-03-20", "why": "w", "use": "fires" },
        "guide": {
            "audience": ["a"], "made_by": ["m"],
            "legal_check": { "by": "l", "on": "2026-01-08" },
            "approved_by": "a", "edition": "1", "published_on": "2026-01-08", "review_date": "2027-01-08",
            "why_this_guide": "w", "what_people_told_us": "w", "what_the_law_says": "w", "managing_the_risk": "m", "questions_to_ask": "q",
            "information_sharing": "i", "when_to_escalate": "w", "example": "e", "contacts": "c", "how_it_was_made": "h", "example_people": 3,
            "short": [{ "says": "s", "picture": "house" }], "short_signed_off_by": "s",
            "statements": [
                { "section": "what-works", "says": "s", "who": ["w"], "evidence": ["w4h8"], "id": "s7p4", "reviewed": { "on": "2026-01-08", "by": "b", "against": "a" } },
                { "section": "own", "says": "Fixed." },
            ],
        },
    })
}

fn earlier() -> Json {
    json!({
        "meeting": "marg", "date": "2026-02-12",
        "cases": [{ "ref": "QLM-7KQ2", "actions": [{ "id": "k7q2", "what": "Ask", "owner": "housing", "addresses": "fires" }] }],
    })
}

fn meeting() -> Json {
    json!({
        "meeting": "marg", "date": "2026-03-12", "starts": "13:30", "ends": "15:30", "venue": "v", "chair": "c", "coordinator": "c", "minute_taker": "m",
        "status": "held",
        "required_agencies": ["housing"],
        "attendance": [{ "agency": "housing", "role": "r", "status": "present", "left": "14:10" }],
        "confidentiality": { "read_by": "chair", "agreement": "a", "although": "b" },
        "agreed": { "on": "2026-04-09", "by": "The meeting", "record": "9f3a1c77" },
        "agenda": [{ "item": "i", "minutes": 5, "took": 4, "note": "n" }, { "case": "QLM-7KQ2", "minutes": 15 }, { "item": "Later", "deferred": "d" }],
        "previous_actions": [{ "id": "k7q2", "status": "done", "on": "2026-03-01", "outcome": "worked", "note": "n" }],
        "cases": [discussion()],
        "other_business": "o",
        "next_meeting": "2026-04-09",
        "session": {
            "theme": "fires", "facilitator": "f", "lived_experience_lead": "l", "people": 9, "with_lived_experience": 4, "story": "s", "story_consent": "c",
            "questions": ["q"], "issues": ["i"], "positive_practice": ["p"],
            "recommendations": [{ "text": "t", "owner": "housing", "reply": "r" }],
            "value": [{ "cycle": "immediate", "indicator": "i", "story": "s" }],
        },
    })
}

fn discussion() -> Json {
    json!({
        "ref": "QLM-7KQ2", "type": "review",
        "referral": { "agency": "housing", "reason": "r", "tried": "t", "offer": "o", "legal_basis": "l", "consent": "given", "senior_sign_off": "s", "asked_by": "housing", "left_open": ["l"] },
        "lead_agency": "housing", "lead_professional": "l", "lived_experience_supporter": "l",
        "update": "u",
        "views": [{ "says": "s", "wants": ["w"], "obtained_by": "housing" }, { "whose": "family", "says": "Fixed." }],
        "needs": ["homeless"],
        "enablers": ["visit"],
        "guides_used": ["fires"],
        "tagging": [{ "theme": "fires", "by": "b", "on": "2026-03-13", "confirmed_by": "c", "memo": "m", "about": "rule" }, { "theme": "fires", "refused_by": "r" }],
        "left_open": ["outcome: l"],
        "barriers": [{
            "theme": "fires", "id": "r7b2", "blocks": "hostel", "at": "housing", "rule": "r", "cause": "policy", "scope": "case", "evidence": "e",
            "status": "live", "asked": { "of": "housing", "on": "2026-03-01" }, "answer": "refused",
        }],
        "decisions": [{ "text": "t", "why": "w", "dissent": "d" }],
        "actions": [{ "id": "m3x9", "what": "w", "owner": "housing", "person": "p", "due": "2026-04-09", "addresses": "fires" }],
        "learning": [
            { "id": "w4h8", "worked": "w", "themes": ["fires"], "shareable": true },
            { "did_not_work": "d", "themes": ["fires"] },
            { "question": "q", "themes": ["fires"] },
        ],
        "offers": [{ "kind": "activity", "by": "housing", "accepted": "yes" }],
        "custody": { "status": "released", "prison": "p", "release_date": "2026-04-01" },
        "next_review": "2026-04-09",
        "closed": { "reason": "r" },
        "feedback_to_person": { "id": "d5c8", "by": "housing", "due": "2026-03-20", "given_on": "2026-03-19" },
    })
}

/// The fields that take any text. Each is tried: a field is free when the program finds nothing wrong with words nobody foresaw.
pub(crate) fn free() -> Vec<Field> {
    assert!(accepted(&full()), "{}", written(&full()).marg(&["check", "--wrong"]));
    let mut fields = Vec::new();
    for (file, schema) in schemas() {
        let mut texts = Vec::new();
        collect(&schema, &schema, "", &mut texts);
        let in_schema: BTreeSet<String> = texts.iter().map(|(path, _)| path.clone()).collect();
        let document = full().into_iter().find(|(name, _)| *name == file).unwrap().1;
        assert_eq!(in_schema, paths(&document), "{file}: every text of the schema belongs into `full`, once");
        for (path, description) in texts {
            let mut tried = full();
            set(&mut tried, file, &path, "Any words: <at> all, #1");
            if accepted(&tried) {
                fields.push(Field { file, path, markdown: description.contains("Markdown") });
            }
        }
    }
    fields
}

fn schemas() -> [(&'static str, Json); 3] {
    [
        (GROUP, schemars::schema_for!(marg::yaml::RawGroup).to_value()),
        (THEME, schemars::schema_for!(marg::yaml::RawTheme).to_value()),
        (MEETING, schemars::schema_for!(marg::yaml::RawMeeting).to_value()),
    ]
}

fn accepted(files: &[(&'static str, Json)]) -> bool {
    written(files).marg(&["check", "--wrong"]).code == Some(0)
}

/// As files: JSON is YAML too, with every text in quotes and every odd character escaped.
pub(crate) fn written(files: &[(&'static str, Json)]) -> TestWorkspace {
    files.iter().fold(TestWorkspace::empty(), |workspace, (name, document)| workspace.file(name, serde_json::to_string_pretty(document).unwrap()))
}

/// Puts a text where a path leads: into the last entry of each list that has the field.
pub(crate) fn set(files: &mut [(&'static str, Json)], file: &str, path: &str, text: &str) {
    let document = &mut files.iter_mut().find(|(name, _)| *name == file).unwrap().1;
    assert!(place(document, &path.split('.').skip(1).collect::<Vec<_>>(), text), "{file} has no {path}");
}

fn place(value: &mut Json, path: &[&str], text: &str) -> bool {
    let Some((step, rest)) = path.split_first() else {
        *value = json!(text);
        return true;
    };
    let Some(inner) = value.get_mut(step.trim_end_matches("[]")) else { return false };
    match inner {
        Json::Array(entries) if step.ends_with("[]") => entries.iter_mut().rev().any(|entry| place(entry, rest, text)),
        one => place(one, rest, text),
    }
}

/// Where the texts of a document stand.
fn paths(value: &Json) -> BTreeSet<String> {
    let below = |inner: &Json, step: &str| paths(inner).into_iter().map(|rest| format!("{step}{rest}")).collect::<Vec<_>>();
    match value {
        Json::String(_) => BTreeSet::from([String::new()]),
        Json::Array(entries) => entries.iter().flat_map(|entry| below(entry, "[]")).collect(),
        Json::Object(fields) => fields.iter().flat_map(|(name, inner)| below(inner, &format!(".{name}"))).collect(),
        _ => BTreeSet::new(),
    }
}

/// Where a schema allows a text, with the description of its field.
fn collect(whole: &Json, part: &Json, path: &str, texts: &mut Vec<(String, String)>) {
    let part = resolved(whole, part);
    let is = |kind: &str| part["type"] == kind || part["type"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind)));
    if let Some(fields) = part["properties"].as_object() {
        for (name, field) in fields {
            let before = texts.len();
            collect(whole, field, &format!("{path}.{name}"), texts);
            let description = field["description"].as_str().unwrap_or_default();
            texts[before..].iter_mut().filter(|(_, said)| said.is_empty()).for_each(|(_, said)| description.clone_into(said));
        }
    } else if is("array") {
        collect(whole, &part["items"], &format!("{path}[]"), texts);
    } else if is("string") {
        texts.push((path.to_owned(), String::new()));
    }
}

fn resolved<'a>(whole: &'a Json, part: &'a Json) -> &'a Json {
    let choice = part["anyOf"].as_array().and_then(|choices| choices.first()).unwrap_or(part);
    let name = choice["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/$defs/"));
    name.map_or(choice, |name| &whole["$defs"][name])
}
