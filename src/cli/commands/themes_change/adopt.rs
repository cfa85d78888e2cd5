//! `marg themes adopt`: themes of another workspace come over.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{change, finished};
use crate::analysis::{Match, Pair, compare};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::{find_theme, not_found};
use crate::cli::table::{Table, column};
use crate::model::Theme;
use crate::source::n_of;

#[derive(Args, Debug)]
pub(in crate::cli::commands) struct AdoptArgs {
    /// The folder of the other workspace
    #[arg(value_name = "OTHER", value_hint = clap::ValueHint::DirPath)]
    other: PathBuf,

    /// Only this theme of theirs, also where it is like one that is here; may be given more than once
    #[arg(long = "theme", value_name = "ID")]
    themes: Vec<String>,

    /// One of theirs is one that is here, which is then known by both names; may be given more than once
    #[arg(long, value_name = "THEIRS=OURS", value_parser = same)]
    same: Vec<(String, String)>,

    /// Only show what would come over
    #[arg(long)]
    dry_run: bool,
}

fn same(text: &str) -> Result<(String, String), String> {
    let (theirs, ours) = text.split_once('=').ok_or("write their id, `=`, and the id of the theme that is here")?;
    Ok((theirs.trim().to_owned(), ours.trim().to_owned()))
}

pub(in crate::cli::commands) fn run(context: &Context, args: &AdoptArgs) -> Result<ExitCode, CommandError> {
    let here = context.load_codebook()?.casebook;
    let there = context.load_codebook_at(&args.other)?.casebook;
    for id in args.themes.iter().chain(args.same.iter().map(|(theirs, _)| theirs)) {
        if !there.themes.iter().any(|theme| theme.id == *id) {
            let known = there.themes.iter().map(|theme| theme.id.as_str());
            return Err(not_found(format!("there is no theme `{id}` in `{}`", args.other.display()), id, known, "`marg themes compare` lists them"));
        }
    }
    args.same.iter().try_for_each(|(_, ours)| find_theme(here.names(), ours).map(drop))?;
    let pairs = compare(&here.themes, &there.themes);
    let (table, comes) = sorted(args, &pairs);
    let names: Vec<(String, String)> = args.same.iter().filter(|(theirs, _)| here.names().find_theme(theirs).is_none()).cloned().collect();
    if !args.dry_run {
        context.ui.answer(&table.text(context.ui.widths().table));
    }
    let what = format!("adopt {}", n_of(comes.len() + names.len(), "theme", "themes"));
    change(context, args.dry_run, &what, |shop| {
        for (theirs, ours) in &names {
            let id = shop.theme(ours)?.id.clone();
            shop.change_theme(&id, |theme| theme.also_known_as.push(theirs.clone()))?;
        }
        // A name stands for one theme only.
        let taken = here.themes.iter().chain(comes.iter().copied()).map(|theme| &theme.id).chain(here.themes.iter().flat_map(|theme| &theme.also_known_as));
        let mut taken: BTreeSet<String> = taken.chain(names.iter().map(|(theirs, _)| theirs)).cloned().collect();
        comes.iter().try_for_each(|theme| shop.add_theme(&adopted(theme, &mut taken)))
    })?;
    let n = n_of(comes.len(), "theme", "themes");
    let same = if names.is_empty() { String::new() } else { format!(", and {} of theirs for themes that are here", n_of(names.len(), "name", "names")) };
    if comes.is_empty() && names.is_empty() {
        context.ui.status("Nothing comes over: see `marg themes compare`.");
    } else {
        finished(context, args.dry_run, &format!("{n} came over{same}."), &format!("{n} would come over{same}."));
    }
    Ok(ExitCode::SUCCESS)
}

/// What becomes of each of their themes, and those that come over.
fn sorted<'a>(args: &AdoptArgs, pairs: &[Pair<'a>]) -> (Table, Vec<&'a Theme>) {
    let mut table = Table::new(vec![column("theirs", "Theirs"), column("becomes", "Becomes"), column("why", "Why")]);
    let mut comes: Vec<&'a Theme> = Vec::new();
    for pair in pairs {
        let Some(theirs) = pair.there else { continue };
        let is_named = args.themes.contains(&theirs.id);
        let ours = pair.here.map(|theme| theme.id.as_str());
        let mapped = args.same.iter().find(|(id, _)| *id == theirs.id).map(|(_, ours)| ours.as_str());
        let is_new = pair.found == Match::OnlyThere || (pair.found == Match::Near && is_named);
        let comes_over = is_new && mapped.is_none() && theirs.retired.is_none() && (args.themes.is_empty() || is_named);
        // One of theirs may be near several of ours.
        if comes_over && !comes.iter().any(|theme| theme.id == theirs.id) {
            comes.push(theirs);
        }
        let (becomes, why) = match (mapped, pair.found) {
            (Some(ours), _) => (Some(ours), "as you say"),
            _ if comes_over => (Some(theirs.id.as_str()), "new here"),
            (_, Match::SameId) => (ours, "is here under the same id"),
            (_, Match::OtherName) => (ours, "is here under another name"),
            (_, Match::Near) => (None, "is like one that is here: name it with --theme, or say with --same that it is that one"),
            _ if theirs.retired.is_some() => (None, "was retired there"),
            _ => (None, "was not asked for"),
        };
        table.row(vec![theirs.id.as_str().into(), becomes.into(), why.into()]);
    }
    (table, comes)
}

/// Their theme as it is here: without the text of the guide, which rests on their records.
fn adopted(theme: &Theme, taken: &mut BTreeSet<String>) -> Theme {
    let mut own = Theme { stage: None, retired: None, guide: None, ..theme.clone() };
    own.also_known_as.retain(|earlier| taken.insert(earlier.clone()));
    own
}
