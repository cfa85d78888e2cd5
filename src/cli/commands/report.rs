use std::process::ExitCode;
use clap::Args;
use crate::cli::context::Context;
use crate::cli::error::CommandError;

/// X
#[derive(Args, Debug)]
pub(in crate::cli) struct ReportArgs {}

pub(in crate::cli) fn run(_context: &Context, _args: &ReportArgs) -> Result<ExitCode, CommandError> {
    Ok(ExitCode::SUCCESS)
}
