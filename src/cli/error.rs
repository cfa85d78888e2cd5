//! How a command can fail: a kind, words, and hints. Converted here, printed here, and the exit code is decided here.

use std::process::ExitCode;

use super::ui::Ui;
use crate::people::{BookError, NoChance};
use crate::workspace::{AmendError, GitError, JournalError, SaveError, SecretError};

/// The exit codes, as `docs/exit-codes.md` has them.
pub(super) const NOT_IN_ORDER: u8 = 1;
pub(super) const USAGE: u8 = 2;
pub(super) const UNUSABLE: u8 = 3;

#[derive(Debug)]
pub(super) struct CommandError {
    code: u8,
    message: String,
    hints: Vec<String>,
}

impl CommandError {
    /// What was typed cannot be meant.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { code: USAGE, message: message.into(), hints: Vec::new() }
    }

    /// Something was found that has to be put in order first.
    pub(super) fn not_in_order(message: impl Into<String>) -> Self {
        Self { code: NOT_IN_ORDER, message: message.into(), hints: Vec::new() }
    }

    /// The workspace, or the disk, does not allow it.
    pub(super) fn unusable(message: impl Into<String>) -> Self {
        Self { code: UNUSABLE, message: message.into(), hints: Vec::new() }
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// The same as lines, for a screen that shows them in its own way.
    pub(super) fn lines(self) -> Vec<String> {
        std::iter::once(self.message).chain(self.hints).collect()
    }

    /// Tells the user, and says how the program ends.
    pub(super) fn report(&self, ui: &Ui) -> ExitCode {
        ui.error(&self.message);
        for hint in &self.hints {
            ui.hint(hint);
        }
        ExitCode::from(self.code)
    }
}

impl From<SaveError> for CommandError {
    fn from(error: SaveError) -> Self {
        Self::unusable(error.to_string())
    }
}

impl From<AmendError> for CommandError {
    fn from(error: AmendError) -> Self {
        error.hints().into_iter().fold(Self::unusable(error.to_string()), Self::hint)
    }
}

impl From<JournalError> for CommandError {
    fn from(error: JournalError) -> Self {
        error.hint().into_iter().fold(Self::unusable(error.to_string()), Self::hint)
    }
}

impl From<SecretError> for CommandError {
    fn from(error: SecretError) -> Self {
        error.hint().into_iter().fold(Self::unusable(error.to_string()), Self::hint)
    }
}

impl From<BookError> for CommandError {
    fn from(error: BookError) -> Self {
        Self::unusable(format!("the people file: {error}"))
    }
}

impl From<GitError> for CommandError {
    fn from(error: GitError) -> Self {
        let hint = match error {
            GitError::NoProgram => "ask whoever looks after this computer for git",
            GitError::NoRepository => "`git init` in the workspace begins a repository",
            GitError::NotTrusted => "if you know whose folder it is: `git config --global --add safe.directory FOLDER`",
            GitError::NeverCommitted(_) => "`git add` and `git commit` begin its history",
            GitError::Failed(_) => "`git status` in the workspace may say more",
        };
        Self::unusable(error.to_string()).hint(hint)
    }
}

impl From<NoChance> for CommandError {
    fn from(error: NoChance) -> Self {
        Self::unusable(error.to_string())
    }
}
