//! `marg themes`: the codebook.

use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::themes_exchange::{ExportArgs, ImportArgs, export, import};
use super::{themes_change, themes_compare, themes_history};
use crate::analysis::codebook;
use crate::cli::answer::{Answer, FormatArgs, about_period};
use crate::cli::args::PeriodArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::table::{Table, column, hidden, lesser, middling};
use crate::model::ThemeKind;

/// List the codebook, with how often each theme is used and how far it has come
///
/// people: distinct cases in whose discussions the theme stands · uses: times it stands there, as a need, as a barrier or under a
/// learning point. Only meetings that were held count.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  marg themes                                Barriers, then needs, then what helped
  marg themes --kind barrier                 Barriers alone
  marg themes --since 2026-01                Uses of this year
  marg themes history arson-blocks-housing   The life of one, from git"
)]
pub(in crate::cli) struct ThemesArgs {
    #[command(subcommand)]
    command: Option<ThemesCommand>,

    /// Only themes of this kind
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<KindArg>,

    #[command(flatten)]
    period: PeriodArgs,

    #[command(flatten)]
    format: FormatArgs,
}

#[derive(Subcommand, Debug)]
enum ThemesCommand {
    History(themes_history::HistoryArgs),
    Compare(themes_compare::CompareArgs),
    /// Write the codebook for other programs, or a project with the texts
    ///
    /// .qdc is the REFI-QDA codebook, which QualCoder, NVivo, MAXQDA, ATLAS.ti and others read; .csv has the columns that Taguette reads, and
    /// ours; .xlsx is for people. The text of a guide does not travel. .qdpx is a REFI-QDA project with the codebook, the people, a text a
    /// discussion and what is tagged where: it holds what was said of people, is for members only, and cannot be written into the workspace.
    #[command(
        after_help = "Examples:\n  marg themes export codebook.qdc          For programs that analyse texts\n  marg themes export codebook.xlsx         For a spreadsheet\n  marg themes export ~/private/year.qdpx   The record too, for members only"
    )]
    Export(ExportArgs),
    /// Read a codebook of another program or group into new files in themes/; what is there is never written over
    ///
    /// Says of each theme whether it is new, the same as one that is there, or differs, and in what. A theme is known by its id, or else by
    /// its title.
    #[command(
        after_help = "Examples:\n  marg themes import theirs.qdc --dry-run          What would come in?\n  marg themes import taguette.csv --kind barrier   A file that does not say what its themes are"
    )]
    Import(ImportArgs),
    /// Add a theme: a new file in themes/
    ///
    /// On a terminal it asks for what is not given; elsewhere `--title`, `--kind` and `--definition` are needed.
    #[command(
        after_help = "Examples:\n  marg themes add no-interpreter    Asks for title, kind and definition\n  marg themes add no-interpreter --kind barrier --dry-run    What would be written?"
    )]
    Add(themes_change::AddArgs),
    /// Give a theme another id, in all files that name it
    ///
    /// The file is renamed, and meetings, themes and second people's tags that name it are changed: all of them, or none. The earlier id is
    /// kept and goes on standing for it. Minutes that were as they were agreed stay agreed: their fingerprint is taken anew.
    #[command(
        after_help = "Examples:\n  marg themes rename threshold-gap below-threshold --dry-run    What would change?\n  marg themes rename threshold-gap below-threshold              Change it everywhere"
    )]
    Rename(themes_change::RenameArgs),
    /// Put several themes into one, in all files that name them
    ///
    /// What names one of them names the one that stays from then on: all files, or none. Their ids are kept as earlier ids, their
    /// indicators join those of the one that stays, and what they meant stands as a remark at the end of its file.
    #[command(
        after_help = "Examples:\n  marg themes merge waiting-list threshold-gap --into rigid-offer --dry-run    What would change?\n  marg themes merge waiting-list --into rigid-offer    Change it everywhere"
    )]
    Merge(themes_change::MergeArgs),
    /// Tell apart what stands under one theme, place by place
    ///
    /// Shows each place with what was said there, and asks where it goes: a to the first theme after `--into`, b to the second, k keep,
    /// u undo, q leave the rest as it is. Answers may come as lines, a place each, or from a table. Everything is written at the end, in
    /// all files or none. Second people's tags stay as they are.
    #[command(
        after_help = "Examples:\n  marg themes split rigid-offer --into waiting-list threshold-gap    Asks for each place\n  marg themes split rigid-offer --into waiting-list threshold-gap --list -o split.csv\n  marg themes split rigid-offer --into waiting-list threshold-gap --by split.csv"
    )]
    Split(themes_change::SplitArgs),
    /// Bring themes of another workspace over as new files; what is here is never written over
    ///
    /// Themes that are here already, under the same id or another name, stay as they are. One that is only like one that is here is left
    /// out, unless it is named or said to be the same. The text of a guide does not travel, since it rests on the records there.
    #[command(
        after_help = "Examples:\n  marg themes adopt ../other-city --dry-run                     What would come over?\n  marg themes adopt ../other-city --theme no-interpreter        One of them\n  marg themes adopt ../other-city --same turned-away=rigid-offer   Theirs is ours"
    )]
    Adopt(themes_change::AdoptArgs),
    /// Use a theme no more: it stays in the record, and is offered no longer
    ///
    /// The tab key, `marg chair` and `marg suggest` leave it out from then on, and `marg check` tells where it is used after that day.
    #[command(
        after_help = "Examples:\n  marg themes retire waiting-list --why broad                       From today on\n  marg themes retire waiting-list --use threshold-gap --why broad   And what to use instead"
    )]
    Retire(themes_change::RetireArgs),
    /// Take the last change of the codebook back
    ///
    /// Only the last one can be, once, and only while no file of it has been changed since. What the files said before is kept in .marg/.
    #[command(after_help = "Examples:\n  marg themes undo --dry-run    What would be taken back?\n  marg themes undo              Take it back")]
    Undo(themes_change::UndoArgs),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum KindArg {
    /// What the system does to people
    Barrier,
    /// What people live with
    Need,
    /// What helped
    Enabler,
}

impl From<KindArg> for ThemeKind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Barrier => Self::Barrier,
            KindArg::Need => Self::Need,
            KindArg::Enabler => Self::Enabler,
        }
    }
}

const NONE_YET: &str = "There are no such themes yet: a theme is a file in `themes/`.";
const WHO_COUNTS: &str =
    "People counts everybody in whose discussions a theme stands, under a learning point too; `marg barriers` only those who met it as a barrier.";

pub(in crate::cli) fn run(context: &Context, args: &ThemesArgs) -> Result<ExitCode, CommandError> {
    match &args.command {
        Some(ThemesCommand::History(args)) => themes_history::run(context, args),
        Some(ThemesCommand::Compare(args)) => themes_compare::run(context, args),
        Some(ThemesCommand::Export(args)) => export(context, args),
        Some(ThemesCommand::Import(args)) => import(context, args),
        Some(ThemesCommand::Add(args)) => themes_change::add(context, args),
        Some(ThemesCommand::Rename(args)) => themes_change::rename(context, args),
        Some(ThemesCommand::Merge(args)) => themes_change::merge(context, args),
        Some(ThemesCommand::Split(args)) => themes_change::split(context, args),
        Some(ThemesCommand::Adopt(args)) => themes_change::adopt(context, args),
        Some(ThemesCommand::Retire(args)) => themes_change::retire(context, args),
        Some(ThemesCommand::Undo(args)) => themes_change::undo(context, args),
        None => list(context, args),
    }
}

fn list(context: &Context, args: &ThemesArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let period = args.period.period()?;
    let mut rows = codebook(&loaded.casebook, period);
    rows.retain(|row| args.kind.is_none_or(|kind| ThemeKind::from(kind) == row.kind));
    let mut table = Table::new(vec![
        column("theme", "Theme"),
        middling("kind", "Kind"),
        column("title", "Title"),
        hidden("parent"),
        lesser("stage", "Stage"),
        column("people", "People (any use)"),
        column("uses", "Uses"),
        hidden("first_used"),
        lesser("last_used", "Last used"),
        hidden("definition"),
        hidden("retired"),
    ]);
    for row in &rows {
        table.row(vec![
            row.id.as_str().into(),
            row.kind.word().into(),
            row.title.as_str().into(),
            row.parent.as_deref().into(),
            row.stage.map(crate::model::Stage::word).into(),
            row.people.into(),
            row.uses.into(),
            row.first_used.into(),
            row.last_used.into(),
            row.definition.as_deref().map(str::trim).into(),
            row.retired.then_some("yes").into(),
        ]);
    }
    Answer {
        form: "marg/themes/1",
        text: &|width| if table.is_empty() { String::new() } else { table.text(width.table) },
        status: Some(if rows.is_empty() { NONE_YET } else { WHO_COUNTS }.to_owned()),
        json: &|| json!({ "themes": table.json() }),
        tables: &[("Codebook", &table)],
        names: Some(loaded.casebook.names()),
        about: &|| vec![about_period(period.since, period.until)],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}
