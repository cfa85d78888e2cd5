//! A file of `tagging/`.

use std::collections::HashSet;

use super::desk::{Desk, Here};
use super::{CheckedFile, Vocabulary};
use crate::model::{Casebook, SecondLook, SecondTags};
use crate::source::{FileId, Finding, nearest};
use crate::yaml::codes;
use crate::yaml::raw::{RawSecondLook, RawSecondTags};

/// One person's tags of one meeting, against the meetings as they were read. `unread` names meetings that exist and could not be read, or
/// not wholly: nothing is said of what they lack.
pub fn check_second_tags(
    file: FileId,
    tagger: &str,
    raw: RawSecondTags,
    findings: Vec<Finding>,
    names: &Vocabulary,
    book: &Casebook,
    unread: &HashSet<&str>,
) -> CheckedFile<SecondTags> {
    let mut desk = Desk::new(file, names, findings);
    let top = Here::top();
    let id = desk.needed(raw.meeting, top, "meeting", "say which meeting, by the name of its file without `.yaml`");
    let meeting = book.find_meeting(&id);
    if meeting.is_none() && !id.is_empty() && !unread.contains(id.as_str()) {
        let near = nearest(&id, book.meetings.iter().map(|meeting| meeting.id.as_str()));
        let hint = near.map_or_else(|| "`marg meetings` lists them all".to_owned(), |near| format!("did you mean `{near}`?"));
        desk.wrong(&codes::UNKNOWN_MEETING, top.field("meeting"), format!("there is no meeting `{id}`"), hint);
    }
    let mut seen = HashSet::new();
    let mut looks = Vec::new();
    for (nth, raw) in raw.cases.0.into_iter().enumerate() {
        let cases = top.field("cases");
        let here = cases.entry(nth);
        let RawSecondLook { case, themes } = raw;
        let case = desk.case(case, &here, "ref");
        let themes = desk.themes(&themes, None, &here.field("themes"));
        let (Some(meeting), Some(case)) = (meeting, case) else { continue };
        match book.meeting(meeting).cases.iter().position(|discussion| discussion.case == case) {
            Some(discussion) if seen.insert(discussion) => looks.push(SecondLook { nth, discussion, themes }),
            Some(_) => desk.wrong(&codes::LOOKED_AT_TWICE, here, format!("`{case}` stands here twice"), "put both into one entry"),
            None if unread.contains(id.as_str()) => {}
            None => {
                let known = book.meeting(meeting).cases.iter().map(|discussion| discussion.case.as_str());
                let hint = nearest(case.as_str(), known).map_or_else(|| format!("`marg minutes {id}` shows who was"), |near| format!("did you mean `{near}`?"));
                desk.wrong(&codes::NOT_DISCUSSED, here.field("ref"), format!("`{case}` was not discussed at `{id}`"), hint);
            }
        }
    }
    let value = meeting.map(|meeting| SecondTags { file, tagger: tagger.to_owned(), meeting, looks });
    CheckedFile { value, findings: desk.findings }
}
