//! `marg check`: is everything in order?

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::check_staged;
use super::vault::VaultArgs;
use crate::cli::answer::{Answer, Format, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::{CommandError, NOT_IN_ORDER};
use crate::cli::lookup::not_found;
use crate::cli::snippet::{Located, locate};
use crate::cli::table::{Cell, Table, column};
use crate::lint;
use crate::personal;
use crate::source::{Code, Finding, Severity, n_of};
use crate::workspace::{changed_since_agreed, personal_data, read_plans, read_second_tags, unfinished};
use crate::yaml::codes;

/// Check every file, and say all that is wrong or unwise
///
/// What is wrong keeps a file from being used: other commands refuse until it is mended. What is unwise is valid, but a careful
/// coordinator would want to know. Every finding says where it stands and what to do.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg check                               Everything, with the line of each finding
  marg check --explain barrier-without-at  What a finding means, why it matters and what to do
  marg check --only views-missing          All findings of one kind
  marg check --strict                      End with 1 for unwise findings too, for use in a hook
  marg check --staged                      What the next commit would take
  marg check --people ~/marg/people.age    Names of the people file are looked for, too
  marg check --format json                 For programs; without the lines of the files")]
pub(in crate::cli) struct CheckArgs {
    /// Explain a kind of finding; without a name, list all kinds
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "")]
    explain: Option<String>,

    /// Show only findings of this kind, and all of them
    #[arg(long, value_name = "CODE")]
    only: Option<String>,

    /// Show only what is wrong
    #[arg(long)]
    pub(super) wrong: bool,

    /// Show every finding, also where there are many of a kind
    #[arg(long)]
    all: bool,

    /// End with exit code 1 when something is unwise
    #[arg(long)]
    pub(super) strict: bool,

    /// Only what is staged for the next commit, each file by itself: the hook of `marg hook install` asks so
    #[arg(long, conflicts_with_all = ["only", "explain"])]
    staged: bool,

    #[command(flatten)]
    pub(super) vault: VaultArgs,

    #[command(flatten)]
    pub(super) format: FormatArgs,
}

/// How many unwise findings of a kind are shown before the rest is counted.
const SHOWN_OF_A_KIND: usize = 5;

pub(in crate::cli) fn run(context: &Context, args: &CheckArgs) -> Result<ExitCode, CommandError> {
    if let Some(code) = &args.explain {
        return explain(context, code);
    }
    if args.staged {
        return check_staged::run(context, args);
    }
    let only = args.only.as_deref().map(find_code).transpose()?;
    let mut loaded = context.load()?;
    let opinions = lint::run(&loaded.casebook, &loaded.wrong);
    let changed = changed_since_agreed(&loaded);
    let (_, second) = read_second_tags(&mut loaded);
    let (_, plans) = read_plans(&mut loaded);
    let mut findings = loaded.wrong;
    findings.extend(loaded.unwise);
    findings.extend(changed);
    findings.extend(second);
    findings.extend(plans);
    findings.extend(opinions);
    let book = &loaded.casebook;
    let finder = args.vault.finder(context, &book.group, "check all texts")?;
    findings.extend(personal_data(&loaded.files, &finder, &book.group.personal_data, book.today));
    // What is left out of the list still counts: a workspace is not in order because nobody looked.
    let counts = Counts::of(&findings);
    findings.retain(|finding| only.is_none_or(|code| code.id == finding.code.id) && !(args.wrong && finding.code.severity == Severity::Unwise));
    let asked_for = findings.len();
    // Looking places up means reading files again, so what is not shown is not looked up.
    let everything = args.all || only.is_some() || args.format.format() != Format::Table;
    if !everything {
        keep_some_of_a_kind(&mut findings);
    }
    let located = locate(&loaded.files, &finder, findings);
    let findings = table(&located);
    let summary = summary(&counts, asked_for, loaded.files.len());
    Answer {
        form: "marg/check/1",
        text: &|width| told(&located, &counts, width.table, everything),
        status: Some(summary.clone()),
        json: &|| {
            let found: Vec<_> = located.iter().map(Located::json).collect();
            json!({ "files": loaded.files.len(), "wrong": counts.wrong, "unwise": counts.unwise, "findings": found })
        },
        tables: &[("Findings", &findings)],
        names: None,
        about: &|| vec![("In short".to_owned(), summary.clone())],
    }
    .give(context, &args.format)?;
    tell_unfinished(context, loaded.files.root());
    if let Some(first) = located.first().filter(|_| args.format.format() == Format::Table) {
        context.ui.hint(&format!("`marg check --explain {}` says more about a kind of finding", first.finding.code.id));
    }
    let in_order = counts.wrong == 0 && !(args.strict && counts.unwise > 0);
    Ok(if in_order { ExitCode::SUCCESS } else { ExitCode::from(NOT_IN_ORDER) })
}

/// A meeting that was never finished: what was said there is in nobody's figures yet.
pub(in crate::cli) fn tell_unfinished(context: &Context, root: &Path) {
    for (meeting, entries) in unfinished(root) {
        let entries = n_of(entries, "line", "lines");
        context.ui.warning(&format!("`{meeting}` is being chaired, or was never finished: {entries} entered. `marg chair {meeting}` goes on with it."));
    }
}

pub(super) struct Counts {
    pub(super) wrong: usize,
    pub(super) unwise: usize,
    by_code: BTreeMap<&'static str, usize>,
}

impl Counts {
    pub(super) fn of(found: &[Finding]) -> Self {
        let mut counts = Self { wrong: 0, unwise: 0, by_code: BTreeMap::new() };
        for code in found.iter().map(|finding| finding.code) {
            match code.severity {
                Severity::Wrong => counts.wrong += 1,
                Severity::Unwise => counts.unwise += 1,
            }
            *counts.by_code.entry(code.id).or_default() += 1;
        }
        counts
    }
}

fn keep_some_of_a_kind(findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    findings.retain(|finding| {
        let n = seen.entry(finding.code.id).or_default();
        *n += 1;
        finding.code.severity == Severity::Wrong || *n <= SHOWN_OF_A_KIND
    });
}

pub(super) fn told(located: &[Located], counts: &Counts, width: usize, everything: bool) -> String {
    let mut text = String::new();
    for finding in located {
        text.push_str(&finding.render(width));
        text.push('\n');
    }
    let more = counts.by_code.iter().filter(|(id, n)| {
        !everything && **n > SHOWN_OF_A_KIND && located.iter().any(|l| l.finding.code.id == **id && l.finding.code.severity == Severity::Unwise)
    });
    for (id, n) in more {
        text.push_str(&format!("{} more of the kind `{id}`: `marg check --only {id}` shows them all\n", n - SHOWN_OF_A_KIND));
    }
    text
}

/// What was found in all, and how many of these were asked for.
fn summary(counts: &Counts, asked_for: usize, files: usize) -> String {
    let files = n_of(files, "file", "files");
    let all = counts.wrong + counts.unwise;
    if all == 0 {
        return format!("{files} checked: everything is in order.");
    }
    let of = if asked_for < all { format!(" Shown: {asked_for} of {all}.") } else { String::new() };
    format!("{files} checked: {} wrong, {} unwise.{of}", counts.wrong, counts.unwise)
}

pub(super) fn table(located: &[Located]) -> Table {
    let mut table = Table::new(vec![
        column("severity", ""),
        column("code", ""),
        column("file", ""),
        column("line", ""),
        column("column", ""),
        column("message", ""),
        column("hint", ""),
    ]);
    for found in located {
        let at = found.line_col();
        table.row(vec![
            found.finding.code.severity.word().into(),
            found.finding.code.id.into(),
            found.path.as_str().into(),
            at.map(|at| at.line).into(),
            at.map(|at| at.column).into(),
            found.finding.message.as_str().into(),
            Cell::Text(found.finding.hints.join("; ")),
        ]);
    }
    table
}

pub(in crate::cli) fn all_codes() -> impl Iterator<Item = &'static Code> {
    codes::ALL.iter().copied().chain(lint::rules().map(|rule| &rule.code)).chain(personal::codes::ALL.iter().copied())
}

fn find_code(id: &str) -> Result<&'static Code, CommandError> {
    let known = all_codes().map(|code| code.id);
    let list = "`marg check --explain` lists them all";
    all_codes().find(|code| code.id == id).ok_or_else(|| not_found(format!("there is no kind of finding called `{id}`"), id, known, list))
}

fn explain(context: &Context, id: &str) -> Result<ExitCode, CommandError> {
    if id.is_empty() {
        let mut table = Table::new(vec![column("code", "Code"), column("severity", "Is"), column("summary", "It says that")]);
        for code in all_codes() {
            table.row(vec![code.id.into(), code.severity.word().into(), code.summary.into()]);
        }
        context.ui.answer(&table.text(context.ui.table_width));
        return Ok(ExitCode::SUCCESS);
    }
    let code = find_code(id)?;
    let text = format!("{} ({}): {}\n\n{}\n", code.id, code.severity.word(), code.summary, crate::cli::wrap(code.explain, context.ui.width.min(90)));
    context.ui.answer(&text);
    Ok(ExitCode::SUCCESS)
}

/// The reference of all kinds of findings, for the documentation.
pub(crate) fn reference() -> String {
    let mut text = String::new();
    for (severity, heading, intro) in [
        (Severity::Wrong, "Wrong", "The file cannot be used as it is. Commands that answer questions refuse until it is mended; `marg check` ends with 1."),
        (Severity::Unwise, "Unwise", "Valid, but a careful coordinator would want to know. `marg check` ends with 0, or with 1 under `--strict`."),
    ] {
        text.push_str(&format!("## {heading}\n\n{intro}\n\n"));
        for code in all_codes().filter(|code| code.severity == severity) {
            text.push_str(&format!("### `{}`: {}\n\n{}\n\n", code.id, code.summary, code.explain));
        }
    }
    text.trim_end().to_owned() + "\n"
}
