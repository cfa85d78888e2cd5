//! What git keeps of a workspace: asked of the `git` program, and only read.
//!
//! A workspace may come from anybody, and its folder `.git` with it. Settings in there can name programs, and git would run them; so
//! every call switches those off, asks nothing of a network, and takes nothing from the environment but what finds the program and the
//! user's own settings. Only this file starts another program.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use chrono::NaiveDate;

/// Why git cannot say.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum GitError {
    #[error("the program `git` is not on this computer")]
    NoProgram,
    #[error("the workspace is not kept in git")]
    NoRepository,
    #[error("git does not trust this folder: it belongs to somebody else")]
    NotTrusted,
    #[error("`{0}` has never been committed")]
    NeverCommitted(String),
    #[error("git could not answer: {0}")]
    Failed(String),
}

/// One change of a file.
pub(super) struct FileChange {
    pub(super) commit: String,
    pub(super) on: NaiveDate,
    pub(super) by: String,
    pub(super) before: Option<Version>,
    pub(super) after: Option<Version>,
}

/// A file at one moment.
pub(super) struct Version {
    /// From the top of the repository.
    pub(super) path: String,
    /// Nothing when it is not in this copy, or is no text.
    pub(super) text: Option<String>,
}

pub(super) struct Git<'a> {
    root: &'a Path,
    /// Whether older commits are left out of this copy.
    pub(super) is_shallow: bool,
}

/// Settings of a repository that would run a program, fetch something or change what is printed.
const SAFE: &[&str] = &[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.quotePath=off",
    "core.sshCommand=false",
    "diff.external=",
    "diff.renames=true",
    "diff.orderFile=/dev/null",
    "gpg.program=false",
    "log.showSignature=false",
    "log.mailmap=false",
    "color.ui=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
];

/// Small files that are renamed are often changed in the same commit: so much in common is enough.
const RENAMED: &str = "--find-renames=40%";
/// No theme is changed so often.
const MOST: &str = "--max-count=5000";

impl<'a> Git<'a> {
    /// Asks whether the folder is kept in git.
    pub(super) fn at(root: &'a Path) -> Result<Self, GitError> {
        let mut git = Self { root, is_shallow: false };
        let said = git.text(&["rev-parse", "--is-inside-work-tree", "--is-shallow-repository"])?;
        let mut lines = said.lines();
        if lines.next() != Some("true") {
            return Err(GitError::NoRepository);
        }
        git.is_shallow = lines.next() == Some("true");
        Ok(git)
    }

    /// What the next commit would take of the folder: each path, counted from it, with the text as it is staged; nothing for what is no text.
    pub(super) fn staged(&self) -> Result<Vec<(String, Option<String>)>, GitError> {
        let said = self.text(&["diff", "--cached", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--diff-filter=ACMT"])?;
        let paths: Vec<String> = said.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
        let wanted: Vec<String> = paths.iter().map(|path| format!(":./{path}")).collect();
        let texts = self.texts(&wanted)?;
        Ok(paths.into_iter().zip(texts).collect())
    }

    /// Where the repository itself has its hooks.
    pub(super) fn hooks(&self) -> Result<PathBuf, GitError> {
        let said = self.text(&["rev-parse", "--path-format=absolute", "--git-common-dir"])?;
        Ok(PathBuf::from(said.trim_end_matches(['\n', '\r'])).join("hooks"))
    }

    /// Whether somebody's settings make git look for hooks elsewhere. Our own setting, which switches them off, does not count.
    pub(super) fn hooks_elsewhere(&self) -> Result<bool, GitError> {
        let said = self.text(&["config", "--show-scope", "--get-all", "core.hooksPath"])?;
        Ok(said.lines().any(|line| !line.starts_with("command")))
    }

    /// The way from the top of the repository to the folder, with `/` at its end; empty when they are the same.
    pub(super) fn within(&self) -> Result<String, GitError> {
        Ok(self.text(&["rev-parse", "--show-prefix"])?.trim_end_matches(['\n', '\r']).to_owned())
    }

    /// Every change of a file, the newest first, through its renames. `path` counts from the root.
    pub(super) fn changes(&self, path: &str) -> Result<Vec<FileChange>, GitError> {
        let never = || GitError::NeverCommitted(path.to_owned());
        self.text(&["rev-parse", "--verify", "--quiet", "HEAD"]).map_err(|error| if matches!(error, GitError::Failed(_)) { never() } else { error })?;
        let format = "--format=%H%x00%P%x00%as%x00%an";
        let shown = ["log", "-z", "--follow", RENAMED, "--no-merges", "--name-status", "--no-ext-diff", "--no-textconv", "--no-show-signature", MOST, format];
        let said = self.text(&[&shown[..], &["--end-of-options", "HEAD", "--", path]].concat())?;
        let noted = noted(&said);
        if noted.is_empty() {
            return Err(never());
        }
        let wanted: Vec<String> =
            noted.iter().flat_map(|noted| [&noted.before, &noted.after]).flatten().map(|(commit, path)| format!("{commit}:{path}")).collect();
        let mut texts = self.texts(&wanted)?.into_iter();
        let mut version = |at: Option<(String, String)>| at.map(|(_, path)| Version { path, text: texts.next().flatten() });
        let change = |noted: Noted| FileChange { before: version(noted.before), after: version(noted.after), commit: noted.commit, on: noted.on, by: noted.by };
        Ok(noted.into_iter().map(change).collect())
    }

    /// The texts of files at commits, in order; nothing for one that is not there.
    fn texts(&self, wanted: &[String]) -> Result<Vec<Option<String>>, GitError> {
        // A path over two lines would be taken for two questions; no file of a workspace is called so.
        let asked: String = wanted.iter().map(|wanted| format!("{}\n", wanted.replace(['\n', '\r'], "?"))).collect();
        let said = self.ask(&["cat-file", "--batch"], asked)?;
        let mut rest = said.as_slice();
        Ok(wanted.iter().map(|_| next_text(&mut rest)).collect())
    }

    fn text(&self, arguments: &[&str]) -> Result<String, GitError> {
        self.ask(arguments, String::new()).map(|said| String::from_utf8_lossy(&said).into_owned())
    }

    fn ask(&self, arguments: &[&str], input: String) -> Result<Vec<u8>, GitError> {
        let failed = |error: std::io::Error| if error.kind() == ErrorKind::NotFound { GitError::NoProgram } else { GitError::Failed(error.to_string()) };
        let mut child = self.command(arguments).spawn().map_err(failed)?;
        let mut questions = child.stdin.take();
        // In a thread of its own: git answers before it has read all, and would wait for us while we wait for it.
        let writer = std::thread::spawn(move || questions.as_mut().map(|questions| questions.write_all(input.as_bytes())));
        let output = child.wait_with_output().map_err(failed)?;
        // Where git stopped reading, it has said why.
        drop(writer.join());
        if output.status.success() { Ok(output.stdout) } else { Err(why(&output)) }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().to_uppercase().starts_with("GIT_")) {
            command.env_remove(name);
        }
        // A commit of some files alone stages them aside, and says where to whoever checks it.
        if let Some(index) = std::env::var_os("GIT_INDEX_FILE").and_then(|index| std::path::absolute(index).ok()) {
            command.env("GIT_INDEX_FILE", index);
        }
        let safe = [("LC_ALL", "C"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_NO_REPLACE_OBJECTS", "1")];
        command.envs(safe).env("GIT_ALLOW_PROTOCOL", "");
        command.args(["--no-pager", "--literal-pathspecs"]).arg("-C").arg(plain(self.root));
        command.args(SAFE.iter().flat_map(|setting| ["-c", setting])).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// Windows gives a folder that was looked up the form `\\?\C:\…`, which git does not know.
fn plain(root: &Path) -> PathBuf {
    root.to_str().and_then(|path| path.strip_prefix(r"\\?\")).map_or_else(|| root.to_path_buf(), PathBuf::from)
}

fn why(output: &Output) -> GitError {
    let said = String::from_utf8_lossy(&output.stderr);
    match said.as_ref() {
        said if said.contains("not a git repository") || said.contains("must be run in a work tree") => GitError::NoRepository,
        said if said.contains("dubious ownership") => GitError::NotTrusted,
        said => GitError::Failed(said.lines().next().unwrap_or("it gave no reason").trim().to_owned()),
    }
}

/// A commit, with where the file stood before and after: a commit and a path each.
struct Noted {
    commit: String,
    on: NaiveDate,
    by: String,
    before: Option<(String, String)>,
    after: Option<(String, String)>,
}

/// Reads what `log -z --name-status` says: four words about a commit, then a letter for what was done, then one path or two.
fn noted(said: &str) -> Vec<Noted> {
    let mut words = said.split('\0').map(|word| word.trim_start_matches('\n')).peekable();
    let mut found = Vec::new();
    while let (Some(commit), Some(parents), Some(on), Some(by)) = (words.next(), words.next(), words.next(), words.next()) {
        // A commit that does not touch the file is followed by the next one.
        let Some(done) = words.next_if(|word| is_done(word)) else { continue };
        let Some(first) = words.next() else { break };
        let second = if done.starts_with(['R', 'C']) { words.next().unwrap_or(first) } else { first };
        let Ok(on) = on.parse() else { continue };
        let parent = parents.split(' ').next().unwrap_or_default();
        let before = (!done.starts_with('A')).then(|| (parent.to_owned(), first.to_owned()));
        let after = (!done.starts_with('D')).then(|| (commit.to_owned(), second.to_owned()));
        found.push(Noted { commit: commit.to_owned(), on, by: by.to_owned(), before, after });
    }
    found
}

fn is_done(word: &str) -> bool {
    word.starts_with(['A', 'C', 'D', 'M', 'R', 'T']) && word[1..].bytes().all(|b| b.is_ascii_digit())
}

/// One answer of `cat-file --batch`: a line with name, kind and length, then the bytes, then a line end.
fn next_text(rest: &mut &[u8]) -> Option<String> {
    let end = rest.iter().position(|b| *b == b'\n')?;
    let line = String::from_utf8_lossy(&rest[..end]).into_owned();
    *rest = &rest[end + 1..];
    let (head, length) = line.rsplit_once(' ')?;
    let length: usize = length.parse().ok()?;
    let bytes = rest.get(..length)?;
    *rest = rest.get(length + 1..).unwrap_or_default();
    head.ends_with(" blob").then(|| String::from_utf8(bytes.to_vec()).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_read_with_what_was_done_in_them() {
        let said = "c3|c2|2026-03-12|Kim|\nR096|themes/a.yaml|themes/b.yaml|c2|c1|2026-03-01|Lee|c1||2026-02-01|A|\nA|themes/a.yaml|".replace('|', "\0");
        let noted: Vec<_> = noted(&said).into_iter().map(|noted| format!("{} {} {:?} {:?}", noted.on, noted.by, noted.before, noted.after)).collect();
        assert_eq!(
            noted,
            [r#"2026-03-12 Kim Some(("c2", "themes/a.yaml")) Some(("c3", "themes/b.yaml"))"#, r#"2026-02-01 A None Some(("c1", "themes/a.yaml"))"#,]
        );
    }

    #[test]
    fn texts_are_read_one_after_the_other() {
        let mut rest: &[u8] = b"x blob 3\na\nb\nc2:gone missing\ny tree 1\n?\nz blob 0\n\n";
        let texts: Vec<_> = (0..5).map(|_| next_text(&mut rest)).collect();
        assert_eq!(texts, [Some("a\nb".to_owned()), None, None, Some(String::new()), None]);
    }
}
