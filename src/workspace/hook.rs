//! The hook that looks at what is staged before git commits it: put there when somebody asks for it, and never otherwise.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::git::{Git, GitError};
use super::save;

/// The first words of our hook, by which it is known again.
const MARK: &str = "# Made by `marg hook install`";

/// Why a hook could not be put there or taken away.
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    #[error(transparent)]
    Git(#[from] GitError),
    #[error("`{0}` is a hook of somebody else's")]
    Foreign(PathBuf),
    #[error("settings of git make it look for hooks elsewhere (core.hooksPath)")]
    Elsewhere,
    #[error("`{0}` could not be written: {1}")]
    Disk(PathBuf, std::io::Error),
}

/// What stands where the hook would.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HookState {
    /// As this program would write it now.
    Ours,
    /// Ours, as an earlier program or another folder wrote it.
    OursBefore,
    None,
    Foreign,
}

/// When git asks: before a commit, and before the commit of a merge that went well by itself.
const NAMES: [&str; 2] = ["pre-commit", "pre-merge-commit"];

/// The repository's places for the hook, and what stands there: of the two, what needs somebody's attention most.
///
/// # Errors
///
/// When the workspace is not kept in git, or git cannot be asked.
pub fn hook_state(root: &Path, program: &Path) -> Result<(PathBuf, HookState), HookError> {
    let git = Git::at(root)?;
    let (folder, wanted) = (git.hooks()?, script(&git.within()?, program));
    let mut states =
        NAMES.map(|name| folder.join(name)).into_iter().map(|path| Ok((state_of(&path, &wanted)?, path))).collect::<Result<Vec<_>, HookError>>()?;
    states.sort_by_key(|(state, _)| *state);
    let (state, path) = states.pop().unwrap_or((HookState::None, folder));
    Ok((path, state))
}

fn state_of(path: &Path, wanted: &str) -> Result<HookState, HookError> {
    match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => Ok(HookState::None),
        _ if path.is_symlink() => Ok(HookState::Foreign),
        Err(error) => Err(HookError::Disk(path.to_path_buf(), error)),
        Ok(bytes) if bytes == wanted.as_bytes() => Ok(HookState::Ours),
        Ok(bytes) if String::from_utf8_lossy(&bytes).contains(MARK) => Ok(HookState::OursBefore),
        Ok(_) => Ok(HookState::Foreign),
    }
}

/// Puts the hook there.
///
/// # Errors
///
/// When another hook is there, when git looks for hooks elsewhere, or when the disk refuses.
pub fn install_hook(root: &Path, program: &Path) -> Result<Vec<PathBuf>, HookError> {
    let git = Git::at(root)?;
    if git.hooks_elsewhere()? {
        return Err(HookError::Elsewhere);
    }
    let (path, state) = hook_state(root, program)?;
    if state == HookState::Foreign {
        return Err(HookError::Foreign(path));
    }
    let (folder, text) = (git.hooks()?, script(&git.within()?, program));
    let put = |name: &str| {
        let path = folder.join(name);
        write_runnable(&path, &text).map_err(|error| HookError::Disk(path.clone(), error))?;
        Ok(path)
    };
    NAMES.into_iter().map(put).collect()
}

/// Takes our hook away, and says what is gone.
///
/// # Errors
///
/// When one is somebody else's, or when the disk refuses.
pub fn remove_hook(root: &Path, program: &Path) -> Result<Vec<PathBuf>, HookError> {
    let (path, state) = hook_state(root, program)?;
    if state == HookState::Foreign {
        return Err(HookError::Foreign(path));
    }
    let folder = Git::at(root)?.hooks()?;
    let there = NAMES.map(|name| folder.join(name)).into_iter().filter(|path| path.exists());
    there.map(|path| fs::remove_file(&path).map_err(|error| HookError::Disk(path.clone(), error)).map(|()| path)).collect()
}

/// What a hook that somebody already has would have to run, too.
///
/// # Errors
///
/// As [`hook_state`].
pub fn hook_line(root: &Path, program: &Path) -> Result<String, HookError> {
    Ok(line(&Git::at(root)?.within()?, program))
}

fn line(within: &str, program: &Path) -> String {
    let folder = if within.is_empty() { "." } else { within.trim_end_matches('/') };
    format!("{} -C {} check --staged --wrong", quoted(&program.display().to_string().replace('\\', "/")), quoted(folder))
}

/// A program that is gone stops the commit: silence would look like being in order.
fn script(within: &str, program: &Path) -> String {
    format!(
        "#!/bin/sh\n{MARK}: before a commit it looks at what is staged, and stops what is wrong.\n# `marg hook remove` takes it away; `git commit --no-verify` goes past it once.\nexec {}\n",
        line(within, program)
    )
}

/// A word as a shell takes it, whatever is in it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Written whole beside its place, then put there. Git runs a hook only if it may be run.
fn write_runnable(path: &Path, text: &str) -> std::io::Result<()> {
    let beside = path.with_extension("part");
    let written = save::make_folder(path).and_then(|()| save::write_synced(&beside, text.as_bytes(), runnable())).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is no such permission")]
fn runnable() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn runnable() -> Option<fs::Permissions> {
    None
}
