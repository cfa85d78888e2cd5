//! `marg init`: a workspace to start from.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::Days;
use clap::Args;

use super::schema;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::source::printable;
use crate::workspace::{GROUP_FILE, SaveError, create_new, known};
use crate::yaml::FileKind;

/// Make a workspace to start from: the group, a starter codebook, and a first planned meeting
///
/// Nothing that is there already is overwritten. Every file is commented, and passes `marg check` as it is.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg init my-group    In a new folder
  marg init             In this folder")]
pub(in crate::cli) struct InitArgs {
    /// The folder; this one if none is named
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// The starter codebook: themes that most groups meet in their first year.
macro_rules! starter {
    ($($id:literal),+ $(,)?) => {
        &[$((concat!("themes/", $id, ".yaml"), include_str!(concat!("../../../themes/", $id, ".yaml")))),+]
    };
}

const THEMES: &[(&str, &str)] = starter![
    "threshold-gap",
    "referral-bounced",
    "dual-diagnosis-bounce",
    "waiting-list",
    "closed-non-engagement",
    "id-address-digital",
    "no-suitable-accommodation",
    "bed-lost-eviction",
    "arrears-affordability",
    "prison-release-gap",
    "hospital-discharge-gap",
    "no-lead-coordinator",
    "info-not-shared",
    "voice-not-heard",
    "homelessness",
    "substance-use",
    "mental-ill-health",
    "offending-justice",
    "physical-health",
    "fire-setting",
    "named-lead-worker",
    "peer-support-alongside",
];

const GROUP: &str = include_str!("../starter/marg.yaml");
const MEETING: &str = include_str!("../starter/meeting.yaml");
const IGNORED: &str = "# What marg makes from the workspace is not part of it.\n/out/\n/.marg/\n";
/// The first meeting is planned for two weeks from today.
const AHEAD: Days = Days::new(14);
/// What its example sets is due two weeks later, and the next meeting is held four weeks later.
const DUE: Days = Days::new(28);
const NEXT: Days = Days::new(42);

pub(in crate::cli) fn run(context: &Context, args: &InitArgs) -> Result<ExitCode, CommandError> {
    let folder = args.folder.clone().or_else(|| context.dir.clone()).unwrap_or_else(|| PathBuf::from("."));
    if folder.join(GROUP_FILE).exists() {
        let error = CommandError::unusable(format!("`{}` is a workspace already, and was left as it is", folder.display()));
        return Err(error.hint("`marg check` says whether everything in it is in order"));
    }
    let today = context.clock.given.unwrap_or(context.clock.now);
    let ahead = |days: Days| today.checked_add_days(days).unwrap_or(today).to_string();
    let date = ahead(AHEAD);
    let text = MEETING.replace("{date}", &date).replace("{due}", &ahead(DUE)).replace("{next}", &ahead(NEXT));
    let group = (GROUP_FILE.to_owned(), FileKind::Group.modeline() + GROUP);
    let meeting = (format!("meetings/{date}-marg.yaml"), FileKind::Meeting.modeline() + &text);
    let mut files: Vec<(String, String)> = vec![group, meeting, (".gitignore".to_owned(), IGNORED.to_owned())];
    files.extend(THEMES.iter().map(|(name, text)| ((*name).to_owned(), FileKind::Theme.modeline() + text)));
    write(context, &folder, &files)?;
    // The schemas suggest the names that are there now.
    let own = known(&folder);
    let schemas: Vec<(String, String)> = FileKind::ALL.iter().map(|kind| (kind.schema_file(), schema::text(*kind, Some(&own)))).collect();
    write(context, &folder, &schemas)?;
    tell(context, &folder.display().to_string(), &meeting_name(&files));
    Ok(ExitCode::SUCCESS)
}

fn write(context: &Context, folder: &Path, files: &[(String, String)]) -> Result<(), CommandError> {
    for (name, text) in files {
        match create_new(&folder.join(name), text) {
            Ok(()) => {}
            Err(SaveError::Exists(path)) => context.ui.warning(&format!("`{}` is there already, and was left as it is", path.display())),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn meeting_name(files: &[(String, String)]) -> String {
    files.iter().map(|(name, _)| name).find(|name| name.starts_with("meetings/")).cloned().unwrap_or_default()
}

fn tell(context: &Context, folder: &str, meeting: &str) {
    let folder = printable(folder);
    let at = |path: &str| format!("{folder}/{path}");
    let written = [
        (at(GROUP_FILE), "the group: its agencies and services".to_owned()),
        (at("themes/"), format!("a starter codebook of {} themes", THEMES.len())),
        (at(meeting), "a first meeting, planned".to_owned()),
        (at("schemas/"), "for editors that help while you type, such as VS Code".to_owned()),
    ];
    let width = written.iter().map(|(path, _)| path.chars().count()).max().unwrap_or(0);
    let line = |(path, about): &(String, String)| format!("{path:width$}  {about}\n");
    context.ui.answer(&written.iter().map(line).collect::<String>());
    let step_in = if folder == "." { String::new() } else { format!("`cd {}`, then ", in_quotes(&folder)) };
    context.ui.status("What to do next:");
    context.ui.status(&format!("1. Open {} and put your own agencies and services in the place of the examples.", at(GROUP_FILE)));
    context.ui.status(&format!("2. Put the date of your first meeting into {}, and into its name.", at(meeting)));
    context.ui.status(&format!("3. {step_in}`marg check`: it says whether everything is in order."));
    context.ui.status("`marg help files` explains the files, and how to make the next meeting.");
}

/// A folder as a shell takes it for one word.
fn in_quotes(folder: &str) -> String {
    let plain = folder.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '\\' | ':'));
    if plain { folder.to_owned() } else { format!("\"{folder}\"") }
}
