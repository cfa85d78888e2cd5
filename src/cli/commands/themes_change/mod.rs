//! Changes of the codebook, each in all files that it touches: what they share, which is the preview and what is told afterwards.

mod add;
mod adopt;
mod merge;
mod occurrences;
mod rename;
mod retire;
mod split;
mod undo;

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::model::Theme;
use crate::source::n_of;
use crate::workspace::{self, AmendError, FileChange, Many, Workshop};

pub(super) use add::{AddArgs, run as add};
pub(super) use adopt::{AdoptArgs, run as adopt};
pub(super) use merge::{MergeArgs, run as merge};
pub(super) use rename::{RenameArgs, run as rename};
pub(super) use retire::{RetireArgs, run as retire};
pub(super) use split::{SplitArgs, run as split};
pub(super) use undo::{UndoArgs, run as undo};

/// So much of a preview is shown of each file, and of so many files.
const LINES: usize = 12;
const FILES: usize = 20;

/// How many places changed, by file.
type Places = Vec<(String, usize)>;

/// Thinks a change out, and makes it unless it is only to be looked at. What it comes to is told either way.
fn change<T>(
    context: &Context,
    dry_run: bool,
    what: &str,
    change: impl FnOnce(&mut Workshop<'_, '_>) -> Result<T, AmendError>,
) -> Result<Many<T>, CommandError> {
    let many = workspace::change_many(&context.root()?, context.clock, !dry_run, what, change)?;
    tell(context, dry_run, &many.files);
    Ok(many)
}

/// The files that came and went, or the preview of everything.
fn tell(context: &Context, dry_run: bool, files: &[FileChange]) {
    if dry_run {
        context.ui.answer(&preview(files));
        return;
    }
    let of_themes = files.iter().filter(|file| file.path.starts_with("themes/"));
    let lines: String = of_themes.map(|file| format!("{}{}\n", file.path, if file.after.is_none() { " (gone)" } else { "" })).collect();
    context.ui.answer(&lines);
}

fn preview(files: &[FileChange]) -> String {
    let mut shown = files.iter().take(FILES).map(preview_of).collect::<String>();
    if files.len() > FILES {
        let _ = writeln!(shown, "and {} like these", n_of(files.len() - FILES, "file", "files"));
    }
    shown
}

/// The lines that would go and come, without those around them.
fn preview_of(file: &FileChange) -> String {
    let (before, after) = (file.before.as_deref().unwrap_or_default(), file.after.as_deref().unwrap_or_default());
    let state = match (&file.before, &file.after) {
        (None, _) => " (new)",
        (_, None) => " (goes)",
        _ => "",
    };
    let mut shown = format!("{}{state}\n", file.path);
    let diff = TextDiff::from_lines(before, after);
    let changes: Vec<_> = diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal).collect();
    if file.after.is_none() {
        return shown;
    }
    for change in changes.iter().take(LINES) {
        let sign = if change.tag() == ChangeTag::Delete { '-' } else { '+' };
        let _ = writeln!(shown, "  {sign} {}", change.value().trim_end_matches(['\n', '\r']));
    }
    if changes.len() > LINES {
        let _ = writeln!(shown, "  and {} more", n_of(changes.len() - LINES, "line", "lines"));
    }
    shown
}

/// `46 places in 31 meetings`, with what else there is.
fn in_words(places: &Places) -> String {
    let of = |folder: &str| places.iter().filter(|(path, _)| path.starts_with(folder)).collect::<Vec<_>>();
    let sum = |files: &[&(String, usize)]| files.iter().map(|(_, n)| n).sum::<usize>();
    let (meetings, others) = (of("meetings/"), [of("themes/"), of("tagging/")].concat());
    let more = if others.is_empty() { String::new() } else { format!(" and {} in {}", sum(&others), n_of(others.len(), "other file", "other files")) };
    format!("{} in {}{more}", n_of(sum(&meetings), "place", "places"), n_of(meetings.len(), "meeting", "meetings"))
}

/// What is said at the end: in the past where it was done.
fn finished(context: &Context, dry_run: bool, done: &str, would: &str) {
    let text = if dry_run { format!("{would} Nothing was written.") } else { format!("{done} `marg themes undo` takes it back.") };
    context.ui.status(&text);
}

/// All ids that stand for a theme.
fn ids_of(theme: &Theme) -> Vec<String> {
    [&theme.id].into_iter().chain(&theme.also_known_as).cloned().collect()
}

fn refused<T>(message: impl Into<String>, hint: impl Into<String>) -> Result<T, AmendError> {
    Err(AmendError::Refused(message.into(), vec![hint.into()]))
}
