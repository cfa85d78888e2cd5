//! `marg suggest`: which themes does a text seem to speak of?

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgGroup, Args};
use serde_json::json;

use super::suggest_evaluate;
use crate::analysis::{HeldBack, Like, Reason, Source, Suggester, Suggestion, SuggestionQuery};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::{find_meeting, find_theme, not_found};
use crate::cli::snippet::{Quoted, places_of_words};
use crate::cli::table::{Cell, Ids, Table, column, hidden, lesser, middling};
use crate::model::{Casebook, Discussion, Meeting};
use crate::source::{line_col, list_of, n_of};
use crate::workspace::{self, Loaded};

/// Suggest themes that the notes seem to speak of, each with the words that say so
///
/// A suggestion counts nothing until a person writes the theme into the file. It rests on the phrases of the codebook, also in other
/// words of the same meaning; on the words that go with a theme in what this workspace has confirmed; and on what the case had before.
/// Nothing leaves the machine. Without more, the discussions of the last meeting are looked at, for themes that they do not have.
///
/// strong, likely, possible: how sure it is, from 80, from 60, and below, in 100 · held back: the words stand there, but the text says that
/// it is not so (negated, denied), that it only might be (hypothetical), or that nobody meant it (accidental).
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("what").args(["evaluate", "indicators"])), after_help = "Examples:
  marg suggest                               For the last meeting
  marg suggest QLM-7KQ2                      For one person, as last discussed
  marg suggest QLM-7KQ2@2026-03-12-marg      As discussed at that meeting
  marg suggest --theme waiting-list --all    Where else was this spoken of?
  marg suggest --text -                      For a text that you paste or pipe in
  marg suggest --evaluate                    How good are suggestions here?
  marg suggest --indicators                  Phrases that the codebook could do with")]
pub(in crate::cli) struct SuggestArgs {
    /// The ref of a case; with @MEETING, as discussed there
    #[arg(value_name = "REF", conflicts_with_all = ["text", "what"])]
    case: Option<String>,

    /// The discussions of this meeting
    #[arg(long, value_name = "MEETING", conflicts_with_all = ["text", "what"])]
    meeting: Option<String>,

    /// Only this theme
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,

    /// A text of your own; - reads what is typed or piped in
    #[arg(long, value_name = "FILE", conflicts_with = "what")]
    text: Option<PathBuf>,

    /// The discussions of all meetings, not of the last alone
    #[arg(long, conflicts_with_all = ["text", "what", "meeting"])]
    all: bool,

    /// How sure a suggestion has to be: strong, likely, possible, or 1 to 99; otherwise what has proved good here
    #[arg(long, value_name = "HOW-SURE", value_parser = how_sure, conflicts_with = "what")]
    threshold: Option<u8>,

    /// Say how good the suggestions are here, by holding confirmed tags out
    #[arg(long)]
    evaluate: bool,

    /// Propose phrases for the codebook, from the words of what was confirmed
    #[arg(long)]
    indicators: bool,

    #[command(flatten)]
    format: FormatArgs,
}

/// A word for the strength of a suggestion, or a number in 100.
fn how_sure(text: &str) -> Result<u8, String> {
    match text {
        "strong" => Ok(80),
        "likely" => Ok(60),
        "possible" => Ok(25),
        number => {
            let number = number.parse().ok().filter(|number| (1..=99).contains(number));
            number.ok_or_else(|| format!("`{text}` is neither `strong`, `likely` or `possible` nor a number from 1 to 99"))
        }
    }
}

pub(in crate::cli) fn run(context: &Context, args: &SuggestArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let theme = args.theme.as_deref().map(|id| find_theme(book.names(), id)).transpose()?;
    if book.themes.is_empty() {
        return Err(CommandError::unusable("there is no codebook to suggest from").hint("a theme is a file in `themes/`; `marg help files` shows one"));
    }
    if args.evaluate {
        return suggest_evaluate::evaluate(context, book, theme, &args.format);
    }
    if args.indicators {
        return suggest_evaluate::indicators(context, book, theme, &args.format);
    }
    let query = SuggestionQuery { theme, threshold: args.threshold.map(|percent| f32::from(percent) / 100.0) };
    let (table, told) = match &args.text {
        Some(file) => of_text(book, file, query)?,
        None => of_discussions(&loaded, &wanted(book, args)?, query),
    };
    Answer {
        form: "marg/suggest/1",
        text: &|widths| if table.is_empty() { String::new() } else { table.text(widths.table) },
        status: Some(told.sentence.clone()),
        json: &|| json!({ "discussions": told.texts, "learnt_from": told.notes, "threshold": told.threshold, "suggestions": table.json() }),
        tables: &[("Suggestions", &table)],
        names: Some(book.names()),
        about: &|| vec![("Counts".to_owned(), "nothing, until a person confirms it".to_owned()), ("Learnt from".to_owned(), told.notes.to_string())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// What is said beside the suggestions.
struct Told {
    texts: usize,
    notes: usize,
    /// In 100.
    threshold: i64,
    sentence: String,
}

type Asked<'a> = Vec<(&'a Meeting, &'a Discussion)>;

/// The discussions that are asked about.
fn wanted<'a>(book: &'a Casebook, args: &SuggestArgs) -> Result<Asked<'a>, CommandError> {
    let (case, at) = match args.case.as_deref() {
        Some(typed) => typed.split_once('@').map_or((Some(typed), None), |(case, meeting)| (Some(case), Some(meeting))),
        None => (None, None),
    };
    if at.is_some() && (args.meeting.is_some() || args.all) {
        return Err(CommandError::usage("the meeting is named twice").hint("`REF@MEETING` asks about one discussion"));
    }
    let meeting = at.or(args.meeting.as_deref()).map(|asked| find_meeting(book, asked)).transpose()?;
    let all = || book.held_meetings().map(|(_, meeting)| meeting);
    let of_case = |discussion: &Discussion| case.is_none_or(|case| discussion.case.as_str() == case);
    let of_meeting = |meeting: &'a Meeting| meeting.cases.iter().filter(|of| of_case(of)).map(move |of| (meeting, of));
    let mut asked: Asked<'a> = match meeting {
        Some(meeting) => of_meeting(meeting).collect(),
        None => all().flat_map(of_meeting).collect(),
    };
    if let (Some(case), true) = (case, asked.is_empty()) {
        let known: Vec<&str> = meeting.into_iter().chain(all()).flat_map(|meeting| &meeting.cases).map(|of| of.case.as_str()).collect();
        let nowhere = meeting.map_or_else(|| format!("no meeting has discussed a case `{case}`"), |meeting| format!("{} did not discuss `{case}`", meeting.id));
        return Err(not_found(nowhere, case, known, "`marg case` lists them all"));
    }
    if meeting.is_none()
        && !args.all
        && let Some((last, _)) = asked.last().copied()
    {
        asked.retain(|(meeting, _)| std::ptr::eq(*meeting, last));
    }
    Ok(asked)
}

fn of_discussions(loaded: &Loaded, asked: &Asked<'_>, query: SuggestionQuery) -> (Table, Told) {
    let book = &loaded.casebook;
    let mut suggester = Suggester::new(book);
    let mut table = table();
    let mut rows: Vec<(Option<Quoted>, Vec<Cell>)> = Vec::new();
    let (mut held_back, mut with_any) = (0, 0);
    for (meeting, discussion) in asked {
        let passages = meeting.passages(discussion);
        let suggestions = suggester.of_discussion(meeting, discussion, &passages, query);
        with_any += usize::from(suggestions.iter().any(|suggestion| suggestion.held_back.is_none()));
        for suggestion in suggestions {
            held_back += usize::from(suggestion.held_back.is_some());
            let passage = suggestion.phrase.as_ref().map(|phrase| &passages[phrase.passage]);
            let quoted =
                passage.zip(suggestion.phrase.as_ref()).map(|(passage, phrase)| Quoted::new(passage.place.clone(), passage.text, phrase.text, phrase.start));
            let field = passage.map(|passage| passage.field);
            rows.push((quoted, cells(book, Some((meeting, discussion)), &suggestion, field)));
        }
    }
    let n = rows.len() - held_back;
    let (quoted, rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    for (place, mut cells) in places_of_words(&loaded.files, &quoted).into_iter().zip(rows) {
        cells.push(place.into());
        table.row(cells);
    }
    let of = match asked.as_slice() {
        [] => "no discussion".to_owned(),
        [(meeting, of)] => format!("{} at {}", of.case, meeting.id),
        [(first, _), .., (last, _)] if std::ptr::eq(*first, *last) => format!("{with_any} of {} discussions at {}", asked.len(), first.id),
        many => format!("{with_any} of {} discussions", many.len()),
    };
    (table, Told::new(&suggester, query, asked.len(), n, held_back, &of))
}

fn of_text(book: &Casebook, file: &Path, query: SuggestionQuery) -> Result<(Table, Told), CommandError> {
    let (name, text) = read(file)?;
    let mut suggester = Suggester::new(book);
    let suggestions = suggester.of_texts(&[&text], &[], query);
    let mut table = table();
    for suggestion in &suggestions {
        let mut cells = cells(book, None, suggestion, None);
        cells.push(suggestion.phrase.as_ref().map(|phrase| format!("{name}:{}", line_col(&text, phrase.start).line)).into());
        table.row(cells);
    }
    let held_back = suggestions.iter().filter(|suggestion| suggestion.held_back.is_some()).count();
    let told = Told::new(&suggester, query, 1, suggestions.len() - held_back, held_back, &format!("`{name}`"));
    Ok((table, told))
}

/// The name and the text of a file, or of what is typed or piped in.
fn read(file: &Path) -> Result<(String, String), CommandError> {
    if file == Path::new("-") {
        let mut text = String::new();
        let read = std::io::stdin().take(workspace::MOST_OF_A_TEXT).read_to_string(&mut text);
        read.map_err(|error| CommandError::unusable(format!("what is piped in cannot be read: {error}")).hint("it has to be text, stored as UTF-8"))?;
        return Ok(("-".to_owned(), text));
    }
    let text = workspace::read_named(file)
        .map_err(|why| CommandError::unusable(format!("`{}` cannot be read: {why}", file.display())).hint("it has to be text, stored as UTF-8"))?;
    Ok((file.display().to_string(), text))
}

impl Told {
    fn new(suggester: &Suggester<'_>, query: SuggestionQuery, texts: usize, n: usize, held_back: usize, of: &str) -> Self {
        let back = if held_back > 0 { format!(", {held_back} held back") } else { String::new() };
        let found = if n == 0 { "Nothing suggested".to_owned() } else { n_of(n, "suggestion", "suggestions") };
        let count = if n == 0 { "" } else { " None counts until a person confirms it." };
        let threshold = (query.threshold.unwrap_or(suggester.threshold()) * 100.0).round() as i64;
        Self { texts, notes: suggester.n_notes(), threshold, sentence: format!("{found} for {of}{back}.{count}") }
    }
}

fn table() -> Table {
    Table::new(vec![
        column("case", "Case"),
        hidden("meeting"),
        column("theme", "Theme").ids(Ids::Themes),
        hidden("kind"),
        column("strength", "Strength"),
        hidden("sureness").in_full("Sureness, in 100"),
        column("phrase", "It says"),
        hidden("field"),
        lesser("why", "Why"),
        hidden("words"),
        hidden("like"),
        hidden("before"),
        hidden("held_back"),
        middling("place", "File and line"),
    ])
}

/// All but the place.
fn cells(book: &Casebook, of: Option<(&Meeting, &Discussion)>, suggestion: &Suggestion<'_>, field: Option<&str>) -> Vec<Cell> {
    let theme = book.theme(suggestion.theme);
    let strength = suggestion.held_back.map_or_else(|| suggestion.strength.word().to_owned(), |why| format!("held back: {}", why.word()));
    let words: Vec<String> = suggestion.why.iter().flat_map(|why| if let Reason::Words(words) = why { words.clone() } else { Vec::new() }).collect();
    let like: Vec<String> =
        suggestion.why.iter().flat_map(|why| if let Reason::Like(like) = why { like.iter().map(named).collect() } else { Vec::new() }).collect();
    vec![
        of.map(|(_, discussion)| discussion.case.as_str()).into(),
        of.map(|(meeting, _)| meeting.id.as_str()).into(),
        theme.id.as_str().into(),
        theme.kind.word().into(),
        strength.into(),
        Cell::Number((suggestion.sureness * 100.0).round() as i64),
        suggestion.phrase.as_ref().map(|phrase| phrase.text).into(),
        field.into(),
        why(suggestion).into(),
        words.into(),
        like.into(),
        suggestion.why.contains(&Reason::Before).into(),
        suggestion.held_back.map(HeldBack::word).into(),
    ]
}

fn named(like: &Like) -> String {
    format!("{}@{}", like.case, like.meeting)
}

/// In words, why it is suggested.
pub(super) fn why(suggestion: &Suggestion<'_>) -> String {
    let part = |why: &Reason| match why {
        Reason::Codebook(Source::Indicator, phrase) => format!("near the indicator “{phrase}”"),
        Reason::Codebook(Source::Title, phrase) => format!("near “{phrase}” in the title"),
        Reason::Codebook(Source::EarlierId, phrase) => format!("near its earlier name “{phrase}”"),
        Reason::Codebook(Source::Definition, phrase) => format!("near “{phrase}” in the definition"),
        Reason::Words(words) => format!("goes with {}", list_of(words, "and")),
        Reason::Before if suggestion.phrase.is_none() => "the case had it before, though nothing here says so".to_owned(),
        Reason::Before => "the case had it before".to_owned(),
        Reason::Like(like) => format!("like {}", list_of(&like.iter().map(named).collect::<Vec<_>>(), "and")),
    };
    suggestion.why.iter().map(part).collect::<Vec<_>>().join("; ")
}
