//! `marg sar`: everything about one person, for a subject access request.

mod decide;
mod gather;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;

use super::people::a_ref;
use crate::analysis::{answer_by, recipients, retention};
use crate::cli::args::day;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::not_found;
use crate::cli::pages::{render, write_folder};
use crate::documents::{Document, access_documents};
use crate::model::{CaseRef, Casebook, Ledger};
use crate::release::{AccessMaterial, release_access};
use crate::source::n_of;
use crate::workspace::{Loaded, forgotten};

/// Put together everything about one person, for a subject access request
///
/// Writes a working copy for whoever answers the request (sar-REF.html, .md and .docx): every entry about the ref, with meeting, day, file
/// and line, by whose information it is; who heard it; how long it is kept; when the answer is due; and each place elsewhere that names
/// the ref. What may be about somebody else is marked with a flag, and nothing is taken out. Beside it stands sar-REF-decisions.yaml, an entry a
/// mark: a person fills in `keep` or `remove`. With --release and that file, the copy for the person is made. marg decides no exemption.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg sar QLM-7KQ2 --received 2026-03-12                The working copy, into the folder out/
  marg sar QLM-7KQ2 --received 2026-03-12 --extended     The time was extended by two months
  marg sar QLM-7KQ2 --received 2026-03-12 --release out/sar-QLM-7KQ2-decisions.yaml
                                                         The copy for the person")]
pub(in crate::cli) struct SarArgs {
    /// The ref
    #[arg(value_name = "REF")]
    case: String,

    /// The day on which the request came in
    #[arg(long, value_name = "DAY", value_parser = day)]
    received: NaiveDate,

    /// The time for the answer was extended by two further months
    #[arg(long)]
    extended: bool,

    /// Make the copy for the person, from the decisions in this file
    #[arg(long, value_name = "FILE")]
    release: Option<PathBuf>,

    /// The folder to write into, instead of out/ in the workspace
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &Context, args: &SarArgs) -> Result<ExitCode, CommandError> {
    let case = a_ref(&args.case)?;
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    if args.received > book.today {
        return Err(CommandError::usage(format!("{} is still to come", args.received)).hint("`--received` is the day on which the request came in"));
    }
    let is_forgotten = forgotten(loaded.files.root()).contains(&case);
    if !is_forgotten && !refs(book).any(|known| known == case) {
        return Err(not_found(format!("no meeting knows `{case}`"), &case, refs(book), "`marg case` lists them all"));
    }
    let others = gather::others(book, &case);
    let material = || material(&loaded, args, &case, is_forgotten, &others);
    let folder = args.out.clone().unwrap_or_else(|| loaded.files.root().join("out"));
    let due = answer_by(args.received, args.extended);
    if let Some(file) = &args.release {
        return release(context, &loaded, args, &case, (file.as_path(), folder.as_path()), material);
    }
    let page = release_access(book, material(), None);
    let mut documents = render(context, &loaded.files, |templates| access_documents(templates, &page))?;
    let name = format!("sar-{case}-decisions.yaml");
    documents.push(Document::text(name.clone(), decide::file(&case, &page.flags, &folder.join(&name))?));
    write_folder(context, &loaded.files, &folder, args.out.is_some(), &documents)?;
    if is_forgotten {
        context.ui.warning(&format!("`{case}` was forgotten: the texts were taken out, and the copy holds what is left"));
    }
    let marks = n_of(page.flags.len(), "mark waits", "marks wait");
    context.ui.status(&format!("A working copy for members, not for the person: {marks} for a decision. The answer is due on {due}."));
    Ok(ExitCode::SUCCESS)
}

/// Makes the copy for the person, if every mark is decided.
fn release<'a>(
    context: &Context,
    loaded: &Loaded,
    args: &SarArgs,
    case: &str,
    (file, folder): (&Path, &Path),
    material: impl Fn() -> AccessMaterial<'a>,
) -> Result<ExitCode, CommandError> {
    let marks = release_access(&loaded.casebook, material(), None);
    let decisions = decide::read(file, case, &marks.flags)?;
    let page = release_access(&loaded.casebook, material(), Some(&decisions));
    let documents = render(context, &loaded.files, |templates| access_documents(templates, &page))?;
    write_folder(context, &loaded.files, folder, args.out.is_some(), &documents)?;
    let removed = n_of(page.removed.len(), "passage", "passages");
    context.ui.status(&format!("The copy for the person, with {removed} taken out. Read it whole before it is given: marg finds by rules."));
    Ok(ExitCode::SUCCESS)
}

/// Every ref that a meeting discusses or has on its agenda.
fn refs(book: &Casebook) -> impl Iterator<Item = &str> {
    book.meetings.iter().flat_map(|meeting| meeting.cases.iter().map(|said| &said.case).chain(meeting.cases_on_agenda())).map(CaseRef::as_str)
}

fn material<'a>(loaded: &'a Loaded, args: &SarArgs, case: &'a str, forgotten: bool, others: &'a gather::Others) -> AccessMaterial<'a> {
    let book = &loaded.casebook;
    let said = gather::said(loaded, case);
    AccessMaterial {
        case,
        received: args.received,
        extended: args.extended,
        due: answer_by(args.received, args.extended),
        elsewhere: gather::elsewhere(loaded, case, &said),
        said: said.into_iter().map(|said| (said.entry, said.at)).collect(),
        recipients: recipients(book, case),
        retention: retention(&Ledger::fold(book), &std::collections::BTreeSet::new()).into_iter().find(|row| row.case == case),
        forgotten,
        files: loaded.files.len(),
        others,
    }
}
