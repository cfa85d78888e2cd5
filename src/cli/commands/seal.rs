//! `marg seal` and `marg open`: what must travel, so that only who it is for can read it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::vault::{KeyFileArgs, log};
use crate::cli::context::{Context, variable};
use crate::cli::error::CommandError;
use crate::cli::lookup::find_agency;
use crate::people::{Book, Recipients, Zeroizing, open, seal};
use crate::workspace::{create_secret_anywhere, read_foreign, write_named};

/// Seal a file so that only one agency can open it
///
/// The file is written again as FILE.age, sealed with the public keys that marg.yaml names for the agency under `recipients`. The agency
/// opens it with `marg open` or with the program `age`. The seal says nothing about who made it. Nothing is sent.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg seal --for probation out/minutes-2026-03-12-marg-for-probation.docx
  marg seal --for probation notes.md --out ~/post/notes.age")]
pub(in crate::cli) struct SealArgs {
    /// The agency that it is for
    #[arg(long = "for", value_name = "AGENCY")]
    agency: String,

    /// The file to seal; it stays as it is
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The sealed file, instead of FILE.age
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Open a file that was sealed for you
///
/// The program `age` does the same: `age -d -i KEYFILE -o FILE FILE.age`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg open minutes.docx.age --key ~/keys/marg.key               Into minutes.docx
  marg open minutes.docx.age --key ~/keys/marg.key --out m.docx")]
pub(in crate::cli) struct OpenArgs {
    /// The sealed file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The file to write, instead of the name without .age; what is there is never written over
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    key: KeyFileArgs,
}

const MOST: u64 = 256 << 20;

fn read(file: &Path) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    read_foreign(file, MOST).map(Zeroizing::new).map_err(|error| CommandError::unusable(format!("`{}` cannot be read: {error}", file.display())))
}

pub(in crate::cli) fn seal_for(context: &Context, args: &SealArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_codebook()?;
    let group = &loaded.casebook.group;
    let agency = group.agency(find_agency(group, &args.agency)?);
    if agency.recipients.is_empty() {
        let error = CommandError::usage(format!("marg.yaml names nobody at `{}` for whom something could be sealed", agency.id));
        return Err(error.hint("they run `marg key new FILE` or `age-keygen`, and send you the public key; it goes under `recipients` of the agency"));
    }
    let recipients = Recipients::of(agency.recipients.iter().map(String::as_str))
        .ok_or_else(|| CommandError::unusable(format!("a public key of `{}` in marg.yaml is none", agency.id)).hint("`marg check` shows which"))?;
    let sealed = seal(&read(&args.file)?, &recipients).map_err(|error| CommandError::unusable(error.to_string()))?;
    let out = args.out.clone().unwrap_or_else(|| {
        let mut name = args.file.clone().into_os_string();
        name.push(".age");
        name.into()
    });
    context.may_write(&out)?;
    if let Some(people) = variable("MARG_PEOPLE") {
        let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        log(context, Path::new(&people), Some("sealed"), &format!("seal for {}", agency.id), &name)?;
    }
    write_named(&out, &sealed)?;
    context.ui.answer(&format!("{}\n", out.display()));
    let keys = crate::source::n_of(agency.recipients.len(), "key", "keys");
    context.ui.status(&format!("Sealed for {} ({keys}). Nothing was sent. They open it with `marg open`, or `age -d -i KEYFILE`.", agency.name));
    Ok(ExitCode::SUCCESS)
}

pub(in crate::cli) fn open_file(context: &Context, args: &OpenArgs) -> Result<ExitCode, CommandError> {
    let out = match (&args.out, args.file.extension()) {
        (Some(out), _) => out.clone(),
        (None, Some(ending)) if ending.eq_ignore_ascii_case("age") => args.file.with_extension(""),
        (None, _) => return Err(CommandError::usage("the name of the file does not end in .age").hint("`--out FILE` says what to call the opened one")),
    };
    context.may_write(&out)?;
    let sealed = read(&args.file)?;
    let plain = open(&sealed, &args.key.keys()?).map_err(|why| CommandError::unusable(format!("`{}`: {why}", args.file.display())))?;
    if Book::is_one(&plain) {
        return Err(CommandError::usage(format!("`{}` is a people file, which is never written open to a disk", args.file.display()))
            .hint("`marg people find` and `marg people who` show one person of it"));
    }
    create_secret_anywhere(&out, &plain)?;
    context.ui.answer(&format!("{}\n", out.display()));
    Ok(ExitCode::SUCCESS)
}
