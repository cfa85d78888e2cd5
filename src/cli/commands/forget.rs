//! `marg forget`: what is said of one person is taken out, and what the program cannot reach is listed.

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::Args;

use super::people::a_ref;
use super::vault::VaultArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::not_found;
use crate::model::{Agreed, CaseRef, Casebook, Meeting};
use crate::source::n_of;
use crate::workspace::{Loaded, Mentions, change, forget_ways_back, forgotten, has_changed, mentions, write_forgotten};
use crate::yaml::{forgotten_stone, record_fingerprint};

/// Take out what is said of one person, and list what is left to do
///
/// Every text about the person goes from the meetings: updates, views, decisions, actions, evidence, notes and reasons. What counting
/// needs stays under the ref: days, themes, services, agencies, states and ids. The person goes from the people file, if one is named,
/// so that nobody is behind the ref any more. A file in forgotten/ marks the day, the authority and the scope, and beside it stands the
/// list of what the program cannot reach: git's history, copies, backups, what was sent. It is no claim that everything is erased.
/// If it is interrupted, do it again: what is done is done, and the rest follows.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg forget QLM-7KQ2 --authority DPO                          Only shows what would go
  marg forget QLM-7KQ2 --authority DPO --people ~/marg/people.age --key ~/keys/marg.key --yes")]
pub(in crate::cli) struct ForgetArgs {
    /// The ref
    #[arg(value_name = "REF")]
    case: String,

    /// Who has decided it: a role and an organisation
    #[arg(long, value_name = "WHO")]
    authority: String,

    /// What was decided, in a few words, such as: at the person's request
    #[arg(long, value_name = "TEXT", default_value = "all texts about the person")]
    scope: String,

    /// Only show what would go, as without --yes
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,

    /// Do it
    #[arg(long)]
    yes: bool,

    #[command(flatten)]
    vault: VaultArgs,
}

pub(in crate::cli) fn run(context: &Context, args: &ForgetArgs) -> Result<ExitCode, CommandError> {
    let case = CaseRef(a_ref(&args.case)?);
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let root = loaded.files.root();
    let ids = action_ids(book, &case);
    let concerned: Vec<&Meeting> = book.meetings.iter().filter(|meeting| concerns(meeting, &case, &ids)).collect();
    if concerned.is_empty() && !forgotten(root).contains(case.as_str()) {
        let known = book.meetings.iter().flat_map(|meeting| &meeting.cases).map(|said| said.case.as_str());
        return Err(not_found(format!("no meeting knows `{case}`"), case.as_str(), known, "`marg case` lists them all"));
    }
    if !args.yes {
        return Ok(show(context, args, &case, &concerned, &ids));
    }
    let people_file = match args.vault.path_if_named() {
        // First, so that a wrong key stops everything before anything is changed.
        Some(_) => {
            args.vault.change(context, &format!("forget {case}"), |people| {
                if people.named_in(&format!("{} {}", args.authority, args.scope)).next().is_some() {
                    return Err(CommandError::usage("the authority or the scope names somebody of the people file")
                        .hint("it is kept in the workspace: give a role, and no name"));
                }
                Ok(people.forget(case.as_str()))
            })?;
            "entry removed"
        }
        None => "not named",
    };
    let mut done = Vec::new();
    // One after the other: changing many files at once keeps a way back, and with it every text that is to go.
    for meeting in concerned {
        let texts = forget_in(context, &loaded, meeting, &case, &ids)?;
        context.ui.answer(&format!("{}  {}\n", loaded.files.path(meeting.file), n_of(texts, "text removed", "texts removed")));
        done.push((meeting.id.clone(), texts));
    }
    forget_ways_back(root)?;
    let found = mentions(root, case.as_str());
    let checklist = checklist(&case, people_file, &found);
    let stone = forgotten_stone(case.as_str(), book.today, &args.authority, &args.scope, &done, people_file);
    // Done again with nothing left to take, it keeps what the first time said.
    let is_new = !forgotten(root).contains(case.as_str()) || people_file != "not named" || done.iter().any(|(_, texts)| *texts > 0);
    let path = write_forgotten(root, case.as_str(), is_new.then_some(stone.as_str()), &checklist)?;
    context.ui.answer(&format!("{path}\n\n{checklist}"));
    context.ui.status(&format!(
        "What marg can reach is done. What is left to do stands in forgotten/{case}-to-do.md; until then, do not say that everything is erased."
    ));
    Ok(ExitCode::SUCCESS)
}

fn action_ids(book: &Casebook, case: &CaseRef) -> BTreeSet<String> {
    let said = book.meetings.iter().flat_map(|meeting| &meeting.cases).filter(|said| said.case == *case);
    let ids = said.flat_map(|said| {
        let actions = said.actions.iter().filter_map(|action| action.id.clone());
        actions.chain(said.feedback_to_person.iter().filter_map(|feedback| feedback.id.clone()))
    });
    ids.collect()
}

fn concerns(meeting: &Meeting, case: &CaseRef, ids: &BTreeSet<String>) -> bool {
    meeting.cases.iter().any(|said| said.case == *case)
        || meeting.cases_on_agenda().any(|on| on == case)
        || meeting.previous_actions.iter().any(|report| ids.contains(&report.id))
}

fn show(context: &Context, args: &ForgetArgs, case: &CaseRef, concerned: &[&Meeting], ids: &BTreeSet<String>) -> ExitCode {
    let mut all = 0;
    for meeting in concerned {
        let taken = (*meeting).clone().forget(case, ids);
        all += taken.len();
        let kinds: BTreeSet<&str> = taken.iter().copied().collect();
        let said = kinds.iter().map(|kind| (*kind, taken.iter().filter(|taken| *taken == kind).count()));
        let said: Vec<String> = said.map(|(kind, count)| if count > 1 { format!("{kind} ×{count}") } else { kind.to_owned() }).collect();
        context.ui.answer(&format!("{}  {}\n", meeting.id, if said.is_empty() { "nothing left to take".to_owned() } else { said.join(", ") }));
    }
    let (texts, meetings) = (n_of(all, "text", "texts"), n_of(concerned.len(), "meeting", "meetings"));
    context.ui.status(&format!("{texts} in {meetings} would go. Nothing was changed: `--yes` does it."));
    if args.vault.path_if_named().is_none() {
        context.ui.hint("no people file is named, so who is behind the ref would stay known: name it with `--people FILE`");
    }
    ExitCode::SUCCESS
}

/// Takes the texts from one meeting. Minutes that were agreed stay agreed as they are without them.
fn forget_in(context: &Context, loaded: &Loaded, meeting: &Meeting, case: &CaseRef, ids: &BTreeSet<String>) -> Result<usize, CommandError> {
    let root = loaded.files.root();
    // Asked before anything is changed, since it looks into the file.
    let is_as_agreed = has_changed(loaded, meeting) == Some(false);
    let (amended, taken) = change(root, context.clock, &meeting.id, |meeting, _| meeting.forget(case, ids))?;
    if let Some(agreed) = meeting.agreed.as_ref().filter(|_| is_as_agreed) {
        let record = record_fingerprint(&amended.text);
        change(root, context.clock, &meeting.id, |meeting, _| meeting.agreed = Some(Agreed { record, ..agreed.clone() }))?;
    }
    Ok(taken.len())
}

fn checklist(case: &CaseRef, people_file: &str, found: &Mentions) -> String {
    let mut text =
        format!("# What is left to do about {case}\n\nmarg has changed the files of this workspace. It cannot reach the rest. Tick, with day and name:\n\n");
    let mut item = |words: &str| text.push_str(&format!("- [ ] {words}\n"));
    if people_file == "not named" {
        item("The people file was not named: take the person out with `marg people forget`, and until then it stays known who is behind the ref.");
    } else {
        item("Older copies and backups of the people file still hold the person: delete them.");
    }
    item("Commit the change. Git's history still holds every text, here and in every clone: rewrite it, or put it beyond use as your agreement says.");
    item("Ask every agency that has a copy of this workspace, of minutes or of mail to delete what it need not keep itself.");
    item("Delete backups, or note when they run out.");
    item("Remarks in files (behind #) are yours and were left: read those beside the person's entries.");
    for (path, times) in &found.found {
        item(&format!("`{path}` holds the ref, {}: is there a sentence about the person?", n_of(*times, "time", "times")));
    }
    for path in &found.unsearched {
        item(&format!("`{path}` is packed and was not looked into: is the person in it?"));
    }
    item("Editors, chair journals, downloads, paper, and what was published before.");
    text
}
