//! Records that changed after they were agreed. Only `marg check` looks: it means reading those files once more.

use rayon::prelude::*;

use super::Loaded;
use crate::model::Meeting;
use crate::source::Finding;
use crate::yaml::{codes, is_record, record_fingerprint};

/// What is no longer as it was agreed.
pub fn changed_since_agreed(loaded: &Loaded) -> Vec<Finding> {
    loaded.casebook.meetings.par_iter().filter_map(|meeting| changed(loaded, meeting)).collect()
}

/// Whether a meeting's record is another than the one that was agreed; nothing where no fingerprint was taken.
pub fn has_changed(loaded: &Loaded, meeting: &Meeting) -> Option<bool> {
    let agreed = meeting.agreed.as_ref()?.record.as_ref()?;
    let now = loaded.files.text(meeting.file).and_then(|text| record_fingerprint(&text));
    Some(now.is_none_or(|now| !is_record(agreed.trim(), &now)))
}

fn changed(loaded: &Loaded, meeting: &Meeting) -> Option<Finding> {
    has_changed(loaded, meeting).filter(|changed| *changed)?;
    let on = meeting.agreed.as_ref().and_then(|agreed| agreed.on).map_or(String::new(), |on| format!(" on {}", on.format("%-d %B %Y")));
    let message = format!("the minutes were agreed{on}, and the record has changed since");
    let finding = Finding::value(&codes::RECORD_CHANGED, meeting.place().field("agreed").field("record"), message);
    Some(finding.hint("say what happened since in the next meeting's file").hint(format!("or agree them anew: `marg minutes agree {} --again`", meeting.id)))
}
