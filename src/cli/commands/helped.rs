//! `marg helped`: what has helped before?

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value as Json, json};

use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::layout::fold_to;
use crate::cli::lookup::{find_agency, find_service, find_theme, not_found};
use crate::cli::snippet::places;
use crate::cli::table::{Cell, Ids, Table, column, hidden, lesser, middling};
use crate::model::Names;
use crate::search::{AtHand, Help, Reason, Verdict};
use crate::source::{list_of, n_of, printable};
use crate::workspace::{Index, ShownHelp};

/// Say what has helped with a barrier before, the likest to the case at hand first
///
/// What was learned, what agencies answered when they were asked, and actions of which a later meeting tells that they worked; and, apart
/// from these, what did not help. Each says where it stands and what makes it like the case at hand: the same barrier, the same service
/// kept from, the same agency, needs in common, and words that are rare elsewhere. With --for, the last discussion of that case says what
/// it is about. What was done several times with the same result is said once. For members of the meeting only.
///
/// times: how often the same was done with the same result · people: for how many people · likeness: in hundredths, 400 for the barrier
/// itself, 100 for another one at the same agency and service, 200 each for service and agency, up to 200 for needs and 300 for words, 100 for the same person.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg helped arson-blocks-housing                         Everything that was tried
  marg helped arson-blocks-housing --for QLM-7KQ2          The likest to one person's case
  marg helped arson-blocks-housing --at brindle-homes      About one agency; --blocks names a service
  marg helped waiting-list --all --format csv              All of it, for a spreadsheet")]
pub(in crate::cli) struct HelpedArgs {
    /// The barrier, or another theme
    #[arg(value_name = "THEME")]
    theme: String,

    /// The service that the person is kept from
    #[arg(long, value_name = "SERVICE")]
    blocks: Option<String>,

    /// The agency whose rule or practice it is
    #[arg(long, value_name = "AGENCY")]
    at: Option<String>,

    /// The case at hand, as it was last discussed
    #[arg(long = "for", value_name = "REF")]
    for_case: Option<String>,

    /// How many to show of what helped, and of what did not
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..), help_heading = "Output")]
    limit: u32,

    /// Show all of them
    #[arg(long, conflicts_with = "limit", help_heading = "Output")]
    all: bool,

    #[command(flatten)]
    format: FormatArgs,
}

pub(in crate::cli) fn run(context: &Context, args: &HelpedArgs) -> Result<ExitCode, CommandError> {
    let index = context.index()?;
    if let Some(found) = found(&index, args)? {
        return tell(context, args, &index, found);
    }
    // What an earlier run kept is damaged where nobody had looked yet; without it, everything is gathered again.
    index.forget();
    let index = context.index()?;
    let lost = || CommandError::unusable("what helped cannot be looked through").hint("try again, with `--no-cache` if need be");
    let found = found(&index, args)?.ok_or_else(lost)?;
    tell(context, args, &index, found)
}

struct Found {
    hand: AtHand,
    helps: Vec<Help>,
}

fn found(index: &Index, args: &HelpedArgs) -> Result<Option<Found>, CommandError> {
    let names = index.names();
    let theme = find_theme(names, &args.theme)?;
    let blocks = args.blocks.as_deref().map(|id| find_service(names.group, id)).transpose()?;
    let at = args.at.as_deref().map(|id| find_agency(names.group, id)).transpose()?;
    let case = args.for_case.as_deref().map(str::to_uppercase);
    if let Some(case) = &case {
        let known = index.tagged("ref:");
        if !known.contains(case) {
            return Err(not_found(format!("nothing was written of a case `{case}`"), case, known.iter().map(String::as_str), "`marg case` lists them all"));
        }
    }
    let Some(hand) = index.at_hand(theme, blocks, at, case.as_deref()) else { return Ok(None) };
    Ok(index.helped(&hand).map(|helps| Found { hand, helps }))
}

/// Help as it is told.
struct Told<'a> {
    help: &'a Help,
    shown: ShownHelp,
    why: String,
    place: String,
}

fn tell(context: &Context, args: &HelpedArgs, index: &Index, found: Found) -> Result<ExitCode, CommandError> {
    let names = index.names();
    let most = if args.all { usize::MAX } else { args.limit as usize };
    let (good, bad): (Vec<Help>, Vec<Help>) = found.helps.into_iter().partition(|help| help.verdict != Verdict::DidNot);
    let (n_good, n_bad) = (good.len(), bad.len());
    let helps: Vec<Help> = good.into_iter().take(most).chain(bad.into_iter().take(most)).collect();
    let shown: Vec<(&Help, ShownHelp)> = helps.iter().zip(index.show_help(&helps)).filter_map(|(help, shown)| Some((help, shown?))).collect();
    let lines = places(&index.files, shown.iter().map(|(_, shown)| shown.place.clone()).collect());
    let told: Vec<Told<'_>> = shown.into_iter().zip(lines).map(|((help, shown), place)| Told { help, shown, why: why(names, help), place }).collect();
    let table = table(names, &told);
    let status = in_words(names, &found.hand, (n_good, n_bad), told.len());
    Answer {
        form: "marg/helped/1",
        text: &|widths| text(&told, widths.prose),
        status: Some(status.clone()),
        json: &|| object(names, &found.hand, (n_good, n_bad), index.unread, &table),
        tables: &[("What helped", &table)],
        names: Some(names),
        about: &|| vec![("Barrier".to_owned(), names.theme(found.hand.theme).title.clone()), ("Found".to_owned(), status.clone())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// For people: first what helped, then what did not, each with the reason why it is shown and the place.
fn text(told: &[Told<'_>], width: usize) -> String {
    let mut text = String::new();
    for (heading, is_good) in [("What helped", true), ("What did not help", false)] {
        let of: Vec<&Told<'_>> = told.iter().filter(|told| (told.help.verdict != Verdict::DidNot) == is_good).collect();
        if of.is_empty() {
            continue;
        }
        text.push_str(&format!("{}{heading}\n", if text.is_empty() { "" } else { "\n" }));
        for told in of {
            let mut what = told.shown.what.clone();
            if told.help.verdict == Verdict::Partly {
                what.push_str(" (helped partly)");
            }
            if let Some(rule) = &told.shown.rule {
                what.push_str(&format!(" – the rule: {}", rule.trim().trim_end_matches('.')));
            }
            let mut lines = fold_to(&printable(&one_line(&what)), width.saturating_sub(2));
            // That it is the same barrier goes without saying.
            if told.help.reasons != [Reason::Barrier] {
                lines.extend(fold_to(&printable(&format!("Why: {}", told.why)), width.saturating_sub(4)).into_iter().map(|line| format!("  {line}")));
            }
            let at = format!("{} · {} · {}{}", told.place, told.help.case, told.shown.date.format("%-d %B %Y"), often(told.help));
            lines.extend(fold_to(&printable(&at), width.saturating_sub(4)).into_iter().map(|line| format!("  {line}")));
            lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn often(help: &Help) -> String {
    match help.times {
        1 => String::new(),
        n => format!(" · {n} times, for {}", n_of(help.people, "person", "people")),
    }
}

/// In words, what makes it like the case at hand.
fn why(names: Names<'_>, help: &Help) -> String {
    let title = |key| names.theme(key).title.clone();
    let reason = |reason: &Reason| match reason {
        Reason::SamePerson => "the same person".to_owned(),
        Reason::Barrier => "the same barrier".to_owned(),
        Reason::OtherBarrier(theme) => format!("another barrier ({})", title(*theme)),
        Reason::Service(service) => format!("also keeps people from {}", names.group.service(*service).name),
        Reason::Agency(agency) => format!("also at {}", names.group.agency(*agency).name),
        Reason::Needs(shared, of) => format!(
            "{} of {} in common: {}",
            shared.len(),
            n_of(*of, "need", "needs"),
            list_of(&shared.iter().map(|key| title(*key)).collect::<Vec<_>>(), "and")
        ),
        Reason::Words(words) => format!("both speak of {}", list_of(&words.iter().take(4).map(|word| format!("“{word}”")).collect::<Vec<_>>(), "and")),
    };
    help.reasons.iter().map(reason).collect::<Vec<_>>().join("; ")
}

fn in_words(names: Names<'_>, hand: &AtHand, (good, bad): (usize, usize), shown: usize) -> String {
    let title = &names.theme(hand.theme).title;
    if good + bad == 0 {
        return format!("Nothing is recorded yet of what helped with “{title}”: no learning point, no answer of an agency and no action that is told of.");
    }
    let more = if shown < good + bad { " `--limit` shows more of them, `--all` all." } else { "" };
    format!("{} that helped with “{title}”, {good_bad} that did not; {shown} shown.{more}", n_of(good, "thing", "things"), good_bad = bad)
}

fn table(names: Names<'_>, told: &[Told<'_>]) -> Table {
    let mut table = Table::new(vec![
        column("verdict", "Helped?"),
        hidden("kind"),
        column("what", "What"),
        hidden("rule"),
        hidden("themes").ids(Ids::Themes),
        middling("why", "Why it is shown"),
        column("case", "Case"),
        lesser("date", "Date"),
        hidden("meeting"),
        lesser("times", "Times"),
        lesser("people", "People"),
        hidden("likeness"),
        column("place", "File and line"),
    ]);
    for told in told {
        let help = told.help;
        table.row(vec![
            help.verdict.word().into(),
            help.kind.word().into(),
            one_line(&told.shown.what).into(),
            told.shown.rule.clone().into(),
            help.themes.iter().map(|key| names.theme(*key).id.clone()).collect::<Vec<_>>().into(),
            told.why.as_str().into(),
            help.case.as_str().into(),
            told.shown.date.into(),
            told.shown.meeting.as_str().into(),
            help.times.into(),
            help.people.into(),
            Cell::Number((help.likeness * 100.0).round() as i64),
            told.place.as_str().into(),
        ]);
    }
    table
}

fn object(names: Names<'_>, hand: &AtHand, (good, bad): (usize, usize), unread: usize, table: &Table) -> Json {
    json!({
        "theme": names.theme(hand.theme).id,
        "blocks": hand.blocks.map(|service| names.group.service(service).id.as_str()),
        "at": hand.at.map(|agency| names.group.agency(agency).id.as_str()),
        "for": hand.case,
        "needs": hand.needs.iter().map(|need| names.theme(*need).id.as_str()).collect::<Vec<_>>(),
        "words": hand.words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>(),
        "helped": good,
        "did_not_help": bad,
        "files_not_read_whole": unread,
        "found": table.json(),
    })
}
