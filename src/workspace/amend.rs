//! The one door through which the file of a meeting is changed: under the lock, from what the file says now, checked, whole or not at all.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::list::{Listed, list, name_refused, stem};
use super::load::{Codebook, read_codebook};
use super::lock::{Lock, NoLock};
use super::many::finish_under_lock;
use super::{Clock, Journal, JournalError, SaveError, save, steps, text};
use crate::model::{Meeting, Names, Theme, entries_of};
use crate::source::{At, FileId, Finding, Severity};
use crate::yaml::{self, Clash, Remark, Vocabulary, Why, codes};

/// Why a meeting's file was not changed. What stood there stands there still.
#[derive(Debug, thiserror::Error)]
pub enum AmendError {
    #[error("there is no meeting `{0}`")]
    NoMeeting(String),
    #[error("there is no theme `{0}`")]
    NoTheme(String),
    #[error("another program is changing files of this workspace, and has not finished; nothing was written")]
    Busy,
    #[error("`{path}` was not changed: {}", clashes.iter().map(told).collect::<Vec<_>>().join("; "))]
    Clashes { path: String, clashes: Vec<Clash> },
    #[error("`{path}` was not changed, since something in it would be wrong: {}", messages(findings))]
    Wrong { path: String, findings: Vec<Finding> },
    #[error("`{path}` cannot be read: {}", .finding.message)]
    Unreadable { path: String, finding: Box<Finding> },
    #[error(transparent)]
    Save(#[from] SaveError),
    /// Why a change of many files makes no sense, and what to do instead.
    #[error("{0}")]
    Refused(String, Vec<String>),
    #[error("the change is on record, but not all files have their new text yet: {0}")]
    Halfway(SaveError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The new text stands in its place, but the disk did not say that it will survive a power cut.
    #[error("`{path}` was saved, but the disk reports trouble, and after a power cut the old text may be back: {error}")]
    Unsure { path: String, error: std::io::Error },
}

impl AmendError {
    /// What to do about it, a line each.
    pub fn hints(&self) -> Vec<String> {
        let findings = |findings: &[Finding]| findings.iter().flat_map(|finding| finding.hints.clone()).collect();
        match self {
            Self::NoMeeting(_) => vec!["`marg meetings` lists them".to_owned()],
            Self::NoTheme(_) => vec!["`marg themes` lists them".to_owned()],
            Self::Busy => vec!["try again in a moment; close other programs that have the file open".to_owned()],
            Self::Clashes { clashes, .. } if clashes.iter().any(|clash| matches!(clash.why, Why::Changed { .. })) => {
                vec!["open the file, decide which is right, and do the rest again".to_owned()]
            }
            Self::Clashes { .. } | Self::Save(_) | Self::Journal(_) | Self::Unsure { .. } => Vec::new(),
            Self::Refused(_, hints) => hints.clone(),
            Self::Halfway(_) => vec!["any command of marg does the rest, as soon as the disk allows it".to_owned()],
            Self::Wrong { findings: found, .. } => findings(found),
            Self::Unreadable { finding, .. } => findings(std::slice::from_ref(finding)),
        }
    }
}

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amended {
    /// Relative to the workspace, with `/`.
    pub path: String,
    /// Whether the text had to change at all.
    pub changed: bool,
    /// The text as it is now.
    pub text: String,
}

/// Changes the file of `base` so that it says what `after` says, wherever the two differ. `names` are those of the casebook that both
/// come from. What others wrote to the file since then stays, unless they changed the same place.
///
/// # Errors
///
/// See [`AmendError`]; then the file is as it was.
///
/// Saving gives the file a new body: if it has a second name (a hard link, as some backups make), the other name keeps the old text.
pub fn amend(root: &Path, clock: Clock, names: Names<'_>, base: &Meeting, after: &Meeting) -> Result<Amended, AmendError> {
    amend_then(root, clock, names, base, after, |_| Ok(()))
}

/// The end of a chaired meeting: what was entered is carried over to the meeting's file, which is noted in the journal before, so that a
/// computer that stops in between does it once and not twice. Then the journal can be removed.
///
/// # Errors
///
/// As [`amend`]; what was entered is still in the journal.
pub fn finish(root: &Path, clock: Clock, names: Names<'_>, journal: &mut Journal, base: &Meeting, after: &Meeting) -> Result<Amended, AmendError> {
    amend_then(root, clock, names, base, after, |text| Ok(journal.about_to_finish(text)?))
}

/// As [`amend`]; `before_saving` is told the new text when everything is checked and nothing written yet, and can still prevent it.
fn amend_then(
    root: &Path,
    clock: Clock,
    names: Names<'_>,
    base: &Meeting,
    after: &Meeting,
    before_saving: impl FnOnce(&str) -> Result<(), AmendError>,
) -> Result<Amended, AmendError> {
    let door = Door::open(root, clock)?;
    let file = door.find(&base.id)?;
    let clashing = |clashes| AmendError::Clashes { path: file.path.clone(), clashes };
    let new = yaml::amend_between(&file.text, door.names(), (names, base), (names, after)).map_err(clashing)?;
    door.save(&file, &base.id, new, before_saving)
}

/// Changes a meeting as its file is at this moment. Two programs that change one meeting this way lose nothing.
///
/// # Errors
///
/// As [`amend`].
pub fn change<T>(root: &Path, clock: Clock, id: &str, change: impl FnOnce(&mut Meeting, Names<'_>) -> T) -> Result<(Amended, T), AmendError> {
    let door = Door::open(root, clock)?;
    let file = door.find(id)?;
    let clashing = |clashes| AmendError::Clashes { path: file.path.clone(), clashes };
    let unreadable = || clashing(vec![Clash { place: String::new(), why: Why::Unreadable, wanted: None }]);
    let base = door.read(id, &file.text).0.ok_or_else(unreadable)?;
    let mut after = base.clone();
    let told = change(&mut after, door.names());
    let new = yaml::amend(&file.text, door.names(), &base, &after).map_err(clashing)?;
    Ok((door.save(&file, id, new, |_| Ok(()))?, told))
}

/// A change as it would be, or as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Considered {
    /// Relative to the workspace, with `/`.
    pub path: String,
    pub before: String,
    pub after: String,
}

/// What becomes of a change that is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It is looked at, and nothing is written.
    Look,
    /// It is made, and can be taken back by [`super::undo_step`].
    Save,
}

/// As [`change`], where `change` may refuse, and what it does may be looked at first. The inner error is that of `change`.
///
/// # Errors
///
/// As [`amend`].
pub fn try_change<T, E>(
    root: &Path,
    clock: Clock,
    id: &str,
    then: Then,
    change: impl FnOnce(&mut Meeting, Names<'_>) -> Result<T, E>,
) -> Result<Result<(Considered, T), E>, AmendError> {
    let door = Door::open(root, clock)?;
    let file = door.find(id)?;
    let clashing = |clashes| AmendError::Clashes { path: file.path.clone(), clashes };
    let unreadable = || clashing(vec![Clash { place: String::new(), why: Why::Unreadable, wanted: None }]);
    let base = door.read(id, &file.text).0.ok_or_else(unreadable)?;
    let mut after = base.clone();
    let told = match change(&mut after, door.names()) {
        Ok(told) => told,
        Err(refused) => return Ok(Err(refused)),
    };
    let new = yaml::amend(&file.text, door.names(), &base, &after).map_err(clashing)?;
    let considered = Considered { path: file.path.clone(), before: file.text.clone(), after: new.clone() };
    match then {
        Then::Look if new != file.text => door.check(&file, id, &new)?,
        Then::Save if new != file.text => {
            let note = |new: &str| Ok(steps::remember(root, &file.path, &file.text, new)?);
            door.save(&file, id, new, note)?;
        }
        Then::Look | Then::Save => {}
    }
    Ok(Ok((considered, told)))
}

/// Writes the file of a meeting that has none yet: `FOLDER/ID.yaml`, where the folder is `meetings` or one in it.
///
/// # Errors
///
/// When there is a meeting of this id, or something in it would be wrong, or the disk refuses.
pub fn new_meeting_in(root: &Path, clock: Clock, names: Names<'_>, folder: &str, meeting: &Meeting, remarks: &[Remark]) -> Result<Amended, AmendError> {
    let door = Door::open(root, clock)?;
    let path = format!("{folder}/{}.yaml", meeting.id);
    let is_within =
        !meeting.id.contains('/') && folder.split('/').next() == Some("meetings") && folder.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
    if let Some((code, why, hint)) = name_refused(&format!("{}.yaml", meeting.id)) {
        let finding = Finding::new(code, At::File(FileId(0)), why).hint(hint);
        return Err(AmendError::Wrong { path, findings: vec![finding] });
    }
    if !is_within {
        return Err(SaveError::Own(root.join(path)).into());
    }
    if let Some(there) = door.meetings.iter().find(|listed| stem(&listed.path) == meeting.id) {
        return Err(SaveError::Exists(PathBuf::from(&*there.path)).into());
    }
    let text = yaml::new_meeting(names, meeting, remarks, folder.split('/').count());
    let file = Found { path, text: String::new() };
    door.check(&file, &meeting.id, &text)?;
    save::create_whole(&root.join(&file.path), &text)?;
    Ok(Amended { path: file.path, changed: true, text })
}

/// A workspace while its files may be changed.
pub(super) struct Door<'r> {
    pub(super) root: &'r Path,
    pub(super) codebook: Codebook,
    pub(super) today: NaiveDate,
    pub(super) meetings: Vec<Listed>,
    _lock: Lock,
}

/// The file of a meeting or of a theme as it is now.
pub(super) struct Found {
    pub(super) path: String,
    pub(super) text: String,
}

impl<'r> Door<'r> {
    pub(super) fn open(root: &'r Path, clock: Clock) -> Result<Self, AmendError> {
        let no_lock = |why| match why {
            NoLock::Busy => AmendError::Busy,
            NoLock::Disk(error) => SaveError::Disk { path: root.join(".marg/lock"), error }.into(),
        };
        let lock = Lock::take(root).map_err(no_lock)?;
        finish_under_lock(root)?;
        let mut codebook = read_codebook(root, &[]);
        // A group in which something is wrong still knows most of its agencies.
        let today = clock.today(codebook.own_today);
        codebook.group.get_or_insert_default();
        Ok(Self { root, codebook, today, meetings: list(root, "meetings"), _lock: lock })
    }

    fn names(&self) -> Names<'_> {
        Names { group: self.codebook.group.as_ref().expect("put there when the door was opened"), themes: &self.codebook.themes }
    }

    fn find(&self, id: &str) -> Result<Found, AmendError> {
        let listed = self.meetings.iter().find(|listed| stem(&listed.path) == id).ok_or_else(|| AmendError::NoMeeting(id.to_owned()))?;
        self.found(listed)
    }

    pub(super) fn found(&self, listed: &Listed) -> Result<Found, AmendError> {
        let path = listed.path.to_string();
        let unreadable = |finding| AmendError::Unreadable { path: path.clone(), finding: Box::new(finding) };
        if let Some(finding) = listed.finding(FileId(0)) {
            return Err(unreadable(finding));
        }
        let text = text::read(FileId(0), &self.root.join(&path)).map_err(|finding| unreadable(*finding))?;
        Ok(Found { path, text })
    }

    /// The meeting that a text holds, and what is wrong with it.
    fn read(&self, id: &str, text: &str) -> (Option<Meeting>, Vec<Finding>) {
        self.read_knowing(&self.vocabulary(&self.codebook.themes), id, text)
    }

    /// The names that meetings may use, with these themes.
    pub(super) fn vocabulary(&self, themes: &[Theme]) -> Vocabulary {
        let broken = self.codebook.broken.iter().cloned();
        Vocabulary::new(self.codebook.group.as_ref(), themes, broken).with_themes_unread(self.codebook.themes_unread)
    }

    pub(super) fn read_knowing(&self, known: &Vocabulary, id: &str, text: &str) -> (Option<Meeting>, Vec<Finding>) {
        let (raw, findings) = yaml::read_meeting(FileId(0), text);
        let Some(raw) = raw else { return (None, findings) };
        let checked = yaml::check_meeting(FileId(0), id, raw, findings, known, self.today);
        let mut findings: Vec<Finding> = checked.findings.into_iter().filter(|finding| finding.code.severity == Severity::Wrong).collect();
        let alone = yaml::check_together(&[], checked.value.as_slice(), &Default::default());
        findings.extend(alone.into_iter().filter(|finding| !yaml::rests_on_others(finding.code)));
        (checked.value, findings)
    }

    /// Refuses a text in which something is wrong that was not wrong before.
    fn check(&self, file: &Found, id: &str, new: &str) -> Result<(), AmendError> {
        let (before, old_findings) = if file.text.is_empty() { (None, Vec::new()) } else { self.read(id, &file.text) };
        let (after, findings) = self.read(id, new);
        let mut findings = newly_wrong(&old_findings, findings);
        let ids = |meeting: &Option<Meeting>| entries_of(meeting.as_slice()).map(|(id, _)| id.to_owned()).collect::<Vec<_>>();
        let old_ids = ids(&before);
        let new_ids: Vec<String> = ids(&after).into_iter().filter(|id| !old_ids.contains(id)).collect();
        findings.extend(self.used_elsewhere(file, &new_ids));
        if findings.is_empty() { Ok(()) } else { Err(AmendError::Wrong { path: file.path.clone(), findings }) }
    }

    /// Whether ids that are new here stand in other meetings. In a very large workspace that is left to `marg check`.
    pub(super) fn used_elsewhere(&self, file: &Found, ids: &[String]) -> Vec<Finding> {
        const AT_MOST: usize = 3_000;
        if ids.is_empty() || self.meetings.len() > AT_MOST {
            return Vec::new();
        }
        let others = self.meetings.par_iter().filter(|listed| listed.refused.is_none() && *listed.path != *file.path);
        let used = others.flat_map_iter(|listed| {
            let text = text::read(FileId(0), &self.root.join(&*listed.path)).unwrap_or_default();
            // Most files hold none of them, and are not read any further.
            let stands = ids.iter().filter(|id| text.contains(id.as_str())).cloned().collect::<Vec<_>>();
            let own = if stands.is_empty() { None } else { self.read(stem(&listed.path), &text).0 };
            let own: Vec<String> = entries_of(own.as_slice()).map(|(id, _)| id.to_owned()).collect();
            let path = listed.path.to_string();
            stands.into_iter().filter(move |id| own.contains(id)).map(move |id| (id, path.clone()))
        });
        let mut used: Vec<(String, String)> = used.collect();
        used.sort();
        let finding = |(id, path)| {
            let message = format!("the id `{id}` is used already, in `{path}`");
            Finding::new(&codes::ID_TWICE, At::File(FileId(0)), message).hint("give the newer one another id")
        };
        used.into_iter().map(finding).collect()
    }

    fn save(&self, file: &Found, id: &str, new: String, before_saving: impl FnOnce(&str) -> Result<(), AmendError>) -> Result<Amended, AmendError> {
        let changed = new != file.text;
        if changed {
            self.check(file, id, &new)?;
        }
        before_saving(&new)?;
        self.put(file, new)
    }

    /// Puts a checked text in the place of the old one.
    pub(super) fn put(&self, file: &Found, new: String) -> Result<Amended, AmendError> {
        let changed = new != file.text;
        if changed {
            let path = self.root.join(&file.path);
            // Not everybody asks for the lock: an editor does not.
            if text::read(FileId(0), &path).ok().as_ref() != Some(&file.text) {
                return Err(AmendError::Busy);
            }
            save::replace(&path, &new)?;
            save::sync_folder(&path).map_err(|error| AmendError::Unsure { path: file.path.clone(), error })?;
        }
        Ok(Amended { path: file.path.clone(), changed, text: new })
    }
}

/// What is wrong now and was not wrong before.
pub(super) fn newly_wrong(before: &[Finding], mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut known: Vec<(&str, &str)> = before.iter().map(|finding| (finding.code.id, finding.message.as_str())).collect();
    findings.retain(|finding| {
        let before = known.iter().position(|known| *known == (finding.code.id, &*finding.message));
        before.map(|at| known.swap_remove(at)).is_none()
    });
    findings
}

/// One clash in words.
fn told(clash: &Clash) -> String {
    let said = |text: &Option<String>| text.as_ref().map_or("nothing".to_owned(), |text| format!("`{}`", shortened(text)));
    // What a person is to write must be there as a whole.
    let whole = || clash.wanted.as_ref().map_or("nothing".to_owned(), |text| format!("`{text}`"));
    match &clash.why {
        Why::Unreadable => "something in it is wrong; `marg check` says what, and when it is mended this can be done again".to_owned(),
        Why::Layout => format!("{}: the file is laid out so that only a person can change it there; write {} yourself", clash.place, whole()),
        Why::Changed { was, now } => {
            format!("{}: somebody else changed this: it said {}, and says {} now; it was to say {}", clash.place, said(was), said(now), said(&clash.wanted))
        }
    }
}

fn shortened(text: &str) -> String {
    const AT_MOST: usize = 80;
    let line = text.replace('\n', " ");
    if line.chars().count() <= AT_MOST { line } else { line.chars().take(AT_MOST).chain("…".chars()).collect() }
}

fn messages(findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |mut all, finding| {
        let _ = write!(all, "{}{}", if all.is_empty() { "" } else { "; " }, finding.message);
        all
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::model::Decision;

    const MEETING: &str = "meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: QLM-7KQ2\n    actions:\n      - { id: k7q2, what: Call }   # soon\n";

    fn workspace() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("meetings/2026")).unwrap();
        fs::write(folder.path().join("marg.yaml"), "name: G\nagencies: [{ id: police, name: P }]\n").unwrap();
        fs::write(folder.path().join("meetings/2026/m.yaml"), MEETING).unwrap();
        fs::write(
            folder.path().join("meetings/other.yaml"),
            "meeting: marg\ndate: 2026-02-12\ncases: [{ ref: QLM-7KQ2, actions: [{ id: aaaa, what: Ring }] }]\n",
        )
        .unwrap();
        folder
    }

    fn clock() -> Clock {
        Clock { given: None, now: "2026-03-26".parse().unwrap() }
    }

    fn decided(meeting: &mut Meeting, text: &str) {
        meeting.cases[0].decisions.push(Decision { nth: 0, text: text.to_owned(), why: None, dissent: None });
    }

    #[test]
    fn a_meeting_is_changed_through_one_door() {
        let folder = workspace();
        let (amended, told) = change(folder.path(), clock(), "m", |meeting, _| {
            decided(meeting, "Yes.");
            7
        })
        .unwrap();
        assert_eq!((told, amended.changed, amended.path.as_str()), (7, true, "meetings/2026/m.yaml"));
        assert_eq!(fs::read_to_string(folder.path().join("meetings/2026/m.yaml")).unwrap(), amended.text);
        assert_eq!(amended.text, MEETING.replace("    actions", "    decisions:\n      - { text: Yes. }\n    actions"));
        assert!(!change(folder.path(), clock(), "m", |_, _| ()).unwrap().0.changed);
        assert!(matches!(change(folder.path(), clock(), "x", |_, _| ()), Err(AmendError::NoMeeting(_))));
        let left: Vec<_> = fs::read_dir(folder.path().join("meetings/2026")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["m.yaml"]);
    }

    #[test]
    fn a_chaired_meeting_is_carried_over_once() {
        let folder = workspace();
        let known = super::super::known(folder.path());
        let names = Names { group: &known.group, themes: &known.themes };
        let (_, base) = change(folder.path(), clock(), "m", |meeting, _| meeting.clone()).unwrap();
        let mut journal = Journal::take(folder.path(), "m").unwrap();
        assert_eq!(yaml::read_alone(journal.base(), names, &base).map(|read| read.cases), Some(base.cases.clone()));
        let mut after = base.clone();
        decided(&mut after, "Yes.");
        // Meanwhile somebody else has written to the file.
        change(folder.path(), clock(), "m", |meeting, _| meeting.venue = Some("Civic Hall".to_owned())).unwrap();
        let done = finish(folder.path(), clock(), names, &mut journal, &base, &after).unwrap();
        assert!(done.text.contains("venue: Civic Hall") && done.text.contains("text: Yes."));
        drop(journal);
        let mut journal = Journal::take(folder.path(), "m").unwrap();
        assert!(journal.is_finished(), "the computer stopped before the journal was removed");
        assert!(!finish(folder.path(), clock(), names, &mut journal, &base, &after).unwrap().changed);
        journal.remove().unwrap();
    }

    #[test]
    fn what_would_be_wrong_is_not_written() {
        let folder = workspace();
        let path = folder.path().join("meetings/2026/m.yaml");
        let taken = change(folder.path(), clock(), "m", |meeting, _| meeting.cases[0].actions[0].id = Some("aaaa".to_owned())).unwrap_err();
        assert_eq!(
            taken.to_string(),
            "`meetings/2026/m.yaml` was not changed, since something in it would be wrong: the id `aaaa` is used already, in `meetings/other.yaml`"
        );
        let empty = change(folder.path(), clock(), "m", |meeting, _| meeting.cases[0].actions[0].what = String::new()).unwrap_err();
        assert!(matches!(empty, AmendError::Wrong { .. }), "{empty}");
        assert_eq!(fs::read_to_string(&path).unwrap(), MEETING);
        // What was wrong before is no reason to refuse.
        let wrong = MEETING.replace("# soon", "# soon\n    next_review: soon");
        fs::write(&path, &wrong).unwrap();
        change(folder.path(), clock(), "m", |meeting, _| decided(meeting, "Yes.")).unwrap();
        fs::write(&path, "meeting: [").unwrap();
        let broken = change(folder.path(), clock(), "m", |_, _| ()).unwrap_err();
        assert!(broken.to_string().contains("`marg check` says what"), "{broken}");
    }

    #[test]
    fn a_new_meeting_comes_through_the_same_door() {
        let folder = workspace();
        let (_, mut meeting) = change(folder.path(), clock(), "m", |meeting, _| meeting.clone()).unwrap();
        meeting.id = "next".to_owned();
        meeting.cases[0].actions[0].id = None;
        let names = super::super::known(folder.path());
        let names = Names { group: &names.group, themes: &names.themes };
        let made = new_meeting_in(folder.path(), clock(), names, "meetings", &meeting, &[]).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("meetings/next.yaml")).unwrap(), made.text);
        let again = new_meeting_in(folder.path(), clock(), names, "meetings/2027", &meeting, &[]).unwrap_err();
        assert!(matches!(again, AmendError::Save(SaveError::Exists(_))));
        meeting.id = "../next".to_owned();
        assert!(matches!(new_meeting_in(folder.path(), clock(), names, "meetings", &meeting, &[]), Err(AmendError::Save(SaveError::Own(_)))));
        meeting.id = "no blanks".to_owned();
        assert!(matches!(new_meeting_in(folder.path(), clock(), names, "meetings", &meeting, &[]), Err(AmendError::Wrong { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_protected_or_a_link_is_left_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = workspace();
        let path = folder.path().join("meetings/2026/m.yaml");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
        let refused = change(folder.path(), clock(), "m", |meeting, _| decided(meeting, "Yes.")).unwrap_err();
        assert!(refused.to_string().contains("write-protected"), "{refused}");
        fs::rename(&path, folder.path().join("elsewhere.yaml")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("elsewhere.yaml"), &path).unwrap();
        assert!(matches!(change(folder.path(), clock(), "m", |_, _| ()), Err(AmendError::Unreadable { .. })));
        assert_eq!(fs::read_to_string(folder.path().join("elsewhere.yaml")).unwrap(), MEETING);
    }

    #[test]
    fn two_writers_at_once_lose_nothing() {
        let folder = workspace();
        let write = |who: &str| (0..40).for_each(|n| drop(change(folder.path(), clock(), "m", |meeting, _| decided(meeting, &format!("{who} {n}"))).unwrap()));
        std::thread::scope(|scope| {
            scope.spawn(|| write("one"));
            scope.spawn(|| write("two"));
        });
        let text = fs::read_to_string(folder.path().join("meetings/2026/m.yaml")).unwrap();
        for (who, n) in ["one", "two"].into_iter().flat_map(|who| (0..40).map(move |n| (who, n))) {
            assert_eq!(text.matches(&format!("text: {who} {n} }}")).count(), 1, "{who} {n}");
        }
    }
}
