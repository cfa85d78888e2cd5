//! What is said when a command needs a name and none was typed: what it needs, and names that are there.

use std::ffi::OsString;

use clap::{ColorChoice, Command};

use super::args::GlobalArgs;
use super::complete::folder_in;
use super::context::Context;
use super::error::CommandError;
use crate::documents::BUILT_IN;
use crate::source::list_of;
use crate::workspace::{find_root, known};

/// How many names are shown.
const EXAMPLES: usize = 3;

/// The error for a command without the argument that is called `wanted`, such as MEETING; nothing, if that says nothing to us.
pub(super) fn nothing_named(wanted: &str, command: &Command, typed: &[OsString]) -> Option<CommandError> {
    let (what, list) = match wanted {
        "REF" => ("the ref of a case", "`marg case` lists them all"),
        "THEME" => ("a theme", "`marg themes` lists them all"),
        "MEETING" => ("a meeting", "`marg meetings` lists them all"),
        "TEMPLATE" => ("a template", "`marg template list` lists them all"),
        _ => return None,
    };
    let called = command.get_bin_name().unwrap_or("marg");
    let names = examples(wanted, typed);
    let such_as = if names.is_empty() { String::new() } else { format!("such as {}; ", list_of(&names, "or")) };
    Some(CommandError::usage(format!("`{called}` needs {what}: `{called} {wanted}`")).hint(format!("{such_as}{list}")))
}

/// The first few names of a kind in the workspace: the latest meetings, the cases discussed last.
fn examples(wanted: &str, typed: &[OsString]) -> Vec<String> {
    let folder = folder_in(typed.iter().cloned()).or_else(|| std::env::var_os("MARG_DIR").map(Into::into));
    let names = || find_root(folder.as_deref().unwrap_or(std::path::Path::new("."))).map(|root| known(&root)).unwrap_or_default();
    let some: Vec<String> = match wanted {
        "REF" => {
            let global = GlobalArgs { dir: folder, today: None, no_cache: false, color: ColorChoice::Never };
            let counted = Context::silent(&global).count_what_there_is().ok();
            counted.map(|counted| counted.register.people().iter().map(|person| person.case.to_owned()).take(EXAMPLES).collect()).unwrap_or_default()
        }
        "THEME" => names().themes.into_iter().map(|theme| theme.id).take(EXAMPLES).collect(),
        "MEETING" => names().meetings.into_iter().rev().take(EXAMPLES).collect(),
        _ => BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).take(EXAMPLES).collect(),
    };
    some.into_iter().map(|name| format!("`{name}`")).collect()
}
