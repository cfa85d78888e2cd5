//! `marg search`: where does it say so?

use std::ffi::OsString;
use std::process::ExitCode;

use anstyle::Style;
use clap::Args;
use clap::builder::PossibleValuesParser;
use serde_json::{Value as Json, json};

use crate::cli::answer::{Answer, FormatArgs, about_period};
use crate::cli::args::{PeriodArgs, first_day, last_day};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::layout::fold_to;
use crate::cli::lookup::{find_agency, find_theme, not_found};
use crate::cli::snippet::{Quoted, places_of_words};
use crate::cli::table::{Ids, Table, column, hidden, lesser, middling};
use crate::model::Period;
use crate::search::{Excerpt, Need, Part, Question, Wanted, What, excerpt, one, parts};
use crate::source::{list_of, n_of, printable};
use crate::workspace::{Asked, Index, Shown};

/// Search everything that was written, by words
///
/// Every text of the meetings, themes and guides is looked through: updates, views, referrals, decisions, actions and what became of them,
/// learning points, the rules and the evidence of barriers, memos, sessions, statements. A text has to have all the words, in whatever
/// form: `refuse` finds `refused`. Words in quotes have to follow each other just so. The texts that say the most about the words come
/// first; one that stands in several places comes once, at the latest. A word that stands nowhere is taken for the nearest that does.
/// For members of the meeting only.
///
/// ref:REF, theme:THEME, agency:AGENCY, in:WHAT, since:DAY and until:DAY among the words say where to look, as do the options. The
/// theme and the agency are those of the discussion; of a barrier, an action and a referral, the agency is its own.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg search insurer arson                    Both words, in any form
  marg search insurer --without hostel         Not where a hostel is spoken of
  marg search panel agency:northfield-housing  Of one agency
  marg search ref:QLM-7KQ2 since:2026          All that was written of one person this year
  marg search worked in:learning --all         Every learning point that has the word
  marg search insurer --all --format csv       For a spreadsheet")]
pub(in crate::cli) struct SearchArgs {
    /// What to look for: words, words in quotes, -word for what must not stand there
    #[arg(value_name = "WORDS")]
    words: Vec<String>,

    /// A word, or words in quotes, that must not stand there; the same as -WORD
    #[arg(long, value_name = "WORD")]
    without: Vec<String>,

    /// Only of this case
    #[arg(long = "ref", value_name = "REF", help_heading = "Where")]
    of_case: Option<String>,

    /// Only where this theme was tagged, and what the theme itself says
    #[arg(long, value_name = "THEME", help_heading = "Where")]
    theme: Option<String>,

    /// Only what concerns this agency
    #[arg(long, value_name = "AGENCY", help_heading = "Where")]
    agency: Option<String>,

    /// Only texts of this sort
    #[arg(long = "in", value_name = "WHAT", value_parser = PossibleValuesParser::new(What::ALL.iter().map(|what| what.word())), help_heading = "Where")]
    what: Option<String>,

    #[command(flatten)]
    period: PeriodArgs,

    /// How many texts to show
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..), help_heading = "Output")]
    limit: u32,

    /// Show all of them
    #[arg(long, conflicts_with = "limit", help_heading = "Output")]
    all: bool,

    #[command(flatten)]
    format: FormatArgs,
}

/// `-hostel` as `--without=hostel`: a minus before a word leaves it out, also where the word begins like an option.
pub(in crate::cli) fn left_out(typed: Vec<OsString>) -> Vec<OsString> {
    let mut before = typed.iter().skip(1).map(|word| word.to_string_lossy());
    let command = loop {
        match before.next() {
            Some(word) if matches!(&*word, "-C" | "--dir" | "--today" | "--color") => drop(before.next()),
            Some(word) if word.starts_with('-') => {}
            word => break word,
        }
    };
    if command.is_none_or(|command| command != "search") {
        return typed;
    }
    let mut plain = false;
    let changed = |word: OsString| {
        plain |= word == "--";
        let left_out = word.to_str().and_then(|text| text.strip_prefix('-')).filter(|rest| !rest.starts_with('-') && rest.chars().count() > 1);
        match left_out {
            Some(rest) if !plain => OsString::from(format!("--without={rest}")),
            _ => word,
        }
    };
    typed.into_iter().map(changed).collect()
}

pub(in crate::cli) fn run(context: &Context, args: &SearchArgs) -> Result<ExitCode, CommandError> {
    let index = context.index()?;
    let question = question(&index, args)?;
    let most = if args.all { usize::MAX } else { args.limit as usize };
    if let Some(answered) = answered(&index, question, most) {
        return tell(context, args, &index, &answered);
    }
    // What an earlier run kept is damaged where nobody had looked yet; without it, the words are gathered again.
    index.forget();
    let index = context.index()?;
    let lost = || CommandError::unusable("the words of this workspace cannot be looked through").hint("try again, with `--no-cache` if need be");
    let answered = answered(&index, self::question(&index, args)?, most).ok_or_else(lost)?;
    tell(context, args, &index, &answered)
}

/// What the question came to.
struct Answered {
    question: Question,
    /// What was typed, and what was taken instead.
    guessed: Vec<(String, String)>,
    /// Words that stand nowhere.
    unknown: Vec<String>,
    need: Need,
    asked: Asked,
}

fn question(index: &Index, args: &SearchArgs) -> Result<Question, CommandError> {
    let mut question = Question { period: args.period.period()?, ..Question::default() };
    let named = [("ref", &args.of_case), ("theme", &args.theme), ("agency", &args.agency), ("in", &args.what)];
    let options = named.into_iter().filter_map(|(name, value)| Some(Part::Named(name.to_owned(), value.clone()?)));
    for part in options.chain(parts(&args.words)) {
        match part {
            Part::Wanted(wanted) => question.wanted.push(wanted),
            Part::Without(wanted) => question.without.push(wanted),
            Part::Named(name, value) => place(index, &name, &value, &mut question)?,
        }
    }
    let without = args
        .without
        .iter()
        .filter_map(|word| if word.contains(char::is_whitespace) { parts(std::slice::from_ref(word)).pop() } else { one(word).map(Part::Wanted) });
    question.without.extend(without.filter_map(|part| if let Part::Wanted(wanted) | Part::Without(wanted) = part { Some(wanted) } else { None }));
    let mut seen: Vec<Wanted> = Vec::new();
    question.wanted.retain(|wanted| {
        !seen.contains(wanted) && {
            seen.push(wanted.clone());
            true
        }
    });
    if question.wanted.is_empty() && question.tags.is_empty() && question.period == Period::default() {
        return Err(CommandError::usage("there is nothing to look for").hint("name a word, such as `marg search insurer`").hint("`marg help search` has more"));
    }
    Ok(question)
}

/// Where to look.
fn place(index: &Index, name: &str, value: &str, question: &mut Question) -> Result<(), CommandError> {
    let names = index.names();
    let day = |day: Result<_, String>| day.map(Some).map_err(|why| CommandError::usage(format!("`{name}:` {why}")));
    let value = match name {
        "since" => return day(first_day(value)).map(|day| question.period.since = day),
        "until" => return day(last_day(value)).map(|day| question.period.until = day),
        "theme" => names.theme(find_theme(names, value)?).id.clone(),
        "agency" => names.group.agency(find_agency(names.group, value)?).id.clone(),
        "in" => {
            let known = || What::ALL.iter().map(|what| what.word());
            known().find(|word| word.eq_ignore_ascii_case(value)).map(str::to_owned).ok_or_else(|| {
                let list = format!("there are {}", list_of(&known().map(|word| format!("`{word}`")).collect::<Vec<_>>(), "and"));
                not_found(format!("no text is of the sort `{value}`"), value, known(), &list)
            })?
        }
        _ => {
            let case = value.to_uppercase();
            let known = index.tagged("ref:");
            if !known.contains(&case) {
                return Err(not_found(
                    format!("nothing was written of a case `{value}`"),
                    &case,
                    known.iter().map(String::as_str),
                    "`marg case` lists them all",
                ));
            }
            case
        }
    };
    question.tags.push(format!("{name}:{value}"));
    Ok(())
}

/// Asks; where a word stands nowhere, with the nearest that does; and where no text has all words, for those that have some.
fn answered(index: &Index, mut question: Question, most: usize) -> Option<Answered> {
    let mut asked = index.ask(&question, Need::All, most)?;
    let (mut guessed, mut unknown) = (Vec::new(), Vec::new());
    for (wanted, having) in question.wanted.iter_mut().zip(&asked.having) {
        match wanted {
            Wanted::Alike(word) if *having == 0 => match index.guess(word) {
                Some(near) => guessed.push((std::mem::replace(word, near.clone()), near)),
                None => unknown.push(word.clone()),
            },
            _ => {}
        }
    }
    if !guessed.is_empty() {
        asked = index.ask(&question, Need::All, most)?;
    }
    let mut need = Need::All;
    if asked.n == 0 && question.wanted.len() > 1 {
        need = Need::Any;
        asked = index.ask(&question, need, most)?;
    }
    Some(Answered { question, guessed, unknown, need, asked })
}

/// A text that was found, as it is told.
struct Told {
    shown: Shown,
    excerpt: Excerpt,
    place: String,
    others: usize,
}

fn tell(context: &Context, args: &SearchArgs, index: &Index, answered: &Answered) -> Result<ExitCode, CommandError> {
    let shown = index.show(&answered.asked.hits);
    let texts: Vec<(Shown, Excerpt, usize)> = shown
        .into_iter()
        .zip(&answered.asked.hits)
        .filter_map(|(shown, hit)| {
            let shown = shown?;
            let excerpt = excerpt(&shown.text, &answered.question.wanted);
            Some((shown, excerpt, hit.places - 1))
        })
        .collect();
    let quoted: Vec<Option<Quoted>> = texts
        .iter()
        .map(|(shown, excerpt, _)| {
            let (start, word) = excerpt.first.clone().unwrap_or_default();
            Some(Quoted::new(shown.place.clone(), &shown.text, &word, start))
        })
        .collect();
    let places = places_of_words(&index.files, &quoted);
    let told: Vec<Told> =
        texts.into_iter().zip(places).map(|((shown, excerpt, others), place)| Told { shown, excerpt, place: place.unwrap_or_default(), others }).collect();
    let table = table(&told);
    let marks = context.ui.to_screen() && !args.format.to_file();
    Answer {
        form: "marg/search/1",
        text: &|widths| told.iter().map(|told| in_lines(told, widths.prose, marks)).collect::<Vec<_>>().join("\n"),
        status: Some(in_words(answered, told.len())),
        json: &|| object(index, answered, &table),
        tables: &[("Texts", &table)],
        names: Some(index.names()),
        about: &|| {
            let period = answered.question.period;
            let (n, places) = (answered.asked.n, answered.asked.n_places);
            vec![
                about_period(period.since, period.until),
                ("Texts found".to_owned(), format!("{n}, in {}; {} in this sheet", n_of(places, "place", "places"), told.len())),
            ]
        },
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// Three lines for people: where it stands, whom and what it is about, and what it says.
fn in_lines(told: &Told, width: usize, marks: bool) -> String {
    let mut about = vec![told.place.clone()];
    about.extend(told.shown.case.clone());
    about.extend(told.shown.theme.clone());
    about.push(if told.shown.field == told.shown.what.word() {
        told.shown.field.to_owned()
    } else {
        format!("{}: {}", told.shown.what.word(), told.shown.field)
    });
    about.extend(told.shown.meeting.as_ref().map(|(_, day)| day.format("%-d %B %Y").to_string()));
    let mut text = fold_to(&printable(&about.join(" · ")), width.saturating_sub(2)).join("\n  ");
    text.push('\n');
    for line in fold_to(&marked(&told.excerpt, marks), width.saturating_sub(2)) {
        text.push_str(&format!("  {line}\n"));
    }
    if told.others > 0 {
        let others = format!("The same words stand in {}.", n_of(told.others, "other place", "other places"));
        fold_to(&others, width.saturating_sub(2)).iter().for_each(|line| text.push_str(&format!("  {line}\n")));
    }
    text
}

const FOUND: Style = Style::new().bold();

/// The words that were looked for, in bold where somebody sees it.
fn marked(excerpt: &Excerpt, marks: bool) -> String {
    let (mut text, mut at) = (String::new(), 0);
    for mark in excerpt.marks.iter().filter(|_| marks) {
        text.push_str(&printable(&excerpt.text[at..mark.start]));
        text.push_str(&format!("{FOUND}{}{FOUND:#}", printable(&excerpt.text[mark.clone()])));
        at = mark.end;
    }
    text.push_str(&printable(&excerpt.text[at..]));
    text
}

/// What is said beside the texts.
fn in_words(answered: &Answered, shown: usize) -> String {
    let mut said = Vec::new();
    let quoted = |words: &[String]| list_of(&words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>(), "or");
    for (typed, near) in &answered.guessed {
        said.push(format!("Nothing has `{typed}`, so this is for `{near}`."));
    }
    if !answered.unknown.is_empty() {
        said.push(format!("Nothing has {}, nor a word like it.", quoted(&answered.unknown)));
    }
    if answered.need == Need::Any && answered.asked.n > 0 {
        said.push("No text has all of this; these have some of it.".to_owned());
    }
    said.push(match answered.asked.n {
        0 => "Nothing found.".to_owned(),
        n => {
            let more = if shown < n { " `--limit` shows more of them, `--all` all." } else { "" };
            format!("{shown} of {}, in {}.{more}", n_of(n, "text", "texts"), n_of(answered.asked.n_places, "place", "places"))
        }
    });
    said.join(" ")
}

fn table(told: &[Told]) -> Table {
    let mut table = Table::new(vec![
        column("place", "File and line"),
        column("case", "Case"),
        middling("what", "What"),
        hidden("field"),
        hidden("theme").ids(Ids::Themes),
        hidden("meeting"),
        lesser("date", "Date"),
        column("says", "It says"),
        hidden("text").in_full("The whole text"),
        hidden("other_places"),
    ]);
    for told in told {
        let shown = &told.shown;
        let (meeting, date) = shown.meeting.clone().unzip();
        table.row(vec![
            told.place.as_str().into(),
            shown.case.clone().into(),
            shown.what.word().into(),
            shown.field.into(),
            shown.theme.clone().into(),
            meeting.into(),
            date.into(),
            told.excerpt.text.as_str().into(),
            shown.text.as_str().into(),
            told.others.into(),
        ]);
    }
    table
}

fn object(index: &Index, answered: &Answered, table: &Table) -> Json {
    let question = &answered.question;
    let shown = |wanted: &[Wanted]| wanted.iter().map(Wanted::shown).collect::<Vec<_>>();
    json!({
        "words": shown(&question.wanted),
        "without": shown(&question.without),
        "where": question.tags,
        "since": question.period.since.map(|day| day.to_string()),
        "until": question.period.until.map(|day| day.to_string()),
        "guessed": answered.guessed.iter().map(|(typed, near)| json!({ "typed": typed, "taken": near })).collect::<Vec<_>>(),
        "all_words": answered.need == Need::All,
        "texts": answered.asked.n,
        "places": answered.asked.n_places,
        "files_not_read_whole": index.unread,
        "found": table.json(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minus_before_a_word_is_no_option() {
        let changed = |line: &str| {
            let typed = line.split(' ').map(OsString::from).collect();
            left_out(typed).iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(changed("marg -C x search arson -old -o a.csv --all"), "marg -C x search arson --without=old -o a.csv --all");
        assert_eq!(changed("marg search -h -- -old"), "marg search -h -- -old");
        assert_eq!(changed("marg --today 2026-01-01 actions -oa.csv"), "marg --today 2026-01-01 actions -oa.csv");
        assert_eq!(changed("marg"), "marg");
    }
}
