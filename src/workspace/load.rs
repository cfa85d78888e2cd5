//! The whole workspace: `marg.yaml` and the themes first, since meetings are checked against them, then all meetings at once.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::list::{Listed, list, stem};
use super::progress::Progress;
use super::{Clock, Files, GROUP_FILE, cache, text};
use crate::model::{Casebook, Group, Meeting, Theme};
use crate::source::{At, FileId, Finding, Severity};
use crate::yaml::{self, CheckedFile, Vocabulary, codes};

/// A workspace as it was found.
pub struct Loaded {
    pub files: Files,
    /// All that could be understood. Complete when nothing is wrong.
    pub casebook: Casebook,
    /// Everything that is wrong, in the order of the files.
    pub wrong: Vec<Finding>,
    /// What the reader found unwise while it had the text at hand; `lint` finds the rest.
    pub unwise: Vec<Finding>,
}

/// What reading one file brings: its part of the model, what is wrong with it, and the ids that stand in it if something is.
struct Taken<T> {
    value: Option<T>,
    findings: Vec<Finding>,
    spared: Vec<String>,
    /// Nobody knows what stands in it.
    unread: bool,
}

/// How much of what was read is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    Everything,
    /// All but the long accounts of each case: see [`Meeting::forget_accounts`].
    WithoutAccounts,
}

/// How a workspace is read.
pub struct Reading<'a> {
    pub clock: Clock,
    pub keep: Keep,
    /// Whether what earlier runs kept may be used, and kept again.
    pub cache: bool,
    pub progress: Progress<'a>,
}

/// `marg.yaml` and the themes: what meetings are checked against.
pub(super) struct Codebook {
    pub(super) files: Files,
    /// Nothing when not even a part of it could be read.
    pub(super) group: Option<Group>,
    pub(super) own_today: Option<NaiveDate>,
    pub(super) themes: Vec<Theme>,
    /// Ids of themes that could not be read.
    pub(super) broken: Vec<String>,
    /// Nobody knows which themes there are.
    pub(super) themes_unread: bool,
    pub(super) wrong: Vec<Finding>,
}

/// Reads what meetings are checked against. `meetings` are only counted in among the files.
pub(super) fn read_codebook(root: &Path, meetings: &[Listed]) -> Codebook {
    let group_file = Listed { path: GROUP_FILE.into(), refused: None, stamp: None };
    let themes = list(root, "themes");
    let paths = [&group_file].into_iter().chain(&themes).chain(meetings).map(|listed| listed.path.clone()).collect();
    let files = Files { root: root.to_path_buf(), paths };
    let mut wrong = Vec::new();
    let group = take(&files, &group_file, FileId(0), |file, _, text| {
        let (raw, findings) = yaml::read_group(file, text);
        checked(raw, findings, |raw, findings| yaml::check_group(file, raw, findings))
    });
    wrong.extend(group.findings);
    let taken = take_all(&files, &themes, 1, |file, id, text| {
        let (raw, findings) = yaml::read_theme(file, text);
        checked(raw, findings, |raw, findings| yaml::check_theme(file, id, raw, findings))
    });
    let themes_unread = themes.iter().any(|listed| &*listed.path == "themes");
    let (themes, broken) = sort_themes(&files, &themes, taken, &mut wrong);
    let (group, own_today) = group.value.unzip();
    Codebook { files, group, own_today: own_today.flatten(), themes, broken, themes_unread, wrong }
}

/// Reads and checks the workspace in `root`. Problems are never an error: all of them are in the result.
pub fn load(root: &Path, reading: &Reading<'_>) -> Loaded {
    let meetings = list(root, "meetings");
    let Codebook { files, group, own_today, themes, broken, themes_unread, mut wrong } = read_codebook(root, &meetings);
    let first_meeting = (files.len() - meetings.len()) as u32;
    let today = reading.clock.today(own_today);
    let names = Vocabulary::new(group.as_ref(), &themes, broken).with_themes_unread(themes_unread);
    // A group in which something is wrong still knows most of its agencies; none at all is another matter.
    let group = group.unwrap_or_default();

    let mut spared = HashSet::new();
    let progress = reading.progress.of(meetings.len());
    let taken = take_all(&files, &meetings, first_meeting, |file, id, text| {
        progress.one(|| {
            let (raw, findings) = yaml::read_meeting(file, text);
            let mut checked = checked(raw, findings, |raw, findings| yaml::check_meeting(file, id, raw, findings, &names, today));
            if reading.keep == Keep::WithoutAccounts {
                checked.value.iter_mut().for_each(Meeting::forget_accounts);
            }
            checked
        })
    });
    // What rests on a file that could not be opened may be right.
    let unread = taken.iter().any(|taken| taken.unread);
    let meetings = sort_meetings(&files, taken, &mut wrong, &mut spared);

    // What nearly always fits is seen to fit at little cost; only what does not is looked at closely.
    if !wrong.is_empty() || !cache::all_fit(&themes, &meetings) {
        let together = yaml::check_together(&themes, &meetings, &spared);
        wrong.extend(together.into_iter().filter(|finding| !(unread && yaml::rests_on_others(finding.code))));
    }
    wrong.sort_by_key(|finding| finding.at.file());
    let (wrong, unwise) = wrong.into_iter().partition(|finding| finding.code.severity == Severity::Wrong);
    Loaded { casebook: Casebook::new(group, themes, meetings, today), files, wrong, unwise }
}

/// Reads and checks `marg.yaml` and the themes alone, for questions to the codebook; the casebook has no meetings then.
pub fn load_codebook(root: &Path, clock: Clock) -> Loaded {
    let Codebook { files, group, own_today, themes, wrong, .. } = read_codebook(root, &[]);
    let (wrong, unwise) = wrong.into_iter().partition(|finding| finding.code.severity == Severity::Wrong);
    Loaded { casebook: Casebook::new(group.unwrap_or_default(), themes, Vec::new(), clock.today(own_today)), files, wrong, unwise }
}

fn checked<R, T>(raw: Option<R>, findings: Vec<Finding>, check: impl FnOnce(R, Vec<Finding>) -> CheckedFile<T>) -> CheckedFile<T> {
    match raw {
        Some(raw) => check(raw, findings),
        None => CheckedFile { value: None, findings },
    }
}

fn take_all<T: Send>(files: &Files, listed: &[Listed], first: u32, read: impl Fn(FileId, &str, &str) -> CheckedFile<T> + Sync) -> Vec<Taken<T>> {
    listed.par_iter().enumerate().map(|(n, listed)| take(files, listed, FileId(first + n as u32), &read)).collect()
}

fn take<T>(files: &Files, listed: &Listed, file: FileId, read: impl FnOnce(FileId, &str, &str) -> CheckedFile<T>) -> Taken<T> {
    if let Some(finding) = listed.finding(file) {
        return Taken { value: None, findings: vec![finding], spared: Vec::new(), unread: true };
    }
    let text = match text::read(file, &files.on_disk(file)) {
        Ok(text) => text,
        Err(finding) => return Taken { value: None, findings: vec![*finding], spared: Vec::new(), unread: true },
    };
    let CheckedFile { value, findings } = read(file, stem(&listed.path), &text);
    let spared = if findings.is_empty() { Vec::new() } else { yaml::ids_in(&text).collect() };
    Taken { value, findings, spared, unread: false }
}

/// Themes in order of id, and the ids of those that could not be read.
fn sort_themes(files: &Files, listed: &[Listed], taken: Vec<Taken<Theme>>, wrong: &mut Vec<Finding>) -> (Vec<Theme>, Vec<String>) {
    let mut themes: BTreeMap<String, Theme> = BTreeMap::new();
    let mut broken = Vec::new();
    for (listed, taken) in listed.iter().zip(taken) {
        wrong.extend(taken.findings);
        let Some(theme) = taken.value else {
            broken.push(stem(&listed.path).to_owned());
            continue;
        };
        match themes.get(&theme.id) {
            Some(first) => wrong.push(same_name(files, theme.file, first.file, "theme", &theme.id)),
            None => drop(themes.insert(theme.id.clone(), theme)),
        }
    }
    (themes.into_values().collect(), broken)
}

/// Meetings in order of date and id.
fn sort_meetings(files: &Files, taken: Vec<Taken<Meeting>>, wrong: &mut Vec<Finding>, spared: &mut HashSet<String>) -> Vec<Meeting> {
    let mut meetings = Vec::with_capacity(taken.len());
    for taken in taken {
        wrong.extend(taken.findings);
        spared.extend(taken.spared);
        meetings.extend(taken.value);
    }
    meetings.sort_by(|a, b| a.id.cmp(&b.id).then(a.file.cmp(&b.file)));
    meetings.dedup_by(|later, first| {
        let same = later.id == first.id;
        if same {
            wrong.push(same_name(files, later.file, first.file, "meeting", &later.id));
        }
        same
    });
    meetings.sort_by(|a, b| a.date.cmp(&b.date).then_with(|| a.id.cmp(&b.id)));
    meetings
}

fn same_name(files: &Files, later: FileId, first: FileId, kind: &str, id: &str) -> Finding {
    let hint = format!("rename one of the two; the other is `{}`", files.path(first));
    Finding::new(&codes::SAME_NAME, At::File(later), format!("another {kind} has the id `{id}`")).hint(hint)
}
