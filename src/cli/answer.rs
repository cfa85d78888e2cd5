//! The answer to a question, in the format and to the place that was asked for.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Map, Value as Json};

use super::context::Context;
use super::error::CommandError;
use super::table::{Table, json_text};
use super::ui::Widths;
use super::workbook::workbook;
use crate::model::Names;
use crate::workspace::write_named;

/// How to print the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Table,
    /// For programs: one object, whose first key names its form
    Json,
    /// For programs: a line a row
    Csv,
    /// For people with a spreadsheet: a workbook with types, filters and notes about the figures
    Xlsx,
}

#[derive(Args, Debug)]
pub(super) struct FormatArgs {
    /// How to print the answer; if not given, what the ending of FILE says, and otherwise a table
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Format>,

    /// Write the answer into this file, and not to the screen
    #[arg(short, long, value_name = "FILE", help_heading = "Output", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
}

impl FormatArgs {
    pub(super) fn format(&self) -> Format {
        self.format.or_else(|| self.of_ending()).unwrap_or_default()
    }

    /// The format that the ending of the file stands for; nothing, if for none.
    fn of_ending(&self) -> Option<Format> {
        let ending = self.file().and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("xlsx") => Some(Format::Xlsx),
            Some("csv") => Some(Format::Csv),
            Some("json") => Some(Format::Json),
            Some("txt" | "text" | "md") | None => Some(Format::Table),
            Some(_) => None,
        }
    }

    /// Whoever asks for `x.docx` would get a table in a file that no program opens.
    fn refuse_ending(&self) -> Result<(), CommandError> {
        match self.file().filter(|_| self.format.is_none() && self.of_ending().is_none()) {
            Some(file) => Err(CommandError::usage(format!("an answer cannot be written as `{}`", file.display()))
                .hint("the endings that work are .xlsx for a spreadsheet, .csv and .json for programs, and .txt")
                .hint("with `--format`, the file can be called anything")),
            None => Ok(()),
        }
    }

    /// Whether anything was said of how to answer.
    pub(super) fn is_given(&self) -> bool {
        self.format.is_some() || self.output.is_some()
    }

    /// Whether the answer goes into a file, and not to whoever is there.
    pub(super) fn to_file(&self) -> bool {
        self.file().is_some()
    }

    /// The file to write into; `-` means the screen, as in other programs.
    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|file| *file != Path::new("-"))
    }
}

/// What a question found, ready to be told in any format; only the one that was asked for is made.
pub(super) struct Answer<'a> {
    /// The name of the question, as in `marg/barriers/1`, and the version of the form of its JSON.
    pub(super) form: &'static str,
    pub(super) text: &'a dyn Fn(Widths) -> String,
    /// What is said beside the text, as a sentence.
    pub(super) status: Option<String>,
    pub(super) json: &'a dyn Fn() -> Json,
    /// Sheets with their names. The first is the CSV.
    pub(super) tables: &'a [(&'static str, &'a Table)],
    /// The names behind the ids in the tables, for the workbook.
    pub(super) names: Option<Names<'a>>,
    /// What a reader of the figures has to know, for the workbook: a name and what it is.
    pub(super) about: &'a dyn Fn() -> Vec<(String, String)>,
}

impl Answer<'_> {
    /// Tells it.
    ///
    /// # Errors
    ///
    /// When a workbook would go to the screen, or the file cannot be written.
    pub(super) fn give(&self, context: &Context, args: &FormatArgs) -> Result<(), CommandError> {
        args.refuse_ending()?;
        let widths = if args.file().is_some() { Widths::endless() } else { context.ui.widths() };
        let bytes = match args.format() {
            Format::Table => (self.text)(widths).into_bytes(),
            Format::Json => json_text(&with_form(self.form, (self.json)())).into_bytes(),
            Format::Csv => self.tables.first().map(|(_, table)| table.csv()).unwrap_or_default().into_bytes(),
            Format::Xlsx => self.workbook(context, args)?,
        };
        match args.file() {
            Some(file) => {
                context.may_write(file)?;
                write_named(file, &bytes)?;
                context.ui.status(&format!("Written to {}.", file.display()));
            }
            None if args.format() == Format::Xlsx => context.ui.bytes(&bytes),
            None => context.ui.answer(&String::from_utf8_lossy(&bytes)),
        }
        if let Some(status) = self.status.as_deref().filter(|_| args.format() == Format::Table) {
            context.ui.status(status);
        }
        Ok(())
    }

    fn workbook(&self, context: &Context, args: &FormatArgs) -> Result<Vec<u8>, CommandError> {
        if args.file().is_none() && context.ui.to_screen() {
            return Err(CommandError::usage("a workbook cannot be shown on the screen").hint("`--output FILE.xlsx` writes it into a file"));
        }
        let mut about = vec![("Question".to_owned(), question_typed(std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned())))];
        about.extend((self.about)());
        about.extend(super::help::paragraphs(self.question()).iter().flat_map(|words| terms(words)));
        workbook(self.tables, &about, self.names).map_err(|error| CommandError::unusable(format!("the workbook cannot be made: {error}")))
    }

    /// `marg/barrier/1` is an answer of `marg barriers`.
    fn question(&self) -> &str {
        match self.form.split('/').nth(1).unwrap_or_default() {
            "barrier" => "barriers",
            "cases" => "case",
            "release-days" => "release-day",
            "theme-history" | "themes-compared" => "themes",
            "suggest-evaluation" | "suggest-indicators" => "suggest",
            question => question,
        }
    }
}

/// A paragraph of the help as rows: one a term, if it explains some (`people: distinct cases · uses: …`), and otherwise one for all.
fn terms(paragraph: &str) -> Vec<(String, String)> {
    if !paragraph.contains(" · ") {
        return vec![(String::new(), paragraph.to_owned())];
    }
    let mut rows = Vec::new();
    for part in paragraph.split(" · ") {
        let (term, words) = part.split_once(": ").unwrap_or(("", part));
        // What follows the last term is about all of them.
        let (words, rest) = words.split_once(". ").map_or((words, None), |(words, rest)| (words, Some(rest)));
        let label = term.chars().next().map_or(String::new(), |first| first.to_uppercase().chain(term.chars().skip(1)).collect());
        rows.push((label, words.trim_end_matches('.').to_owned()));
        rows.extend(rest.map(|rest| (String::new(), rest.to_owned())));
    }
    rows
}

/// The question as it was typed, with all that narrows it; without where the answer goes and where the workspace lies.
fn question_typed(mut words: impl Iterator<Item = String>) -> String {
    let mut question = "marg".to_owned();
    while let Some(word) = words.next() {
        let is = |option: &str| word == option || word.starts_with(&format!("{option}=")) || (option.len() == 2 && word.starts_with(option));
        if !["-o", "--output", "--format", "-C", "--dir", "--color"].into_iter().any(is) {
            question.push_str(&format!(" {word}"));
        } else if word.len() == 2 || (word.starts_with("--") && !word.contains('=')) {
            words.next();
        }
    }
    question
}

/// The object with the name of its form as its first key, so that a program knows what it has before it.
pub(super) fn with_form(form: &str, json: Json) -> Json {
    let mut object = Map::from_iter([("schema".to_owned(), Json::from(form))]);
    match json {
        Json::Object(fields) => object.extend(fields),
        other => drop(object.insert("answer".to_owned(), other)),
    }
    Json::Object(object)
}

/// The period of the figures, in words, for the notes in a workbook.
pub(super) fn about_period(since: Option<chrono::NaiveDate>, until: Option<chrono::NaiveDate>) -> (String, String) {
    let words = match (since, until) {
        (Some(since), Some(until)) => format!("{since} to {until}, both included"),
        (Some(since), None) => format!("from {since}"),
        (None, Some(until)) => format!("until {until}, included"),
        (None, None) => "all meetings".to_owned(),
    };
    ("Period".to_owned(), words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terms_of_a_help_text_are_rows_of_their_own() {
        let rows = terms("people: distinct cases · asked, refused: entries. All within the period.");
        let rows: Vec<String> = rows.into_iter().map(|(label, words)| format!("{label} = {words}")).collect();
        assert_eq!(rows, ["People = distinct cases", "Asked, refused = entries", " = All within the period."]);
        assert_eq!(terms("A sentence: with a colon."), [(String::new(), "A sentence: with a colon.".to_owned())]);
    }

    #[test]
    fn the_question_in_a_workbook_is_all_that_narrows_it_and_no_place() {
        let typed = |line: &str| question_typed(line.split(' ').map(str::to_owned));
        assert_eq!(typed("-C /home/me/x barriers --by agency -o b.xlsx --at northfield-housing"), "marg barriers --by agency --at northfield-housing");
        assert_eq!(typed("--dir=/x actions -oa.xlsx --format xlsx --overdue --output=b.xlsx"), "marg actions --overdue");
    }
}
