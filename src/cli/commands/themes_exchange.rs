//! `marg themes export` and `marg themes import`: the codebook out to other programs, and in from them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::themes::KindArg;
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::table::{Cell, Table, column, lesser};
use crate::cli::workbook::workbook;
use crate::interchange::{COLUMNS, Compared, Entry, MAX_BYTES, Standing, Trouble, compare, project, read_csv, read_qdc, row, write_csv, write_qdc};
use crate::model::{Casebook, ThemeKind};
use crate::source::n_of;
use crate::workspace::{create_new, may_hold_cases, read_foreign, write_named};
use crate::yaml::new_theme;

#[derive(Args, Debug)]
pub(super) struct ExportArgs {
    /// The file to write; its ending says what: .qdc, .csv, .xlsx or .qdpx
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct ImportArgs {
    /// The file to read; its ending says what it is: .qdc or .csv
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,

    /// What the themes are of which the file does not say it
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<KindArg>,

    /// Only say what would come in
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    format: FormatArgs,
}

fn ending(file: &Path) -> String {
    file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

pub(super) fn export(context: &Context, args: &ExportArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let entries: Vec<Entry> = book.themes.iter().map(Entry::of).collect();
    let file = args.file.as_path();
    context.may_write(file)?;
    let themes = n_of(entries.len(), "theme", "themes");
    let (bytes, said) = match ending(file).as_str() {
        "qdc" if entries.is_empty() => {
            return Err(CommandError::unusable("there is no theme yet, and a .qdc file needs one").hint("a theme is a file in `themes/`"));
        }
        "qdc" => (write_qdc(&entries).into_bytes(), themes),
        "csv" => (write_csv(&entries).into_bytes(), themes),
        "xlsx" => (sheet(&entries)?, themes),
        "qdpx" => whole_project(book, loaded.files.root(), file)?,
        _ => {
            let error = CommandError::usage(format!("a codebook cannot be written as `{}`", file.display()));
            return Err(
                error.hint("the endings that work are .qdc for other programs, .csv and .xlsx for spreadsheets, and .qdpx for a project with the texts")
            );
        }
    };
    write_named(file, &bytes)?;
    context.ui.status(&format!("Written to {}: {said}.", file.display()));
    Ok(ExitCode::SUCCESS)
}

fn whole_project(book: &Casebook, root: &Path, file: &Path) -> Result<(Vec<u8>, String), CommandError> {
    if !may_hold_cases(root, file) {
        let error = CommandError::unusable(format!("`{}` lies in the workspace, or in no folder that is there", file.display()));
        return Err(error.hint("a project holds what was said of people in one file: keep it apart, where only members can open it"));
    }
    let made = project(book).map_err(|why| CommandError::unusable(format!("the project cannot be made: {why}")))?;
    let (people, discussions) = (n_of(made.n_people, "person", "people"), n_of(made.n_discussions, "discussion", "discussions"));
    let passages = n_of(made.n_passages, "tagged passage", "tagged passages");
    let said = format!(
        "{discussions} of {people}, {passages}. It holds what was said of them, for members of the meetings only: keep it as you keep the meetings, and delete it afterwards"
    );
    Ok((made.bytes, said))
}

fn sheet(entries: &[Entry]) -> Result<Vec<u8>, CommandError> {
    let mut table = Table::new(COLUMNS.iter().map(|name| column(name, name)).collect());
    for entry in entries {
        table.row(row(entry).into_iter().map(|cell| if cell.is_empty() { Cell::Nothing } else { cell.into() }).collect());
    }
    let about = [("Codebook".to_owned(), "Saved as \"CSV UTF-8\", the first sheet can be read by `marg themes import`.".to_owned())];
    workbook(&[("Codebook", &table)], &about, None).map_err(|error| CommandError::unusable(format!("the workbook cannot be made: {error}")))
}

pub(super) fn import(context: &Context, args: &ImportArgs) -> Result<ExitCode, CommandError> {
    let entries = read(&args.file)?;
    let loaded = context.load_sound()?;
    let compared = compare(entries, &loaded.casebook.themes);
    let files = new_files(&compared, args.kind.map(ThemeKind::from))?;
    let mut table = Table::new(vec![column("theme", "Theme"), column("standing", "Is"), column("title", "Title"), lesser("differs_in", "Differs in")]);
    for found in &compared {
        let (word, fields) = match &found.standing {
            Standing::New => ("new", Vec::new()),
            Standing::Same => ("same", Vec::new()),
            Standing::Differs(fields) => ("differs", fields.iter().map(|field| (*field).to_owned()).collect()),
        };
        table.row(vec![found.id.as_str().into(), word.into(), found.entry.title.as_str().into(), fields.into()]);
    }
    if !args.dry_run {
        for (id, text) in &files {
            create_new(&loaded.files.root().join(format!("themes/{id}.yaml")), text)?;
        }
    }
    let summary = summary(&compared, args.dry_run);
    Answer {
        form: "marg/themes-import/1",
        text: &|width| table.text(width.table),
        status: Some(summary.clone()),
        json: &|| json!({ "written": !args.dry_run, "themes": table.json() }),
        tables: &[("Codebook", &table)],
        names: None,
        about: &|| vec![("In short".to_owned(), summary.clone())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<Vec<Entry>, CommandError> {
    let shown = file.display();
    let read = match ending(file).as_str() {
        "qdc" => read_qdc,
        "csv" | "tsv" | "txt" => read_csv,
        "xlsx" | "xls" | "ods" => {
            let error = CommandError::usage(format!("`{shown}` is a workbook, and only its sheet can be read"));
            return Err(error.hint("save the sheet as \"CSV UTF-8\" and name that file"));
        }
        _ => return Err(CommandError::usage(format!("`{shown}` is no codebook that can be read")).hint("the endings that work are .qdc and .csv")),
    };
    let bytes = read_foreign(file, MAX_BYTES).map_err(|error| CommandError::unusable(format!("`{shown}` cannot be read: {error}")))?;
    read(&bytes).map_err(|Trouble { line, message, hint }| {
        let place = line.map_or_else(|| format!("`{shown}`"), |line| format!("`{shown}`, line {line}"));
        CommandError::unusable(format!("{place}: {message}")).hint(hint)
    })
}

/// The names and texts of the files that are to be written.
fn new_files(compared: &[Compared], otherwise: Option<ThemeKind>) -> Result<Vec<(String, String)>, CommandError> {
    let fresh: Vec<&Compared> = compared.iter().filter(|found| found.standing == Standing::New).collect();
    let unknown: Vec<&str> = fresh.iter().filter(|found| found.entry.kind.or(otherwise).is_none()).map(|found| found.entry.title.as_str()).collect();
    if let Some(first) = unknown.first() {
        let error =
            CommandError::usage(format!("the file does not say of {} what kind of theme it is, such as `{first}`", n_of(unknown.len(), "theme", "themes")));
        return Err(error.hint("`--kind barrier`, `--kind need` or `--kind enabler` says it of all of them"));
    }
    let file = |found: &&Compared| {
        let theme = found.entry.theme(&found.id, found.entry.kind.or(otherwise).unwrap_or(ThemeKind::Barrier));
        let text = new_theme(&theme).ok_or_else(|| {
            let error = CommandError::unusable(format!("`{}` holds signs that no file of the workspace can hold, so nothing was written", found.entry.title));
            error.hint("take them out in the other program")
        })?;
        Ok((found.id.clone(), text))
    };
    fresh.iter().map(file).collect()
}

fn summary(compared: &[Compared], dry_run: bool) -> String {
    let count = |standing: fn(&Standing) -> bool| compared.iter().filter(|found| standing(&found.standing)).count();
    let (new, same, differs) = (
        count(|standing| *standing == Standing::New),
        count(|standing| *standing == Standing::Same),
        count(|standing| matches!(standing, Standing::Differs(_))),
    );
    let written = if dry_run { "would be written" } else { "written" };
    let kept = if differs > 0 { " Themes that differ were left as they are: what is there is never written over." } else { "" };
    format!("{} {written} into `themes/`, {same} the same, {differs} different.{kept}", n_of(new, "new theme", "new themes"))
}
