//! `marg themes merge`: several themes become one.

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::Args;

use super::{change, finished, ids_of, in_words, refused};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::model::Theme;
use crate::source::{list_of, n_of};
use crate::workspace::AmendError;

#[derive(Args, Debug)]
pub(in crate::cli::commands) struct MergeArgs {
    /// The themes that go
    #[arg(value_name = "THEME", required = true)]
    themes: Vec<String>,

    /// The theme that stays
    #[arg(long, value_name = "THEME")]
    into: String,

    /// Only show what would change
    #[arg(long)]
    dry_run: bool,
}

pub(in crate::cli::commands) fn run(context: &Context, args: &MergeArgs) -> Result<ExitCode, CommandError> {
    let what = format!("merge {} into `{}`", list_of(&args.themes.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>(), "and"), args.into);
    let many = change(context, args.dry_run, &what, |shop| {
        let into = shop.theme(&args.into)?.clone();
        let mut going: Vec<Theme> = args.themes.iter().map(|id| shop.theme(id).cloned()).collect::<Result<_, _>>()?;
        going.retain(|theme| theme.id != into.id);
        let mut seen = BTreeSet::new();
        going.retain(|theme| seen.insert(theme.id.clone()));
        may_merge(&going, &into)?;
        let ids: Vec<String> = going.iter().flat_map(ids_of).collect();
        let places = shop.retheme(&ids, |_, _, _| Some(into.id.clone()))?;
        going.iter().try_for_each(|theme| shop.remove_theme(&theme.id))?;
        shop.change_theme(&into.id, |into| {
            into.also_known_as.extend(ids);
            for phrase in going.iter().flat_map(|theme| &theme.indicators) {
                if !into.indicators.contains(phrase) {
                    into.indicators.push(phrase.clone());
                }
            }
        })?;
        let today = shop.today();
        let remarks: Vec<String> = going.iter().map(|theme| remark(theme, today)).collect();
        shop.remark(&into.id, &remarks.join("\n\n"))?;
        Ok((into.id, going.len(), places))
    })?;
    let (into, gone, places) = &many.told;
    let (gone, said) = (n_of(*gone, "theme", "themes"), in_words(places));
    finished(
        context,
        args.dry_run,
        &format!("{gone} went into `{into}`: {said}. What their files said stands as a remark in its file; take from it what belongs into the definition."),
        &format!("{gone} would go into `{into}`: {said}."),
    );
    Ok(ExitCode::SUCCESS)
}

fn may_merge(going: &[Theme], into: &Theme) -> Result<(), AmendError> {
    if going.is_empty() {
        return refused(format!("nothing is left to go into `{}`", into.id), "name the themes that go first, and after `--into` the one that stays");
    }
    if into.retired.is_some() {
        return refused(format!("`{}` was retired", into.id), "merge into a theme that is in use");
    }
    for theme in going {
        if theme.kind != into.kind {
            let (a, b) = ((&theme.id, theme.kind), (&into.id, into.kind));
            return refused(format!("`{}` is a {}, and `{}` a {}", a.0, a.1, b.0, b.1), "a need, a barrier and what helped are counted apart");
        }
        if theme.guide.as_ref().is_some_and(|guide| *guide != Default::default()) {
            let hint = format!("take what is still good of it into the guide of `{}`, and the field `guide` out of the file of `{}`", into.id, theme.id);
            return refused(format!("`{}` has a guide of its own, which would be lost", theme.id), hint);
        }
    }
    Ok(())
}

/// What the file of a theme said that is merged into another, for whoever writes the definition anew.
fn remark(theme: &Theme, today: chrono::NaiveDate) -> String {
    let mut remark = format!("Merged on {today}: {}, \"{}\"", theme.id, theme.title);
    let retired = theme.retired.as_ref().and_then(|retired| retired.why.as_ref());
    let texts = [
        ("definition", &theme.definition),
        ("include", &theme.include),
        ("exclude", &theme.exclude),
        ("example", &theme.example),
        ("retired", &retired.cloned()),
    ]
    .map(|(name, text)| (name, text.clone()));
    for (name, text) in texts {
        if let Some(text) = text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            remark.push_str(&format!("\n  {name}: {}", text.replace('\n', "\n    ")));
        }
    }
    remark
}
