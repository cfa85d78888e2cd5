//! Personal data in the files of a workspace.

use rayon::prelude::*;

use chrono::NaiveDate;

use super::Files;
use crate::model::{Group, PersonalRules};
use crate::personal::{Finder, Found, Kind, codes};
use crate::source::{FileId, Finding, Span};
use crate::yaml::{self, Scalar};

/// Personal data in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalData {
    pub kind: Kind,
    /// The field it stands in, such as `cases.update`; nothing in a remark, or in a text that is no YAML.
    pub field: Option<String>,
    pub span: Span,
    pub masked: String,
}

/// Fields that say how an office or its staff are reached, and so hold what would be somebody's elsewhere.
const OFFICES: &[&str] = &["contact", "agencies.contact", "agencies.escalate_to", "escalation.to"];
/// Fields that name staff at work.
const STAFF: &[&str] = &[
    "chair",
    "coordinator",
    "minute_taker",
    "venue",
    "confidentiality.read_by",
    "agreed.by",
    "cases.lead_professional",
    "cases.lived_experience_supporter",
    "cases.actions.person",
    "session.facilitator",
    "session.lived_experience_lead",
];

/// What all files hold, as findings: wrong where it names somebody beyond doubt, unwise where it may.
///
/// What the group allows at its place is left out until its day is over.
pub fn personal_data(files: &Files, finder: &Finder, rules: &PersonalRules, today: NaiveDate) -> Vec<Finding> {
    let all: Vec<FileId> = (0..files.len() as u32).map(FileId).collect();
    let of = |file: &FileId| {
        let Some(text) = files.text(*file) else { return Vec::new() };
        personal_findings(*file, files.path(*file), &text, finder, rules, today)
    };
    let mut found = all.par_iter().map(of).collect::<Vec<Vec<Finding>>>().concat();
    found.extend(over(rules, today));
    found
}

/// What one text holds, as findings.
pub(super) fn personal_findings(file: FileId, path: &str, text: &str, finder: &Finder, rules: &PersonalRules, today: NaiveDate) -> Vec<Finding> {
    let is_allowed = |found: &PersonalData| {
        rules.allowed.iter().any(|allowed| {
            let is_meant = allowed.file == path && Some(&allowed.field) == found.field.as_ref();
            is_meant && allowed.kind.is_some_and(|kind| kind.word() == found.kind.id()) && allowed.until.is_some_and(|until| until >= today)
        })
    };
    personal_in(text, finder).iter().filter(|found| !is_allowed(found)).map(|found| finding(file, found)).collect()
}

/// Allowances whose day is over: what they allowed is found again, and somebody decides anew.
fn over(rules: &PersonalRules, today: NaiveDate) -> impl Iterator<Item = Finding> {
    let list = Group::place().field("personal_data").field("allowed");
    rules.allowed.iter().enumerate().filter_map(move |(n, allowed)| {
        let until = allowed.until.filter(|until| *until < today)?;
        let message = format!("what stands in `{}` of {} was allowed until {}", allowed.field, allowed.file, until.format("%-d %B %Y"));
        let hint = "take it out of the file and this entry with it, or set a later day and say who decided it";
        Some(Finding::value(&codes::ALLOWANCE_OVER, list.entry(n).field("until"), message).hint(hint))
    })
}

fn finding(file: FileId, found: &PersonalData) -> Finding {
    let place = found.field.as_ref().map_or_else(|| "in a remark".to_owned(), |field| format!("in `{field}`"));
    let hint = if found.kind.blocks() { "take it out: a meeting's file knows people by their refs only" } else { "take it out, unless it is an office's" };
    Finding::text(codes::of(found.kind), file, found.span, format!("{} stands {place}: {}", found.kind.words(), found.masked)).hint(hint)
}

/// What one text holds, in its order.
pub fn personal_in(text: &str, finder: &Finder) -> Vec<PersonalData> {
    if !finder.may_hold(text) {
        return Vec::new();
    }
    let Some(scalars) = yaml::scalars(text) else {
        return finder.find(text).into_iter().map(|found| data(&found, None, Span::new(found.at.start, found.at.end))).collect();
    };
    let mut all: Vec<PersonalData> = scalars.iter().flat_map(|scalar| in_scalar(text, scalar, finder)).collect();
    let remarks = remarks(text, &scalars);
    all.extend(finder.find(&remarks).into_iter().map(|found| data(&found, None, Span::new(found.at.start, found.at.end))));
    all.sort_by_key(|found| found.span);
    all
}

fn data(found: &Found, field: Option<String>, span: Span) -> PersonalData {
    PersonalData { kind: found.kind, field, span, masked: found.masked.clone() }
}

fn in_scalar(text: &str, scalar: &Scalar, finder: &Finder) -> Vec<PersonalData> {
    let is_exempt = |kind: Kind| match kind {
        Kind::Email | Kind::Phone | Kind::Address | Kind::Postcode => OFFICES.contains(&scalar.field.as_str()) || scalar.field == "venue",
        Kind::TitledName => OFFICES.contains(&scalar.field.as_str()) || STAFF.contains(&scalar.field.as_str()),
        _ => false,
    };
    let found = finder.find(&scalar.text).into_iter().filter(|found| !is_exempt(found.kind));
    found.map(|found| data(&found, Some(scalar.field.clone()), in_file(text, scalar, &found))).collect()
}

/// Where in the file a part of a value stands: how the value is folded over lines does not matter; where it is written with escapes, all of it.
fn in_file(text: &str, scalar: &Scalar, found: &Found) -> Span {
    let (words, before) = (&scalar.text[found.at.clone()], &scalar.text[..found.at.start]);
    let within = &text[scalar.span.start..scalar.span.end];
    let follows = |start: usize| {
        let mut rest = within[start..].char_indices().filter(|(_, c)| !c.is_whitespace());
        let mut end = start;
        for wanted in words.chars().filter(|c| !c.is_whitespace()) {
            let (at, _) = rest.next().filter(|(_, c)| *c == wanted)?;
            end = start + at + wanted.len_utf8();
        }
        Some(Span::new(scalar.span.start + start, scalar.span.start + end))
    };
    let Some(first) = words.chars().next() else { return scalar.span };
    let nth = before.matches(words).count();
    within.match_indices(first).filter_map(|(start, _)| follows(start)).nth(nth).unwrap_or(scalar.span)
}

/// The file with its values blotted out, so that what is left is remarks and signs, at their bytes.
fn remarks(text: &str, scalars: &[Scalar]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut from = 0;
    for span in scalars.iter().map(|scalar| scalar.span).filter(|span| span.end > span.start) {
        if span.start >= from {
            left.push_str(&text[from..span.start]);
            left.push_str(&";".repeat(span.end - span.start));
            from = span.end;
        }
    }
    left + &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_however_it_is_written_and_a_remark_too() {
        let text = "# ring 07912 345 678\ncontact: 020 7031 3000\ncases:\n  - update: >\n      NHS 401\n      023 2137\n    views: [{ says: \"born 12/03/19\\x385\", whose: 'K1 ABC' }] # CR2 6XH\n";
        let found = personal_in(text, &Finder::default());
        let shown: Vec<String> =
            found.iter().map(|f| format!("{} {:?} {}", f.kind.id(), f.field.as_deref().unwrap_or("-"), &text[f.span.start..f.span.end])).collect();
        assert_eq!(
            shown,
            [
                "phone-number \"-\" 07912 345 678",
                "nhs-number \"cases.update\" 401\n      023 2137",
                "date-of-birth \"cases.views.says\" \"born 12/03/19\\x385\"",
                "vehicle-registration \"cases.views.whose\" K1 ABC",
                "postcode \"-\" CR2 6XH",
            ]
        );
    }
}
