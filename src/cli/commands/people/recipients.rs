//! Who can open the people file.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::super::vault::{VaultArgs, log};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::model::CaseRef;
use crate::people::{Book, BookError, Holder};
use crate::workspace::{create_secret, log_of};

#[derive(Args, Debug)]
pub(super) struct InitArgs {
    /// Who can open it: a role and the public key of who has it; at least two
    #[arg(long = "recipient", value_name = "WHO=KEY", value_parser = holder, required = true)]
    recipients: Vec<Holder>,

    /// What stands before the hyphen in new refs, as in the group's refs
    #[arg(long, value_name = "LETTERS", default_value = "", value_parser = prefix)]
    prefix: String,
}

#[derive(Args, Debug)]
pub(super) struct RecipientsArgs {
    #[command(subcommand)]
    command: RecipientsCommand,
}

#[derive(Subcommand, Debug)]
enum RecipientsCommand {
    /// List who can open it
    #[command(after_help = "Examples:
  marg people recipients list")]
    List,
    /// Let somebody open it from now on
    #[command(after_help = "Examples:
  marg people recipients add chair age1...")]
    Add {
        /// A role
        #[arg(value_name = "WHO")]
        who: String,
        /// Their public key, as `marg key new` printed it
        #[arg(value_name = "KEY")]
        key: String,
    },
    /// Seal it for the others alone from now on
    #[command(after_help = "Examples:
  marg people recipients remove deputy")]
    Remove {
        /// The role
        #[arg(value_name = "WHO")]
        who: String,
    },
}

fn holder(text: &str) -> Result<Holder, String> {
    let (who, key) = text.split_once('=').ok_or("write the role, `=` and the public key: `deputy=age1...`")?;
    Ok(Holder { who: who.trim().to_owned(), key: key.trim().to_owned() })
}

fn prefix(text: &str) -> Result<String, String> {
    let fits = text.is_empty() || (CaseRef::is_valid(&format!("{text}-XXXXXX")) && text.len() <= 12);
    if fits { Ok(text.to_owned()) } else { Err("up to twelve capitals, digits and hyphens".to_owned()) }
}

fn refused(error: BookError) -> CommandError {
    match error {
        BookError::TooFew | BookError::NoKey(_) | BookError::Twice(_) => {
            CommandError::usage(error.to_string()).hint("each of them runs `marg key new FILE`, and sends you the line that it prints")
        }
        other => other.into(),
    }
}

pub(super) fn init(context: &Context, vault: &VaultArgs, args: &InitArgs) -> Result<ExitCode, CommandError> {
    let path = vault.path()?;
    let book = Book::new(&args.prefix, args.recipients.clone()).map_err(refused)?;
    create_secret(&path, &book.seal()?)?;
    log(context, &path, Some("made"), "init", "a new people file")?;
    context.ui.status(&format!("The people file is {}. Who opens it stands in {}.", path.display(), log_of(&path).display()));
    context.ui.status("Back it up: it is sealed, so the copy is as safe as the keys. Without any of the keys nobody can open it, us included.");
    Ok(ExitCode::SUCCESS)
}

pub(super) fn run(context: &Context, vault: &VaultArgs, args: &RecipientsArgs) -> Result<ExitCode, CommandError> {
    match &args.command {
        RecipientsCommand::List => {
            let book = vault.open(context, "recipients list")?;
            context.ui.answer(&book.recipients.iter().map(|holder| format!("{}  {}\n", holder.key, holder.who)).collect::<String>());
        }
        RecipientsCommand::Add { who, key } => {
            let new = Holder { who: who.clone(), key: key.trim().to_owned() };
            vault.change(context, &format!("recipients add {who}"), |book| {
                book.recipients.push(new);
                book.check_recipients().map_err(refused)
            })?;
            context.ui.status(&format!("From now on `{who}` can open the people file. Older copies stay as they were sealed."));
        }
        RecipientsCommand::Remove { who } => {
            vault.change(context, &format!("recipients remove {who}"), |book| {
                let before = book.recipients.len();
                book.recipients.retain(|holder| holder.who != *who);
                if before == book.recipients.len() {
                    return Err(CommandError::usage(format!("no recipient is called `{who}`")).hint("`marg people recipients list` lists them"));
                }
                book.check_recipients().map_err(refused)
            })?;
            context.ui.status(&format!("The people file is sealed without `{who}` from now on."));
            context.ui.warning("this protects only what is written from now on: whoever kept a copy of the file, or remembers what was in it, still has that");
            context.ui.hint("ask for copies and backups to be deleted, and for the key to be destroyed; note who confirmed it, and when");
        }
    }
    Ok(ExitCode::SUCCESS)
}
