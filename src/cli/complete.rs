//! What can be typed next. The shell asks the program at every press of the tab key, so it is quick, and it is silent whatever is wrong:
//! without a workspace, or with a broken one, it offers what it can.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ColorChoice, Command, ValueHint};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::CompleteEnv;

use super::args::GlobalArgs;
use super::context::Context;
use super::manual;
use crate::documents::BUILT_IN;
use crate::model::{Standing, Theme, ThemeKind};
use crate::source::{n_of, printable};
use crate::workspace::{self, Known, find_root};

/// The variable by which a shell says that it asks, and which shell it is.
pub(super) const VARIABLE: &str = "MARG_COMPLETE";

/// Answers a shell that asks. Says whether one did.
pub(super) fn answer_shell() -> bool {
    if std::env::var_os(VARIABLE).is_none_or(|shell| shell.is_empty()) {
        return false;
    }
    let here = std::env::current_dir().ok();
    let program = || knowing(super::bare_command_line());
    // A mistake here would stand in the middle of what somebody types.
    let _ = CompleteEnv::with_factory(program).var(VARIABLE).try_complete(std::env::args_os(), here.as_deref());
    true
}

/// The command, and all below it, in which every argument knows what can stand there: by what it is called in the help.
fn knowing(command: Command) -> Command {
    let barriers_only = command.get_name() == "barriers";
    command.mut_args(|argument| knowing_argument(argument, barriers_only)).mut_subcommands(knowing)
}

fn knowing_argument(argument: Arg, barriers_only: bool) -> Arg {
    let called = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    match called.as_str() {
        "REF" | "FILE|REF" => argument.add(ArgValueCandidates::new(refs)),
        "THEME" if barriers_only => argument.add(ArgValueCandidates::new(|| themes(Some(ThemeKind::Barrier)))),
        "THEME" => argument.add(ArgValueCandidates::new(|| themes(None))),
        "MEETING" => argument.add(ArgValueCandidates::new(meetings)),
        "AGENCY" => argument.add(ArgValueCandidates::new(agencies)),
        "SERVICE" => argument.add(ArgValueCandidates::new(services)),
        "CODE" => argument.add(ArgValueCandidates::new(codes)),
        "TOPIC" => argument.add(ArgValueCandidates::new(topics)),
        "TEMPLATE" => argument.add(ArgValueCandidates::new(templates)),
        "DIR" => argument.value_hint(ValueHint::DirPath),
        "FILE" => argument.value_hint(ValueHint::FilePath),
        _ => argument,
    }
}

/// Cases, open ones first, and of these the one discussed last.
fn refs() -> Vec<CompletionCandidate> {
    let global = GlobalArgs { dir: folder(), today: None, no_cache: false, color: ColorChoice::Never };
    let Ok(counted) = Context::silent(&global).count_what_there_is() else { return Vec::new() };
    let shown = |person: Standing<'_>| {
        let stands = if person.closed { "closed" } else { "open" };
        candidate(person.case, &format!("{stands}, last discussed {}, {}", person.last_discussed, n_of(person.meetings, "meeting", "meetings")))
    };
    let mut people = counted.register.people();
    people.sort_by_key(|person| person.closed);
    people.into_iter().filter_map(shown).collect()
}

fn themes(kind: Option<ThemeKind>) -> Vec<CompletionCandidate> {
    let fits = |theme: &&Theme| theme.retired.is_none() && kind.is_none_or(|kind| kind == theme.kind);
    known().themes.iter().filter(fits).filter_map(|theme| candidate(&theme.id, &format!("{}: {}", theme.kind, theme.title))).collect()
}

/// Meetings, the latest first.
fn meetings() -> Vec<CompletionCandidate> {
    known().meetings.iter().rev().filter_map(|id| candidate(id, "")).collect()
}

fn agencies() -> Vec<CompletionCandidate> {
    known().group.agencies.iter().filter_map(|agency| candidate(&agency.id, &agency.name)).collect()
}

fn services() -> Vec<CompletionCandidate> {
    known().group.services.iter().filter_map(|service| candidate(&service.id, &service.name)).collect()
}

fn codes() -> Vec<CompletionCandidate> {
    super::commands::check::all_codes().filter_map(|code| candidate(code.id, code.summary)).collect()
}

fn templates() -> Vec<CompletionCandidate> {
    BUILT_IN.iter().filter_map(|(name, _)| candidate(name, "")).collect()
}

fn topics() -> Vec<CompletionCandidate> {
    let program = super::bare_command_line();
    let commands = program.get_subcommands().filter_map(|command| candidate(command.get_name(), &super::help::about(command)));
    commands.chain(manual::PAGES.iter().filter_map(|page| candidate(page.name, page.about))).collect()
}

/// A name with what it is. One with signs that a shell could take for something else is not offered.
fn candidate(name: &str, help: &str) -> Option<CompletionCandidate> {
    let plain = !name.is_empty() && !name.starts_with('-') && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let help = (!help.is_empty()).then(|| printable(help.trim()).into_owned().into());
    plain.then(|| CompletionCandidate::new(name).help(help))
}

fn known() -> Known {
    find_root(&folder().unwrap_or_else(|| PathBuf::from("."))).map(|root| workspace::known(&root)).unwrap_or_default()
}

/// The folder that the line which is being typed is about, if it is not this one.
fn folder() -> Option<PathBuf> {
    folder_typed().or_else(|| std::env::var_os("MARG_DIR").map(PathBuf::from))
}

/// The folder after `-C` on the line that is being typed: the words after the first `--`, which the shell puts before them.
fn folder_typed() -> Option<PathBuf> {
    folder_in(std::env::args_os().skip_while(|word| word != "--").skip(1))
}

/// The folder after `-C`, in words as they were typed.
pub(super) fn folder_in(mut words: impl Iterator<Item = OsString>) -> Option<PathBuf> {
    let mut folder = None;
    while let Some(word) = words.next() {
        let text = word.to_string_lossy();
        if text == "-C" || text == "--dir" {
            folder = words.next();
        } else if let Some(rest) = text.strip_prefix("--dir=").or_else(|| text.strip_prefix("-C")) {
            folder = Some(OsString::from(rest));
        }
    }
    folder.filter(|folder| !folder.is_empty()).map(from_home)
}

/// A shell hands words on as they are typed: with `~` for the home folder.
fn from_home(folder: OsString) -> PathBuf {
    let folder = PathBuf::from(folder);
    match (folder.strip_prefix("~"), std::env::home_dir()) {
        (Ok(below), Some(home)) => home.join(below),
        _ => folder,
    }
}
