//! `marg barriers THEME`: one barrier, down to every occurrence.

use std::process::ExitCode;

use chrono::NaiveDate;
use serde_json::json;

use crate::analysis::{BarrierDetail, BarrierQuery, Companion, Occurrence, Stretch, barrier_detail, barrier_subject, in_sentence};
use crate::cli::answer::{Answer, FormatArgs, about_period};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::snippet::places;
use crate::cli::table::{Cell, Ids, Table, column, hidden, lesser, middling};
use crate::cli::ui::Widths;
use crate::model::{Casebook, ThemeKey, ThemeKind};
use crate::source::{list_of, n_of, printable};
use crate::workspace::Loaded;

pub(super) fn run(context: &Context, loaded: &Loaded, theme: ThemeKey, query: &BarrierQuery, format: &FormatArgs) -> Result<ExitCode, CommandError> {
    let book = &loaded.casebook;
    let known = book.theme(theme);
    if known.kind != ThemeKind::Barrier {
        let error = CommandError::usage(format!("`{}` is a theme of kind {}, not a barrier", known.id, known.kind));
        return Err(error.hint("`marg barriers --by need` counts barriers by need"));
    }
    let detail = barrier_detail(book, theme, query);
    let table = occurrences(loaded, &detail);
    let (needs, barriers) = (companions(&detail.needs), companions(&detail.barriers));
    let sentences: Vec<String> = detail.stretches.iter().map(|stretch| sentence(book, &known.title, stretch)).collect();
    let (since, until) = (detail.report.since, detail.report.until);
    Answer {
        form: "marg/barrier/1",
        text: &|widths| text(book, &detail, &table, widths),
        status: None,
        json: &|| {
            json!({
                "theme": known.id, "title": known.title,
                "since": since.map(|day| day.to_string()), "until": until.map(|day| day.to_string()),
                "people": detail.row.as_ref().map_or(0, |row| row.people),
                "sentences": sentences, "needs": needs.json(), "barriers": barriers.json(), "occurrences": table.json(),
            })
        },
        tables: &[("Occurrences", &table), ("Needs that come with it", &needs), ("Barriers that come with it", &barriers)],
        names: Some(book.names()),
        about: &|| {
            let mut about = vec![("Barrier".to_owned(), known.title.clone()), about_period(since, until)];
            about.extend(sentences.iter().map(|sentence| (String::new(), sentence.clone())));
            about
        },
    }
    .give(context, format)?;
    Ok(ExitCode::SUCCESS)
}

fn text(book: &Casebook, detail: &BarrierDetail<'_>, table: &Table, widths: Widths) -> String {
    let width = widths.prose;
    let theme = book.theme(detail.theme);
    let mut text = format!("{}\n", printable(&theme.title));
    if let Some(definition) = &theme.definition {
        text.push_str(&format!("{}\n", crate::cli::wrap(&printable(definition.trim()), width)));
    }
    text.push('\n');
    if detail.occurrences.is_empty() {
        return text + "It was not met at any meeting of this period.\n";
    }
    for stretch in &detail.stretches {
        text.push_str(&crate::cli::wrap(&printable(&sentence(book, &theme.title, stretch)), width));
        text.push('\n');
    }
    let rules = rules(book, detail);
    if !rules.is_empty() {
        text.push_str("\nThe rules behind it, as they are worded:\n");
        for rule in rules {
            text.push_str(&format!("- {}\n", crate::cli::wrap(&printable(&rule), width.saturating_sub(2)).replace('\n', "\n  ")));
        }
    }
    for (heading, companions) in [("It comes with these needs", &detail.needs), ("and with these other barriers", &detail.barriers)] {
        if !companions.is_empty() {
            let named: Vec<String> = companions.iter().take(6).map(|other| format!("{} ({})", other.title, other.people)).collect();
            text.push_str(&format!("\n{}\n", crate::cli::wrap(&printable(&format!("{heading}: {}.", list_of(&named, "and"))), width)));
        }
    }
    text + "\n" + &table.text(widths.table)
}

/// Each rule once, with whose it is, in the order in which they were met.
fn rules(book: &Casebook, detail: &BarrierDetail<'_>) -> Vec<String> {
    let mut rules: Vec<String> = Vec::new();
    for occurrence in &detail.occurrences {
        let Some(rule) = &occurrence.barrier.rule else { continue };
        let whose = occurrence.barrier.at.map_or(String::new(), |key| format!(" ({})", book.group.agency(key).name));
        let worded = format!("“{}”{whose}", rule.trim());
        if !rules.contains(&worded) {
            rules.push(worded);
        }
    }
    rules
}

/// The barrier as a sentence, with what became of it and what came of asking.
fn sentence(book: &Casebook, title: &str, stretch: &Stretch) -> String {
    let row = &stretch.row;
    let service = stretch.blocks.map_or("a service that is not named".to_owned(), |key| in_sentence(&book.group.service(key).name));
    let at = stretch.at.map_or("an agency that is not named", |key| &book.group.agency(key).name);
    let still = match row.live {
        0 if row.people == 1 => "no longer".to_owned(),
        1 if row.people == 1 => "still".to_owned(),
        0 => "none of them still".to_owned(),
        n if n == row.people => "all of them still".to_owned(),
        n => format!("{n} of them still"),
    };
    let people = n_of(row.people, "person", "people");
    let answers: Vec<String> =
        [("flexed once", row.flexed_once), ("changed for all", row.changed_for_all), ("refused", row.refused), ("no reply", row.no_reply)]
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(answer, n)| format!("{answer} {n}"))
            .collect();
    let asked = match (row.asked, answers.is_empty()) {
        (0, true) => "nobody has been asked".to_owned(),
        (0, false) => answers.join(", "),
        (n, true) => format!("asked {}, no answer recorded", times(n)),
        (n, false) => format!("asked {}: {}", times(n), answers.join(", ")),
    };
    format!("{} keeps people from {service} at {at}: {people} since {}, {still}; {asked}.", barrier_subject(title), month(row.first_seen))
}

fn times(n: usize) -> String {
    if n == 1 { "once".to_owned() } else { format!("{n} times") }
}

fn month(day: NaiveDate) -> String {
    day.format("%B %Y").to_string()
}

fn companions(companions: &[Companion]) -> Table {
    let mut table = Table::new(vec![column("theme", "Theme"), column("title", "Title"), column("people", "People")]);
    for other in companions {
        table.row(vec![other.id.as_str().into(), other.title.as_str().into(), other.people.into()]);
    }
    table
}

fn occurrences(loaded: &Loaded, detail: &BarrierDetail<'_>) -> Table {
    let book = &loaded.casebook;
    let mut table = Table::new(vec![
        column("date", "Date"),
        column("case", "Case"),
        column("status", "Status"),
        lesser("blocks", "Keeps from").ids(Ids::Services),
        lesser("at", "Agency").ids(Ids::Agencies),
        hidden("rule"),
        hidden("cause"),
        hidden("asked_of").ids(Ids::Agencies),
        hidden("asked_on"),
        column("answer", "Answer"),
        hidden("evidence"),
        hidden("meeting"),
        middling("place", "File and line"),
    ]);
    let at = places(&loaded.files, detail.occurrences.iter().map(|o| o.meeting.barrier_place(o.discussion, o.barrier)).collect());
    for (occurrence, place) in detail.occurrences.iter().zip(at) {
        table.row(cells(book, occurrence, place));
    }
    table
}

fn cells(book: &Casebook, occurrence: &Occurrence<'_>, place: String) -> Vec<Cell> {
    let barrier = occurrence.barrier;
    let asked = barrier.asked.as_ref();
    let answer = match (barrier.answer, asked) {
        (Some(answer), _) => Some(answer.word().to_owned()),
        (None, Some(_)) => Some("asked".to_owned()),
        (None, None) => None,
    };
    vec![
        occurrence.meeting.date.into(),
        occurrence.discussion.case.as_str().into(),
        barrier.status.word().into(),
        barrier.blocks.map(|key| book.group.service(key).id.as_str()).into(),
        barrier.at.map(|key| book.group.agency(key).id.as_str()).into(),
        barrier.rule.as_deref().into(),
        barrier.cause.as_deref().into(),
        asked.and_then(|asked| asked.of).map(|key| book.group.agency(key).id.as_str()).into(),
        asked.and_then(|asked| asked.on).into(),
        answer.into(),
        barrier.evidence.as_deref().into(),
        occurrence.meeting.id.as_str().into(),
        place.into(),
    ]
}
