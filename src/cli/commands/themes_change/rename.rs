//! `marg themes rename`: another id for a theme.

use std::process::ExitCode;

use clap::Args;

use super::{change, finished, ids_of, in_words, refused};
use crate::cli::context::Context;
use crate::cli::error::CommandError;

#[derive(Args, Debug)]
pub(in crate::cli::commands) struct RenameArgs {
    /// The theme, by its id
    #[arg(value_name = "THEME")]
    old: String,

    /// Its new id, which is the name of its file
    #[arg(value_name = "ID")]
    new: String,

    /// Only show what would change
    #[arg(long)]
    dry_run: bool,
}

pub(in crate::cli::commands) fn run(context: &Context, args: &RenameArgs) -> Result<ExitCode, CommandError> {
    let new = args.new.as_str();
    let what = format!("rename `{}` to `{new}`", args.old);
    let many = change(context, args.dry_run, &what, |shop| {
        let theme = shop.theme(&args.old)?.clone();
        if theme.id == new {
            return refused(format!("the theme is called `{new}` already"), "`marg themes` lists them all");
        }
        shop.may_be_called(new, Some(&theme.id))?;
        let ids = ids_of(&theme);
        let places = shop.retheme(&ids, |_, _, _| Some(new.to_owned()))?;
        shop.change_theme(&theme.id, |theme| {
            let old = theme.id.clone();
            theme.also_known_as.retain(|earlier| earlier != new);
            theme.also_known_as.push(old);
        })?;
        shop.move_theme(&theme.id, new)?;
        Ok((theme.id, places))
    })?;
    let (old, places) = &many.told;
    let said = in_words(places);
    finished(
        context,
        args.dry_run,
        &format!("`{old}` is `{new}` now: {said}. The earlier id still stands for it."),
        &format!("`{old}` would become `{new}`: {said}."),
    );
    Ok(ExitCode::SUCCESS)
}
