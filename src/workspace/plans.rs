//! Plans of days: the folder `plans/`, read only when somebody asks for it.

use super::list::{list, stem};
use super::load::Loaded;
use super::text;
use crate::model::Plan;
use crate::source::{FileId, Finding};
use crate::yaml::{self, CheckedFile, Vocabulary};

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
    (plans, findings)
}
