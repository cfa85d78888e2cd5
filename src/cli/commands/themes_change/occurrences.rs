//! Where a theme stands in the records, each place with what was said there.

use crate::model::{Casebook, Discussion, Meeting, Theme};
use crate::source::{Path, Step};
use crate::workspace::Loaded;
use crate::yaml::{FileKind, themes_named};

use super::ids_of;

/// One place.
pub(super) struct Occurrence {
    /// The meeting's file.
    pub(super) path: String,
    pub(super) meeting: String,
    /// Nothing for the theme of a session.
    pub(super) case: Option<String>,
    pub(super) place: Path,
    /// `need`, `barrier` and the like.
    pub(super) what: &'static str,
    pub(super) text: String,
}

/// All places, meeting by meeting, and the texts in which they were found.
pub(super) fn occurrences(loaded: &Loaded, theme: &Theme) -> (Vec<Occurrence>, Vec<(String, String)>) {
    let ids = ids_of(theme);
    let (mut found, mut texts) = (Vec::new(), Vec::new());
    for meeting in &loaded.casebook.meetings {
        let Some(text) = loaded.files.text(meeting.file).filter(|text| ids.iter().any(|id| text.contains(id.as_str()))) else { continue };
        let path = loaded.files.path(meeting.file);
        let mut places: Vec<Path> = themes_named(&text, FileKind::Meeting).into_iter().filter(|(_, id)| ids.contains(id)).map(|(place, _)| place).collect();
        // Case by case, and in each needs, what helped, barriers and so on.
        places.sort_by(|a, b| a.steps().iter().take(2).cmp(b.steps().iter().take(2)));
        if !places.is_empty() {
            found.extend(places.into_iter().map(|place| occurrence(&loaded.casebook, meeting, path, place)));
            texts.push((path.to_owned(), text));
        }
    }
    (found, texts)
}

fn occurrence(book: &Casebook, meeting: &Meeting, path: &str, place: Path) -> Occurrence {
    let steps = place.steps();
    let case = match steps {
        [Step::Field("cases"), Step::Entry(n), ..] => meeting.cases.iter().find(|case| case.nth == *n),
        _ => None,
    };
    let (what, text) = match (case, steps) {
        (Some(case), [_, _, Step::Field(field), Step::Entry(n), ..]) => said(book, case, field, *n),
        // One text where a list may stand.
        (Some(case), [_, _, Step::Field(field), ..]) => said(book, case, field, 0),
        _ => ("session", meeting.session.as_ref().and_then(|session| session.story.clone()).unwrap_or_default()),
    };
    Occurrence {
        path: path.to_owned(),
        meeting: meeting.id.clone(),
        case: case.map(|case| case.case.as_str().to_owned()),
        what,
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        place,
    }
}

/// What kind of place it is, and what was said there; of what says nothing itself, what was told of the case.
fn said(book: &Casebook, case: &Discussion, field: &str, n: usize) -> (&'static str, String) {
    let update = || case.update.clone().unwrap_or_default();
    let or_update = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(update);
    match field {
        "needs" => ("need", update()),
        "enablers" => ("what helped", update()),
        "guides_used" => ("guide used", update()),
        "barriers" => {
            let barrier = case.barriers.iter().find(|barrier| barrier.nth == n);
            let at = barrier.and_then(|barrier| barrier.at).map(|key| format!("at {}", book.group.agency(key).name));
            let texts = barrier.map(|barrier| [at, barrier.rule.clone(), barrier.evidence.clone()].into_iter().flatten().collect::<Vec<_>>().join(": "));
            ("barrier", [texts.unwrap_or_default(), update()].iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" · "))
        }
        "tagging" => ("tag", or_update(case.tagging.iter().find(|tagging| tagging.nth == n).and_then(|tagging| tagging.memo.clone()))),
        "actions" => ("action", or_update(case.actions.iter().find(|action| action.nth == n).map(|action| action.what.clone()))),
        _ => ("learning", or_update(case.learning.iter().find(|point| point.nth == n).map(|point| point.text.clone()))),
    }
}
