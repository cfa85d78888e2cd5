//! `marg template check`: every kind of page, made with the workspace's own data and templates, and thrown away.

use std::process::ExitCode;

use super::{guide, report};
use crate::analysis::{CopQuery, case_report, cop_facts, minutes};
use crate::cli::context::Context;
use crate::cli::error::{CommandError, NOT_IN_ORDER};
use crate::cli::pages::load_templates;
use crate::documents::{
    Made, TemplateProblem, Templates, case_documents, checklist_documents, cop_documents, guide_documents, minutes_documents, report_documents,
    roadmap_documents, room_document, series_documents, short_documents,
};
use crate::model::{Casebook, Ledger, Meeting, MeetingStatus, Period, ThemeKey};
use crate::release::{Audience, Position, release_case, release_cop, release_minutes, release_roadmap, release_room, release_series};
use crate::source::{n_of, printable};
use crate::workspace::{Loaded, own_templates};

/// A few cases, meetings and themes are enough to see whether a template works.
const OF_EACH: usize = 6;

pub(super) fn run(context: &Context) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let (templates, mut problems) = load_templates(context, loaded.files.root());
    let mut own = own_templates(loaded.files.root()).texts;
    let mut made = every_page(&loaded, &templates);
    // A template that breaks hides what is wrong with others on the same page: without it, they are seen too.
    loop {
        let new: Vec<TemplateProblem> = broken(&made).into_iter().filter(|problem| !problems.contains(problem)).collect();
        if new.is_empty() {
            break;
        }
        own.retain(|(name, _)| new.iter().all(|problem| problem.name != *name));
        problems.extend(new);
        made = every_page(&loaded, &Templates::new(&own).0);
    }
    for problem in &problems {
        let why = problem.why.as_deref().unwrap_or("no page is made from a template of this name");
        context.ui.answer(&format!("wrong: `templates/{}`\n{}\n\n", printable(&problem.name), printable(why.trim_end())));
    }
    if problems.is_empty() {
        context.ui.status(&format!("{} made and thrown away: the templates are in order.", n_of(made.len(), "page", "pages")));
        return Ok(ExitCode::SUCCESS);
    }
    context.ui.status(&format!("{} wrong with the templates.", n_of(problems.len(), "thing is", "things are")));
    Ok(ExitCode::from(NOT_IN_ORDER))
}

/// What kept pages from being made, each thing once.
fn broken(made: &Made) -> Vec<TemplateProblem> {
    let mut problems: Vec<TemplateProblem> = Vec::new();
    for error in made.iter().filter_map(|document| document.as_ref().err()) {
        let problem = TemplateProblem { name: error.name.clone(), why: Some(error.why.clone()) };
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    problems
}

fn every_page(loaded: &Loaded, templates: &Templates) -> Made {
    let book = &loaded.casebook;
    let ledger = Ledger::fold(book);
    let mut made = Made::new();
    for audience in [Audience::Members, Audience::Board, Audience::Public] {
        made.extend(report_documents(templates, &report::page(loaded, Period::default(), audience)));
        for theme in themes(book) {
            let page = guide::page(book, theme, Period::default(), audience);
            made.extend(guide_documents(templates, &page).into_iter().chain(checklist_documents(templates, &page)).chain(short_documents(templates, &page)));
        }
    }
    made.extend(roadmap_documents(templates, &release_roadmap(book)));
    for theme in themes(book) {
        made.extend(cop_documents(templates, &release_cop(book, &cop_facts(book, theme, CopQuery::default()))));
        made.extend(series_documents(templates, &release_series(book, theme)));
    }
    let cases = ledger.cases.keys().take(OF_EACH).filter_map(|case| case_report(&ledger, case));
    made.extend(cases.flat_map(|report| case_documents(templates, &release_case(&ledger, &report))));
    let meetings = meetings(book);
    made.extend(meetings.iter().map(|meeting| room_document(templates, &release_room(book, meeting, Position::at_the_start(meeting)))));
    let meetings = meetings.into_iter();
    made.extend(meetings.flat_map(|meeting| minutes_documents(templates, &release_minutes(book, &minutes(&ledger, meeting)))));
    made
}

/// Themes that somebody writes a guide on come first.
fn themes(book: &Casebook) -> Vec<ThemeKey> {
    let mut keys: Vec<ThemeKey> = (0..book.themes.len()).map(|at| ThemeKey(at as u32)).collect();
    keys.sort_by_key(|key| book.theme(*key).guide.is_none());
    keys.truncate(OF_EACH);
    keys
}

/// The newest of each kind and status.
fn meetings(book: &Casebook) -> Vec<&Meeting> {
    let mut newest: Vec<&Meeting> = Vec::new();
    for meeting in book.meetings.iter().rev() {
        let same = |known: &&Meeting| (&known.kind, known.status) == (&meeting.kind, meeting.status);
        if newest.iter().filter(|known| same(known)).count() < if meeting.status == MeetingStatus::Planned { 1 } else { 2 } {
            newest.push(meeting);
        }
    }
    newest.truncate(2 * OF_EACH);
    newest
}
