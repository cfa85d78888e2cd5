//! Adding people: asked for on the terminal, by options, or from a table.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::super::vault::VaultArgs;
use super::show::{a_ref, read_line};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::people::{Book, Person, Zeroizing, new_ref, person, random_from_system, read_csv};
use crate::source::n_of;
use crate::workspace::read_foreign;

#[derive(Args, Debug)]
pub(super) struct AddArgs {
    /// The person's name; what is typed here stays in the shell's history
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// The date of birth, like 1984-05-30
    #[arg(long, value_name = "BIRTHDAY", requires = "name")]
    born: Option<String>,

    /// Another name; can be given again
    #[arg(long = "alias", value_name = "NAME", requires = "name")]
    aliases: Vec<String>,

    /// The NHS number
    #[arg(long, value_name = "NUMBER", requires = "name")]
    nhs: Option<String>,

    /// Under what number an agency knows the person; can be given again
    #[arg(long = "reference", value_name = "AGENCY=NUMBER", requires = "name")]
    references: Vec<String>,

    /// The ref that the meetings use already, instead of a new one
    #[arg(long = "ref", value_name = "REF", requires = "name")]
    case: Option<String>,

    /// Everybody of a table in CSV; `-` reads it from a pipe
    #[arg(long, value_name = "FILE", conflicts_with = "name")]
    csv: Option<PathBuf>,

    /// It is somebody else, although the name is the same
    #[arg(long)]
    somebody_else: bool,
}

pub(super) fn run(context: &Context, vault: &VaultArgs, args: &AddArgs) -> Result<ExitCode, CommandError> {
    // Asked before the file is opened, so that nobody is kept waiting while somebody types.
    let people = match (&args.csv, &args.name) {
        (Some(file), _) => table(file)?,
        (None, Some(name)) => vec![one(args, name)?],
        (None, None) => vec![asked()?],
    };
    // Refs that meetings use, where this is a workspace: a new one must be none of them.
    let in_meetings = context.load().map(|loaded| refs(&loaded.casebook)).unwrap_or_default();
    let count = people.len();
    let refs = vault.change(context, &format!("add {}", n_of(count, "person", "people")), |book| {
        people.into_iter().enumerate().map(|(n, person)| add(context, book, person, n, &in_meetings, args.somebody_else)).collect::<Result<Vec<_>, _>>()
    })?;
    context.ui.answer(&refs.iter().map(|case| format!("{case}\n")).collect::<String>());
    context.ui.status(&format!("{} added. Use the ref in the meetings, and the name nowhere.", n_of(count, "person", "people")));
    Ok(ExitCode::SUCCESS)
}

fn refs(book: &crate::model::Casebook) -> Vec<String> {
    let of = |meeting: &crate::model::Meeting| {
        let cases = meeting.cases.iter().map(|case| case.case.0.clone());
        cases.chain(meeting.cases_on_agenda().map(|case| case.0.clone())).collect::<Vec<_>>()
    };
    book.meetings.iter().flat_map(of).collect()
}

fn add(context: &Context, book: &mut Book, person: Person, n: usize, in_meetings: &[String], somebody_else: bool) -> Result<String, CommandError> {
    if let Some(same) = book.same_as(&person).filter(|_| !somebody_else) {
        let error = CommandError::usage(format!("person {} may be there already, as `{}`; nobody was added", n + 1, same.case));
        return Err(error.hint(format!("`marg people who {}` says who that is; with `--somebody-else` it is another person", same.case)));
    }
    let case = if person.case.is_empty() {
        let is_taken = |case: &str| book.is_used(case) || in_meetings.iter().any(|used| used == case);
        new_ref(&book.prefix, is_taken, random_from_system)?
    } else if book.is_used(&person.case) {
        return Err(CommandError::usage(format!("`{}` was given to somebody already; nobody was added", person.case)).hint("a ref is never given out twice"));
    } else {
        person.case.clone()
    };
    book.add(person, case.clone(), context.day());
    Ok(case)
}

fn one(args: &AddArgs, name: &str) -> Result<Person, CommandError> {
    let case = args.case.as_deref().map(a_ref).transpose()?.unwrap_or_default();
    person(name, args.born.as_deref().unwrap_or_default(), &args.aliases, args.nhs.as_deref().unwrap_or_default(), &args.references, &case)
        .map_err(|why| CommandError::usage(why.message()))
}

fn table(file: &Path) -> Result<Vec<Person>, CommandError> {
    const MOST: u64 = 8 << 20;
    let unreadable = |error: io::Error| CommandError::unusable(format!("the table cannot be read: {error}"));
    let mut text = Zeroizing::new(Vec::new());
    if file == Path::new("-") {
        io::stdin().lock().take(MOST).read_to_end(&mut text).map_err(unreadable)?;
    } else {
        text = Zeroizing::new(read_foreign(file, MOST).map_err(unreadable)?);
    }
    let people = read_csv(&text).map_err(|error| CommandError::unusable(format!("the table: {error}; nobody was added")))?;
    if people.is_empty() { Err(CommandError::unusable("the table holds nobody")) } else { Ok(people) }
}

/// Asks for each thing; what is wrong is asked again.
fn asked() -> Result<Person, CommandError> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(CommandError::usage("nobody is named").hint("on a terminal you are asked; from a script, `--csv FILE` or `--csv -` reads a table"));
    }
    loop {
        let name = Zeroizing::new(read_line("Name: ")?);
        let born = Zeroizing::new(read_line("Date of birth, like 1984-05-30 (or nothing): ")?);
        let aliases = Zeroizing::new(read_line("Other names, with ; between them (or nothing): ")?);
        let nhs = Zeroizing::new(read_line("NHS number (or nothing): ")?);
        let references = Zeroizing::new(read_line("References, AGENCY=NUMBER with ; between them (or nothing): ")?);
        let case = read_line("The ref that the meetings use already (or nothing, for a new one): ")?;
        let parts = |text: &str| text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        match person(&name, &born, &parts(&aliases), &nhs, &parts(&references), &case.trim().to_uppercase()) {
            Ok(person) => return Ok(person),
            Err(why) => drop(read_line(&format!("{}. Press Enter to begin again, or Ctrl-C to stop. ", why.message()))?),
        }
    }
}
