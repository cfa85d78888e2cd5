//! `marg hook`: git asks before it commits.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::cli::context::Context;
use crate::cli::error::{CommandError, NOT_IN_ORDER};
use crate::workspace::{HookError, HookState, hook_line, hook_state, install_hook, remove_hook};

/// Have git look at what is staged before it is committed
///
/// The hook runs `marg check --staged --wrong` before each commit of this repository, on this computer alone: what is wrong, or names
/// somebody beyond doubt, stops the commit. Nothing puts it there but this command. What was committed past it, or before it was there, is
/// found by `marg check`, and `marg publish` looks again at everything that leaves.
#[derive(Args, Debug)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:
  marg hook install    Put it there
  marg hook status     Whether it is there
  marg hook remove     Take it away"
)]
pub(in crate::cli) struct HookArgs {
    #[command(subcommand)]
    command: HookCommand,
}

#[derive(Subcommand, Debug)]
enum HookCommand {
    /// Put the hook into this repository
    #[command(after_help = "Examples:
  marg hook install")]
    Install,
    /// Take the hook out of this repository
    #[command(after_help = "Examples:
  marg hook remove")]
    Remove,
    /// Say whether the hook is there; ends with 1 if it is not
    #[command(after_help = "Examples:
  marg hook status")]
    Status,
}

pub(in crate::cli) fn run(context: &Context, args: &HookArgs) -> Result<ExitCode, CommandError> {
    let root = context.root()?;
    let program = std::env::current_exe().map_err(|error| CommandError::unusable(format!("this program does not know where it lies: {error}")))?;
    let refused = |error: HookError| refused(error, &root, &program);
    match args.command {
        HookCommand::Install => {
            let paths = install_hook(&root, &program).map_err(refused)?;
            paths.iter().for_each(|path| context.ui.answer_line(&path.display().to_string()));
            context.ui.status("Before each commit, git now has what is staged looked at. `git commit --no-verify` goes past it once.");
        }
        HookCommand::Remove => {
            let gone = remove_hook(&root, &program).map_err(refused)?;
            gone.iter().for_each(|path| context.ui.answer_line(&path.display().to_string()));
            context.ui.status(if gone.is_empty() { "There was no hook." } else { "The hook is gone." });
        }
        HookCommand::Status => return status(context, hook_state(&root, &program).map_err(refused)?),
    }
    Ok(ExitCode::SUCCESS)
}

fn status(context: &Context, (path, state): (PathBuf, HookState)) -> Result<ExitCode, CommandError> {
    let said = match state {
        HookState::Ours => "the hook is there",
        HookState::OursBefore => "the hook is there, for another folder or another copy of the program; `marg hook install` writes it anew",
        HookState::None => "there is no hook; `marg hook install` puts it there",
        HookState::Foreign => "there is a hook of somebody else's",
    };
    context.ui.answer_line(&format!("{}: {said}", path.display()));
    Ok(if matches!(state, HookState::Ours | HookState::OursBefore) { ExitCode::SUCCESS } else { ExitCode::from(NOT_IN_ORDER) })
}

fn refused(error: HookError, root: &Path, program: &Path) -> CommandError {
    let said = error.to_string();
    match error {
        HookError::Git(error) => error.into(),
        HookError::Foreign(_) | HookError::Elsewhere => {
            let line = hook_line(root, program).unwrap_or_else(|_| "marg check --staged --wrong".to_owned());
            CommandError::unusable(said).hint("nothing was changed").hint(format!("to have it look at what is staged, too, that hook has to run: {line}"))
        }
        HookError::Disk(..) => CommandError::unusable(said).hint("is the folder yours to write to?"),
    }
}
