//! `marg people`: who is behind a ref. What it shows, it shows on the screen alone.

mod add;
mod recipients;
mod show;

pub(super) use show::a_ref;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::vault::VaultArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;

/// Who is behind a ref: the people file, sealed and outside the workspace
///
/// Meetings know people by refs alone. Who is behind a ref stands in one file that lies outside any repository and workspace, sealed for
/// two people or more, each with a key of their own. A log beside it says who opened it, when and what for.
#[derive(Args, Debug)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:
  marg people init --people ~/marg/people.age --recipient coordinator=age1... --recipient deputy=age1...
  marg people add                              Asks who it is, and prints the new ref
  marg people find                             Asks for a name, and prints the ref
  marg people who QLM-7KQ2XR --why referral    Who is behind a ref
  marg people forget QLM-7KQ2XR                Take somebody out
  marg people recipients list                  Who can open the file"
)]
pub(in crate::cli) struct PeopleArgs {
    #[command(subcommand)]
    command: PeopleCommand,

    #[command(flatten)]
    vault: VaultArgs,
}

#[derive(Subcommand, Debug)]
enum PeopleCommand {
    /// Make a people file with nobody in it, sealed for two people or more
    #[command(after_help = "Examples:
  marg people init --people ~/marg/people.age --recipient coordinator=age1... --recipient deputy=age1...
  marg people init --prefix QLM --recipient coordinator=age1... --recipient deputy=age1...    Refs like QLM-7KQ2XR")]
    Init(recipients::InitArgs),
    /// Add somebody, and print their new ref
    #[command(after_help = "Examples:
  marg people add                           Asks for each thing on the terminal: nothing stays in the shell's history
  marg people add --csv referrals.csv       Everybody of a table: name, born, aliases, nhs, references, ref
  marg people add --name Name --ref QLM-7KQ2    Somebody who has a ref in the meetings already")]
    Add(add::AddArgs),
    /// Find somebody's ref by name, alias, date of birth, NHS number or an agency's reference
    #[command(after_help = "Examples:
  marg people find                  Asks on the terminal: nothing stays in the shell's history
  marg people find 1984-05-30       By date of birth
  marg people find HB/0042-7        By an agency's reference")]
    Find(show::FindArgs),
    /// Say who is behind a ref
    #[command(after_help = "Examples:
  marg people who QLM-7KQ2XR --why referral")]
    Who(show::WhoArgs),
    /// Take somebody out of the people file; `marg forget` does this and the rest
    #[command(after_help = "Examples:
  marg people forget QLM-7KQ2XR")]
    Forget(show::ForgetArgs),
    /// Say who can open the people file, or change that
    #[command(
        subcommand_required = true,
        arg_required_else_help = true,
        after_help = "Examples:
  marg people recipients list
  marg people recipients add chair age1...
  marg people recipients remove deputy"
    )]
    Recipients(recipients::RecipientsArgs),
}

pub(in crate::cli) fn run(context: &Context, args: &PeopleArgs) -> Result<ExitCode, CommandError> {
    let vault = &args.vault;
    match &args.command {
        PeopleCommand::Init(args) => recipients::init(context, vault, args),
        PeopleCommand::Add(args) => add::run(context, vault, args),
        PeopleCommand::Find(args) => show::find(context, vault, args),
        PeopleCommand::Who(args) => show::who(context, vault, args),
        PeopleCommand::Forget(args) => show::forget(context, vault, args),
        PeopleCommand::Recipients(args) => recipients::run(context, vault, args),
    }
}
