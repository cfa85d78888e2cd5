//! What the next commit would take, looked at before it does.

use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::git::{Git, GitError};
use super::list::stem;
use super::load::{Codebook, read_codebook};
use super::personal::personal_findings;
use super::{Clock, GROUP_FILE};
use crate::model::Group;
use crate::personal::Finder;
use crate::source::{FileId, Finding};
use crate::yaml::{self, Vocabulary};

/// Files as they are staged, and what is wrong or unwise in each by itself: whether they fit together is a question to the whole workspace.
pub struct Staged {
    /// Relative to the root, each with its text.
    pub files: Vec<(String, String)>,
    /// Files that are no texts: nobody looked into them.
    pub unread: Vec<String>,
    /// Each at the place of its file in `files`.
    pub findings: Vec<Finding>,
}

/// Checks what is staged in the part of the repository that is the workspace. Themes and agencies are those on the disk.
///
/// # Errors
///
/// When the workspace is not kept in git, or git cannot be asked.
pub fn check_staged<E: From<GitError>>(root: &Path, clock: Clock, finder: impl FnOnce(&Group) -> Result<Finder, E>) -> Result<(Staged, Finder), E> {
    let (texts, unread): (Vec<_>, Vec<_>) = Git::at(root)?.staged()?.into_iter().partition(|(_, text)| text.is_some());
    let files: Vec<(String, String)> = texts.into_iter().filter_map(|(path, text)| Some((path, text?))).collect();
    let book = Staging::new(read_codebook(root, &[]), clock);
    let finder = finder(&book.group)?;
    let check = |(n, (path, text)): (usize, &(String, String))| book.check(FileId(n as u32), path, text, &finder);
    let findings = files.par_iter().enumerate().map(check).collect::<Vec<_>>().concat();
    Ok((Staged { files, unread: unread.into_iter().map(|(path, _)| path).collect(), findings }, finder))
}

/// What staged files are checked against.
struct Staging {
    group: Group,
    vocabulary: Vocabulary,
    today: NaiveDate,
}

impl Staging {
    fn new(codebook: Codebook, clock: Clock) -> Self {
        let Codebook { group, own_today, themes, broken, themes_unread, .. } = codebook;
        let vocabulary = Vocabulary::new(group.as_ref(), &themes, broken).with_themes_unread(themes_unread);
        Self { group: group.unwrap_or_default(), vocabulary, today: clock.today(own_today) }
    }

    fn check(&self, file: FileId, path: &str, text: &str, finder: &Finder) -> Vec<Finding> {
        let mut findings = self.format(file, path, text);
        findings.extend(personal_findings(file, path, text, finder, &self.group.personal_data, self.today));
        findings
    }

    fn format(&self, file: FileId, path: &str, text: &str) -> Vec<Finding> {
        let is_in = |folder: &str| path.starts_with(folder) && path.ends_with(".yaml");
        if path == GROUP_FILE {
            let (raw, findings) = yaml::read_group(file, text);
            raw.map_or(findings.clone(), |raw| yaml::check_group(file, raw, findings).findings)
        } else if is_in("themes/") {
            let (raw, findings) = yaml::read_theme(file, text);
            raw.map_or(findings.clone(), |raw| yaml::check_theme(file, stem(path), raw, findings).findings)
        } else if is_in("meetings/") {
            let (raw, findings) = yaml::read_meeting(file, text);
            raw.map_or(findings.clone(), |raw| yaml::check_meeting(file, stem(path), raw, findings, &self.vocabulary, self.today).findings)
        } else {
            Vec::new()
        }
    }
}
