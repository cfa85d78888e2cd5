//! `marg themes history`: a theme's life, from git.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::analysis::{LifeStep, theme_life};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::layout::fold_to;
use crate::cli::lookup::find_theme;
use crate::cli::table::{Table, column};
use crate::source::{n_of, printable};
use crate::workspace::{GitError, theme_history};

/// Tell a theme's life in sentences: when it was created, and what of it was changed since
///
/// Read from the commits of its file, through renames; the day and the person are those of the commit. Needs a workspace that is kept in
/// git, and the program `git`. Nothing is changed, fetched or sent.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg themes history arson-blocks-housing                 From its first day on
  marg themes history arson-blocks-housing -o life.xlsx    Into a spreadsheet, a row a change")]
pub(in crate::cli) struct HistoryArgs {
    /// The theme, by its id or an earlier one
    #[arg(value_name = "THEME")]
    theme: String,

    #[command(flatten)]
    format: FormatArgs,
}

pub(in crate::cli) fn run(context: &Context, args: &HistoryArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_codebook()?;
    let (files, book) = (&loaded.files, &loaded.casebook);
    let theme = book.theme(find_theme(book.names(), &args.theme)?);
    let history = theme_history(files.root(), files.path(theme.file)).map_err(|error| refused(&error))?;
    let steps = theme_life(&history, theme);
    let mut table = Table::new(vec![column("on", "On"), column("by", "By"), column("commit", "Commit"), column("what", "What")]);
    for step in &steps {
        for said in &step.said {
            let commit = step.commit.as_deref().map(|commit| commit.get(..12).unwrap_or(commit));
            table.row(vec![step.on.into(), step.by.as_deref().into(), commit.into(), said.as_str().into()]);
        }
    }
    let committed = steps.iter().filter(|step| step.on.is_some()).count();
    let cut = if history.is_cut { "; this copy of the workspace is a shallow one, and lacks what came before" } else { "" };
    Answer {
        form: "marg/theme-history/1",
        text: &|width| steps.iter().map(|step| told(step, width.prose)).collect(),
        status: Some(format!("{} of `{}`{cut}.", n_of(committed, "change", "changes"), theme.id)),
        json: &|| json!({ "theme": theme.id, "complete": !history.is_cut, "history": table.json() }),
        tables: &[("History", &table)],
        names: None,
        about: &|| vec![("Theme".to_owned(), format!("{}: {}", theme.id, theme.title))],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// `On 12 March 2026 the definition was changed: …. (Kim)`
fn told(step: &LifeStep, width: usize) -> String {
    let day = step.on.map_or_else(|| "Not committed yet:".to_owned(), |day| format!("On {}", day.format("%-d %B %Y")));
    let by = step.by.as_deref().map(|by| format!(" ({by})")).unwrap_or_default();
    // Words of earlier versions come from git as they are.
    let sentence = printable(&format!("{day} {}.{by}", step.said.join("; "))).into_owned();
    fold_to(&sentence, width).join("\n") + "\n"
}

fn refused(error: &GitError) -> CommandError {
    let hint = match error {
        GitError::NoProgram => "ask whoever looks after this computer for git, or look where the workspace is kept in git",
        GitError::NoRepository => "a theme's history is what was committed: `git init` in the workspace begins one, for what is changed from then on",
        GitError::NotTrusted => "if you know whose folder it is: `git config --global --add safe.directory FOLDER`",
        GitError::NeverCommitted(_) => "it has a history from its first commit on",
        GitError::Failed(_) => "`git log` in the workspace may say more",
    };
    CommandError::unusable(format!("there is no history to tell: {error}")).hint(hint)
}
