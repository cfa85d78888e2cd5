//! What every command needs: the screen, the day, and the workspace, opened once.

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime};

use super::args::{GlobalArgs, day};
use super::error::CommandError;
use super::lookup::{find_meeting, next_meeting};
use super::ui::Ui;
use crate::model::{Casebook, MeetingKey};
use crate::source::{FileId, n_of};
use crate::workspace::{self, Clock, Counted, Keep, Loaded, Near, Progress, Reading, Show, Which};

pub(super) struct Context {
    pub(super) ui: Ui,
    pub(super) dir: Option<PathBuf>,
    pub(super) clock: Clock,
    /// Why the day that the variable names is none.
    no_day: Option<String>,
    cache: bool,
    /// Whether somebody may be told how far long work has come.
    tells_progress: bool,
}

impl Context {
    pub(super) fn new(global: &GlobalArgs) -> Self {
        let (today, no_day) = match variable("MARG_TODAY").filter(|_| global.today.is_none()).map(|text| day(&text)) {
            Some(Err(why)) => (None, Some(why)),
            Some(Ok(day)) => (Some(day), None),
            None => (global.today, None),
        };
        let dir = global.dir.clone().or_else(|| variable("MARG_DIR").map(PathBuf::from));
        Self { ui: Ui::new(global.color), dir, clock: Clock { given: today, now: now() }, no_day, cache: !global.no_cache, tells_progress: true }
    }

    /// The same, where what is said would end up between somebody's keys.
    pub(super) fn silent(global: &GlobalArgs) -> Self {
        Self { tells_progress: false, ..Self::new(global) }
    }

    /// The workspace with everything that is wrong in it.
    pub(super) fn load(&self) -> Result<Loaded, CommandError> {
        self.load_keeping(Keep::Everything)
    }

    fn load_keeping(&self, keep: Keep) -> Result<Loaded, CommandError> {
        let root = self.root()?;
        Ok(self.reading(keep, |reading| workspace::load(&root, reading)))
    }

    /// What counting needs of the workspace, if nothing is wrong in it.
    pub(super) fn count(&self) -> Result<Counted, CommandError> {
        // When something is wrong, everything is read, to say how much. Should nothing be found then, the answer is there all the same.
        self.count_or(Self::load_sound)
    }

    /// The same for whoever has to make do with what could be read.
    pub(super) fn count_what_there_is(&self) -> Result<Counted, CommandError> {
        self.count_or(Self::load)
    }

    fn count_or(&self, load: impl FnOnce(&Self) -> Result<Loaded, CommandError>) -> Result<Counted, CommandError> {
        let root = self.root()?;
        match self.reading(Keep::Everything, |reading| workspace::count(&root, reading)) {
            Some(counted) => Ok(counted),
            None => load(self).map(|loaded| counted(loaded.casebook)),
        }
    }

    /// A meeting with what concerns it, for whoever works on that one: the named one, or the next that is planned. What is wrong elsewhere
    /// is said and does not stop them; what is wrong in its own file does.
    pub(super) fn load_near(&self, asked: Option<&str>) -> Result<(Near, MeetingKey), CommandError> {
        let root = self.root()?;
        let which = asked.map_or(Which::Next, Which::Named);
        if let Some((near, id)) = self.reading(Keep::Everything, |reading| workspace::around(&root, reading, which)) {
            let key = near.loaded.casebook.find_meeting(&id).expect("it was read");
            return Ok((near, key));
        }
        let loaded = self.load()?;
        let book = &loaded.casebook;
        let meeting = asked.map_or_else(|| next_meeting(book), |asked| find_meeting(book, asked));
        let basis = [Some(FileId(0)), meeting.as_ref().ok().map(|meeting| meeting.file)];
        if loaded.wrong.iter().any(|finding| basis.contains(&finding.at.file())) || (meeting.is_err() && !loaded.wrong.is_empty()) {
            return Err(not_sound(&loaded, "the meeting cannot be recorded in its file"));
        }
        let key = book.find_meeting(&meeting?.id).expect("it was found");
        if !loaded.wrong.is_empty() {
            self.ui.warning(&format!("{}: what is shown of earlier meetings may lack something", wrong_in_words(&loaded)));
            self.ui.hint("`marg check` shows each of them, and what to do");
        }
        Ok((Near::whole(loaded), key))
    }

    /// The group and the themes, if nothing is wrong with them; the meetings are not looked at.
    pub(super) fn load_codebook(&self) -> Result<Loaded, CommandError> {
        sound(workspace::load_codebook(&self.root()?, self.clock))
    }

    /// The same of another workspace, in the folder that is named or above it.
    pub(super) fn load_codebook_at(&self, folder: &Path) -> Result<Loaded, CommandError> {
        let root = workspace::find_root(folder).ok_or_else(|| {
            let why = if folder.exists() { "there is no marg.yaml in it or above" } else { "there is no such folder" };
            CommandError::unusable(format!("`{}` is no workspace: {why}", folder.display())).hint("name the folder in which the other group has its marg.yaml")
        })?;
        self.finish_change(&root)?;
        let loaded = workspace::load_codebook(&root, self.clock);
        if loaded.wrong.is_empty() {
            return Ok(loaded);
        }
        let error = CommandError::unusable(format!("{} of `{}`", wrong_in_words(&loaded), folder.display()));
        Err(error.hint(format!("`marg -C {} check` shows each of them, and what to do", folder.display())))
    }

    /// Refuses a place where an answer would be written over what people wrote.
    pub(super) fn may_write(&self, path: &Path) -> Result<(), CommandError> {
        self.root().map_or(Ok(()), |root| Ok(workspace::may_write(&root, path)?))
    }

    /// The folder of the workspace. A change of many files that was interrupted is finished before anybody reads.
    pub(super) fn root(&self) -> Result<PathBuf, CommandError> {
        if let Some(why) = &self.no_day {
            return Err(CommandError::usage(format!("the variable MARG_TODAY: {why}")).hint("take the variable away, or mend it"));
        }
        let start = self.dir.as_deref().unwrap_or(Path::new("."));
        let root = workspace::find_root(start).ok_or_else(|| no_workspace(start, self.dir.is_some()))?;
        self.finish_change(&root)?;
        Ok(root)
    }

    fn finish_change(&self, root: &Path) -> Result<(), CommandError> {
        let left = workspace::finish_change(root).map_err(|error| {
            let error = CommandError::unusable(format!("a change of the codebook was interrupted, and the rest of it cannot be done now: {error}"));
            error
                .hint("do it again as soon as the folder can be written to")
                .hint("if the folder is a copy from somewhere else, its folder `.marg` can be deleted")
        })?;
        for path in left.iter().filter(|_| self.tells_progress) {
            self.ui
                .warning(&format!("a change of the codebook was interrupted and is finished now, but `{path}` was changed by hand since, and stays as it is"));
        }
        Ok(())
    }

    /// Reads, and shows how far it has come when that takes long and somebody is there to see it.
    fn reading<T>(&self, keep: Keep, read: impl FnOnce(&Reading<'_>) -> T) -> T {
        let progress = self.ui.progress();
        let show = |done, all| progress.show(done, all);
        let value = read(&Reading {
            clock: self.clock,
            keep,
            cache: self.cache,
            progress: Progress((self.tells_progress && progress.is_seen()).then_some(&show as Show<'_>)),
        });
        progress.clear();
        value
    }

    /// The workspace, if questions to it can be answered: a wrong file could make every figure wrong.
    pub(super) fn load_sound(&self) -> Result<Loaded, CommandError> {
        self.load_sound_keeping(Keep::Everything)
    }

    /// The same without the long accounts of each case, for what adds up.
    pub(super) fn load_sound_for_figures(&self) -> Result<Loaded, CommandError> {
        self.load_sound_keeping(Keep::WithoutAccounts)
    }

    fn load_sound_keeping(&self, keep: Keep) -> Result<Loaded, CommandError> {
        sound(self.load_keeping(keep)?)
    }
}

fn sound(loaded: Loaded) -> Result<Loaded, CommandError> {
    if loaded.wrong.is_empty() { Ok(loaded) } else { Err(not_sound(&loaded, "the figures could be wrong too")) }
}

fn not_sound(loaded: &Loaded, so: &str) -> CommandError {
    let error = CommandError::unusable(format!("{}, so {so}", wrong_in_words(loaded)));
    error.hint("`marg check` shows each of them, and what to do")
}

fn wrong_in_words(loaded: &Loaded) -> String {
    let things = n_of(loaded.wrong.len(), "thing is", "things are");
    let mut files: Vec<_> = loaded.wrong.iter().filter_map(|finding| finding.at.file()).collect();
    files.dedup();
    format!("{things} wrong in {}", n_of(files.len(), "file", "files"))
}

fn counted(casebook: Casebook) -> Counted {
    let register = casebook.register().clone();
    Counted { group: casebook.group, themes: casebook.themes, register }
}

fn no_workspace(start: &Path, named: bool) -> CommandError {
    if named && !start.exists() {
        return CommandError::unusable(format!("there is no folder `{}`", start.display())).hint("look at the name after `-C`");
    }
    let place = if named { format!("`{}`", start.display()) } else { "this folder".to_owned() };
    CommandError::unusable(format!("{place} is not in a workspace: there is no marg.yaml here or above"))
        .hint("`marg init my-group` makes a workspace to start from")
        .hint("`marg -C FOLDER …` names one that is somewhere else")
}

impl Context {
    /// The time of day, for the page on the wall; none where the day itself is given, so that the same meeting makes the same page.
    #[expect(clippy::disallowed_methods, reason = "time enters the program here and nowhere else")]
    pub(super) fn time_of_day(&self) -> Option<NaiveTime> {
        self.clock.given.is_none().then(|| chrono::Local::now().time())
    }
}

/// A variable of the environment; an empty one is none.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.trim().is_empty())
}

/// Today, by the clock of the computer: the one place that asks it.
#[expect(clippy::disallowed_methods, reason = "time enters the program here and nowhere else")]
fn now() -> NaiveDate {
    chrono::Local::now().date_naive()
}
