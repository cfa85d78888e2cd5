//! `marg case`: one person's story on one page.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value as Json, json};

use super::{actions, cases};
use crate::analysis::{CaseReport, case_report};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::not_found;
use crate::cli::pages::{render, write_for_members};
use crate::cli::table::{Cell, Ids, Table, column, hidden, lesser, middling};
use crate::cli::ui::Widths;
use crate::cli::wrap;
use crate::documents::case_documents;
use crate::model::{BarrierThread, Casebook, Discussion, LearningKind, Ledger, Meeting};
use crate::release::release_case;
use crate::source::{list_of, n_of, printable};

/// Tell one person's story across meetings
///
/// Where the case stands now, what is in the way and how that changed, what was undertaken and what came of it, and then each
/// discussion, oldest first. For members of the meeting only. Without a ref, the cases are listed: open ones first, and of these the
/// one that was discussed last.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg case                           The cases, a line each
  marg case QLM-7KQ2                  The story, as text
  marg case QLM-7KQ2 --page           The story as a page for members, into the folder out/
  marg case QLM-7KQ2 --format json    The same for programs
  marg case QLM-7KQ2 --format csv     The actions, a line each")]
pub(in crate::cli) struct CaseArgs {
    /// The ref of the case; without it, list the cases
    #[arg(value_name = "REF")]
    case: Option<String>,

    /// Write the story as a page (case-REF.html) and as text (case-REF.md), for members only
    #[arg(long, requires = "case")]
    page: bool,

    /// The folder to write the page into, instead of out/ in the workspace
    #[arg(long, value_name = "DIR", requires = "page")]
    out: Option<PathBuf>,

    #[command(flatten)]
    format: FormatArgs,
}

pub(in crate::cli) fn run(context: &Context, args: &CaseArgs) -> Result<ExitCode, CommandError> {
    let Some(case) = &args.case else { return cases::run(context, &args.format) };
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let ledger = Ledger::fold(book);
    let report = find_case(&ledger, case)?;
    if args.page {
        let page = release_case(&ledger, &report);
        let documents = render(context, &loaded.files, |templates| case_documents(templates, &page))?;
        return write_for_members(context, &loaded.files, args.out.as_deref(), &documents);
    }
    let actions = actions::table(&report.actions);
    let barriers = barriers(book, &report.barriers);
    Answer {
        form: "marg/case/1",
        text: &|widths| printable(&text(book, &report, widths)).into_owned(),
        status: None,
        json: &|| object(book, &report, &actions),
        tables: &[("Actions", &actions), ("Barriers", &barriers)],
        names: Some(book.names()),
        about: &|| vec![("Case".to_owned(), report.case.as_str().to_owned()), ("Stands".to_owned(), standing(&report))],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// The case that was asked for.
pub(super) fn find_case<'a>(ledger: &Ledger<'a>, case: &str) -> Result<CaseReport<'a>, CommandError> {
    case_report(ledger, case).ok_or_else(|| no_such_case(ledger.book, ledger, case))
}

fn no_such_case(book: &Casebook, ledger: &Ledger<'_>, case: &str) -> CommandError {
    let on_paper = book.meetings.iter().find(|meeting| {
        let on_agenda = meeting.agenda.iter().any(|item| matches!(&item.subject, crate::model::AgendaSubject::Case(found) if found.as_str() == case));
        on_agenda || meeting.cases.iter().any(|found| found.case.as_str() == case)
    });
    if let Some(meeting) = on_paper {
        return CommandError::usage(format!("no meeting that was held has discussed `{case}` yet")).hint(format!("it is on the agenda of {}", meeting.id));
    }
    let list = "`marg case` lists them all";
    not_found(format!("no meeting has discussed a case `{case}`"), case, ledger.cases.keys().copied(), list)
}

fn text(book: &Casebook, report: &CaseReport<'_>, widths: Widths) -> String {
    let mut text = wrap(&format!("{}: {}", report.case, standing(report)), widths.prose) + "\n";
    let (first, last) = (report.discussions[0].0.date, report.discussions[report.discussions.len() - 1].0.date);
    let times = n_of(report.discussions.len(), "meeting", "meetings");
    let _ = writeln!(text, "Discussed at {times}, from {first} to {last}.");
    if !report.barriers.is_empty() {
        text.push_str("\nWhat is in the way\n");
        text.push_str(&barriers(book, &report.barriers).text(widths.table));
    }
    if !report.actions.is_empty() {
        text.push_str("\nWhat was undertaken\n");
        let mut actions = report.actions.clone();
        actions.sort_by_key(|action| !action.status.is_open());
        text.push_str(&actions::table(&actions).text(widths.table));
    }
    for (meeting, discussion) in &report.discussions {
        tell(&mut text, book, meeting, discussion, widths.prose);
    }
    text
}

fn standing(report: &CaseReport<'_>) -> String {
    match (report.closed, report.next_review) {
        (Some(""), _) => "closed".to_owned(),
        (Some(reason), _) => format!("closed ({})", reason.trim()),
        (None, Some(day)) => format!("open, next review {day}"),
        (None, None) => "open, no next review".to_owned(),
    }
}

fn barriers(book: &Casebook, threads: &[BarrierThread<'_>]) -> Table {
    let mut table = Table::new(vec![
        column("title", "Barrier"),
        hidden("theme"),
        middling("blocks", "Keeps from").ids(Ids::Services),
        middling("at", "Agency").ids(Ids::Agencies),
        column("status", "Status"),
        lesser("story", "How it went"),
        lesser("answer", "Answer"),
    ]);
    for thread in threads {
        let story: Vec<String> = thread.sightings.iter().map(|sighting| format!("{} {}", sighting.meeting.date, sighting.barrier.status)).collect();
        let asked = thread.asked().map(|asked| match (asked.of, asked.on) {
            (_, Some(on)) => format!("asked {on}"),
            _ => "asked".to_owned(),
        });
        let answer: Vec<String> = asked.into_iter().chain(thread.answer().map(|answer| answer.word().to_owned())).collect();
        let theme = book.theme(thread.theme);
        table.row(vec![
            theme.title.as_str().into(),
            theme.id.as_str().into(),
            thread.blocks.map(|key| book.group.service(key).id.as_str()).into(),
            thread.at.map(|key| book.group.agency(key).id.as_str()).into(),
            thread.status().word().into(),
            Cell::List(story),
            Cell::List(answer),
        ]);
    }
    table
}

fn tell(text: &mut String, book: &Casebook, meeting: &Meeting, case: &Discussion, width: usize) {
    let kind = case.kind.map_or(String::new(), |kind| format!(", {kind}"));
    let _ = writeln!(text, "\n{} ({}{kind})", meeting.date, meeting.id);
    let mut paragraph = |label: &str, words: &str| {
        let lead = if label.is_empty() { String::new() } else { format!("{label}: ") };
        let _ = writeln!(text, "{}", wrap(&format!("{lead}{}", words.trim()), width));
    };
    if let Some(referral) = &case.referral {
        for (label, words) in [("Referred because", &referral.reason), ("Tried", &referral.tried), ("The referrer offers", &referral.offer)] {
            if let Some(words) = words {
                paragraph(label, words);
            }
        }
    }
    if let Some(update) = &case.update {
        paragraph("", update);
    }
    for view in &case.views {
        let whose = view.whose.as_deref().unwrap_or("person");
        if let Some(says) = &view.says {
            paragraph(&format!("The {whose} says"), &format!("“{}”", says.trim()));
        }
        if !view.wants.is_empty() {
            paragraph("Wants", &list_of(&view.wants, "and"));
        }
    }
    let needs: Vec<&str> = case.needs.iter().map(|key| book.theme(*key).title.as_str()).collect();
    if !needs.is_empty() {
        paragraph("Needs", &needs.join("; "));
    }
    for decision in &case.decisions {
        paragraph("Decided", &decision.text);
        for (label, words) in [("  Why", &decision.why), ("  Dissent", &decision.dissent)] {
            if let Some(words) = words {
                paragraph(label, words);
            }
        }
    }
    for point in &case.learning {
        paragraph(learned(point.kind), &point.text);
    }
    if let Some(reason) = &case.closed {
        paragraph("Closed", reason);
    }
}

fn learned(kind: LearningKind) -> &'static str {
    match kind {
        LearningKind::Worked => "Worked",
        LearningKind::DidNotWork => "Did not work",
        LearningKind::Question => "Question",
    }
}

fn object(book: &Casebook, report: &CaseReport<'_>, actions: &Table) -> Json {
    let discussion = |(meeting, case): &(&Meeting, &Discussion)| {
        json!({
            "meeting": meeting.id, "date": meeting.date.to_string(), "type": case.kind.map(crate::model::DiscussionKind::word),
            "update": case.update,
            "views": case.views.iter().map(|view| json!({ "whose": view.whose, "says": view.says, "wants": view.wants })).collect::<Vec<_>>(),
            "needs": case.needs.iter().map(|key| book.theme(*key).id.as_str()).collect::<Vec<_>>(),
            "decisions": case.decisions.iter().map(|decision| json!({ "text": decision.text, "why": decision.why, "dissent": decision.dissent })).collect::<Vec<_>>(),
            "learning": case.learning.iter().map(|point| json!({ "id": point.id, "kind": point.kind.to_string(), "text": point.text })).collect::<Vec<_>>(),
            "next_review": case.next_review.map(|day| day.to_string()), "closed": case.closed,
        })
    };
    json!({
        "ref": report.case.as_str(), "closed": report.closed, "next_review": report.next_review.map(|day| day.to_string()),
        "barriers": barriers(book, &report.barriers).json(), "actions": actions.json(),
        "discussions": report.discussions.iter().map(discussion).collect::<Vec<_>>(),
    })
}
