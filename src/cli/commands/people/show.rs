//! Looking somebody up, and taking somebody out.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::process::ExitCode;

use clap::Args;

use super::super::vault::VaultArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::model::CaseRef;
use crate::people::{Person, Zeroizing};
use crate::source::printable;

#[derive(Args, Debug)]
pub(super) struct FindArgs {
    /// What is known; without it, a line is asked for, or read from a pipe
    #[arg(value_name = "TEXT")]
    asked: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct WhoArgs {
    /// The ref
    #[arg(value_name = "REF")]
    case: String,
}

#[derive(Args, Debug)]
pub(super) struct ForgetArgs {
    /// The ref
    #[arg(value_name = "REF")]
    case: String,
}

/// A ref as it was typed; a name that was typed by mistake is not repeated.
pub(in crate::cli::commands) fn a_ref(typed: &str) -> Result<String, CommandError> {
    let case = typed.trim().to_uppercase();
    if CaseRef::is_valid(&case) {
        return Ok(case);
    }
    Err(CommandError::usage("what was typed is no ref").hint("a ref has 3 to 24 capitals, digits and hyphens; `marg people find` finds it by name"))
}

pub(super) fn find(context: &Context, vault: &VaultArgs, args: &FindArgs) -> Result<ExitCode, CommandError> {
    let asked = Zeroizing::new(args.asked.clone().map_or_else(|| read_line("Name, date of birth or reference: "), Ok)?);
    let book = vault.open(context, "find")?;
    let found = book.find(&asked);
    if found.is_empty() {
        return Err(
            CommandError::usage("nobody in the people file is known by that").hint("the beginning of a name is enough; a date of birth is written 1984-05-30")
        );
    }
    let line = |person: &&Person| {
        let also = if person.aliases.is_empty() { String::new() } else { format!(", also {}", person.aliases.join(", ")) };
        format!("{}  {}{also}{}\n", person.case, person.name, person.born.as_ref().map_or_else(String::new, |born| format!(", born {born}")))
    };
    answer(context, &Zeroizing::new(found.iter().map(line).collect::<String>()));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn who(context: &Context, vault: &VaultArgs, args: &WhoArgs) -> Result<ExitCode, CommandError> {
    let case = a_ref(&args.case)?;
    let book = vault.open(context, &format!("who {case}"))?;
    let person = book.person(&case).ok_or_else(|| nobody(&case))?;
    let mut text = Zeroizing::new(String::with_capacity(512));
    let mut line = |what: &str, value: &str| text.push_str(&format!("{what:<12}{value}\n"));
    line("Ref", &person.case);
    line("Name", &person.name);
    person.born.iter().for_each(|born| line("Born", born));
    person.aliases.iter().for_each(|alias| line("Also", alias));
    person.nhs.iter().for_each(|nhs| line("NHS number", nhs));
    person.references.iter().for_each(|reference| line(&reference.agency, &reference.number));
    person.added.iter().for_each(|added| line("Added", added));
    answer(context, &text);
    Ok(ExitCode::SUCCESS)
}

fn nobody(case: &str) -> CommandError {
    CommandError::usage(format!("nobody is in the people file under `{case}`")).hint("`marg people find` finds people by what is known of them")
}

pub(super) fn forget(context: &Context, vault: &VaultArgs, args: &ForgetArgs) -> Result<ExitCode, CommandError> {
    let case = a_ref(&args.case)?;
    vault.change(context, &format!("forget {case}"), |book| if book.forget(&case) { Ok(()) } else { Err(nobody(&case)) })?;
    context.ui.status(&format!("Nobody is behind {case} any more, and the ref is never given out again."));
    context.ui.hint("copies and backups of the people file still hold the person; `marg forget` also takes what meetings say, and lists what is left to do");
    Ok(ExitCode::SUCCESS)
}

fn answer(context: &Context, text: &str) {
    context.ui.answer(&printable(text));
}

/// One line: asked for on a terminal, read from a pipe otherwise.
pub(super) fn read_line(question: &str) -> Result<String, CommandError> {
    let failed = |error: io::Error| CommandError::unusable(format!("nothing could be read: {error}"));
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        // Nothing that is typed here is kept in a history.
        return rustyline::DefaultEditor::new()
            .and_then(|mut editor| editor.readline(question))
            .map_err(|_| CommandError::usage("nothing was typed, and nothing was done"));
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(failed)?;
    Ok(line)
}
