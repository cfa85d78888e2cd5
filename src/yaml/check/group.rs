//! `marg.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::desk::{Desk, Here};
use super::{CheckedFile, Vocabulary};
use crate::model::{
    Agency, Allowance, Ask, Escalation, Group, Label, Opportunity, PersonalRules, Publishing, Recording, Retention, Service, SharingAgreement, known,
};
use crate::source::{FileId, Finding, list_of, nearest};
use crate::yaml::codes;
use crate::yaml::fields::List;
use crate::yaml::raw::{RawAgency, RawAllowance, RawGroup, RawLabel, RawOpportunity, RawPersonalData, RawPublishing, RawRecording, RawRule, RawService};

/// The group, and the day it takes as today if it is a sample or an archive.
pub fn check_group(file: FileId, raw: RawGroup, findings: Vec<Finding>) -> CheckedFile<(Group, Option<NaiveDate>)> {
    let names = Vocabulary::default();
    let mut desk = Desk::new(file, &names, findings);
    let top = Here::top();
    let today = desk.date(raw.today, top.field("today"));
    let group = Group {
        name: desk.needed(raw.name, top, "name", "a group has a name: `name: Multi-agency resolution group of …`"),
        contact: raw.contact,
        agencies: agencies(&mut desk, raw.agencies.0, &top.field("agencies")),
        services: services(&mut desk, raw.services.0, &top.field("services")),
        confidentiality: raw.confidentiality,
        information_sharing: raw.information_sharing.map(|sharing| SharingAgreement {
            agreement: sharing.agreement,
            review_by: desk.date(sharing.review_by, top.field("information_sharing").field("review_by")),
        }),
        publishing: publishing(&mut desk, raw.publishing.as_ref(), &top.field("publishing")),
        meeting_minutes: raw.meeting_minutes,
        time_zone: raw.time_zone,
        escalation: Escalation {
            after_meetings: raw.escalation.as_ref().and_then(|said| said.after_meetings).unwrap_or(Escalation::default().after_meetings),
            to: raw.escalation.and_then(|said| said.to),
        },
        retention: Retention {
            review_after: raw.retention.as_ref().and_then(|said| said.review_after_years).unwrap_or(Retention::default().review_after),
            dispose_after: raw.retention.and_then(|said| said.dispose_after_years),
        },
        opportunities: opportunities(&mut desk, raw.opportunities.0, &top.field("opportunities")),
        personal_data: personal_data(&mut desk, raw.personal_data.unwrap_or_default(), &top.field("personal_data")),
        recording: recording(&mut desk, raw.recording.unwrap_or_default(), &top.field("recording")),
        words: words(&mut desk, raw.words.unwrap_or_default(), &top.field("words")),
    };
    CheckedFile { value: Some((group, today)), findings: desk.findings }
}

fn agencies(desk: &mut Desk<'_>, raw: Vec<RawAgency>, here: &Here<'_>) -> Vec<Agency> {
    let mut seen = BTreeSet::new();
    let mut agencies = Vec::with_capacity(raw.len());
    for (n, agency) in raw.into_iter().enumerate() {
        let at = here.entry(n);
        let id = unique_id(desk, agency.id, &at, &mut seen);
        let name = desk.needed(agency.name, at, "name", "an agency has the name that people know it by");
        let checked_on = desk.date(agency.checked_on, at.field("checked_on"));
        let recipients = recipients(desk, agency.recipients.0, &at.field("recipients"));
        agencies.push(Agency { id, name, contact: agency.contact, escalate_to: agency.escalate_to, recipients, exclusions: agency.exclusions.0, checked_on });
    }
    agencies
}

/// Public keys as the format of age-encryption.org has them. Their checksum is looked at when something is sealed.
fn recipients(desk: &mut Desk<'_>, keys: Vec<String>, here: &Here<'_>) -> Vec<String> {
    const LENGTH: usize = 62;
    for (n, key) in keys.iter().enumerate() {
        if !(key.len() == LENGTH && key.starts_with("age1") && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())) {
            desk.wrong(
                &codes::UNKNOWN_WORD,
                here.entry(n),
                "this is no public key",
                "it begins with `age1` and has 62 signs, as `marg key new` prints it; a secret key must never stand here",
            );
        }
    }
    keys
}

fn services(desk: &mut Desk<'_>, raw: Vec<RawService>, here: &Here<'_>) -> Vec<Service> {
    let mut seen = BTreeSet::new();
    let mut services = Vec::with_capacity(raw.len());
    for (n, service) in raw.into_iter().enumerate() {
        let at = here.entry(n);
        let id = unique_id(desk, service.id, &at, &mut seen);
        let name = desk.needed(service.name, at, "name", "a service has the name that people know it by");
        services.push(Service { id, name });
    }
    services
}

fn unique_id(desk: &mut Desk<'_>, id: Option<String>, here: &Here<'_>, seen: &mut BTreeSet<String>) -> String {
    desk.needed(id.clone(), *here, "id", "give it a short name in small letters and hyphens, such as `housing-options`");
    let id = desk.id(id, here).unwrap_or_default();
    if !id.is_empty() && !seen.insert(id.clone()) {
        desk.wrong(&codes::ID_TWICE, here.field("id"), format!("`{id}` stands in this list already"), "take one of the two away, or give it another id");
    }
    id
}

fn opportunities(desk: &mut Desk<'_>, raw: Vec<RawOpportunity>, here: &Here<'_>) -> Vec<Opportunity> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::with_capacity(raw.len());
    for (n, raw) in raw.into_iter().enumerate() {
        let at = here.entry(n);
        all.push(Opportunity {
            id: unique_id(desk, raw.id, &at, &mut seen),
            what: desk.needed(raw.what, at, "what", "say in a few words what it is"),
            kind: raw.kind,
            by: raw.by,
            asks: raw.asks.0,
            welcomes: raw.welcomes.0,
            excludes: raw.excludes.0,
            level: desk.word(raw.level.as_deref(), at.field("level")),
            says: raw.says,
            picture: desk.word(raw.picture.as_deref(), at.field("picture")),
            route: raw.route,
            checked_on: desk.date(raw.checked_on, at.field("checked_on")),
        });
    }
    all
}

fn personal_data(desk: &mut Desk<'_>, raw: RawPersonalData, here: &Here<'_>) -> PersonalRules {
    let list = here.field("allowed");
    let allowed = raw.allowed.0.into_iter().enumerate().map(|(n, raw)| allowance(desk, raw, &list.entry(n))).collect();
    PersonalRules { mail_domains: raw.mail_domains.0, allowed }
}

fn allowance(desk: &mut Desk<'_>, raw: RawAllowance, here: &Here<'_>) -> Allowance {
    if raw.until.as_deref().is_none_or(str::is_empty) {
        desk.wrong(&codes::MISSING_FIELD, *here, "`until` is missing here", "say until which day it may stand: somebody looks at it again then");
    }
    Allowance {
        file: desk.needed(raw.file, *here, "file", "name the file as the finding does, such as `meetings/2026-03-12-marg.yaml`"),
        field: desk.needed(raw.field, *here, "field", "name the field as the finding does, such as `cases.update`"),
        kind: desk.needed_word(raw.kind.as_deref(), here, "kind"),
        reason: desk.needed(raw.reason, *here, "reason", "say why it may stand there, without repeating it"),
        by: desk.needed(raw.by, *here, "by", "say who allowed it: a role"),
        until: desk.date(raw.until, here.field("until")),
    }
}

fn recording(desk: &mut Desk<'_>, raw: RawRecording, here: &Here<'_>) -> Recording {
    let labels = here.field("labels");
    Recording {
        labels: raw.labels.0.into_iter().enumerate().map(|(n, raw)| label(desk, raw, &labels.entry(n))).collect(),
        plain_words: raw.plain_words.unwrap_or_default().into_iter().map(|(word, plain)| (word, plain.filter(|plain| !plain.trim().is_empty()))).collect(),
    }
}

fn label(desk: &mut Desk<'_>, raw: RawLabel, here: &Here<'_>) -> Label {
    if raw.words.0.iter().all(|word| word.trim().is_empty()) {
        desk.wrong(&codes::MISSING_FIELD, *here, "`words` is missing here", "say by which words it is known: `words: [arson, fire-setting]`");
    }
    if let Some(name) = raw.name.as_deref().filter(|name| !known::LABELS.contains(name)) {
        let list = list_of(known::LABELS, "or");
        let hint = nearest(name, known::LABELS.iter().copied())
            .map_or_else(|| format!("it can be {list}; a label of your own needs none"), |near| format!("did you mean `{near}`?"));
        desk.wrong(&codes::UNKNOWN_WORD, here.field("name"), format!("no built-in label is called `{name}`"), hint);
    }
    let asks = here.field("asks");
    let asks = match raw.asks {
        None => Ask::ALL.to_vec(),
        Some(words) => words.0.iter().enumerate().filter_map(|(n, word)| desk.word(Some(word.as_str()), asks.entry(n))).collect(),
    };
    Label { name: raw.name, words: raw.words.0, asks }
}

/// The lists that a group may add words to.
const LISTS: &[&str] = &["meetings", "attendance", "causes", "scopes", "consent", "whose", "offers", "accepted", "custody", "cycles", "sections"];

fn words(desk: &mut Desk<'_>, raw: BTreeMap<String, List<String>>, here: &Here<'_>) -> BTreeMap<String, Vec<String>> {
    for list in raw.keys().filter(|list| !LISTS.contains(&list.as_str())) {
        let hint = nearest(list, LISTS.iter().copied()).map_or_else(|| format!("it can be {}", list_of(LISTS, "or")), |near| format!("did you mean `{near}`?"));
        desk.wrong(&codes::UNKNOWN_WORD, *here, format!("there is no list `{list}` to add words to"), hint);
    }
    raw.into_iter().map(|(list, words)| (list, words.0)).collect()
}

/// A group may be stricter than the standard. It may be laxer where it says why; but never so lax that a hidden number can only be one of
/// two.
fn publishing(desk: &mut Desk<'_>, raw: Option<&RawPublishing>, here: &Here<'_>) -> Publishing {
    const LEAST_HIDDEN: u32 = 3;
    let standard = Publishing::default();
    let board = raw.and_then(|raw| raw.board.as_ref());
    let public = raw.and_then(|raw| raw.public.as_ref());
    let has_reason = |rule: Option<&RawRule>| rule.and_then(|rule| rule.reason.as_deref()).is_some_and(|reason| !reason.trim().is_empty());
    let mut at_least = |given: Option<u32>, standard: u32, lowest: u32, reason: bool, here: Here<'_>| {
        let least = if reason { lowest } else { standard };
        if given.is_some_and(|given| given < least) {
            let hint = if reason {
                "write that number, or a greater one"
            } else {
                "write that number, or a greater one; or say in `reason` who decided on the laxer rule, and why"
            };
            desk.wrong(&codes::LAXER_RULE, here, format!("this rule is laxer than the standard, so {least} is used instead"), hint);
        }
        given.map_or(standard, |given| given.max(least))
    };
    let (for_board, for_public) = (here.field("board"), here.field("public"));
    Publishing {
        board_hide_up_to: at_least(
            board.and_then(|rule| rule.hide_up_to),
            standard.board_hide_up_to,
            LEAST_HIDDEN,
            has_reason(board),
            for_board.field("hide_up_to"),
        ),
        public_hide_up_to: at_least(
            public.and_then(|rule| rule.hide_up_to),
            standard.public_hide_up_to,
            LEAST_HIDDEN,
            has_reason(public),
            for_public.field("hide_up_to"),
        ),
        public_round_to: at_least(public.and_then(|rule| rule.round_to), standard.public_round_to, 1, has_reason(public), for_public.field("round_to")),
        sign_off: raw.and_then(|raw| raw.sign_off).unwrap_or(standard.sign_off).clamp(1, 2),
    }
}
