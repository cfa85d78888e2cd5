//! The disk: finds the workspace, reads all of it at once, and writes what is made from it.
//!
//! The only folder that touches files. It hands texts to `yaml` and keeps none: a text is read again when somebody asks to see
//! a place in it, so that a large workspace costs no more memory than what its meetings say.

mod agreed;
mod amend;
mod amend_theme;
mod around;
mod cache;
mod draft;
mod foreign;
mod forgotten;
mod git;
mod history;
mod hook;
mod journal;
mod list;
mod load;
mod lock;
mod many;
mod names;
mod personal;
mod plans;
mod private;
mod progress;
mod published;
mod register;
mod save;
mod search;
mod second;
mod secret;
mod staged;
mod stamp;
mod steps;
mod templates;
mod text;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

pub use agreed::{changed_since_agreed, has_changed};
pub use amend::{AmendError, Amended, Considered, Then, amend, change, finish, new_meeting_in, try_change};
pub use amend_theme::change_theme;
pub use around::{Near, Which, around};
pub use foreign::{may_hold_cases, read_foreign};
pub use forgotten::{FORGOTTEN, Mentions, forget_ways_back, forgotten, mentions, write_forgotten};
pub use git::GitError;
pub use history::theme_history;
pub use hook::{HookError, HookState, hook_line, hook_state, install_hook, remove_hook};
pub use journal::{Journal, JournalError, unfinished};
pub use load::{Keep, Loaded, Reading, load, load_codebook};
pub use many::{FileChange, Many, Workshop, change_many, finish_change, take_back};
pub use names::{Known, known};
pub use personal::{PersonalData, personal_data, personal_in};
pub use plans::read_plans;
pub use progress::{Progress, Show};
pub use published::{FolderError, drop_record, keep_record, may_publish_into, next_record, published, replace_folder};
pub use register::{Counted, count};
pub use save::{SaveError, create_new, may_write, replace, write_named};
pub use search::{Asked, Index, Shown, ShownHelp};
pub use second::{look_again, read_second_tags};
pub use secret::{SecretError, SecretFile, check_place, create_secret, create_secret_anywhere, log_access, log_of, read_secret};
pub use staged::{Staged, check_staged};
pub use steps::{TakenBack, UndoError, undo_step};
pub use templates::{OwnTemplates, own_templates};
pub use text::{MAX_BYTES as MOST_OF_A_TEXT, read_named};

use crate::source::FileId;

/// The file that makes a folder a workspace.
pub const GROUP_FILE: &str = "marg.yaml";

/// The day on which a question is asked.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// As the user says, before everything else.
    pub given: Option<NaiveDate>,
    /// As the computer says, when neither the user nor a sample's `marg.yaml` says otherwise.
    pub now: NaiveDate,
}

impl Clock {
    /// Today, where the workspace itself may name a day.
    fn today(self, own: Option<NaiveDate>) -> NaiveDate {
        self.given.or(own).unwrap_or(self.now)
    }
}

/// The folder of a workspace, and its files in a fixed order.
#[derive(Clone, Debug)]
pub struct Files {
    root: PathBuf,
    /// Relative to the root, with `/` between folders.
    paths: Vec<Arc<str>>,
}

/// The nearest folder, from `start` upwards, that holds a `marg.yaml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    start.ancestors().find(|folder| folder.join(GROUP_FILE).is_file()).map(Path::to_path_buf)
}

impl Files {
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of a file as people see it: relative to the workspace, with `/`.
    pub fn path(&self, file: FileId) -> &str {
        self.paths.get(file.0 as usize).map_or("", |path| path)
    }

    pub fn len(&self) -> usize {
        self.paths.len()
    }

    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// The text of a file, to show a place in it; whatever is no UTF-8 is replaced. Nothing when it has gone since it was listed.
    pub fn text(&self, file: FileId) -> Option<String> {
        text::read_lossy(&self.on_disk(file))
    }

    fn on_disk(&self, file: FileId) -> PathBuf {
        self.root.join(self.path(file))
    }
}
