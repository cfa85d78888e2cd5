//! The edge: arguments, today's date, printing, exit codes. A command is a file in `commands`: load, ask, tell.

mod answer;
mod args;
mod backstage;
mod commands;
mod complete;
mod context;
mod error;
mod help;
mod layout;
mod lookup;
mod manual;
mod missing;
mod mistakes;
mod pages;
mod past;
mod progress;
mod snippet;
mod table;
mod ui;
mod workbook;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ColorChoice, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use self::args::GlobalArgs;
use self::commands::{
    actions, agencies, agenda, agreement, barriers, case, chair, check, completions, cop, due, forget, guide, help as help_command, helped, hook, init, key,
    man, meetings, minutes, offers, people, publish, release_day, report, retention, sar, schema, seal, search, suggest, tag, template, themes,
};
use self::context::Context;
use self::error::CommandError;

/// A toolkit for multi-agency resolution groups
///
/// Meetings and themes are text files in a folder. marg checks them, keeps the ledger of cases, actions and barriers, and writes the
/// report and the best-practice guides. It works offline; nothing is sent anywhere.
#[derive(Parser, Debug)]
#[command(name = "marg", version, after_help = EXAMPLES, disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
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
  marg search insurer arson   Where does it say so?
  marg helped THEME           What has helped with it before
  marg actions --overdue      What is late, and whose it is
  marg due                    What the calendar asks in the next four weeks
  marg agenda                 The next meeting, from what is due
  marg report                 The report, as a page and as text
  marg guide THEME            The best-practice guide, as a draft
  marg minutes MEETING        The minutes of a meeting, or its agenda
  marg publish --for public   What may leave, audited and signed off";

#[derive(Subcommand, Debug)]
enum Command {
    Init(init::InitArgs),
    Check(check::CheckArgs),
    Barriers(barriers::BarriersArgs),
    Case(case::CaseArgs),
    Agenda(agenda::AgendaArgs),
    Chair(chair::ChairArgs),
    Actions(actions::ActionsArgs),
    Due(due::DueArgs),
    Offers(offers::OffersArgs),
    Agencies(agencies::AgenciesArgs),
    ReleaseDay(release_day::ReleaseDayArgs),
    Themes(themes::ThemesArgs),
    Tag(tag::TagArgs),
    Suggest(suggest::SuggestArgs),
    Search(search::SearchArgs),
    Helped(helped::HelpedArgs),
    Agreement(agreement::AgreementArgs),
    Meetings(meetings::MeetingsArgs),
    Minutes(minutes::MinutesArgs),
    Report(report::ReportArgs),
    Cop(cop::CopArgs),
    Guide(guide::GuideArgs),
    Publish(publish::PublishArgs),
    People(people::PeopleArgs),
    Forget(forget::ForgetArgs),
    Sar(sar::SarArgs),
    Retention(retention::RetentionArgs),
    Hook(hook::HookArgs),
    Key(key::KeyArgs),
    Seal(seal::SealArgs),
    Open(seal::OpenArgs),
    Template(template::TemplateArgs),
    Schema(schema::SchemaArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
    Help(help_command::HelpArgs),
}

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    if complete::answer_shell() {
        return ExitCode::SUCCESS;
    }
    let typed: Vec<OsString> = search::left_out(std::env::args_os().collect());
    let mut program = command_line(ui::help_width());
    let typed = tag::options_first(&program, typed);
    let parsed = program.try_get_matches_from_mut(&typed).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return refuse(&error, &program, &typed),
    };
    let context = Context::new(&cli.global);
    match run(&context, &cli.command, &program) {
        Ok(_) if context.ui.lost_answer() => ExitCode::from(error::UNUSABLE),
        Ok(code) => code,
        Err(error) => error.report(&context.ui),
    }
}

/// Help and version are answers, and end well; everything else is a mistake on the command line.
fn refuse(error: &clap::Error, program: &clap::Command, typed: &[OsString]) -> ExitCode {
    let ui = ui::Ui::new(color_typed(typed));
    if let Some(error) = mistakes::in_our_words(error, program, typed) {
        return error.report(&ui);
    }
    if !error.use_stderr() {
        ui.answer(&error.render().ansi().to_string());
        return ExitCode::from(if ui.lost_answer() { error::UNUSABLE } else { 0 });
    }
    // Where a command is missing, the help that lists them says more than the mistake would.
    let help = matches!(error.kind(), ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand);
    let said = if help { mistakes::command_at(program, typed).clone().render_help() } else { error.render() };
    ui.talk(&said.ansi().to_string());
    ExitCode::from(error::USAGE)
}

/// What was typed after `--color`, which counts for help and for errors too, before the command line is understood.
fn color_typed(typed: &[OsString]) -> ColorChoice {
    let mut words = typed.iter().filter_map(|word| word.to_str());
    let value = words.find_map(|word| word.strip_prefix("--color").map(|rest| rest.strip_prefix('=').unwrap_or_default()));
    let value = value.map(|value| if value.is_empty() { words.next().unwrap_or_default() } else { value });
    value.and_then(|value| value.parse().ok()).unwrap_or(ColorChoice::Auto)
}

fn run(context: &Context, command: &Command, program: &clap::Command) -> Result<ExitCode, CommandError> {
    match command {
        Command::Init(args) => init::run(context, args),
        Command::Check(args) => check::run(context, args),
        Command::Barriers(args) => barriers::run(context, args),
        Command::Case(args) => case::run(context, args),
        Command::Agenda(args) => agenda::run(context, args),
        Command::Chair(args) => chair::run(context, args),
        Command::Actions(args) => actions::run(context, args),
        Command::Due(args) => due::run(context, args),
        Command::Agencies(args) => agencies::run(context, args),
        Command::Offers(args) => offers::run(context, args),
        Command::ReleaseDay(args) => release_day::run(context, args),
        Command::Themes(args) => themes::run(context, args),
        Command::Tag(args) => tag::run(context, args),
        Command::Suggest(args) => suggest::run(context, args),
        Command::Search(args) => search::run(context, args),
        Command::Helped(args) => helped::run(context, args),
        Command::Agreement(args) => agreement::run(context, args),
        Command::Meetings(args) => meetings::run(context, args),
        Command::Minutes(args) => minutes::run(context, args),
        Command::Report(args) => report::run(context, args),
        Command::Cop(args) => cop::run(context, args),
        Command::Guide(args) => guide::run(context, args),
        Command::Publish(args) => publish::run(context, args),
        Command::People(args) => people::run(context, args),
        Command::Forget(args) => forget::run(context, args),
        Command::Sar(args) => sar::run(context, args),
        Command::Retention(args) => retention::run(context, args),
        Command::Hook(args) => hook::run(context, args),
        Command::Key(args) => key::run(context, args),
        Command::Seal(args) => seal::seal_for(context, args),
        Command::Open(args) => seal::open_file(context, args),
        Command::Template(args) => template::run(context, args),
        Command::Schema(args) => schema::run(context, args),
        Command::Completions(args) => completions::run(context, args),
        Command::Man(args) => man::run(context, args, bare_command_line()),
        Command::Help(args) => help_command::run(context, args, program),
    }
}

/// The command line, with help that starts with examples and fits the width.
pub fn command_line(width: usize) -> clap::Command {
    let mut program = help::examples_first(bare_command_line(), width);
    program.build();
    program
}

/// The command line with its help as it stands with the arguments.
fn bare_command_line() -> clap::Command {
    Cli::command().after_help(format!("{EXAMPLES}\n\n{}", manual::topics()))
}

/// The reference of all kinds of findings as Markdown, for the documentation.
pub fn findings_reference() -> String {
    check::reference()
}

/// Wraps words to a width, paragraph by paragraph.
fn wrap(text: &str, width: usize) -> String {
    let paragraph = |paragraph: &str| layout::fold_to(&paragraph.split_whitespace().collect::<Vec<_>>().join(" "), width).join("\n");
    text.split("\n\n").map(paragraph).collect::<Vec<_>>().join("\n\n")
}
