//! `marg check --staged`: what the next commit would take.

use std::process::ExitCode;

use serde_json::json;

use super::check::{CheckArgs, Counts, table, told};
use crate::cli::answer::Answer;
use crate::cli::context::Context;
use crate::cli::error::{CommandError, NOT_IN_ORDER};
use crate::cli::snippet::{Located, locate_with};
use crate::source::{Severity, n_of};
use crate::workspace::check_staged;

pub(super) fn run(context: &Context, args: &CheckArgs) -> Result<ExitCode, CommandError> {
    let root = context.root()?;
    let (staged, finder) = check_staged(&root, context.clock, |group| args.vault.finder(context, group, "check what is staged"))?;
    let counts = Counts::of(&staged.findings);
    let mut findings = staged.findings;
    findings.retain(|finding| !args.wrong || finding.code.severity == Severity::Wrong);
    let located =
        locate_with(&finder, findings, |file| staged.files.get(file.0 as usize).map(|(path, text)| (path.clone(), Some(text.clone()))).unwrap_or_default());
    let table = table(&located);
    let summary = format!("{} staged: {} wrong, {} unwise.", n_of(staged.files.len(), "file", "files"), counts.wrong, counts.unwise);
    Answer {
        form: "marg/check/1",
        text: &|width| told(&located, &counts, width.table, true),
        status: Some(summary.clone()),
        json: &|| {
            let found: Vec<_> = located.iter().map(Located::json).collect();
            json!({ "files": staged.files.len(), "wrong": counts.wrong, "unwise": counts.unwise, "findings": found })
        },
        tables: &[("Findings", &table)],
        names: None,
        about: &|| vec![("In short".to_owned(), summary.clone())],
    }
    .give(context, &args.format)?;
    if !staged.unread.is_empty() {
        let files = n_of(staged.unread.len(), "staged file is no text and was not looked into", "staged files are no texts and were not looked into");
        context.ui.warning(&format!("{files}: {}", staged.unread.join(", ")));
    }
    if counts.wrong > 0 {
        context.ui.hint("mend it and `git add` it again; what is allowed to stand there is said in marg.yaml: `marg help personal-data`");
    }
    let in_order = counts.wrong == 0 && !(args.strict && counts.unwise > 0);
    Ok(if in_order { ExitCode::SUCCESS } else { ExitCode::from(NOT_IN_ORDER) })
}
