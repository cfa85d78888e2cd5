//! `marg suggest --evaluate` and `--indicators`: how good suggestions are here, and what would make them better.

use std::process::ExitCode;

use serde_json::{Value as Json, json};

use crate::analysis::{Evaluation, Figures, MethodFigures, Suggester};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::table::{Cell, Ids, Table, column, hidden, lesser, middling};
use crate::cli::wrap;
use crate::model::{Casebook, ThemeKey};
use crate::source::n_of;

pub(super) fn evaluate(context: &Context, book: &Casebook, theme: Option<ThemeKey>, format: &FormatArgs) -> Result<ExitCode, CommandError> {
    let suggester = Suggester::new(book);
    let evaluation = suggester.evaluate().map_err(|few| {
        let tagged = n_of(few.notes, "discussion is", "discussions are");
        CommandError::unusable(format!("{tagged} tagged, and figures from fewer than {} would be chance", few.least))
            .hint("`marg suggest` works all the same, by the phrases of the codebook")
    })?;
    let (methods, themes) = (methods(&evaluation), themes(book, &evaluation, theme));
    Answer {
        form: "marg/suggest-evaluation/1",
        text: &|widths| {
            format!(
                "{}\n\n{}\n{}\n\n{}",
                wrap(&in_words(&evaluation), widths.prose),
                methods.text(widths.table),
                wrap("By theme, for what `marg suggest` does:", widths.prose),
                themes.text(widths.table)
            )
        },
        status: Some(what_it_means(&evaluation)),
        json: &|| object(book, &evaluation, &themes),
        tables: &[("By theme", &themes), ("Ways of finding", &methods)],
        names: Some(book.names()),
        about: &|| vec![("Discussions".to_owned(), evaluation.notes.to_string()), ("Meetings".to_owned(), evaluation.meetings.to_string())],
    }
    .give(context, format)?;
    Ok(ExitCode::SUCCESS)
}

fn in_words(evaluation: &Evaluation) -> String {
    let last = &evaluation.methods[evaluation.methods.len() - 1];
    format!(
        "{} of {} were asked about as if their own meeting had not been tagged. Of {} that were suggested, {} in 100 had been confirmed by people; of {} that \
         people had given, {} in 100 were suggested.",
        n_of(evaluation.notes, "tagged discussion", "tagged discussions"),
        n_of(evaluation.meetings, "meeting", "meetings"),
        n_of(last.micro.suggested, "theme", "themes"),
        percent(last.micro.precision()),
        n_of(last.micro.confirmed, "theme", "themes"),
        percent(last.micro.recall()),
    )
}

fn what_it_means(evaluation: &Evaluation) -> String {
    let few = evaluation.themes.iter().filter(|of| of.figures.confirmed > 0 && of.figures.confirmed < FEW).count();
    let few =
        if few > 0 { format!(" {} confirmed fewer than {FEW} times: its figures are chance.", n_of(few, "theme was", "themes were")) } else { String::new() };
    format!("What people did not tag counts as wrong here, though some of it may have been overlooked.{few}")
}

/// Of a theme that was confirmed less often, figures say little.
const FEW: usize = 10;

fn percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

fn figure_cells(figures: Figures) -> Vec<Cell> {
    let shares = [figures.precision(), figures.recall(), figures.f1()].map(|share| Cell::Number(percent(share)));
    [figures.confirmed.into(), figures.suggested.into(), figures.right.into()].into_iter().chain(shares).collect()
}

fn methods(evaluation: &Evaluation) -> Table {
    let mut table = Table::new(vec![
        column("method", "Way of finding"),
        lesser("confirmed", "Confirmed"),
        middling("suggested", "Suggested"),
        middling("right", "Right"),
        column("precision", "Precision").in_full("Precision, in 100"),
        column("recall", "Recall").in_full("Recall, in 100"),
        column("f1", "F1").in_full("F1, in 100"),
        lesser("macro_precision", "Precision by theme").in_full("Mean precision of themes, in 100"),
        lesser("macro_recall", "Recall by theme").in_full("Mean recall of themes, in 100"),
        lesser("macro_f1", "F1 by theme").in_full("Mean F1 of themes, in 100"),
    ]);
    for method in &evaluation.methods {
        let means = [method.macro_precision, method.macro_recall, method.macro_f1].map(|mean| Cell::Number(percent(mean)));
        table.row([vec![method.name.into()], figure_cells(method.micro), means.into()].concat());
    }
    table
}

fn themes(book: &Casebook, evaluation: &Evaluation, wanted: Option<ThemeKey>) -> Table {
    let mut table = Table::new(vec![
        column("theme", "Theme").ids(Ids::Themes),
        column("confirmed", "Confirmed"),
        middling("suggested", "Suggested"),
        middling("right", "Right"),
        column("precision", "Precision").in_full("Precision, in 100"),
        column("recall", "Recall").in_full("Recall, in 100"),
        lesser("f1", "F1").in_full("F1, in 100"),
    ]);
    for of in evaluation.themes.iter().filter(|of| wanted.is_none_or(|wanted| wanted == of.theme)) {
        table.row([vec![book.theme(of.theme).id.as_str().into()], figure_cells(of.figures)].concat());
    }
    table
}

fn object(book: &Casebook, evaluation: &Evaluation, themes: &Table) -> Json {
    let decisions: Vec<Json> = evaluation
        .decisions
        .iter()
        .map(|of| json!({ "meeting": of.meeting, "ref": of.case, "theme": book.theme(of.theme).id, "suggested": of.suggested, "confirmed": of.confirmed }))
        .collect();
    json!({
        "meetings": evaluation.meetings, "discussions": evaluation.notes,
        "methods": evaluation.methods.iter().map(method).collect::<Vec<_>>(), "themes": themes.json(), "decisions": decisions,
    })
}

fn method(of: &MethodFigures) -> Json {
    json!({
        "method": of.name, "confirmed": of.micro.confirmed, "suggested": of.micro.suggested, "right": of.micro.right,
        "precision": of.micro.precision(), "recall": of.micro.recall(), "f1": of.micro.f1(),
        "macro_precision": of.macro_precision, "macro_recall": of.macro_recall, "macro_f1": of.macro_f1,
    })
}

pub(super) fn indicators(context: &Context, book: &Casebook, theme: Option<ThemeKey>, format: &FormatArgs) -> Result<ExitCode, CommandError> {
    let mut suggester = Suggester::new(book);
    let proposals = suggester.new_indicators(theme);
    let mut table = Table::new(vec![
        column("theme", "Theme").ids(Ids::Themes),
        column("words", "Words"),
        column("with_theme", "With it"),
        column("discussions", "Of all"),
        middling("people", "People"),
        lesser("times", "Times as often").in_full("How many times as often as in all discussions"),
        lesser("example", "For example"),
        hidden("meeting"),
    ]);
    for proposal in &proposals {
        table.row(vec![
            book.theme(proposal.theme).id.as_str().into(),
            proposal.words.as_str().into(),
            proposal.with_theme.into(),
            proposal.notes.into(),
            proposal.people.into(),
            format!("{:.1}", proposal.times).into(),
            format!("{}@{}", proposal.case, proposal.meeting).into(),
            proposal.meeting.as_str().into(),
        ]);
    }
    let status = match proposals.is_empty() {
        true => {
            format!("Nothing to propose from {}: words have to recur for several people.", n_of(suggester.n_notes(), "tagged discussion", "tagged discussions"))
        }
        false => {
            "Words that stand with a theme far more often than by chance. What fits goes under `indicators` in the theme's file; not all of it will.".to_owned()
        }
    };
    Answer {
        form: "marg/suggest-indicators/1",
        text: &|widths| if table.is_empty() { String::new() } else { table.text(widths.table) },
        status: Some(status),
        json: &|| json!({ "learnt_from": suggester.n_notes(), "indicators": table.json() }),
        tables: &[("New indicators", &table)],
        names: Some(book.names()),
        about: &|| vec![("Learnt from".to_owned(), suggester.n_notes().to_string())],
    }
    .give(context, format)?;
    Ok(ExitCode::SUCCESS)
}
