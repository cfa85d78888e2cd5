//! The file in which people decide about each mark.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use crate::cli::error::CommandError;
use crate::release::{AccessDecision, FlagLine};
use crate::source::{list_of, n_of};
use crate::workspace::read_named;
use crate::yaml::{MarkDecision, decisions_text, read_decisions};

/// The file as it is to be written: an entry a mark, and what was decided before where the mark is the same.
pub(super) fn file(case: &str, flags: &[FlagLine], path: &Path) -> Result<String, CommandError> {
    let before = match read_named(path) {
        Ok(text) => understood(path, case, &text)?,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(unreadable(path, &error.to_string())),
    };
    let decided: BTreeMap<&str, &MarkDecision> = before.iter().map(|one| (one.id.as_str(), one)).collect();
    let entry = |flag: &FlagLine| {
        let (decision, reason) = decided.get(flag.id.as_str()).map(|one| (one.decision.clone(), one.reason.clone())).unwrap_or_default();
        MarkDecision { id: flag.id.clone(), at: flag.at.clone(), kind: flag.kind.to_owned(), decision, reason }
    };
    Ok(decisions_text(case, &flags.iter().map(entry).collect::<Vec<_>>()))
}

/// The decisions, when there is one for every mark.
pub(super) fn read(path: &Path, case: &str, flags: &[FlagLine]) -> Result<BTreeMap<String, AccessDecision>, CommandError> {
    let text = read_named(path).map_err(|error| unreadable(path, &error.to_string()))?;
    let mut decisions = BTreeMap::new();
    for one in understood(path, case, &text)? {
        let keep = match one.decision.as_str() {
            "keep" => true,
            "remove" if one.reason.is_empty() => {
                return Err(CommandError::usage(format!("the mark {} is to be removed, and no reason is given", one.id))
                    .hint("write it after `reason:`; the person who asked will read it"));
            }
            "remove" => false,
            "" => continue,
            other => return Err(CommandError::usage(format!("`{other}` is no decision about the mark {}", one.id)).hint("write `keep` or `remove`")),
        };
        let reason = one.reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if decisions.insert(one.id.clone(), AccessDecision { keep, reason }).is_some() {
            return Err(CommandError::usage(format!("the mark {} is decided twice", one.id)).hint("take one of the two entries out"));
        }
    }
    let open: Vec<String> = flags.iter().filter(|flag| !decisions.contains_key(&flag.id)).map(|flag| format!("{} ({})", flag.id, flag.at)).collect();
    if open.is_empty() {
        return Ok(decisions);
    }
    const SHOWN: usize = 5;
    let more = if open.len() > SHOWN { format!(", and {} more", open.len() - SHOWN) } else { String::new() };
    let waits = n_of(open.len(), "mark has", "marks have");
    Err(CommandError::usage(format!("{waits} no decision yet: {}{more}", list_of(&open[..open.len().min(SHOWN)], "and")))
        .hint("write `keep` or `remove` for each; the command without `--release` writes a new list, and keeps what is decided"))
}

fn understood(path: &Path, case: &str, text: &str) -> Result<Vec<MarkDecision>, CommandError> {
    let (of, decisions) = read_decisions(text).map_err(|why| unreadable(path, &why))?;
    if of == case {
        return Ok(decisions);
    }
    Err(CommandError::usage(format!("`{}` holds decisions about another ref", path.display()))
        .hint("name the file that was written with this one's working copy"))
}

fn unreadable(path: &Path, why: &str) -> CommandError {
    CommandError::unusable(format!("`{}` cannot be read as a list of decisions: {why}", path.display()))
        .hint("mend it, or put it away: then the command without `--release` writes a new one")
}
