//! `marg agreement`: do two people tag alike?

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value as Json, json};

use crate::analysis::{AgreementQuery, AgreementReport, Coefficient, FEW_DISCUSSIONS, FEW_TAGGED, agreement};
use crate::cli::answer::{Answer, FormatArgs, about_period};
use crate::cli::args::PeriodArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::{find_theme, not_found};
use crate::cli::table::{Cell, Ids, Table, column, hidden, lesser, middling};
use crate::model::{Names, SecondTags};
use crate::source::{list_of, n_of};
use crate::workspace::read_second_tags;

/// Say how far people agree who tagged the same discussions without looking at each other
///
/// A second person's tags lie in tagging/NAME/, a file a meeting, apart from the record; the record itself is the first person. discussions:
/// those at meetings that were held, at which at least two people looked · tagged: those in which anybody tagged the theme · by all: those
/// in which everybody who looked did · kappa: Cohen's kappa, where two people are compared · alpha: Krippendorff's alpha, for any number of
/// people; over whole sets of themes with the MASI distance · 95 %: where alpha lies when the discussions are drawn anew. Both figures are 1
/// for agreement and 0 for what chance would bring. A discussion that somebody did not list was not looked at, and does not count for them;
/// one without a theme counts as the answer that none fits.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg agreement                         Everybody who tagged, and the record
  marg agreement --disagreements         Where they differ, to talk about
  marg agreement --theme homelessness    One theme")]
pub(in crate::cli) struct AgreementArgs {
    /// Compare this person with the record; may be given again for more people
    #[arg(long = "as", value_name = "NAME")]
    taggers: Vec<String>,

    /// Only this theme
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,

    /// List what they disagree about
    #[arg(long)]
    disagreements: bool,

    #[command(flatten)]
    period: PeriodArgs,

    #[command(flatten)]
    format: FormatArgs,
}

pub(in crate::cli) fn run(context: &Context, args: &AgreementArgs) -> Result<ExitCode, CommandError> {
    let mut loaded = context.load_sound()?;
    let (second, wrong) = read_second_tags(&mut loaded);
    if !wrong.is_empty() {
        let things = n_of(wrong.len(), "thing is", "things are");
        let error = CommandError::unusable(format!("{things} wrong in `tagging/`, so the figures could be wrong too"));
        return Err(error.hint("`marg check` shows each of them, and what to do"));
    }
    let names = loaded.casebook.names();
    args.taggers.iter().try_for_each(|name| find_tagger(&second, name))?;
    let theme = args.theme.as_deref().map(|id| find_theme(names, id)).transpose()?;
    let period = args.period.period()?;
    let report = agreement(&loaded.casebook, &second, AgreementQuery { taggers: &args.taggers, theme, period });
    let (themes, differences) = (themes(&report, names), differences(&report, names));
    let (shown, tables) = if args.disagreements {
        (&differences, [("Disagreements", &differences), ("Agreement", &themes)])
    } else {
        (&themes, [("Agreement", &themes), ("Disagreements", &differences)])
    };
    let said = said(&report);
    Answer {
        form: "marg/agreement/1",
        text: &|width| if shown.is_empty() { String::new() } else { shown.text(width.table) },
        status: Some(said.join(" ")),
        json: &|| as_json(&report, &themes, &differences),
        tables: &tables,
        names: Some(names),
        about: &|| [("In short".to_owned(), said.join(" ")), about_period(period.since, period.until)].into(),
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

fn find_tagger(second: &[SecondTags], name: &str) -> Result<(), CommandError> {
    let known = second.iter().map(|own| own.tagger.as_str());
    let there = second.iter().any(|own| own.tagger == name);
    there.then_some(()).ok_or_else(|| not_found(format!("nobody called `{name}` has tagged"), name, known, "each person has a folder in `tagging/`"))
}

fn figure(value: Option<f64>) -> Cell {
    value.map(|value| format!("{value:.2}").replace('-', "−")).into()
}

fn stretch(interval: Option<(f64, f64)>) -> Cell {
    interval.map(|(low, high)| format!("{low:.2} to {high:.2}").replace('-', "−")).into()
}

fn themes(report: &AgreementReport, names: Names<'_>) -> Table {
    let mut table = Table::new(vec![
        column("theme", "Theme").ids(Ids::Themes),
        middling("discussions", "Discussions"),
        column("tagged", "Tagged"),
        column("by_all", "By all"),
        column("kappa", "Kappa"),
        column("alpha", "Alpha"),
        middling("alpha_95", "95 %"),
        lesser("note", "Note"),
    ]);
    for row in &report.themes {
        table.row(vec![
            names.theme(row.theme).id.as_str().into(),
            row.n_discussions.into(),
            row.n_tagged.into(),
            row.n_by_all.into(),
            figure(row.kappa),
            figure(row.alpha.value),
            stretch(row.alpha.interval),
            if row.is_enough() { Cell::Nothing } else { "too few to mean much".into() },
        ]);
    }
    table
}

fn differences(report: &AgreementReport, names: Names<'_>) -> Table {
    let mut table = Table::new(vec![
        hidden("date"),
        column("meeting", "Meeting"),
        column("case", "Case"),
        column("theme", "Theme").ids(Ids::Themes),
        column("tagged_by", "Tagged by"),
        column("not_by", "Not by"),
    ]);
    for row in &report.disagreements {
        table.row(vec![
            row.date.into(),
            row.meeting.as_str().into(),
            row.case.as_str().into(),
            names.theme(row.theme).id.as_str().into(),
            row.tagged_by.clone().into(),
            row.not_by.clone().into(),
        ]);
    }
    table
}

/// What a reader has to know beside the table, sentence by sentence.
fn said(report: &AgreementReport) -> Vec<String> {
    if report.taggers.len() < 2 {
        return vec!["Nobody has tagged a second time yet: a person's own tags lie in `tagging/NAME/`, a file a meeting.".to_owned()];
    }
    let people: Vec<String> = report.taggers.iter().map(|(name, looked)| format!("{name} ({looked})")).collect();
    let mut said = vec![format!("{} that two or more looked at: {}.", n_of(report.n_discussions, "discussion", "discussions"), list_of(&people, "and"))];
    if let Some(Coefficient { value: Some(alpha), interval }) = report.sets {
        let stretch = interval.map_or(String::new(), |(low, high)| format!(" (95 %: {low:.2} to {high:.2})"));
        said.push(format!("Over whole sets of themes, alpha is {alpha:.2}{stretch}.").replace('-', "−"));
    }
    if report.n_discussions < FEW_DISCUSSIONS {
        let n = n_of(report.n_discussions, "discussion is", "discussions are");
        said.push(format!("{n} too few for these figures to mean much: at least {FEW_DISCUSSIONS} are needed. The list of disagreements is worth more."));
    } else if report.themes.iter().any(|row| !row.is_enough()) {
        said.push(format!("A theme tagged in fewer than {FEW_TAGGED} discussions has figures that one changed mind would turn over."));
    }
    if report.n_blank_in_record > 0 {
        let n = n_of(report.n_blank_in_record, "discussion", "discussions");
        said.push(format!("In {n} the record has no theme at all, which counts as the answer that none fits."));
    }
    if report.taggers.len() > 2 {
        said.push("Kappa is for two people: `--as NAME` compares one with the record.".to_owned());
    }
    said
}

fn as_json(report: &AgreementReport, themes: &Table, differences: &Table) -> Json {
    let coefficient =
        |found: Coefficient| json!({ "alpha": found.value, "low": found.interval.map(|(low, _)| low), "high": found.interval.map(|(_, high)| high) });
    let mut rows = themes.json();
    for (row, found) in rows.as_array_mut().into_iter().flatten().zip(&report.themes) {
        // Programs get the figures as they are.
        row["kappa"] = json!(found.kappa);
        row["alpha"] = json!(found.alpha.value);
        row["alpha_95"] = json!(found.alpha.interval.map(|(low, high)| [low, high]));
        row["enough"] = json!(found.is_enough());
    }
    json!({
        "taggers": report.taggers.iter().map(|(name, looked)| json!({ "name": name, "discussions": looked })).collect::<Vec<_>>(),
        "discussions": report.n_discussions,
        "blank_in_record": report.n_blank_in_record,
        "sets": report.sets.map(coefficient),
        "themes": rows,
        "disagreements": differences.json(),
    })
}
