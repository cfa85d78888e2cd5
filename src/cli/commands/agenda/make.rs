//! The file of the next meeting, or what is missing on it.

use std::collections::BTreeMap;
use std::process::ExitCode;

use chrono::NaiveDate;

use super::AgendaArgs;
use crate::analysis::{Agenda, AgendaProposal, Basis, Series, SeveralGroups, agenda};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::not_found;
use crate::cli::table::{Table, column, lesser};
use crate::model::{AgendaItem, AgendaSubject, Casebook, Confidentiality, DiscussionKind, Ledger, Meeting, MeetingStatus, known};
use crate::source::{FileId, list_of, n_of};
use crate::workspace::{self, Files, Loaded};
use crate::yaml::Remark;

pub(super) fn run(context: &Context, args: &AgendaArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let ledger = Ledger::fold(book);
    let series = find_series(book, &args.kind)?;
    let date = day_of(book, &series, args.date)?;
    let agenda = agenda(&ledger, &series, date);
    match series.meetings.iter().copied().find(|meeting| meeting.date == date) {
        Some(there) if there.status != MeetingStatus::Planned => {
            Err(CommandError::usage(format!("{} was held already", there.id)).hint("give the day of the next one to `--date`"))
        }
        Some(there) => complete(context, args, &loaded, there, &agenda),
        None if args.update => Err(no_file(&series, date)),
        None => make(context, args, &loaded, &series, &agenda),
    }
}

fn no_file(series: &Series<'_>, date: NaiveDate) -> CommandError {
    let error = CommandError::usage(format!("there is no file of the meeting `{}` on {date} to add to", series.name));
    error.hint("`marg agenda` without `--update` makes it")
}

/// The meetings that are meant.
pub(super) fn find_series<'a>(book: &'a Casebook, asked: &str) -> Result<Series<'a>, CommandError> {
    let series = Series::find(book, asked).map_err(|SeveralGroups(names)| {
        let some: Vec<String> = names.iter().take(6).map(|name| format!("`--kind {name}`")).collect();
        CommandError::usage(format!("several groups have meetings of the kind `{asked}` here"))
            .hint(format!("say whose is meant, such as {}", list_of(&some, "or")))
    })?;
    let known_kind = known::MEETINGS.contains(&asked) || book.group.own_words("meetings").iter().any(|own| own == asked);
    if series.meetings.is_empty() && !known_kind {
        let kinds = book.meetings.iter().map(|meeting| meeting.kind.as_str()).chain(known::MEETINGS.iter().copied());
        return Err(not_found(format!("there is no meeting of the kind `{asked}`"), asked, kinds, "`marg meetings` lists the meetings with their kinds"));
    }
    Ok(series)
}

/// The day of the next meeting: as asked for, or that of the file which is there already, or as the last meeting said.
fn day_of(book: &Casebook, series: &Series<'_>, asked: Option<NaiveDate>) -> Result<NaiveDate, CommandError> {
    if let Some(day) = asked {
        let past = || CommandError::usage(format!("{day} is past: today is {}", book.today)).hint("give a day to come to `--date`");
        return if day < book.today { Err(past()) } else { Ok(day) };
    }
    if let Some(planned) = series.planned_from(book.today).next() {
        return Ok(planned.date);
    }
    let last = series.meetings.last();
    match last.and_then(|last| last.next_meeting) {
        Some(day) if day >= book.today => Ok(day),
        Some(day) => Err(no_day(series, format!("the last meeting said that the next one is on {day}, and that is past"))),
        None if last.is_none() => Err(no_day(series, "there is no meeting yet that says when the next one is".to_owned())),
        None => Err(no_day(series, "the last meeting does not say when the next one is".to_owned())),
    }
}

fn no_day(series: &Series<'_>, why: String) -> CommandError {
    let apart = match series.meetings.as_slice() {
        [.., before, last] => Some((last.date - before.date, last.date + (last.date - before.date))),
        _ => None,
    };
    let hint = match apart {
        Some((days, next)) => {
            format!("give the day to `--date`; the last two were {} apart, so perhaps `--date {next}`", n_of(days.num_days() as usize, "day", "days"))
        }
        None => "give the day to `--date`, such as `--date 2026-05-14`".to_owned(),
    };
    CommandError::usage(why).hint(hint)
}

/// Writes the file.
fn make(context: &Context, args: &AgendaArgs, loaded: &Loaded, series: &Series<'_>, agenda: &Agenda<'_>) -> Result<ExitCode, CommandError> {
    let book = &loaded.casebook;
    let mut meeting = meeting(series, agenda);
    meeting.confidentiality = under_agreement(context, args, book, agenda.date)?;
    if args.dry_run {
        context.ui.answer(&table(&agenda.lines.iter().collect::<Vec<_>>()).text(context.ui.table_width));
        context.ui.status(&format!("{} would be made: {}.", meeting.id, in_words(agenda, meeting.length(&book.group))));
    } else {
        let remark = Remark { above: "agenda", lines: remarks(agenda, meeting.length(&book.group)) };
        let folder = folder_of(&loaded.files, agenda);
        let made = workspace::new_meeting_in(loaded.files.root(), context.clock, book.names(), &folder, &meeting, &[remark])?;
        context.ui.answer(&format!("{}\n", made.path));
        context
            .ui
            .status(&format!("Made: {}. Why each case is on it stands in the file; change it as you like.", in_words(agenda, meeting.length(&book.group))));
    }
    tell(context, agenda, agenda.booked(), meeting.length(&book.group));
    Ok(ExitCode::SUCCESS)
}

/// A group whose agreement to share has lapsed makes no new meeting, unless somebody says why, for the record.
fn under_agreement(context: &Context, args: &AgendaArgs, book: &Casebook, date: NaiveDate) -> Result<Option<Confidentiality>, CommandError> {
    let Some((agreement, day)) = book.group.information_sharing.as_ref().and_then(|sharing| Some((&sharing.agreement, sharing.review_by?))) else {
        return Ok(None);
    };
    let name = agreement.as_deref().map_or_else(|| "the sharing agreement".to_owned(), |name| format!("the sharing agreement {name}"));
    if day >= book.today {
        if day < date {
            context.ui.warning(&format!("{name} is to be reviewed by {day}, before this meeting"));
        }
        return Ok(None);
    }
    match args.although.as_deref().map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) => Ok(Some(Confidentiality { although: Some(reason.to_owned()), ..Confidentiality::default() })),
        None if args.dry_run => {
            context.ui.warning(&format!("{name} was to be reviewed by {day}: without `--although REASON` this meeting is not made"));
            Ok(None)
        }
        None => Err(CommandError::not_in_order(format!("{name} was to be reviewed by {day}, so nobody is bound by it now"))
            .hint("review it, then set the next `review_by` under `information_sharing` in marg.yaml")
            .hint("if the group has to meet all the same, say why: `--although \"REASON\"`; it stands in the meeting's file")),
    }
}

/// Says what is missing on the agenda that is there, and adds it if asked to.
fn complete(context: &Context, args: &AgendaArgs, loaded: &Loaded, there: &Meeting, agenda: &Agenda<'_>) -> Result<ExitCode, CommandError> {
    let missing: Vec<&AgendaProposal> = agenda.cases().filter(|line| !there.agenda.iter().any(|item| item.subject == line.subject)).collect();
    let path = loaded.files.path(there.file);
    if args.update && !args.dry_run && !missing.is_empty() {
        let add = |meeting: &mut Meeting, _: crate::model::Names<'_>| missing.iter().for_each(|line| put_on(meeting, line));
        let (amended, ()) = workspace::change(loaded.files.root(), context.clock, &there.id, add)?;
        context.ui.answer(&format!("{}\n", amended.path));
        let cases: Vec<String> = missing.iter().map(|line| line.words()).collect();
        context.ui.status(&format!("Added to its agenda: {}.", list_of(&cases, "and")));
    } else if missing.is_empty() {
        context.ui.status(&format!("{path} is there, and every case that is due by then is on its agenda."));
    } else {
        context.ui.answer(&table(&missing).text(context.ui.table_width));
        let n = n_of(missing.len(), "case is", "cases are");
        context.ui.status(&format!("{path} is there and was left as it is; {n} due by then and not on its agenda. `marg agenda --update` adds them."));
    }
    closed_since(context, &loaded.casebook, there);
    let added: u32 = if args.update { missing.iter().map(|line| line.guess.minutes).sum() } else { 0 };
    tell(context, agenda, there.booked() + added, there.length(&loaded.casebook.group));
    Ok(ExitCode::SUCCESS)
}

/// Puts a case on an agenda: behind the last case, or before what ends a meeting.
pub(super) fn put_on(meeting: &mut Meeting, line: &AgendaProposal) {
    if meeting.agenda.iter().any(|item| item.subject == line.subject) {
        return;
    }
    let is_case = |item: &AgendaItem| matches!(item.subject, AgendaSubject::Case(_));
    let ends = |item: &AgendaItem| match &item.subject {
        AgendaSubject::Item(words) => crate::analysis::Standing::AFTER_CASES.iter().any(|standing| standing.is_meant_by(words)),
        AgendaSubject::Case(_) => false,
    };
    let first = meeting.agenda.iter().position(is_case);
    let behind_cases = meeting.agenda.iter().rposition(is_case).map(|at| at + 1);
    let at = match line.kind {
        Some(DiscussionKind::Urgent) if first.is_some() => first,
        _ => behind_cases,
    };
    let at = at.or_else(|| meeting.agenda.iter().position(ends)).unwrap_or(meeting.agenda.len());
    meeting.agenda.insert(at, item(line));
}

fn item(line: &AgendaProposal) -> AgendaItem {
    AgendaItem { nth: 0, subject: line.subject.clone(), minutes: Some(line.guess.minutes), took: None, note: None, deferred: None }
}

fn closed_since(context: &Context, book: &Casebook, there: &Meeting) {
    let ledger = Ledger::fold(book);
    for case in there.cases_on_agenda() {
        if let Some(story) = ledger.case(case.as_str()).filter(|story| story.closed().is_some()) {
            context.ui.warning(&format!("{case} is on its agenda and was closed on {}: if it does not come back, take it off", story.last().0.date));
        }
    }
}

/// The meeting as it is planned: where, when and by whom as the last time.
fn meeting(series: &Series<'_>, agenda: &Agenda<'_>) -> Meeting {
    let last = agenda.last;
    Meeting {
        id: format!("{}-{}", agenda.date, series.name),
        file: FileId(0),
        kind: series.kind.clone(),
        date: agenda.date,
        starts: last.and_then(|last| last.starts),
        ends: last.and_then(|last| last.ends),
        venue: last.and_then(|last| last.venue.clone()),
        chair: last.and_then(|last| last.chair.clone()),
        coordinator: last.and_then(|last| last.coordinator.clone()),
        minute_taker: last.and_then(|last| last.minute_taker.clone()),
        status: MeetingStatus::Planned,
        status_is_said: true,
        agreed: None,
        required_agencies: last.map(|last| last.required_agencies.clone()).unwrap_or_default(),
        attendance: Vec::new(),
        confidentiality: None,
        agenda: agenda.lines.iter().map(item).collect(),
        previous_actions: Vec::new(),
        cases: Vec::new(),
        other_business: None,
        next_meeting: None,
        session: None,
    }
}

/// The folder of a new meeting's file, as the last one's: where a folder is named for its year or month, for those of the new one.
fn folder_of(files: &Files, agenda: &Agenda<'_>) -> String {
    let Some(last) = agenda.last else { return "meetings".to_owned() };
    let path = files.path(last.file);
    let folder = path.rsplit_once('/').map_or("meetings", |(folder, _)| folder);
    let renamed = folder.split('/').map(|part| {
        let same = ["%Y", "%Y-%m", "%m"].into_iter().find(|form| last.date.format(form).to_string() == part);
        same.map_or_else(|| part.to_owned(), |form| agenda.date.format(form).to_string())
    });
    renamed.collect::<Vec<_>>().join("/")
}

/// What the coordinator wants to know, above the agenda in the file.
fn remarks(agenda: &Agenda<'_>, length: u32) -> Vec<String> {
    let from = agenda.last.map_or(String::new(), |last| format!(" from the meetings up to {}", last.date));
    let mut lines = vec![format!("Made by `marg agenda`{from}: {}. It is yours now, change what you like.", in_words(agenda, length))];
    for line in agenda.lines.iter().filter(|line| !line.why.is_empty()) {
        lines.push(format!("- {}: {}", line.words(), reasons(line)));
    }
    lines.extend(not_on_it(agenda).into_iter().map(|line| format!("- {line}")));
    lines
}

/// What is not on the agenda, and somebody may want to put on it.
fn not_on_it(agenda: &Agenda<'_>) -> Vec<String> {
    let quiet =
        agenda.quiet.iter().map(|(case, last)| format!("not on it: {case}, open, last discussed on {last}, and nobody has said when it is looked at again"));
    let mut by_meeting: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    agenda.elsewhere.iter().for_each(|(case, meeting)| by_meeting.entry(meeting).or_default().push(case));
    let elsewhere = by_meeting.into_iter().map(|(meeting, cases)| format!("not on it, since {meeting} comes before and has them: {}", list_of(&cases, "and")));
    quiet.chain(elsewhere).collect()
}

fn reasons(line: &AgendaProposal) -> String {
    line.why.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn in_words(agenda: &Agenda<'_>, length: u32) -> String {
    let of_kind = |kind| agenda.cases().filter(|line| line.kind == Some(kind)).count();
    let kinds = [
        (DiscussionKind::Urgent, "urgent case", "urgent cases"),
        (DiscussionKind::Review, "review", "reviews"),
        (DiscussionKind::New, "new case", "new cases"),
    ];
    let cases: Vec<String> =
        kinds.into_iter().map(|(kind, one, many)| (of_kind(kind), one, many)).filter(|(n, ..)| *n > 0).map(|(n, one, many)| n_of(n, one, many)).collect();
    let cases = if cases.is_empty() { "no case is due".to_owned() } else { list_of(&cases, "and") };
    format!("{cases}, {} of {length} minutes", agenda.booked())
}

pub(super) fn table(lines: &[&AgendaProposal]) -> Table {
    let mut table = Table::new(vec![column("item", "Item"), column("minutes", "Minutes"), column("why", "Why"), lesser("minutes_from", "Minutes learnt from")]);
    for line in lines {
        let basis = match line.guess.basis {
            Basis::Usual => "nothing yet: a usual value".to_owned(),
            Basis::Items(n) => n_of(n, "such item", "such items"),
            Basis::Own(n) => n_of(n, "discussion of this case", "discussions of this case"),
        };
        table.row(vec![line.words().as_str().into(), line.guess.minutes.into(), reasons(line).as_str().into(), basis.as_str().into()]);
    }
    table
}

/// Says whether there is more on it than there is time for, and what could move; and what is not on it.
fn tell(context: &Context, agenda: &Agenda<'_>, booked: u32, length: u32) {
    if booked > length {
        let over = booked - length;
        context.ui.warning(&format!("the agenda takes {booked} minutes, and the meeting lasts {length}: {over} too many"));
        let waiting = agenda.could_wait(over);
        for wait in &waiting {
            context.ui.hint(&format!("{} ({}) could wait for the meeting after: {}", wait.case, n_of(wait.minutes as usize, "minute", "minutes"), wait.why));
        }
        if waiting.iter().map(|wait| wait.minutes).sum::<u32>() < over {
            let no = if waiting.is_empty() { "no review on it can wait" } else { "no other review on it can wait" };
            context.ui.hint(&format!("{no}; give some items fewer minutes, or make the meeting longer"));
        }
    }
    not_on_it(agenda).iter().for_each(|line| context.ui.hint(line));
}
