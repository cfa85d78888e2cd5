//! `marg themes retire`: a theme is used no more.

use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;

use super::{change, finished, refused};
use crate::cli::args::day;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::model::Retired;

#[derive(Args, Debug)]
pub(in crate::cli::commands) struct RetireArgs {
    /// The theme that is used no more
    #[arg(value_name = "THEME")]
    theme: String,

    /// Why, in a sentence
    #[arg(long, value_name = "TEXT")]
    why: String,

    /// The theme to use instead
    #[arg(long = "use", value_name = "THEME")]
    instead: Option<String>,

    /// From which day on, if it is not today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<NaiveDate>,

    /// Only show what would change
    #[arg(long)]
    dry_run: bool,
}

pub(in crate::cli::commands) fn run(context: &Context, args: &RetireArgs) -> Result<ExitCode, CommandError> {
    if args.why.trim().is_empty() {
        return Err(CommandError::usage("`--why` is blank").hint("say in a sentence why it is used no more"));
    }
    let many = change(context, args.dry_run, &format!("retire `{}`", args.theme), |shop| {
        let theme = shop.theme(&args.theme)?.clone();
        if theme.retired.is_some() {
            return refused(format!("`{}` was retired before", theme.id), "its file says when and why, and can be changed by hand");
        }
        let instead = args.instead.as_ref().map(|id| shop.theme(id).cloned()).transpose()?;
        if let Some(instead) = instead.as_ref().filter(|instead| instead.id == theme.id || instead.retired.is_some() || instead.kind != theme.kind) {
            return refused(format!("`{}` cannot be used instead of `{}`", instead.id, theme.id), "name another theme of the same kind that is not retired");
        }
        let on = args.on.unwrap_or_else(|| shop.today());
        let retired = Retired { on: Some(on), why: Some(args.why.trim().to_owned()), instead: instead.map(|theme| theme.id) };
        shop.change_theme(&theme.id, |theme| theme.retired = Some(retired))?;
        Ok((theme.id, on))
    })?;
    let (id, on) = &many.told;
    let on = on.format("%-d %B %Y");
    finished(
        context,
        args.dry_run,
        &format!("`{id}` is retired from {on} on. The record of before keeps it, and it is offered no more."),
        &format!("`{id}` would be retired from {on} on."),
    );
    Ok(ExitCode::SUCCESS)
}
