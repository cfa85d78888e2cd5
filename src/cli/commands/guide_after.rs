//! `marg guide after` and `marg guide approve`: a guide is let into use, and later looked at: did it help?

use std::process::ExitCode;

use chrono::{Months, NaiveDate};
use clap::Args;
use serde_json::{Value as Json, json};

use super::guide::page;
use crate::analysis::{FEW_PEOPLE, GuideAfter, GuideStretch, GuideUsed, guide_after};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::args::day;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::find_theme;
use crate::cli::snippet::places;
use crate::cli::table::{Cell, Table, column, lesser};
use crate::documents::guide_gaps;
use crate::model::{Casebook, Guide, Ledger, Period, Reading, Stage, readings};
use crate::release::Audience;
use crate::source::n_of;
use crate::workspace::change_theme;

#[derive(Args, Debug)]
pub(in crate::cli) struct AfterArgs {
    /// The theme
    #[arg(value_name = "THEME")]
    theme: String,

    /// The day from which it was in use, if not the `published_on` of its file
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<NaiveDate>,

    #[command(flatten)]
    format: FormatArgs,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ApproveArgs {
    /// The theme
    #[arg(value_name = "THEME")]
    theme: String,

    /// Who approves it: a role and an organisation, or a meeting
    #[arg(long, value_name = "WHO")]
    by: String,

    /// What this edition is called, such as: Edition 1
    #[arg(long, value_name = "TEXT")]
    edition: Option<String>,

    /// The day from which it is in use, instead of today
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<NaiveDate>,

    /// The day by which it is read again, if not in a year
    #[arg(long, value_name = "DAY", value_parser = day)]
    review: Option<NaiveDate>,

    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(in crate::cli) fn approve(context: &Context, args: &ApproveArgs) -> Result<ExitCode, CommandError> {
    let by = args.by.trim();
    if by.is_empty() {
        return Err(CommandError::usage("`--by` is blank").hint("say by role and organisation who approves it"));
    }
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let key = find_theme(book.names(), &args.theme)?;
    let id = &book.theme(key).id;
    let gaps = guide_gaps(&page(book, key, Period::default(), Audience::Members));
    let open: Vec<_> = gaps.iter().filter(|gap| !["approved_by", "published_on", "review_date", "edition"].contains(&gap.field)).collect();
    if !open.is_empty() {
        let error = CommandError::not_in_order(format!("the guide on `{id}` is not whole: {} left", n_of(open.len(), "gap is", "gaps are")));
        return Err(open.into_iter().fold(error, |error, gap| error.hint(format!("{}: {} (field `{}`)", gap.section, gap.what, gap.field))));
    }
    let ledger = Ledger::fold(book);
    let read = readings(&ledger, key);
    let suspect: Vec<&str> = read.iter().filter(|(_, reading)| matches!(reading, Reading::Suspect(_))).filter_map(|(said, _)| said.id.as_deref()).collect();
    if !suspect.is_empty() {
        let error = CommandError::not_in_order(format!("the evidence of statements has changed since somebody read them: {}", suspect.join(", ")));
        return Err(error.hint(format!("`marg guide status {id}` says how; then `marg guide review {id} STATEMENT --by WHO`")));
    }
    let unread = read.iter().filter(|(_, reading)| matches!(reading, Reading::Never)).count();
    if unread > 0 {
        context.ui.warning(&format!("{} read against the evidence by nobody yet", n_of(unread, "statement was", "statements were")));
        context.ui.hint(&format!("`marg guide review {id} STATEMENT --by WHO`: only then can it be said when their evidence changes"));
    }
    let on = args.on.unwrap_or(book.today);
    let review = args.review.or_else(|| on.checked_add_months(Months::new(12)));
    let said = format!("approved by {by}, in use from {on}, to be read again by {}", review.map(|day| day.to_string()).unwrap_or_default());
    if args.dry_run {
        context.ui.status(&format!("`{id}` would be {said}. Nothing was written."));
        return Ok(ExitCode::SUCCESS);
    }
    let (amended, ()) = change_theme(loaded.files.root(), context.clock, id, |theme| {
        theme.stage = Some(Stage::Published);
        let guide = theme.guide.get_or_insert_with(Guide::default);
        guide.approved_by = Some(by.to_owned());
        guide.edition = args.edition.clone().or_else(|| guide.edition.take());
        guide.published_on = Some(on);
        let later = guide.review_date.filter(|day| *day > on && args.review.is_none());
        guide.review_date = later.or(review);
    })?;
    context.ui.answer_line(&amended.path);
    context.ui.status(&format!("The guide is {said}. `marg publish` takes it along; `marg guide after {id}` tells later whether it helped."));
    Ok(ExitCode::SUCCESS)
}

pub(in crate::cli) fn after(context: &Context, args: &AfterArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let key = find_theme(book.names(), &args.theme)?;
    let theme = book.theme(key);
    let published = theme.guide.as_ref().and_then(|guide| guide.published_on);
    let since = args.from.or(published).ok_or_else(|| {
        CommandError::usage(format!("the guide on `{}` has not been published", theme.id))
            .hint("`marg guide approve` writes the day into the theme's file, as `published_on`; or give one to `--from`")
    })?;
    if since > book.today {
        return Err(CommandError::usage(format!("{since} is still to come, so there is no time since")).hint("look again later"));
    }
    let after = guide_after(book, key, since);
    let figures = figures(&after);
    let place = |used: &GuideUsed| {
        let meeting = book.meeting(used.at.0);
        meeting.case_place(&meeting.cases[used.at.1]).field("guides_used")
    };
    let lines = places(&loaded.files, after.used.iter().map(place).collect());
    let used = used(book, &after, lines);
    let words = in_words(&after);
    Answer {
        form: "marg/guide-after/1",
        text: &|widths| {
            let of_used = if used.is_empty() { String::new() } else { format!("\nCases in which it was used\n\n{}", used.text(widths.table)) };
            figures.text(widths.table) + &of_used
        },
        status: Some(words.clone()),
        json: &|| json!({ "theme": theme.id, "since": since.to_string(), "days": after.days, "before": stretch(&after.before), "after": stretch(&after.after), "used": used.json(), "in_words": words }),
        tables: &[("Before and since", &figures), ("Used", &used)],
        names: Some(book.names()),
        about: &|| vec![("Guide".to_owned(), theme.title.clone()), ("In words".to_owned(), words.clone())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

fn stretch(stretch: &GuideStretch) -> Json {
    let [flexed_once, changed_for_all, refused, no_reply, waiting] = stretch.answers;
    json!({
        "first": stretch.first.to_string(), "last": stretch.last.to_string(), "people": stretch.people, "days_to_ease": stretch.days_to_ease,
        "asked": stretch.asked(), "flexed_once": flexed_once, "changed_for_all": changed_for_all, "refused": refused, "no_reply": no_reply, "waiting": waiting,
    })
}

fn figures(after: &GuideAfter) -> Table {
    let mut table = Table::new(vec![column("figure", "People who first met it in these days"), column("before", "Before"), column("since", "Since")]);
    let (before, since) = (&after.before, &after.after);
    let days = |stretch: &GuideStretch| format!("{} to {}", stretch.first, stretch.last);
    table.row(vec!["first and last day".into(), days(before).into(), days(since).into()]);
    let mut row = |name: &str, of: &dyn Fn(&GuideStretch) -> Cell| table.row(vec![name.into(), of(before), of(since)]);
    let number = |n: usize| Cell::Number(i64::try_from(n).unwrap_or(i64::MAX));
    row("people", &|stretch| number(stretch.people));
    row("it eased or was resolved by the last day", &|stretch| number(stretch.days_to_ease.len()));
    row("half of these had waited no more days than", &|stretch| stretch.half_within().map_or(Cell::from("nobody"), Cell::Number));
    row("somebody was asked to move it", &|stretch| number(stretch.asked()));
    for (at, name) in ["flexed once", "changed for all", "refused", "no reply", "still waiting"].into_iter().enumerate() {
        row(&format!("… {name}"), &|stretch| number(stretch.answers[at]));
    }
    table
}

fn used(book: &Casebook, after: &GuideAfter, lines: Vec<String>) -> Table {
    let mut table = Table::new(vec![
        column("date", "Date"),
        column("case", "Case"),
        lesser("meeting", "Meeting"),
        column("now", "The barrier now"),
        column("place", "File and line"),
    ]);
    for (used, line) in after.used.iter().zip(lines) {
        let now = used.now.map_or("never met", crate::model::BarrierStatus::word);
        table.row(vec![used.date.into(), used.case.as_str().into(), book.meeting(used.at.0).id.as_str().into(), now.into(), line.into()]);
    }
    table
}

/// What the figures say, and what they do not.
fn in_words(after: &GuideAfter) -> String {
    let (before, since) = (&after.before, &after.after);
    let of = |stretch: &GuideStretch| format!("{} of {}", stretch.days_to_ease.len(), n_of(stretch.people, "person", "people"));
    let told = match (before.people, since.people) {
        (0, 0) => {
            return format!(
                "In the {} before and since, nobody is recorded who newly met it: nothing can be said yet.",
                n_of(after.days as usize, "day", "days")
            );
        }
        (_, 0) => "Nobody who newly met it is recorded since: whether the guide helps cannot be said yet.".to_owned(),
        (0, _) => format!("It eased for {} since; before, nobody who newly met it is recorded, so there is nothing to compare with.", of(since)),
        _ => format!("It eased for {} before, and for {} since, in as many days.", of(before), of(since)),
    };
    let few = if before.people.min(since.people) < FEW_PEOPLE {
        " These are few people: a difference is as likely chance as the guide's doing. Read the cases, not the figures."
    } else {
        " What else changed in that time is not in these figures."
    };
    let used = match after.used.len() {
        0 => " No case says that the guide was used (`guides_used`).".to_owned(),
        n => format!(" It was used in {}.", n_of(n, "discussion", "discussions")),
    };
    told + few + &used
}
