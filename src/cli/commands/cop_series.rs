//! `marg cop series`: what a series of sessions came to, on one page.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::analysis::cop_sessions;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::find_theme;
use crate::cli::pages::{render, tell_withheld, write_for};
use crate::documents::series_documents;
use crate::release::release_series;

/// Write what the sessions on a theme came to, on one page
///
/// Who came, what already works and what is still stuck, what was asked of whom and what it answered, and what the sessions were worth:
/// the cycles of value creation, each with what can be counted and a story. It is for the people who come to the sessions. The stories
/// that were told in them are not in it.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg cop series arson-blocks-housing               As a page, as text and for Word, into the folder out/
  marg cop series arson-blocks-housing --out desk    Into a folder of your own")]
pub(super) struct SeriesArgs {
    /// The theme
    #[arg(value_name = "THEME")]
    theme: String,

    /// The folder to write into, instead of out/ in the workspace
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &SeriesArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let theme = find_theme(book.names(), &args.theme)?;
    if cop_sessions(book, theme).is_empty() {
        let error = CommandError::usage(format!("no session on `{}` was held yet", args.theme));
        return Err(error.hint("`marg cop THEME` makes the pack for the first one, and `marg cop record` takes in what came of it"));
    }
    let page = release_series(book, theme);
    tell_withheld(context, page.withheld());
    let documents = render(context, &loaded.files, |templates| series_documents(templates, &page))?;
    write_for(context, &loaded.files, args.out.as_deref(), page.audience(), &documents)
}
