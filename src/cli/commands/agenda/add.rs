//! `marg agenda add`: a new referral, with what a referral needs.

use std::process::ExitCode;

use clap::Args;

use super::ask::{Answered, Kind, QUESTIONS, Question, ask, from_terminal, somebody_is_there};
use super::make::{find_series, put_on};
use crate::analysis::{AgendaProposal, Basis, Guess, Pace};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::{find_agency, find_meeting};
use crate::lint::ref_gives_away;
use crate::model::{AgendaSubject, CaseRef, Casebook, Discussion, DiscussionKind, Group, Ledger, Meeting, MeetingStatus, Referral};
use crate::source::list_of;
use crate::workspace;

/// Put a new referral on the next agenda, with what a referral needs
///
/// On a terminal it asks for what is not given, one question at a time; a dash or nothing means that it is not known, and then it asks
/// why. Elsewhere everything has to be given, or said to be missing with `--missing`. The case and its referral go into the file of the
/// meeting. A case that was closed comes back this way too; one that is open can be put on as urgent.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg agenda add QLM-X4T9             Asks for the referral
  marg agenda add QLM-X4T9 --urgent    To be taken first
  marg agenda add QLM-X4T9 --agency police --missing tried:unknown    In a script")]
pub(super) struct AddArgs {
    /// The ref of the case: random letters and digits, which say nothing about the person
    #[arg(value_name = "REF")]
    case: String,

    /// Who refers
    #[arg(long, value_name = "AGENCY", help_heading = "The referral")]
    agency: Option<String>,
    /// Why now
    #[arg(long, value_name = "TEXT", help_heading = "The referral")]
    reason: Option<String>,
    /// What has been tried
    #[arg(long, value_name = "TEXT", help_heading = "The referral")]
    tried: Option<String>,
    /// What the referrer itself offers
    #[arg(long, value_name = "TEXT", help_heading = "The referral")]
    offer: Option<String>,
    /// The legal basis for sharing
    #[arg(long, value_name = "TEXT", help_heading = "The referral")]
    legal_basis: Option<String>,
    /// Whether the person agreed: given, withheld, not-sought or lacks-capacity
    #[arg(long, value_name = "WORD", help_heading = "The referral")]
    consent: Option<String>,
    /// The agency that asked the person
    #[arg(long, value_name = "AGENCY", help_heading = "The referral")]
    asked_by: Option<String>,
    /// The role of the senior person who signed
    #[arg(long, value_name = "TEXT", help_heading = "The referral")]
    senior_sign_off: Option<String>,
    /// What is not known and why, as "tried: seen for the first time"; may be given more than once
    #[arg(long, value_name = "FIELD: WHY", help_heading = "The referral")]
    missing: Vec<String>,

    /// It cannot wait for its turn
    #[arg(long)]
    urgent: bool,
    /// How many minutes it is given; if not said, as long as such cases took before
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=480))]
    minutes: Option<u32>,
    /// The planned meeting, if it is not the next one
    #[arg(long, value_name = "MEETING")]
    meeting: Option<String>,
    /// Whose next meeting: a kind of meeting, or what the group's files are called behind the day
    #[arg(long, value_name = "NAME", default_value = "marg")]
    kind: String,
}

pub(super) fn run(context: &Context, args: &AddArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let case = checked_ref(context, book, &args.case)?;
    let meeting = planned(book, args)?;
    let ledger = Ledger::fold(book);
    let was_open = may_come(context, &ledger, meeting, &case, args.urgent)?;
    let Some(referral) = referral(args, &book.group, was_open)? else {
        context.ui.status("Nothing was written.");
        return Ok(ExitCode::SUCCESS);
    };
    let kind = if args.urgent { DiscussionKind::Urgent } else { DiscussionKind::New };
    let guess = match args.minutes {
        Some(minutes) => Guess { minutes, basis: Basis::Usual },
        None => Pace::of(find_series(book, meeting.name()).map(|series| series.meetings).unwrap_or_default().into_iter().filter(|held| held.status.counts()))
            .case(&case, kind),
    };
    let line = AgendaProposal { subject: AgendaSubject::Case(case.clone()), standing: None, kind: Some(kind), guess, why: Vec::new() };
    let (amended, added) = workspace::change(loaded.files.root(), context.clock, &meeting.id, |meeting, _| {
        let is_new = !meeting.cases.iter().any(|there| there.case == case);
        if is_new {
            meeting.cases.push(discussion(&case, kind, referral));
            put_on(meeting, &line);
        }
        is_new
    })?;
    if !added {
        return Err(CommandError::usage(format!("{case} is in {} already, since a moment ago", meeting.id)));
    }
    context.ui.answer(&format!("{}\n", amended.path));
    context.ui.status(&format!("{case} is on the agenda of {} with {} minutes, and its referral stands in the file.", meeting.id, line.guess.minutes));
    Ok(ExitCode::SUCCESS)
}

/// The ref, if it can be one. One that seems to say who the person is gets a warning, as `marg check` gives it.
fn checked_ref(context: &Context, book: &Casebook, typed: &str) -> Result<CaseRef, CommandError> {
    if !CaseRef::is_valid(typed) {
        let error = CommandError::usage(format!("`{typed}` cannot be a ref: it takes 3 to 24 capital letters, digits and hyphens"));
        return Err(error.hint("use random letters and digits, such as `QLM-7KQ2`, and never a name, initials or a date of birth"));
    }
    if let Some(what) = ref_gives_away(book, typed) {
        context.ui.warning(&format!("`{typed}` looks like {what}, which whoever knows the person can guess"));
        context.ui.hint("use random letters and digits, such as `QLM-7KQ2`");
    }
    Ok(CaseRef(typed.to_owned()))
}

fn planned<'a>(book: &'a Casebook, args: &AddArgs) -> Result<&'a Meeting, CommandError> {
    if let Some(asked) = &args.meeting {
        let meeting = find_meeting(book, asked)?;
        let held = || CommandError::usage(format!("{} is {}, and takes no new cases", meeting.id, meeting.status.word())).hint("name a planned meeting");
        return if meeting.status == MeetingStatus::Planned { Ok(meeting) } else { Err(held()) };
    }
    let next = find_series(book, &args.kind)?.planned_from(book.today).next();
    next.ok_or_else(|| {
        CommandError::usage(format!("no meeting is planned from {} on that could take it", book.today)).hint("`marg agenda` makes the file of the next one")
    })
}

/// Whether a case may come to a meeting; says whether it is open already.
fn may_come(context: &Context, ledger: &Ledger<'_>, meeting: &Meeting, case: &CaseRef, urgent: bool) -> Result<bool, CommandError> {
    let listed = meeting.cases_on_agenda().any(|there| there == case) || meeting.cases.iter().any(|there| there.case == *case);
    if listed {
        return Err(CommandError::usage(format!("{case} is in {} already", meeting.id)).hint("change it in the file of the meeting"));
    }
    let Some(story) = ledger.case(case.as_str()) else { return Ok(false) };
    let last = story.last().0.date;
    if let Some(reason) = story.closed() {
        let why = if reason.trim().is_empty() { String::new() } else { format!(" ({})", reason.trim()) };
        context.ui.status(&format!("{case} was closed on {last}{why}, and comes back."));
        return Ok(false);
    }
    if !urgent {
        let error = CommandError::usage(format!("{case} is no new case: it is open, and was last discussed on {last}"));
        return Err(error
            .hint("`--urgent` puts it on the agenda all the same; `marg agenda --update` adds what is due")
            .hint("another person needs another ref"));
    }
    Ok(true)
}

/// The referral as it was given or is told now; nothing when whoever was asked has had enough.
///
/// # Errors
///
/// All that is missing at once, when there is nobody to ask.
fn referral(args: &AddArgs, group: &Group, was_open: bool) -> Result<Option<Referral>, CommandError> {
    let given = |field: &str| match field {
        "agency" => args.agency.as_deref(),
        "reason" => args.reason.as_deref(),
        "tried" => args.tried.as_deref(),
        "offer" => args.offer.as_deref(),
        "legal_basis" => args.legal_basis.as_deref(),
        "consent" => args.consent.as_deref(),
        _ => args.asked_by.as_deref(),
    };
    let missing = missing(&args.missing)?;
    let mut answers: Vec<(&Question, Answered)> = Vec::new();
    let mut open: Vec<&Question> = Vec::new();
    // Of somebody who is known here, only what is new has to be said.
    for question in QUESTIONS.iter().filter(|question| !was_open || matches!(question.field, "agency" | "reason") || given(question.field).is_some()) {
        let reason = missing.iter().find(|(field, _)| field == question.field);
        match (given(question.field).map(str::trim).filter(|answer| !answer.is_empty()), reason) {
            (Some(answer), _) => match question.objection(group, answer) {
                Some(objection) if question.kind == Kind::Agency => {
                    return Err(find_agency(group, answer).err().unwrap_or_else(|| CommandError::usage(objection)));
                }
                Some(objection) => return Err(CommandError::usage(format!("{}: {objection}", question.option()))),
                None => answers.push((question, Answered::Said(answer.to_owned()))),
            },
            (None, Some((_, reason))) => answers.push((question, Answered::Missing(reason.clone()))),
            (None, None) => open.push(question),
        }
    }
    // Whom nobody asked, no agency asked.
    let not_asked =
        |answers: &[(&Question, Answered)]| answers.iter().any(|(q, answer)| q.field == "consent" && *answer == Answered::Said("not-sought".to_owned()));
    open.retain(|question| question.field != "asked_by" || !not_asked(&answers));
    if !open.is_empty() && !somebody_is_there() {
        return Err(all_missing(&args.case, &open));
    }
    if !open.is_empty() {
        let mut lines = from_terminal()?;
        for question in open {
            if question.field == "asked_by" && not_asked(&answers) {
                continue;
            }
            let Some(answer) = ask(question, group, &mut lines)? else { return Ok(None) };
            answers.push((question, answer));
        }
    }
    Ok(Some(filled(group, &answers, args.senior_sign_off.clone())))
}

/// What was said to be missing: the fields with the reasons.
fn missing(given: &[String]) -> Result<Vec<(String, String)>, CommandError> {
    let fields: Vec<&str> = QUESTIONS.iter().map(|question| question.field).collect();
    let one = |text: &String| {
        let (field, reason) = text.split_once(':').map(|(field, reason)| (field.trim().replace('-', "_"), reason.trim().to_owned())).unwrap_or_default();
        if reason.is_empty() {
            return Err(
                CommandError::usage(format!("`--missing {text}` does not say why")).hint("write it like `--missing \"tried: seen for the first time\"`")
            );
        }
        if !fields.contains(&field.as_str()) {
            return Err(CommandError::usage(format!("a referral has no `{field}`")).hint(format!("what can be missing is {}", list_of(&fields, "and"))));
        }
        Ok((field, reason))
    };
    given.iter().map(one).collect()
}

fn all_missing(case: &str, open: &[&Question]) -> CommandError {
    let options: Vec<String> = open.iter().map(|question| format!("`{}`", question.option())).collect();
    let error = CommandError::usage(format!("the referral of {case} does not say {}", list_of(&options, "and")));
    let error = open.iter().fold(error, |error, question| error.hint(format!("{}: {}", question.option(), question.ask)));
    error.hint(format!("what is not known needs a reason: `--missing \"{}: …\"`", open[0].field))
}

fn filled(group: &Group, answers: &[(&Question, Answered)], senior_sign_off: Option<String>) -> Referral {
    let said = |field: &str| {
        answers.iter().find(|(question, _)| question.field == field).and_then(|(_, answer)| match answer {
            Answered::Said(text) => Some(text.clone()),
            Answered::Missing(_) => None,
        })
    };
    let agency = |field: &str| said(field).and_then(|id| group.find_agency(&id));
    let left_open = answers.iter().filter_map(|(question, answer)| match answer {
        Answered::Missing(reason) => Some(format!("{}: {reason}", question.field)),
        Answered::Said(_) => None,
    });
    Referral {
        agency: agency("agency"),
        reason: said("reason"),
        tried: said("tried"),
        offer: said("offer"),
        legal_basis: said("legal_basis"),
        consent: said("consent"),
        senior_sign_off,
        asked_by: agency("asked_by"),
        left_open: left_open.collect(),
    }
}

fn discussion(case: &CaseRef, kind: DiscussionKind, referral: Referral) -> Discussion {
    Discussion {
        nth: 0,
        case: case.clone(),
        kind: Some(kind),
        referral: Some(Box::new(referral)),
        lead_agency: None,
        lead_professional: None,
        lived_experience_supporter: None,
        update: None,
        views: Vec::new(),
        needs: Vec::new(),
        enablers: Vec::new(),
        guides_used: Vec::new(),
        tagging: Vec::new(),
        barriers: Vec::new(),
        decisions: Vec::new(),
        actions: Vec::new(),
        learning: Vec::new(),
        offers: Vec::new(),
        custody: None,
        next_review: None,
        closed: None,
        feedback_to_person: None,
        left_open: Vec::new(),
    }
}
