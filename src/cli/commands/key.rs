//! `marg key`: the user's own key.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::vault::{KeyFileArgs, new_passphrase};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::people::new_key;
use crate::workspace::create_secret;

/// Make a key of your own, which opens what is sealed for you
///
/// A key has two parts. The file is yours alone: whoever has it can open everything that is sealed for you. The public key, which
/// begins with age1, you give to others; with it they can seal, and nothing else. The same file works with the program `age`.
#[derive(Args, Debug)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:
  marg key new ~/keys/marg.key                 Make a key, and print its public key
  marg key new ~/keys/marg.key --passphrase    The same, protected by a passphrase
  marg key show --key ~/keys/marg.key          The public key again"
)]
pub(in crate::cli) struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Subcommand, Debug)]
enum KeyCommand {
    /// Make a key in a new file that only you can open, and print its public key
    #[command(after_help = "Examples:
  marg key new ~/keys/marg.key                 Make a key, and print its public key
  marg key new ~/keys/marg.key --passphrase    The same, protected by a passphrase")]
    New(NewArgs),
    /// Print the public key that belongs to your key
    #[command(after_help = "Examples:
  marg key show --key ~/keys/marg.key")]
    Show(KeyFileArgs),
}

#[derive(Args, Debug)]
struct NewArgs {
    /// The file to make, outside any repository
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Protect it by a passphrase, which is asked for on the terminal now and at each use
    #[arg(long)]
    passphrase: bool,
}

pub(in crate::cli) fn run(context: &Context, args: &KeyArgs) -> Result<ExitCode, CommandError> {
    match &args.command {
        KeyCommand::New(args) => {
            let passphrase = args.passphrase.then(new_passphrase).transpose()?;
            let (file, public) = new_key(passphrase.as_ref().map(|text| text.as_str())).map_err(|error| CommandError::unusable(error.to_string()))?;
            create_secret(&args.file, &file)?;
            context.ui.answer(&format!("{public}\n"));
            context.ui.status(&format!(
                "Your key is in {}: keep it, and a copy in a safe place. The line above is your public key, for others.",
                args.file.display()
            ));
        }
        KeyCommand::Show(key) => {
            let keys = key.keys()?;
            context.ui.answer(&keys.public().map(|public| public + "\n").collect::<String>());
        }
    }
    Ok(ExitCode::SUCCESS)
}
