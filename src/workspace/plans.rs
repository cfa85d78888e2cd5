//! Plans of days: the folder `plans/`, read only when somebody asks for it.

use super::list::{list, stem};
use super::load::Loaded;
use super::text;
use crate::model::{Casebook, Ledger, Plan};
use crate::source::{FileId, Finding, Place, nearest};
use crate::yaml::{self, CheckedFile, Vocabulary, codes};

/// Where they lie.
const FOLDER: &str = "plans";

/// Reads them, and everything that is wrong with them. Their files come after those that were read already.
pub fn read_plans(loaded: &mut Loaded) -> (Vec<Plan>, Vec<Finding>) {
    let listed = list(&loaded.files.root, FOLDER);
    let first = loaded.files.len();
    loaded.files.paths.extend(listed.iter().map(|listed| listed.path.clone()));
    let names = Vocabulary::new(Some(&loaded.casebook.group), &loaded.casebook.themes, []);
    let (mut plans, mut findings) = (Vec::new(), Vec::new());
    for (n, listed) in listed.iter().enumerate() {
        let file = FileId((first + n) as u32);
        let read = listed.finding(file).map_or_else(|| text::read(file, &loaded.files.on_disk(file)), |finding| Err(Box::new(finding)));
        let taken = match read.map(|text| yaml::read_plan(file, &text)) {
            Err(finding) => CheckedFile { value: None, findings: vec![*finding] },
            Ok((Some(raw), findings)) => yaml::check_plan(file, stem(&listed.path), raw, findings, &names),
            Ok((None, findings)) => CheckedFile { value: None, findings },
        };
        plans.extend(taken.value);
        findings.extend(taken.findings);
    }
    findings.extend(beside_the_meetings(&loaded.casebook, &plans));
    findings.sort_by_key(|finding| finding.at.file());
    (plans, findings)
}

/// What the plans say otherwise than the meetings.
fn beside_the_meetings(book: &Casebook, plans: &[Plan]) -> Vec<Finding> {
    if plans.is_empty() {
        return Vec::new();
    }
    let ledger = Ledger::fold(book);
    let mut findings = Vec::new();
    for plan in plans {
        let place = |field| Place::top(plan.file).field(field);
        let Some(story) = ledger.case(plan.case.as_str()) else {
            let near = nearest(plan.case.as_str(), ledger.cases.keys().copied());
            let hint = near.map_or_else(|| "look at the ref".to_owned(), |near| format!("did you mean `{near}`?"));
            findings.push(Finding::value(&codes::PLAN_OF_NOBODY, place("ref"), format!("no meeting knows `{}`", plan.case)).hint(hint));
            continue;
        };
        if let Some(day) = story.release().filter(|day| *day != plan.date) {
            let finding = Finding::value(&codes::OTHER_RELEASE_DAY, place("date"), format!("the last meeting has the release of `{}` on {day}", plan.case));
            findings.push(finding.hint("ask which day it is"));
        }
    }
    findings
}
