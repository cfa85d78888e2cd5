//! `marg themes add`: a new theme.

use std::process::ExitCode;

use clap::Args;

use super::{change, finished};
use crate::cli::commands::agenda::{Lines, from_terminal, somebody_is_there};
use crate::cli::commands::themes::KindArg;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::model::{Theme, ThemeKind, Word};
use crate::source::{FileId, list_of};

#[derive(Args, Debug)]
pub(in crate::cli::commands) struct AddArgs {
    /// The id of the new theme, which is the name of its file
    #[arg(value_name = "ID")]
    id: String,

    /// A short title in plain words
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// What it is
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<KindArg>,
    /// What it means, so that two people would use it alike
    #[arg(long, value_name = "TEXT")]
    definition: Option<String>,
    /// When to use it
    #[arg(long, value_name = "TEXT")]
    include: Option<String>,
    /// When not to use it, and what to use instead
    #[arg(long, value_name = "TEXT")]
    exclude: Option<String>,
    /// One invented example
    #[arg(long, value_name = "TEXT")]
    example: Option<String>,
    /// A heading to group by
    #[arg(long, value_name = "TEXT")]
    parent: Option<String>,
    /// A phrase in notes that suggests it; may be given more than once
    #[arg(long = "indicator", value_name = "TEXT")]
    indicators: Vec<String>,

    /// Only show what would be written
    #[arg(long)]
    dry_run: bool,
}

/// What a theme needs: the option, and how it is asked for.
const NEEDED: [(&str, &str); 3] = [
    ("title", "What is it called? A short title in plain words"),
    ("kind", "What is it? barrier (what the system does), need (what the person lives with) or enabler (what helped)"),
    ("definition", "What does it mean? So that two people would use it alike"),
];

pub(in crate::cli::commands) fn run(context: &Context, args: &AddArgs) -> Result<ExitCode, CommandError> {
    let Some([title, kind, definition]) = needed(args)? else {
        context.ui.status("Nothing was written.");
        return Ok(ExitCode::SUCCESS);
    };
    let theme = Theme {
        id: args.id.clone(),
        file: FileId(0),
        title,
        kind: ThemeKind::parse(&kind).ok_or_else(|| CommandError::usage(format!("`{kind}` is no kind")).hint("it can be barrier, need or enabler"))?,
        parent: said(args.parent.as_ref()),
        definition: Some(definition),
        include: said(args.include.as_ref()),
        exclude: said(args.exclude.as_ref()),
        example: said(args.example.as_ref()),
        indicators: args.indicators.iter().filter_map(|phrase| said(Some(phrase))).collect(),
        also_known_as: Vec::new(),
        stage: None,
        retired: None,
        guide: None,
    };
    change(context, args.dry_run, &format!("add `{}`", theme.id), |shop| shop.add_theme(&theme))?;
    finished(context, args.dry_run, &format!("`{}` is a theme now.", theme.id), &format!("`{}` would be a theme.", theme.id));
    Ok(ExitCode::SUCCESS)
}

fn said(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Title, kind and definition: as they were given, or as they are told now. Nothing when whoever is asked has had enough.
fn needed(args: &AddArgs) -> Result<Option<[String; 3]>, CommandError> {
    let given = [said(args.title.as_ref()), args.kind.map(|kind| ThemeKind::from(kind).word().to_owned()), said(args.definition.as_ref())];
    let open: Vec<&(&str, &str)> = NEEDED.iter().zip(&given).filter(|(_, given)| given.is_none()).map(|(needed, _)| needed).collect();
    if !open.is_empty() && !somebody_is_there() {
        let options: Vec<String> = open.iter().map(|(name, _)| format!("`--{name}`")).collect();
        let error = CommandError::usage(format!("a theme needs {}", list_of(&options, "and")));
        return Err(open.iter().fold(error, |error, (name, ask)| error.hint(format!("--{name}: {ask}"))));
    }
    let mut lines: Box<Lines<'_>> = if open.is_empty() { Box::new(|_| Ok(None)) } else { Box::new(from_terminal()?) };
    ask(given, &mut *lines)
}

fn ask(given: [Option<String>; 3], lines: &mut Lines<'_>) -> Result<Option<[String; 3]>, CommandError> {
    let mut answers = given;
    for ((name, question), answer) in NEEDED.iter().zip(&mut answers) {
        while answer.is_none() {
            let Some(line) = lines(&format!("{question}\n> "))? else { return Ok(None) };
            *answer = said(Some(&line)).filter(|text| *name != "kind" || ThemeKind::parse(text).is_some());
        }
    }
    let [title, kind, definition] = answers.map(Option::unwrap_or_default);
    Ok(Some([title, kind, definition]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_asked_for_until_it_is_said() {
        let mut typed = ["", "obstacle", "barrier", "Nobody answers."].into_iter();
        let mut lines = |_: &str| Ok(typed.next().map(str::to_owned));
        let answers = ask([Some("No answer".to_owned()), None, None], &mut lines).unwrap();
        assert_eq!(answers, Some(["No answer".to_owned(), "barrier".to_owned(), "Nobody answers.".to_owned()]));
        assert_eq!(ask([None, None, None], &mut |_: &str| Ok(None)).unwrap(), None, "whoever has had enough is let go");
    }
}
