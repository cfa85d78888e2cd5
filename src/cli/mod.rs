//! The edge: arguments, today's date, printing, exit codes. A command is a file in `commands`: load, ask, tell.

mod args;
mod commands;
mod context;
mod error;
mod pages;
mod snippet;
mod table;
mod ui;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::args::GlobalArgs;
use self::commands::{actions, barriers, case, check, guide, init, meetings, minutes, report, template, themes};
use self::context::Context;
use self::error::CommandError;

/// A toolkit for multi-agency resolution groups
///
/// Meetings and themes are text files in a folder. marg checks them, keeps the ledger of cases, actions and barriers, and writes the
/// report and the best-practice guides. It works offline; nothing is sent anywhere.
#[derive(Parser, Debug)]
#[command(name = "marg", version, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    global: GlobalArgs,

    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  marg init my-group          Start a workspace of your own
  marg check                  Is everything in order?
  marg barriers               What keeps getting in the way?
  marg barriers THEME         One barrier, down to every meeting
  marg case QLM-7KQ2          One person's story on one page
  marg actions --overdue      What is late, and whose it is
  marg report                 The report, as a page and as text
  marg guide THEME            The best-practice guide, as a draft
  marg minutes MEETING        The minutes of a meeting, or its agenda

Exit codes: 0 done · 1 done, and what was to be checked is not in order · 2 the command line is wrong · 3 the workspace cannot be used";

#[derive(Subcommand, Debug)]
enum Command {
    Init(init::InitArgs),
    Check(check::CheckArgs),
    Barriers(barriers::BarriersArgs),
    Case(case::CaseArgs),
    Actions(actions::ActionsArgs),
    Themes(themes::ThemesArgs),
    Meetings(meetings::MeetingsArgs),
    Minutes(minutes::MinutesArgs),
    Report(report::ReportArgs),
    Guide(guide::GuideArgs),
    Template(template::TemplateArgs),
}

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, and end well; everything else is a mistake on the command line.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let context = Context::new(&cli.global);
    match run(&context, &cli.command) {
        Ok(_) if context.ui.lost_answer() => ExitCode::from(error::UNUSABLE),
        Ok(code) => code,
        Err(error) => error.report(&context.ui),
    }
}

fn run(context: &Context, command: &Command) -> Result<ExitCode, CommandError> {
    match command {
        Command::Init(args) => init::run(context, args),
        Command::Check(args) => check::run(context, args),
        Command::Barriers(args) => barriers::run(context, args),
        Command::Case(args) => case::run(context, args),
        Command::Actions(args) => actions::run(context, args),
        Command::Themes(args) => themes::run(context, args),
        Command::Meetings(args) => meetings::run(context, args),
        Command::Minutes(args) => minutes::run(context, args),
        Command::Report(args) => report::run(context, args),
        Command::Guide(args) => guide::run(context, args),
        Command::Template(args) => template::run(context, args),
    }
}

/// The command line as clap knows it, for the reference in the documentation.
pub fn command_line() -> clap::Command {
    use clap::CommandFactory as _;
    Cli::command()
}

/// The reference of all kinds of findings as Markdown, for the documentation.
pub fn findings_reference() -> String {
    check::reference()
}

/// Wraps words to a width, paragraph by paragraph.
fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() + 16);
    for (n, paragraph) in text.split("\n\n").enumerate() {
        if n > 0 {
            wrapped.push_str("\n\n");
        }
        let mut column = 0;
        for word in paragraph.split_whitespace() {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > width {
                wrapped.push('\n');
                column = 0;
            } else if column > 0 {
                wrapped.push(' ');
                column += 1;
            }
            wrapped.push_str(word);
            column += length;
        }
    }
    wrapped
}
