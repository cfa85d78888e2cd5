//! `marg offers --for` and `--roadmap`: what there is to take part in, for one person and for everybody.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::guide::tell_hard;
use crate::analysis::{Fit, Matched, opportunities_for};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::not_found;
use crate::cli::pages::{render, tell_withheld, write_for};
use crate::cli::table::{Table, column, hidden, lesser, middling};
use crate::documents::roadmap_documents;
use crate::model::Ledger;
use crate::release::release_roadmap;
use crate::source::n_of;
use crate::workspace::Loaded;

pub(super) fn run(context: &Context, loaded: &Loaded, asked: &str, format: &FormatArgs) -> Result<ExitCode, CommandError> {
    let book = &loaded.casebook;
    let ledger = Ledger::fold(book);
    let case = asked.to_uppercase();
    let matched = opportunities_for(&ledger, &case)
        .ok_or_else(|| not_found(format!("no meeting knows `{case}`"), &case, ledger.cases.keys().copied(), "`marg case` lists them all"))?;
    let fitting = matched.iter().filter(|one| one.fit == Fit::Fits).count();
    let table = table(&matched);
    let said = match matched.len() {
        0 => "No opportunities are written down: they stand under `opportunities` in marg.yaml.".to_owned(),
        n => format!("{fitting} of {} for {case}. It is the person who decides.", n_of(n, "opportunity fits", "opportunities fit")),
    };
    Answer {
        form: "marg/opportunities/1",
        text: &|widths| if table.is_empty() { String::new() } else { table.text(widths.table) },
        status: Some(said),
        json: &|| json!({ "for": case, "opportunities": table.json() }),
        tables: &[("Opportunities", &table)],
        names: Some(book.names()),
        about: &|| vec![("For".to_owned(), case.clone())],
    }
    .give(context, format)?;
    Ok(ExitCode::SUCCESS)
}

fn table(matched: &[Matched<'_>]) -> Table {
    let mut table = Table::new(vec![
        hidden("id"),
        column("what", "What"),
        middling("by", "Agency"),
        column("fit", "Fits?"),
        column("why", "Why"),
        middling("route", "How to get there"),
        lesser("offered_on", "Offered on"),
        lesser("answer", "Answer"),
        lesser("checked_on", "Last checked"),
    ]);
    for one in matched {
        let opportunity = one.opportunity;
        table.row(vec![
            opportunity.id.as_str().into(),
            opportunity.what.as_str().into(),
            opportunity.by.as_deref().into(),
            one.fit.word().into(),
            one.why.join("; ").into(),
            opportunity.route.as_deref().into(),
            one.offered.as_ref().map(|(date, _)| *date).into(),
            one.offered.as_ref().and_then(|(_, answer)| answer.as_deref()).into(),
            opportunity.checked_on.into(),
        ]);
    }
    table
}

pub(super) fn roadmap(context: &Context, loaded: &Loaded, out: Option<&Path>) -> Result<ExitCode, CommandError> {
    let book = &loaded.casebook;
    let page = release_roadmap(book);
    tell_withheld(context, page.withheld());
    let on_it = book.group.opportunities.iter().filter(|one| one.level.is_some());
    tell_hard(context, book, on_it.map(|one| one.says.as_deref().unwrap_or(&one.what)));
    if page.levels.is_empty() {
        context.ui.hint("`opportunities` in marg.yaml say what there is; `level: come-along` puts one on the roadmap");
    }
    let documents = render(context, &loaded.files, |templates| roadmap_documents(templates, &page))?;
    write_for(context, &loaded.files, out, page.audience(), &documents)
}
