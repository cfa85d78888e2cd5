//! `marg themes split`: what stands under one theme is told apart, place by place.

use std::collections::BTreeMap;
use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::occurrences::{Occurrence, occurrences};
use super::{change, finished, ids_of, in_words};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::commands::agenda::{Lines, from_terminal, somebody_is_there};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::layout::fold_to;
use crate::cli::lookup::find_theme;
use crate::cli::table::{Table, column};
use crate::model::{Names, Theme};
use crate::source::{n_of, printable};
use crate::workspace::{AmendError, read_named};

#[derive(Args, Debug)]
pub(in crate::cli::commands) struct SplitArgs {
    /// The theme whose places are told apart
    #[arg(value_name = "THEME")]
    theme: String,

    /// The themes that they may go to: two to six
    #[arg(long, value_name = "THEME", num_args = 2..=6, required = true)]
    into: Vec<String>,

    /// A table that says it, with the columns meeting, place and to; `--list --format csv` writes one to fill in
    #[arg(long, value_name = "FILE", conflicts_with = "list")]
    by: Option<PathBuf>,

    /// Only list the places
    #[arg(long)]
    list: bool,

    /// Only show what would change
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    format: FormatArgs,
}

/// By the place in the list: the number of the theme that it goes to, or nothing where it stays.
type Choices = Vec<Option<usize>>;

pub(in crate::cli::commands) fn run(context: &Context, args: &SplitArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let names = loaded.casebook.names();
    let theme = loaded.casebook.theme(find_theme(names, &args.theme)?);
    let into: Vec<&Theme> = args.into.iter().map(|id| may_take(names, theme, id)).collect::<Result<_, _>>()?;
    let (places, texts) = occurrences(&loaded, theme);
    if args.list {
        list(context, args, theme, &places)?;
        return Ok(ExitCode::SUCCESS);
    }
    if places.is_empty() {
        context.ui.status(&format!("`{}` stands in no record, so there is nothing to tell apart.", theme.id));
        return Ok(ExitCode::SUCCESS);
    }
    let choices = match &args.by {
        Some(file) => from_table(file, &places, &into)?,
        None if somebody_is_there() => ask(&places, &into, context.ui.widths().prose, &mut from_terminal()?)?,
        None => {
            let mut lines = std::io::stdin().lock().lines();
            let mut next = |prompt: &str| {
                context.ui.talk(prompt);
                lines.next().transpose().map_err(|error| CommandError::unusable(format!("what was typed cannot be read: {error}")))
            };
            ask(&places, &into, context.ui.widths().prose, &mut next)?
        }
    };
    let Some(choices) = choices else {
        context.ui.status("Nothing was written.");
        return Ok(ExitCode::SUCCESS);
    };
    let goes: BTreeMap<(&str, &crate::source::Path), &str> =
        places.iter().zip(&choices).filter_map(|(place, to)| Some(((place.path.as_str(), &place.place), into[(*to)?].id.as_str()))).collect();
    let many = change(context, args.dry_run, &format!("split `{}`", theme.id), |shop| {
        // What was looked at is what is changed.
        for (path, text) in &texts {
            if shop.text(path)? != *text {
                return Err(AmendError::Busy);
            }
        }
        shop.retheme(&ids_of(theme), |path, place, _| goes.get(&(path, place)).map(|id| (*id).to_owned()))
    })?;
    let (said, stay) = (in_words(&many.told), n_of(places.len() - goes.len(), "place stays", "places stay"));
    let more = if goes.len() == places.len() { format!(" `marg themes retire {} --why …` says that it is used no more.", theme.id) } else { String::new() };
    finished(context, args.dry_run, &format!("Told apart: {said}; {stay} with `{}`.{more}", theme.id), &format!("This would be told apart: {said}; {stay}."));
    Ok(ExitCode::SUCCESS)
}

/// A theme that places of another may go to.
fn may_take<'a>(names: Names<'a>, theme: &Theme, id: &str) -> Result<&'a Theme, CommandError> {
    let into = names.theme(find_theme(names, id).map_err(|error| error.hint(format!("`marg themes add {id}` makes a new one")))?);
    let why = if into.id == theme.id {
        "is the theme itself: what stays with it is kept"
    } else if into.retired.is_some() {
        "was retired"
    } else if into.kind != theme.kind {
        "is of another kind"
    } else {
        return Ok(into);
    };
    Err(CommandError::usage(format!("`{}` {why}", into.id)).hint("name themes of the same kind that are in use"))
}

fn list(context: &Context, args: &SplitArgs, theme: &Theme, places: &[Occurrence]) -> Result<(), CommandError> {
    let mut table = Table::new(vec![
        column("meeting", "Meeting"),
        column("case", "Case"),
        column("place", "Place"),
        column("what", "As"),
        column("text", "Text"),
        column("to", "To"),
    ]);
    for place in places {
        table.row(vec![
            place.meeting.as_str().into(),
            place.case.as_deref().into(),
            place.place.to_string().into(),
            place.what.into(),
            place.text.as_str().into(),
            None::<&str>.into(),
        ]);
    }
    let status = format!("{} of `{}`.", n_of(places.len(), "place", "places"), theme.id);
    Answer {
        form: "marg/themes-places/1",
        text: &|width| table.text(width.table),
        status: Some(status.clone()),
        json: &|| json!({ "theme": theme.id, "places": table.json() }),
        tables: &[("Places", &table)],
        names: None,
        about: &|| vec![("In short".to_owned(), status.clone())],
    }
    .give(context, &args.format)
}

/// Where a word says that a place goes: the id of a theme, or its letter. Nothing where it stays.
fn meant(word: &str, into: &[&Theme]) -> Option<Option<usize>> {
    let letter = |n: usize| char::from(b'a' + n as u8).to_string();
    match word {
        "" | "k" | "keep" => Some(None),
        word => (0..into.len()).find(|n| letter(*n) == word || into[*n].id == word).map(Some),
    }
}

/// Reads the answers from a table.
fn from_table(file: &Path, places: &[Occurrence], into: &[&Theme]) -> Result<Option<Choices>, CommandError> {
    let unusable = |why: String| CommandError::unusable(format!("`{}`: {why}", file.display()));
    let text = read_named(file).map_err(|error| unusable(error.to_string()))?;
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads = reader.headers().map_err(|error| unusable(error.to_string()))?.clone();
    let find = |name: &str| {
        let at = heads.iter().position(|head| head.trim() == name);
        at.ok_or_else(|| unusable(format!("there is no column `{name}`")).hint("`--list --format csv` writes a table that can be filled in"))
    };
    let (meeting, place, to) = (find("meeting")?, find("place")?, find("to")?);
    let mut choices = vec![None; places.len()];
    for (n, row) in reader.records().enumerate() {
        let row = row.map_err(|error| unusable(error.to_string()))?;
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        let said = || format!("row {}: {}, {}", n + 2, cell(meeting), cell(place));
        let Some(at) = places.iter().position(|known| known.meeting == cell(meeting) && known.place.to_string() == cell(place)) else {
            return Err(
                unusable(format!("{} is no place where the theme stands", said())).hint("the record may have changed since the table was made: make it anew")
            );
        };
        choices[at] = meant(cell(to), into).ok_or_else(|| unusable(format!("{} goes to `{}`, which was not named after `--into`", said(), cell(to))))?;
    }
    Ok(Some(choices))
}

/// Asks for each place. Nothing where the lines end before the last is answered: who leaves says so.
fn ask(places: &[Occurrence], into: &[&Theme], width: usize, lines: &mut Lines<'_>) -> Result<Option<Choices>, CommandError> {
    let keys: Vec<String> = into.iter().enumerate().map(|(n, theme)| format!("{} {}", char::from(b'a' + n as u8), theme.id)).collect();
    let keys = format!("{}, k keep, u undo, q leave the rest", keys.join(", "));
    let mut choices: Choices = Vec::with_capacity(places.len());
    let mut objection = String::new();
    while let Some(place) = places.get(choices.len()) {
        let case = place.case.as_ref().map(|case| format!(", {case}")).unwrap_or_default();
        let (n, all) = (choices.len() + 1, places.len());
        let text: String = fold_to(&printable(&place.text), width.saturating_sub(2)).iter().map(|line| format!("  {line}\n")).collect();
        let prompt = format!("{objection}{n} of {all}: {}{case}, {}\n{text}{keys}\n> ", place.meeting, place.what);
        objection.clear();
        let Some(line) = lines(&prompt)? else { return Ok(None) };
        match line.trim() {
            "u" | "undo" => drop(choices.pop()),
            "q" | "leave" => choices.resize(all, None),
            "" => {}
            word => match meant(word, into) {
                Some(choice) => choices.push(choice),
                None => objection = format!("`{word}` is none of the answers.\n"),
            },
        }
    }
    Ok(Some(choices))
}
