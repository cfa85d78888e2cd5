//! `marg themes compare`: two codebooks side by side.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::analysis::{Match, compare};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::table::{Table, column, hidden};

/// Lay this codebook beside that of another workspace: what both have, under which names, and what only one has
///
/// found: same-id, both have the id · other-name, one knows it by a name of the other · near, worded alike, for people to look at · only-here
/// and only-there, nothing like it in the other. What is different about themes that both have stands beside them. Meetings are not read.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg themes compare ../other-city                    What both have, and what only one has
  marg themes compare ../other-city -o compared.xlsx   For a meeting of the two groups")]
pub(in crate::cli) struct CompareArgs {
    /// The folder of the other workspace
    #[arg(value_name = "OTHER", value_hint = clap::ValueHint::DirPath)]
    other: PathBuf,

    #[command(flatten)]
    format: FormatArgs,
}

pub(in crate::cli) fn run(context: &Context, args: &CompareArgs) -> Result<ExitCode, CommandError> {
    let here = context.load_codebook()?.casebook;
    let there = context.load_codebook_at(&args.other)?.casebook;
    let pairs = compare(&here.themes, &there.themes);
    let mut table = Table::new(vec![
        column("found", "Found"),
        column("here", "Here"),
        column("there", "There"),
        hidden("title_here"),
        hidden("title_there"),
        hidden("kind"),
        column("why", "Why, or what is different"),
    ]);
    for pair in &pairs {
        let kind = pair.here.or(pair.there).map(|theme| theme.kind.word());
        table.row(vec![
            pair.found.word().into(),
            pair.here.map(|theme| theme.id.as_str()).into(),
            pair.there.map(|theme| theme.id.as_str()).into(),
            pair.here.map(|theme| theme.title.as_str()).into(),
            pair.there.map(|theme| theme.title.as_str()).into(),
            kind.into(),
            pair.why.join("; ").into(),
        ]);
    }
    let n = |found: Match| pairs.iter().filter(|pair| pair.found == found).count();
    let status = format!(
        "Same id: {}; another name: {}; near: {}; only here: {}; only there: {}.",
        n(Match::SameId),
        n(Match::OtherName),
        n(Match::Near),
        n(Match::OnlyHere),
        n(Match::OnlyThere)
    );
    let groups = (here.group.name.as_str(), there.group.name.as_str());
    Answer {
        form: "marg/themes-compared/1",
        text: &|width| table.text(width.table),
        status: Some(status),
        json: &|| json!({ "here": groups.0, "there": groups.1, "themes": table.json() }),
        tables: &[("Codebooks", &table)],
        names: None,
        about: &|| vec![("Here".to_owned(), groups.0.to_owned()), ("There".to_owned(), groups.1.to_owned())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}
