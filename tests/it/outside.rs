//! Comparisons with programs that share no code with this one. They stand beside the repository, in a folder that `MARG_OUTSIDE` names
//! (or `../shared`), need Python with PyYAML, and are ignored unless asked for: `cargo test -- --include-ignored`. When asked for, a
//! missing tool is a failure and never a silent skip.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::harness::{TODAY, TestWorkspace, repository, run};
use crate::readers::assert_readers_agree;

/// Something beside the repository, which has to be there.
pub(crate) fn beside(path: &str) -> PathBuf {
    let path = std::env::var_os("MARG_OUTSIDE").map_or_else(|| repository().join("../shared"), PathBuf::from).join(path);
    assert!(path.exists(), "{} is needed for this test", path.display());
    path.canonicalize().unwrap()
}

fn tool(name: &str) -> PathBuf {
    beside(&format!("tools/{name}"))
}

fn python(script: &Path, arguments: &[&str]) -> String {
    let output = Command::new("python3").arg(script).args(arguments).output().expect("python3 is needed for this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn generated(size: &str) -> TestWorkspace {
    let workspace = TestWorkspace::empty();
    python(&tool("make_workspace.py"), &[workspace.path("").to_str().unwrap(), "--size", size]);
    workspace
}

/// Every split, with and without a period.
fn assert_counts_agree(root: &Path) {
    let periods: [&[&str]; 4] = [&[], &["--since", "2025-03-01", "--until", "2025-09-30"], &["--until", "2024-12-31"], &["--since", "2025-11-15"]];
    for by in [&[][..], &["--by", "agency"], &["--by", "service"], &["--by", "cause"], &["--by", "need"], &["--by", "quarter"]] {
        for period in periods {
            let mut ours = run(root, &[&["barriers", "--format", "json"], by, period].concat()).json();
            assert_eq!(ours.as_object_mut().unwrap().shift_remove("schema").unwrap(), "marg/barriers/1");
            let theirs = python(&tool("count_barriers.py"), &[&[root.to_str().unwrap(), "--today", TODAY], by, period].concat());
            assert_eq!(ours, serde_json::from_str::<serde_json::Value>(&theirs).unwrap(), "{by:?} {period:?}");
        }
    }
}

#[test]
#[ignore = "needs Python and the counting script beside the repository"]
fn barriers_equal_a_plain_count() {
    assert_counts_agree(repository());
    for size in ["S", "M"] {
        assert_counts_agree(&generated(size).path(""));
    }
}

#[test]
#[ignore = "needs Python and the workspace generator beside the repository"]
fn large_workspaces_are_read_without_a_wrong_word_and_alike_by_two_readers() {
    for (size, files) in [("S", 89), ("M", 1_300)] {
        let workspace = generated(size);
        let check = workspace.marg(&["check", "--wrong"]);
        assert_eq!(check.code, Some(0), "{check}");
        assert!(assert_readers_agree(&workspace.path("")) >= files);
    }
    let check = generated("L").marg(&["check", "--wrong"]);
    assert_eq!(check.code, Some(0), "{check}");
}

#[test]
#[ignore = "needs Python and the generator of hostile files beside the repository"]
fn hostile_files_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    python(&tool("make_hostile_yaml.py"), &[folder.path().to_str().unwrap()]);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let workspace = TestWorkspace::new().file(&format!("meetings/{name}"), std::fs::read(&path).unwrap());
        let started = Instant::now();
        let ran = workspace.marg(&["check", "--wrong"]);
        assert!(started.elapsed() < Duration::from_secs(1), "{name} took {:?}", started.elapsed());
        assert_eq!(ran.code, Some(1), "{name}: none of these is a meeting: {ran}");
        assert!(!ran.stdout.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}']) && !ran.stderr.contains('\u{1b}'), "{name}");
    }
}
