//! The door through which many files are changed at once, as when a theme gets another id: all of them are, or none is.

mod commit;
#[cfg(test)]
mod tests;
mod undo;

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

pub use self::commit::finish_change;
use self::commit::{Failed, commit};
pub(super) use self::commit::{UNDO, finish_under_lock};
pub use self::undo::take_back;
use super::amend::{Door, newly_wrong};
use super::amend_theme;
use super::list::{list, name_refused, stem};
use super::{AmendError, Clock, GROUP_FILE, text};
use crate::model::Theme;
use crate::source::{At, FileId, Finding, Path as Place};
use crate::yaml::{self, Clash, FileKind, Why};

/// One file before and after: nothing where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Relative to the workspace, with `/`.
    pub path: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A change of many files.
#[derive(Debug)]
pub struct Many<T> {
    /// In order of path.
    pub files: Vec<FileChange>,
    pub told: T,
}

/// The files of a workspace while a change of many is thought out. Nothing is written before all of it is.
pub struct Workshop<'d, 'r> {
    door: &'d Door<'r>,
    /// Files of themes, by id.
    theme_paths: BTreeMap<String, String>,
    files: BTreeMap<String, FileChange>,
}

/// Thinks a change out and checks it as any file is checked; then, if `write` says so, makes it, so that it can be taken back. `what` says
/// what it is, for whoever takes it back.
///
/// # Errors
///
/// See [`AmendError`]; but for [`AmendError::Halfway`] all files are as they were.
pub fn change_many<T>(
    root: &Path,
    clock: Clock,
    write: bool,
    what: &str,
    change: impl FnOnce(&mut Workshop<'_, '_>) -> Result<T, AmendError>,
) -> Result<Many<T>, AmendError> {
    let door = Door::open(root, clock)?;
    let theme_paths = list(root, "themes").iter().map(|listed| (stem(&listed.path).to_owned(), listed.path.to_string())).collect();
    let mut workshop = Workshop { door: &door, theme_paths, files: BTreeMap::new() };
    let told = change(&mut workshop)?;
    let files: Vec<FileChange> = workshop.files.into_values().filter(|file| file.before != file.after).collect();
    check(&door, &files)?;
    if write && !files.is_empty() {
        made(commit(root, &files, Some(&undo::way_back(what, &files))))?;
    }
    Ok(Many { files, told })
}

fn made(committed: Result<(), Failed>) -> Result<(), AmendError> {
    committed.map_err(|why| match why {
        Failed::Before(error) => error.into(),
        Failed::Busy => AmendError::Busy,
        Failed::Halfway(error) => AmendError::Halfway(error),
    })
}

impl Workshop<'_, '_> {
    /// The themes as they were read, in order of id.
    pub fn themes(&self) -> &[Theme] {
        &self.door.codebook.themes
    }

    pub fn today(&self) -> chrono::NaiveDate {
        self.door.today
    }

    /// The theme of an id, or of an earlier one.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn theme(&self, id: &str) -> Result<&Theme, AmendError> {
        let themes = self.themes();
        let found = themes.iter().find(|theme| theme.id == id).or_else(|| themes.iter().find(|theme| theme.also_known_as.iter().any(|earlier| earlier == id)));
        found.ok_or_else(|| AmendError::NoTheme(id.to_owned()))
    }

    /// The text of a file as it is to be.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn text(&self, path: &str) -> Result<String, AmendError> {
        match self.files.get(path) {
            Some(file) => Ok(file.after.clone().unwrap_or_default()),
            None => self.on_disk(path),
        }
    }

    fn on_disk(&self, path: &str) -> Result<String, AmendError> {
        let unreadable = |finding| AmendError::Unreadable { path: path.to_owned(), finding };
        text::read(FileId(0), &self.door.root.join(path)).map_err(unreadable)
    }

    fn put(&mut self, path: &str, before: Option<String>, after: Option<String>) {
        self.files.entry(path.to_owned()).or_insert_with(|| FileChange { path: path.to_owned(), before, after: None }).after = after;
    }

    fn path_of(&self, id: &str) -> Result<String, AmendError> {
        self.theme_paths.get(id).cloned().ok_or_else(|| AmendError::NoTheme(id.to_owned()))
    }

    /// Changes what a theme's file says.
    ///
    /// # Errors
    ///
    /// When it cannot be read or changed.
    pub fn change_theme(&mut self, id: &str, change: impl FnOnce(&mut Theme)) -> Result<(), AmendError> {
        let path = self.path_of(id)?;
        let text = self.text(&path)?;
        let clashing = |clashes| AmendError::Clashes { path: path.clone(), clashes };
        let unreadable = || clashing(vec![Clash::unreadable()]);
        let base = amend_theme::read(id, &text).0.ok_or_else(unreadable)?;
        let mut after = base.clone();
        change(&mut after);
        let new = yaml::amend_theme(&text, &base, &after).map_err(clashing)?;
        let before = self.on_disk(&path).ok();
        self.put(&path, before, Some(new));
        Ok(())
    }

    /// Puts remarks below what a theme's file says.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or would say something else.
    pub fn remark(&mut self, id: &str, remarks: &str) -> Result<(), AmendError> {
        let path = self.path_of(id)?;
        let text = self.text(&path)?;
        let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { eol };
        let lines: String = remarks.lines().map(|line| format!("{}{eol}", format!("# {line}").trim_end())).collect();
        let new = format!("{text}{end}{lines}");
        if amend_theme::read(id, &new).0 != amend_theme::read(id, &text).0 {
            let clash = Clash { place: "the end of the file".to_owned(), why: Why::Layout, wanted: Some(remarks.to_owned()) };
            return Err(AmendError::Clashes { path, clashes: vec![clash] });
        }
        let before = self.on_disk(&path).ok();
        self.put(&path, before, Some(new));
        Ok(())
    }

    /// Whether a theme may be called so: a new one, or one that was called otherwise.
    ///
    /// # Errors
    ///
    /// When another is, or the name can be none.
    pub fn may_be_called(&self, id: &str, moved: Option<&str>) -> Result<(), AmendError> {
        self.free_path("themes", id, moved).map(|_| ())
    }

    /// Gives a theme's file another name. What names the theme elsewhere is another affair: see [`Workshop::retheme`].
    ///
    /// # Errors
    ///
    /// When there is such a file already, or the name can be none.
    pub fn move_theme(&mut self, old: &str, new: &str) -> Result<(), AmendError> {
        let path = self.path_of(old)?;
        let text = self.text(&path)?;
        let folder = path.rsplit_once('/').map_or("themes", |(folder, _)| folder);
        let to = self.free_path(folder, new, Some(old))?;
        let before = self.on_disk(&path).ok();
        self.put(&path, before, None);
        self.put(&to, None, Some(text));
        self.theme_paths.remove(old);
        self.theme_paths.insert(new.to_owned(), to);
        Ok(())
    }

    /// Takes a theme's file away.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn remove_theme(&mut self, id: &str) -> Result<(), AmendError> {
        let path = self.path_of(id)?;
        let before = self.on_disk(&path)?;
        self.put(&path, Some(before), None);
        self.theme_paths.remove(id);
        Ok(())
    }

    /// Puts the file of a new theme into `themes/`.
    ///
    /// # Errors
    ///
    /// When there is such a file already, or the id can be none.
    pub fn add_theme(&mut self, theme: &Theme) -> Result<(), AmendError> {
        let path = self.free_path("themes", &theme.id, None)?;
        let signs = || AmendError::Refused(format!("`{}` holds signs that no file of the workspace can hold", theme.id), Vec::new());
        let text = yaml::new_theme(theme).ok_or_else(signs)?;
        self.put(&path, None, Some(text));
        self.theme_paths.insert(theme.id.clone(), path);
        Ok(())
    }

    /// The path of a file of this name, unless the id stands for a theme already. An earlier id may come back to the theme that had it.
    fn free_path(&self, folder: &str, id: &str, moved: Option<&str>) -> Result<String, AmendError> {
        let path = format!("{folder}/{id}.yaml");
        // The name as a whole: only what stands behind the last `/` would be looked at.
        if let Some((code, why, hint)) = name_refused(&format!("{}.yaml", id.replace(['/', '\\'], " "))) {
            return Err(AmendError::Wrong { path, findings: vec![Finding::new(code, At::File(FileId(0)), why).hint(hint)] });
        }
        if let Some(theme) = self.theme(id).ok().filter(|theme| theme.id == id || moved != Some(theme.id.as_str())) {
            let hint = format!("it is \"{}\", in `{}`", theme.title, self.path_of(&theme.id).unwrap_or_default());
            return Err(AmendError::Refused(format!("there is a theme `{id}` already"), vec![hint]));
        }
        // On some computers small letters and capitals are one.
        let taken = self.theme_paths.keys().find(|other| other.eq_ignore_ascii_case(id));
        if let Some(taken) = taken.cloned().or_else(|| self.door.root.join(&path).exists().then(|| id.to_owned())) {
            return Err(AmendError::Refused(format!("there is a file of the name `{taken}.yaml` already"), Vec::new()));
        }
        Ok(path)
    }

    /// Gives the places where one of these ids stands another, in meetings, themes and second people's tags, where `decide` says so. Says
    /// how many places changed in which file.
    ///
    /// # Errors
    ///
    /// When a file in which one of the ids stands cannot be read or changed.
    pub fn retheme(&mut self, ids: &[String], decide: impl Fn(&str, &Place, &str) -> Option<String> + Sync) -> Result<Vec<(String, usize)>, AmendError> {
        let others = [list(self.door.root, "themes"), list(self.door.root, "tagging")];
        let listed = self.door.meetings.iter().chain(others.iter().flatten()).filter(|listed| listed.refused.is_none());
        let all: Vec<&str> = listed.map(|listed| &*listed.path).chain([GROUP_FILE]).collect();
        let changed = all.par_iter().map(|path| {
            let path: &str = path;
            let before = self.on_disk(path)?;
            let text = self.files.get(path).and_then(|file| file.after.clone());
            let text = text.as_ref().unwrap_or(&before);
            // Most files name none of them, and are not read any further.
            if !ids.iter().any(|id| text.contains(id.as_str())) {
                return Ok(None);
            }
            let decide = |place: &Place, id: &str| if ids.iter().any(|one| one == id) { decide(path, place, id) } else { None };
            let done = yaml::retheme(text, kind_of(path), decide).map_err(|clash| AmendError::Clashes { path: path.to_owned(), clashes: vec![clash] })?;
            Ok((done.places > 0).then(|| (path.to_owned(), before, done)))
        });
        let changed: Vec<_> = changed.collect::<Result<Vec<_>, AmendError>>()?.into_iter().flatten().collect();
        Ok(changed
            .into_iter()
            .map(|(path, before, done)| {
                self.put(&path, Some(before), Some(done.text));
                (path, done.places)
            })
            .collect())
    }
}

fn kind_of(path: &str) -> FileKind {
    match path.split('/').next() {
        Some(GROUP_FILE) => FileKind::Group,
        Some("themes") => FileKind::Theme,
        Some("tagging") => FileKind::Tagging,
        _ => FileKind::Meeting,
    }
}

/// Refuses a change after which something is wrong that was not wrong before.
fn check(door: &Door<'_>, files: &[FileChange]) -> Result<(), AmendError> {
    let wrong = |path: &str, findings: Vec<Finding>| if findings.is_empty() { Ok(()) } else { Err(AmendError::Wrong { path: path.to_owned(), findings }) };
    let mut themes = door.codebook.themes.clone();
    for file in files.iter().filter(|file| kind_of(&file.path) == FileKind::Theme) {
        let id = stem(&file.path);
        let read = |text: &Option<String>| text.as_ref().map(|text| amend_theme::read(id, text)).unwrap_or_default();
        let ((_, before), (after, findings)) = (read(&file.before), read(&file.after));
        wrong(&file.path, newly_wrong(&before, findings))?;
        themes.retain(|theme| theme.id != id);
        themes.extend(after);
    }
    themes.sort_by(|a, b| a.id.cmp(&b.id));
    let together = |themes: &[Theme]| {
        let mut findings = yaml::check_together(themes, &[], &Default::default());
        findings.retain(|finding| !yaml::rests_on_others(finding.code));
        findings
    };
    wrong("themes", newly_wrong(&together(&door.codebook.themes), together(&themes)))?;
    let (before, after) = (door.vocabulary(&door.codebook.themes), door.vocabulary(&themes));
    let meetings = files.par_iter().filter(|file| file.path.starts_with("meetings/"));
    meetings.try_for_each(|file| {
        let read = |known, text: &Option<String>| text.as_ref().map(|text| door.read_knowing(known, stem(&file.path), text).1).unwrap_or_default();
        wrong(&file.path, newly_wrong(&read(&before, &file.before), read(&after, &file.after)))
    })?;
    files.iter().filter(|file| kind_of(&file.path) == FileKind::Tagging).try_for_each(|file| {
        let read = |text: &Option<String>| text.as_ref().map(|text| yaml::read_second_tags(FileId(0), text).1).unwrap_or_default();
        wrong(&file.path, newly_wrong(&read(&file.before), read(&file.after)))
    })
}
