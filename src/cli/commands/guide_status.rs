//! `marg guide status` and `marg guide review`: which statements still stand on what they stood on, and that somebody read one again.

use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::args::day;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::find_theme;
use crate::cli::table::{Table, column, hidden, lesser, middling};
use crate::model::{Ledger, Reading, Reviewed, ThemeKey, evidence_fingerprint, readings};
use crate::source::n_of;
use crate::workspace::change_theme;

#[derive(Args, Debug)]
pub(in crate::cli) struct StatusArgs {
    /// Only the guide on this theme
    #[arg(value_name = "THEME")]
    theme: Option<String>,

    #[command(flatten)]
    format: FormatArgs,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ReviewArgs {
    /// The theme
    #[arg(value_name = "THEME")]
    theme: String,

    /// The id of the statement, as `marg guide status` shows it
    #[arg(value_name = "STATEMENT")]
    statement: String,

    /// Who read it against its evidence, by role
    #[arg(long, value_name = "WHO")]
    by: String,

    /// The day on which it was read, instead of today
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<NaiveDate>,
}

pub(in crate::cli) fn status(context: &Context, args: &StatusArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let ledger = Ledger::fold(book);
    let asked = args.theme.as_deref().map(|theme| find_theme(book.names(), theme)).transpose()?;
    let mut table = Table::new(vec![
        column("theme", "Guide"),
        column("statement", "Statement"),
        hidden("section"),
        column("standing", "Standing"),
        middling("read_on", "Read on"),
        lesser("read_by", "By"),
        column("since", "Since then"),
        lesser("says", "It says"),
    ]);
    let mut suspect = 0;
    for (at, theme) in book.themes.iter().enumerate().filter(|(at, _)| asked.is_none_or(|asked| asked == ThemeKey(*at as u32))) {
        for (statement, reading) in readings(&ledger, ThemeKey(at as u32)) {
            let read = statement.reviewed.as_ref();
            let (standing, since) = match reading {
                Reading::Never => ("never-read", None),
                Reading::Holds => ("holds", None),
                Reading::Suspect(news) if news.is_empty() => ("suspect", Some("a record was changed".to_owned())),
                Reading::Suspect(news) => ("suspect", Some(news.join("; "))),
            };
            suspect += usize::from(standing == "suspect");
            table.row(vec![
                theme.id.as_str().into(),
                statement.id.as_deref().into(),
                statement.section.as_str().into(),
                standing.into(),
                read.and_then(|read| read.on).into(),
                read.and_then(|read| read.by.as_deref()).into(),
                since.as_deref().into(),
                statement.says.trim().into(),
            ]);
        }
    }
    let said = match (table.is_empty(), suspect) {
        (true, _) => "There are no statements yet: they stand under `guide` in a theme's file.".to_owned(),
        (false, 0) => "No statement is suspect.".to_owned(),
        (false, n) => format!("{} to be read again: then `marg guide review THEME STATEMENT --by WHO`.", n_of(n, "statement is", "statements are")),
    };
    Answer {
        form: "marg/guide-status/1",
        text: &|width| if table.is_empty() { String::new() } else { table.text(width.table) },
        status: Some(said),
        json: &|| json!({ "statements": table.json() }),
        tables: &[("Statements", &table)],
        names: Some(book.names()),
        about: &Vec::new,
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

pub(in crate::cli) fn review(context: &Context, args: &ReviewArgs) -> Result<ExitCode, CommandError> {
    let by = args.by.trim();
    if by.is_empty() {
        return Err(CommandError::usage("`--by` is blank").hint("say by role who read the statement against its evidence"));
    }
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let on = args.on.unwrap_or(book.today);
    if on > book.today {
        return Err(CommandError::usage(format!("{on} is still to come")).hint("give the day on which it was read to `--on`"));
    }
    let key = find_theme(book.names(), &args.theme)?;
    let theme = book.theme(key);
    let unknown = || CommandError::usage(format!("the guide on `{}` has no statement `{}`", theme.id, args.statement)).hint("`marg guide status` lists them");
    let statement = theme.statement(&args.statement).ok_or_else(unknown)?;
    if statement.evidence.is_empty() {
        return Err(CommandError::usage(format!("statement `{}` names no evidence to read it against", args.statement))
            .hint("add ids of learning points, barriers or actions: `evidence: [ … ]`"));
    }
    let against = evidence_fingerprint(&Ledger::fold(book), key, statement);
    let reviewed = Reviewed { on: Some(on), by: Some(by.to_owned()), against: Some(against) };
    let (says, evidence) = (&statement.says, &statement.evidence);
    let (amended, written) = change_theme(loaded.files.root(), context.clock, &theme.id, |now| {
        let statements = now.guide.iter_mut().flat_map(|guide| &mut guide.statements);
        // What somebody else has changed in the meantime was not what was read.
        let read = statements.into_iter().find(|now| now.id.as_deref() == Some(&args.statement) && now.says == *says && now.evidence == *evidence);
        read.map(|now| now.reviewed = Some(reviewed)).is_some()
    })?;
    if !written {
        return Err(CommandError::unusable(format!("somebody changed statement `{}` at the same moment", args.statement)).hint("read it again as it is now"));
    }
    context.ui.answer(&format!("{}\n", amended.path));
    context.ui.status(&format!("`{}` was read on {}. When its evidence changes, `marg check` says so.", args.statement, on.format("%-d %B %Y")));
    Ok(ExitCode::SUCCESS)
}
