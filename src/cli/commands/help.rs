//! `marg help`: the help of a command, or a page of the manual.

use std::process::ExitCode;

use clap::{Args, Command};

use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::manual::Page;
use crate::cli::mistakes::no_help;

/// Show the help of a command, or a page of the manual
///
/// The manual is part of the program: what every figure means, how the files are written, what leaves the group.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg help barriers      The help of a command, as `marg barriers --help`
  marg help figures       What every figure means
  marg help files | less  How the files are written, to leaf through")]
pub(in crate::cli) struct HelpArgs {
    /// A command or a topic; `marg help` alone lists both
    #[arg(value_name = "TOPIC")]
    words: Vec<String>,
}

pub(in crate::cli) fn run(context: &Context, args: &HelpArgs, program: &Command) -> Result<ExitCode, CommandError> {
    if let [word] = args.words.as_slice()
        && let Some(page) = Page::find(word)
    {
        context.ui.answer(&page.text(context.ui.widths()));
        return Ok(ExitCode::SUCCESS);
    }
    let mut command = program;
    for word in &args.words {
        command = command.find_subcommand(word).ok_or_else(|| no_help(word, command))?;
    }
    let mut command = command.clone();
    let help = if args.words.is_empty() { command.render_help() } else { command.render_long_help() };
    context.ui.answer(&help.ansi().to_string());
    Ok(ExitCode::SUCCESS)
}
