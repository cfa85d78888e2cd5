//! The stage of a theme, which moves when a session is recorded: proposed, and moved when somebody says yes.

use std::path::Path;

use super::agenda::{from_terminal, somebody_is_there};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::model::{Stage, Theme, Word as _};
use crate::source::list_of;
use crate::workspace;

/// A stage as somebody types it; `keep` leaves it as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    To(Stage),
    Keep,
}

/// Reads what `--stage` says.
pub(super) fn stage(text: &str) -> Result<Move, String> {
    if text == "keep" {
        return Ok(Move::Keep);
    }
    Stage::parse(text).map(Move::To).ok_or_else(|| format!("`{text}` is no stage; it can be {}, or `keep`", list_of(Stage::WORDS, "or")))
}

/// How far a theme is once it had such a meeting. It never goes back by itself.
fn proposed(now: Option<Stage>, kind: &str) -> Option<Stage> {
    let reached = if kind == "workshop" { Stage::Workshop } else { Stage::CommunityOfPractice };
    now.is_none_or(|stage| stage < reached).then_some(reached)
}

/// Moves the theme, or asks, or where nobody is there to be asked says how.
pub(super) fn move_theme(context: &Context, root: &Path, theme: &Theme, kind: &str, asked: Option<Move>) -> Result<(), CommandError> {
    let now = theme.stage.map_or("no stage yet", Stage::word);
    let to = match (asked, proposed(theme.stage, kind)) {
        (Some(Move::Keep), _) | (None, None) => return Ok(()),
        (Some(Move::To(stage)), _) => stage,
        (None, Some(stage)) if somebody_is_there() => {
            let answer = from_terminal()?(&format!("The theme stands at: {now}. Move it to {stage}? [Y/n] "))?;
            let no = answer.is_none_or(|answer| !matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"));
            if no {
                return Ok(());
            }
            stage
        }
        (None, Some(stage)) => {
            context
                .ui
                .hint(&format!("the theme stands at: {now}; `stage: {stage}` in `themes/{}.yaml` moves it, and so would `--stage {stage}` have", theme.id));
            return Ok(());
        }
    };
    if theme.stage != Some(to) {
        let (changed, ()) = workspace::change_theme(root, context.clock, &theme.id, |theme| theme.stage = Some(to))?;
        context.ui.status(&format!("The theme moved from {now} to {to} ({}).", changed.path));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_moves_a_theme_on_and_never_back() {
        assert_eq!(proposed(None, "community-of-practice"), Some(Stage::CommunityOfPractice));
        assert_eq!(proposed(Some(Stage::Emerging), "workshop"), Some(Stage::Workshop));
        assert_eq!(proposed(Some(Stage::GuideDraft), "workshop"), None);
        assert_eq!((stage("keep"), stage("workshop")), (Ok(Move::Keep), Ok(Move::To(Stage::Workshop))));
        assert!(stage("soon").is_err());
    }
}
