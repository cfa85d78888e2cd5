//! `marg guide THEME --trace`: every line of the guide, followed to the file and line behind it.

use std::process::ExitCode;

use serde_json::json;

use crate::analysis::{Behind, TraceFigure, TraceLine, guide_trace};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::layout::fold_to;
use crate::cli::snippet::places;
use crate::cli::table::{Cell, Table, column, hidden, lesser};
use crate::model::{Period, ThemeKey};
use crate::source::{Place, n_of, printable};
use crate::workspace::Loaded;

pub(super) fn run(context: &Context, loaded: &Loaded, theme: ThemeKey, period: Period, format: &FormatArgs) -> Result<ExitCode, CommandError> {
    let book = &loaded.casebook;
    let lines = guide_trace(book, theme, period);
    let mut found = places(&loaded.files, lines.iter().flat_map(|line| &line.behind).map(|behind| place(*behind)).collect()).into_iter();
    let told: Vec<(TraceLine<'_>, Vec<String>)> = lines
        .into_iter()
        .map(|line| {
            let places = found.by_ref().take(line.behind.len()).collect();
            (line, places)
        })
        .collect();
    let table = table(&told);
    let status = format!(
        "{} of the guide on “{}” followed to {}.",
        n_of(told.len(), "line", "lines"),
        book.theme(theme).title,
        n_of(told.iter().map(|(_, places)| places.len()).sum(), "place", "places")
    );
    Answer {
        form: "marg/guide-trace/1",
        text: &|widths| text(&told, widths.prose),
        status: Some(status.clone()),
        json: &|| json!({ "theme": book.theme(theme).id, "lines": table.json() }),
        tables: &[("Where it stands", &table)],
        names: Some(book.names()),
        about: &|| vec![("Guide".to_owned(), book.theme(theme).title.clone())],
    }
    .give(context, format)?;
    Ok(ExitCode::SUCCESS)
}

fn place(behind: Behind<'_>) -> Place {
    match behind {
        Behind::Barrier(meeting, said, barrier) => meeting.barrier_place(said, barrier),
        Behind::Need(meeting, said, n) => meeting.case_place(said).field("needs").entry(n),
        Behind::View(meeting, said, view) => meeting.case_place(said).field("views").entry(view.nth),
        Behind::Learning(meeting, said, point) => meeting.case_place(said).field("learning").entry(point.nth),
        Behind::Action(meeting, said, action) => meeting.case_place(said).field("actions").entry(action.nth),
        Behind::Feedback(meeting, said) => meeting.case_place(said).field("feedback_to_person"),
        Behind::Recommendation(meeting, n) => meeting.place().field("session").field("recommendations").entry(n),
        Behind::Session(meeting) => meeting.place().field("session"),
        Behind::Field(theme, field) => theme.place().field(field),
        Behind::Text(theme, field) => theme.place().field("guide").field(field),
        Behind::Statement(theme, n) => theme.place().field("guide").field("statements").entry(n),
    }
}

fn figure(figure: Option<TraceFigure>) -> Option<String> {
    figure.map(|figure| match figure {
        TraceFigure::People(n) => n_of(n, "person", "people"),
        TraceFigure::Times(n) => n_of(n, "time", "times"),
    })
}

fn one_line(text: &str) -> String {
    printable(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// Part by part; what a line says, and below it where that stands.
fn text(told: &[(TraceLine<'_>, Vec<String>)], width: usize) -> String {
    let mut text = String::new();
    let mut part = "";
    for (line, places) in told {
        if line.part != part {
            part = line.part;
            text.push_str(&format!("{}{part}\n", if text.is_empty() { "" } else { "\n" }));
        }
        // A text of several paragraphs is known by its beginning.
        let mut said = one_line(&line.says);
        if said.chars().count() > 160 {
            said = said.chars().take(159).chain(['…']).collect();
        }
        let said = figure(line.figure).map_or_else(|| said.clone(), |figure| format!("{said}: {figure}"));
        fold_to(&said, width.saturating_sub(2)).iter().for_each(|line| text.push_str(&format!("  {line}\n")));
        let of = line.behind.iter().zip(places).map(|(behind, place)| behind.of().1.map_or_else(|| place.clone(), |case| format!("{place} {case}")));
        let of = of.collect::<Vec<_>>().join(" · ");
        fold_to(&of, width.saturating_sub(6)).iter().for_each(|line| text.push_str(&format!("      {line}\n")));
    }
    text
}

/// A row for each place.
fn table(told: &[(TraceLine<'_>, Vec<String>)]) -> Table {
    let mut table = Table::new(vec![
        column("part", "Part"),
        column("says", "What it says"),
        lesser("figure", "Figure"),
        hidden("people"),
        hidden("times"),
        lesser("case", "Case"),
        lesser("meeting", "Meeting"),
        column("place", "File and line"),
    ]);
    for (line, places) in told {
        let number = |n: usize| Cell::Number(i64::try_from(n).unwrap_or(i64::MAX));
        let (people, times) = match line.figure {
            Some(TraceFigure::People(n)) => (number(n), Cell::from(None::<String>)),
            Some(TraceFigure::Times(n)) => (Cell::from(None::<String>), number(n)),
            None => (Cell::from(None::<String>), Cell::from(None::<String>)),
        };
        for (behind, place) in line.behind.iter().zip(places) {
            let (meeting, case) = behind.of();
            table.row(vec![
                line.part.into(),
                one_line(&line.says).into(),
                figure(line.figure).into(),
                people.clone(),
                times.clone(),
                case.into(),
                meeting.map(|meeting| meeting.id.as_str()).into(),
                place.as_str().into(),
            ]);
        }
    }
    table
}
