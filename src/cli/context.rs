//! What every command needs: the screen, the day, and the workspace, opened once.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::args::GlobalArgs;
use super::error::CommandError;
use super::ui::Ui;
use crate::source::n_of;
use crate::workspace::{self, Clock, Loaded};

pub(super) struct Context {
    pub(super) ui: Ui,
    pub(super) dir: Option<PathBuf>,
    pub(super) clock: Clock,
}

impl Context {
    pub(super) fn new(global: &GlobalArgs) -> Self {
        Self { ui: Ui::new(global.color), dir: global.dir.clone(), clock: Clock { given: global.today, now: now() } }
    }

    /// The workspace with everything that is wrong in it.
    pub(super) fn load(&self) -> Result<Loaded, CommandError> {
        let start = self.dir.as_deref().unwrap_or(Path::new("."));
        let Some(root) = workspace::find_root(start) else {
            return Err(no_workspace(start, self.dir.is_some()));
        };
        Ok(workspace::load(&root, self.clock))
    }

    /// The workspace, if questions to it can be answered: a wrong file could make every figure wrong.
    pub(super) fn load_sound(&self) -> Result<Loaded, CommandError> {
        let loaded = self.load()?;
        if loaded.wrong.is_empty() {
            return Ok(loaded);
        }
        let n = loaded.wrong.len();
        let things = n_of(n, "thing is", "things are");
        let mut files: Vec<_> = loaded.wrong.iter().filter_map(|finding| finding.at.file()).collect();
        files.dedup();
        let in_files = n_of(files.len(), "file", "files");
        let error = CommandError::unusable(format!("{things} wrong in {in_files}, so the figures could be wrong too"));
        Err(error.hint("`marg check` shows each of them, and what to do"))
    }
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

/// Today, by the clock of the computer: the one place that asks it.
#[expect(clippy::disallowed_methods, reason = "time enters the program here and nowhere else")]
fn now() -> NaiveDate {
    chrono::Local::now().date_naive()
}
