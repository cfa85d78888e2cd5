//! `marg themes undo`: the last change of the codebook is taken back.

use std::process::ExitCode;

use clap::Args;

use super::tell;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::source::n_of;
use crate::workspace::take_back;

#[derive(Args, Debug)]
pub(in crate::cli::commands) struct UndoArgs {
    /// Only show what would change
    #[arg(long)]
    dry_run: bool,
}

pub(in crate::cli::commands) fn run(context: &Context, args: &UndoArgs) -> Result<ExitCode, CommandError> {
    let many = take_back(&context.root()?, context.clock, !args.dry_run)?;
    tell(context, args.dry_run, &many.files);
    let files = n_of(many.files.len(), "file", "files");
    context.ui.status(&match args.dry_run {
        true => format!("This would be taken back: {}, in {files}. Nothing was written.", many.told),
        false => format!("Taken back: {}. What {files} said before, they say again.", many.told),
    });
    Ok(ExitCode::SUCCESS)
}
