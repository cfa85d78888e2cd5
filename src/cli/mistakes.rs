//! What clap says about a command line that cannot be meant, with our own guess at what was: clap's misses letters that changed places.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use super::error::CommandError;
use super::lookup::not_found;
use super::manual;
use super::missing::nothing_named;

/// The error in our words, for those that are a misspelt name. Everything else clap says well itself.
pub(super) fn in_our_words(error: &Error, program: &Command, typed: &[OsString]) -> Option<CommandError> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => no_command(&text(ContextKind::InvalidSubcommand)?, command_at(program, typed)),
        ErrorKind::UnknownArgument => no_option(&text(ContextKind::InvalidArg)?, command_at(program, typed)),
        ErrorKind::InvalidValue => {
            let Some(ContextValue::Strings(known)) = error.get(ContextKind::ValidValue) else { return None };
            no_value(&text(ContextKind::InvalidArg)?, &text(ContextKind::InvalidValue)?, known)
        }
        ErrorKind::MissingRequiredArgument => {
            let Some(ContextValue::Strings(missing)) = error.get(ContextKind::InvalidArg) else { return None };
            nothing_named(missing.first()?.trim_matches(['<', '>']), command_at(program, typed), typed)
        }
        _ => None,
    }
}

/// The command that the words lead to, as far as they are commands.
pub(super) fn command_at<'a>(program: &'a Command, typed: &[OsString]) -> &'a Command {
    let words = typed.iter().skip(1).filter_map(|word| word.to_str()).filter(|word| !word.starts_with('-'));
    words.fold(program, |command, word| command.find_subcommand(word).unwrap_or(command))
}

/// The error for a command that does not exist.
pub(super) fn no_command(typed: &str, above: &Command) -> Option<CommandError> {
    let known: Vec<&str> = above.get_subcommands().filter(|command| !command.is_hide_set()).map(Command::get_name).collect();
    let whole = above.get_bin_name().filter(|name| name.contains(' ')).map(|name| name.replacen("marg ", "", 1)).unwrap_or_default();
    let list = format!("`{}` lists them all", format!("marg help {whole}").trim());
    let error = not_found(format!("there is no command `{typed}`"), typed, known, &list);
    let is_ref =
        typed.contains('-') && typed.chars().any(|c| c.is_ascii_digit()) && typed.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
    Some(match other_name(typed) {
        Some(hint) if above.get_name() == "marg" => CommandError::usage(format!("there is no command `{typed}`")).hint(hint),
        _ if is_ref => error.hint(format!("`marg case {typed}` tells the story of a case")),
        _ => error,
    })
}

/// The command for a thing that is called otherwise here.
fn other_name(typed: &str) -> Option<&'static str> {
    match typed {
        "agendas" | "referral" | "refer" => Some("`marg agenda` makes the next meeting, and `marg agenda add REF` puts a new case on it"),
        "story" | "person" | "people" | "cases" => Some("`marg case` lists the cases, and `marg case REF` tells the story of one"),
        "lint" | "validate" | "verify" => Some("`marg check` says whether everything is in order"),
        "late" | "overdue" | "tasks" => Some("`marg actions --overdue` lists what is late"),
        "codebook" => Some("`marg themes` shows the codebook"),
        _ => None,
    }
}

fn no_option(typed: &str, command: &Command) -> Option<CommandError> {
    let word = typed.split('=').next().unwrap_or(typed);
    let name = word.strip_prefix("--")?;
    let known: Vec<&str> = command.get_arguments().filter(|argument| !argument.is_hide_set()).filter_map(clap::Arg::get_long).collect();
    let called = command.get_bin_name().unwrap_or("marg");
    let list = format!("`{called} --help` lists them all");
    // What is said is the option with its dashes, so the nearest is looked for without and shown with them.
    let known: Vec<String> = known.iter().map(|known| format!("--{known}")).collect();
    Some(not_found(format!("`{called}` has no option `--{name}`"), word, known.iter().map(String::as_str), &list))
}

fn no_value(argument: &str, typed: &str, known: &[String]) -> Option<CommandError> {
    if typed.is_empty() || known.is_empty() {
        return None;
    }
    let name = argument.split_whitespace().next().unwrap_or(argument);
    let list = format!("it is one of {}", known.join(", "));
    Some(not_found(format!("`{name}` cannot be `{typed}`"), typed, known.iter().map(String::as_str), &list))
}

/// The error for a word after `marg help` that is neither a command nor a page of the manual.
pub(super) fn no_help(typed: &str, above: &Command) -> CommandError {
    let commands = above.get_subcommands().filter(|command| !command.is_hide_set()).map(Command::get_name);
    let known: Vec<&str> = commands.chain(manual::PAGES.iter().map(|page| page.name)).collect();
    not_found(format!("there is no help on `{typed}`"), typed, known, "`marg help` lists commands and topics")
}
