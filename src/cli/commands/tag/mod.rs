//! `marg tag`: which themes a discussion has, said on the command line.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Args;
use similar::{ChangeTag, TextDiff};

use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::{find_meeting, not_found};
use crate::cli::mistakes::command_at;
use crate::model::{Casebook, Discussion, Meeting, MeetingStatus};
use crate::tagging::{Deed, Manner, Refused, Wish, retag, wishes};
use crate::workspace::{self, Considered, Loaded, Then};

/// Tag a discussion: which needs, barriers and enablers it has
///
/// `+theme` puts a theme where it belongs: a need, a barrier with what is said of it, an enabler. `-theme` takes it off. Themes can be
/// given by id, by name or by a part that only one of them has. Said again, a barrier is changed instead of added. Only the lines that
/// must change do, and `--undo` takes back what was done.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct TagArgs {
    /// The ref of a case, as last discussed; with @MEETING, as discussed there
    #[arg(value_name = "REF", required_unless_present = "undo")]
    case: Option<String>,

    /// Themes with + or - before them, and what is said of each: blocks=, at=, rule=, cause=, scope=, status=, evidence=, memo=, about=
    #[arg(value_name = "TAG", allow_hyphen_values = true)]
    words: Vec<String>,

    /// Who does it, by a role or initials; otherwise the variable MARG_USER says. It is kept with the tag
    #[arg(long, value_name = "NAME", value_parser = name)]
    by: Option<String>,

    /// Confirm themes that somebody else has tagged: name them without a sign
    #[arg(long, conflicts_with = "undo")]
    confirm: bool,

    /// Say that themes do not fit, so that they are not suggested again: name them without a sign
    #[arg(long, conflicts_with_all = ["undo", "confirm"])]
    refuse: bool,

    /// Change the tags of a meeting whose minutes are agreed
    #[arg(long)]
    agreed_too: bool,

    /// Show the lines that would change, and change nothing
    #[arg(long, conflicts_with = "undo")]
    dry_run: bool,

    /// Take back the last change made by this command; again for the one before
    #[arg(long, conflicts_with_all = ["case", "words", "by"])]
    undo: bool,
}

const EXAMPLES: &str = "Examples:
  marg tag QLM-5WSH@2026-03-12-marg +mental-ill-health -substance-use
  marg tag QLM-7KQ2 +arson blocks=supported-accommodation at=northfield --by KIM
  marg tag QLM-7KQ2 +arson rule='Nobody with a fire on record' cause=policy
  marg tag QLM-7KQ2 +arson status=eased --dry-run
  marg tag QLM-7KQ2 arson memo='Is a bin fire one?' about=rule
  marg tag QLM-7KQ2 arson --confirm --by SAM
  marg tag QLM-7KQ2 fire-setting --refuse --by KIM memo='It was his brother.'
  marg tag --undo";

/// What a person is called here: what can stand in a file's line and be a folder's name.
fn name(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 60 || text.chars().any(char::is_control) {
        return Err("a name is a role or initials, such as KIM or Coordinator".to_owned());
    }
    Ok(text.to_owned())
}

/// The options first: behind a theme that may begin with a hyphen, everything would be taken for another.
pub(in crate::cli) fn options_first(program: &clap::Command, typed: Vec<OsString>) -> Vec<OsString> {
    let words: Vec<&str> = typed.iter().map(|word| word.to_str().unwrap_or_default()).collect();
    let is_it = |at: &usize| command_at(program, &typed[..=*at]).get_name() == "tag";
    let Some(at) = words.iter().position(|word| *word == "tag").filter(is_it) else { return typed };
    let command = command_at(program, &typed[..=at]);
    let (mut options, mut rest) = (Vec::new(), Vec::new());
    let mut words = typed[at + 1..].iter();
    while let Some(word) = words.next() {
        let text = word.to_str().unwrap_or_default();
        let is_option = text.starts_with("--") || (text.len() == 2 && text.starts_with('-'));
        if text == "--" {
            rest.extend(words.by_ref().cloned());
        } else if is_option {
            options.push(word.clone());
            let takes = |argument: &&clap::Arg| {
                let long = argument.get_long().is_some_and(|long| text.strip_prefix("--") == Some(long));
                (long || argument.get_short().is_some_and(|short| text.strip_prefix('-') == Some(&short.to_string()))) && argument.get_action().takes_values()
            };
            options.extend(command.get_arguments().find(takes).and_then(|_| words.next()).cloned());
        } else {
            rest.push(word.clone());
        }
    }
    typed[..=at].iter().cloned().chain(options).chain(rest).collect()
}

pub(in crate::cli) fn run(context: &Context, args: &TagArgs) -> Result<ExitCode, CommandError> {
    if args.undo {
        return undo(context);
    }
    let wishes = wishes(&args.words).map_err(refused)?;
    if wishes.is_empty() {
        return Err(CommandError::usage("no theme is named").hint("`marg tag REF +theme` tags, `-theme` takes off").hint("`marg themes` lists them all"));
    }
    let loaded = context.load()?;
    let by = who(args.by.as_deref())?;
    let deed = match (args.confirm, args.refuse) {
        (true, _) => Deed::Confirm,
        (_, true) => Deed::Refuse,
        _ => Deed::Tag,
    };
    let manner = Manner { by: by.as_deref(), on: loaded.casebook.today, deed };
    let (meeting, discussion) = discussion(&loaded.casebook, args.case.as_deref().unwrap_or_default())?;
    let then = if args.dry_run { Then::Look } else { Then::Save };
    let done = Change { meeting, discussion, agreed_too: args.agreed_too }.make(context, &loaded, &wishes, manner, then)?;
    tell(context, &done, then);
    if done.considered.before != done.considered.after && meeting.agreed.is_some() && done.in_the_record {
        context.ui.hint(&format!("the minutes are agreed, and say something else now: `marg minutes agree {} --again` agrees them anew", meeting.id));
    }
    Ok(ExitCode::SUCCESS)
}

/// Who it is that tags, where somebody said so. The name under which they are logged in is nobody's business.
fn who(by: Option<&str>) -> Result<Option<String>, CommandError> {
    match by {
        Some(by) => Ok(Some(by.to_owned())),
        None => crate::cli::context::variable("MARG_USER")
            .map(|user| name(&user).map_err(|why| CommandError::usage(format!("the variable MARG_USER: {why}"))))
            .transpose(),
    }
}

fn refused(refused: Refused) -> CommandError {
    refused.hints.into_iter().fold(CommandError::usage(refused.why), CommandError::hint)
}

/// The discussion that is meant: `REF@MEETING`, or the last of `REF`.
fn discussion<'b>(book: &'b Casebook, asked: &str) -> Result<(&'b Meeting, &'b Discussion), CommandError> {
    let (case, at) = asked.split_once('@').map_or((asked, None), |(case, at)| (case, Some(at)));
    let case = case.trim().to_uppercase();
    let meetings: Vec<&Meeting> = match at {
        Some(at) => vec![find_meeting(book, at)?],
        None => book.meetings.iter().collect(),
    };
    let discussed = |meeting: &&'b Meeting| meeting.cases.iter().find(|of| of.case.as_str() == case).map(|of| (*meeting, of));
    let held = meetings.iter().rev().filter(|meeting| meeting.status.counts()).find_map(discussed);
    held.or_else(|| meetings.iter().rev().find_map(discussed)).ok_or_else(|| {
        let known: Vec<&str> = meetings.iter().flat_map(|meeting| &meeting.cases).map(|of| of.case.as_str()).collect();
        match at {
            Some(_) => not_found(format!("{} did not discuss `{case}`", meetings[0].id), &case, known, "`marg case REF` says where it was discussed"),
            None => not_found(format!("no meeting has discussed a case `{case}`"), &case, known, "`marg case` lists them all"),
        }
    })
}

/// A discussion whose tags are to change.
struct Change<'b> {
    meeting: &'b Meeting,
    discussion: &'b Discussion,
    agreed_too: bool,
}

/// What was done, or would be.
struct Done {
    considered: Considered,
    said: Vec<String>,
    /// Whether needs, barriers or enablers changed, which the minutes show.
    in_the_record: bool,
}

impl Change<'_> {
    fn make(&self, context: &Context, loaded: &Loaded, wishes: &[Wish], manner: Manner<'_>, then: Then) -> Result<Done, CommandError> {
        let (case, id) = (&self.discussion.case, &self.meeting.id);
        let changed = workspace::try_change(loaded.files.root(), context.clock, id, then, |meeting, names| {
            let is_agreed = meeting.agreed.is_some() || meeting.status == MeetingStatus::Agreed;
            let gone = || CommandError::usage(format!("`{case}` does not stand in the file of {id} any more"));
            let discussion = meeting.cases.iter_mut().find(|of| of.case == *case).ok_or_else(gone)?;
            let before = discussion.clone();
            let said = retag(discussion, names, wishes, manner).map_err(refused)?;
            let in_the_record = (&before.needs, &before.barriers, &before.enablers) != (&discussion.needs, &discussion.barriers, &discussion.enablers);
            if is_agreed && in_the_record && !self.agreed_too {
                return Err(CommandError::usage(format!("the minutes of {id} are agreed, and needs, barriers and enablers are part of them"))
                    .hint("`--agreed-too` changes them all the same; then the minutes have to be agreed anew")
                    .hint("who tagged, who confirmed or refused, and notes can be written without it"));
            }
            Ok((said, in_the_record))
        });
        let (considered, (said, in_the_record)) = changed??;
        Ok(Done { considered, said, in_the_record })
    }
}

fn tell(context: &Context, done: &Done, then: Then) {
    if then == Then::Look {
        context.ui.answer(&difference(&done.considered.path, &done.considered.before, &done.considered.after));
    } else {
        context.ui.answer(&format!("{}\n", done.considered.path));
    }
    context.ui.status(&done.said.join(" "));
    match (done.considered.before == done.considered.after, then) {
        (true, _) => context.ui.status("Nothing has to change."),
        (false, Then::Look) => context.ui.status("Nothing was written."),
        (false, Then::Save) => {}
    }
}

/// The lines that go and come, each with its number.
fn difference(path: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let line = |change: similar::Change<&str>| {
        let (sign, at) = match change.tag() {
            ChangeTag::Equal => return None,
            ChangeTag::Delete => ('-', change.old_index()),
            ChangeTag::Insert => ('+', change.new_index()),
        };
        let text = crate::source::printable(change.value().trim_end_matches(['\n', '\r']));
        Some(format!("{path}:{}: {sign}{text}\n", at.map_or(0, |at| at + 1)))
    };
    diff.iter_all_changes().filter_map(line).collect()
}

fn undo(context: &Context) -> Result<ExitCode, CommandError> {
    let root = context.root()?;
    let back = workspace::undo_step(&root).map_err(|error| {
        let hint = match &error {
            workspace::UndoError::Nothing => "`marg tag` keeps its last hundred changes, and here there is none",
            workspace::UndoError::Changed(_) => "open the file, and change by hand what has to be changed",
            workspace::UndoError::Busy | workspace::UndoError::Save(_) => return CommandError::unusable(error.to_string()),
        };
        CommandError::usage(error.to_string()).hint(hint)
    })?;
    context.ui.answer(&difference(&back.path, &back.before, &back.after));
    context.ui.status("Taken back.");
    Ok(ExitCode::SUCCESS)
}
