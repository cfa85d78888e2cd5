//! Changes that were interrupted.

use std::fs;
use std::path::Path;

use super::*;
use crate::workspace::text::fingerprint;

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("marg.yaml", "name: G\n"), ("themes/a.yaml", "title: A\nkind: need\n"), ("themes/b.yaml", "title: B\nkind: need\n")] {
        fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
        fs::write(folder.path().join(path), text).unwrap();
    }
    folder
}

/// As a program leaves it that was stopped right after its record was written.
fn stopped(root: &Path, files: &[(&str, Option<&str>, Option<&str>)]) {
    fs::create_dir_all(root.join(".marg/staged")).unwrap();
    let moves = files.iter().enumerate().map(|(n, (path, before, after))| {
        after.iter().for_each(|text| fs::write(root.join(format!(".marg/staged/{n}")), text).unwrap());
        serde_json::json!({ "path": path, "staged": after.map(|_| n), "before": before.map(fingerprint) })
    });
    let record = serde_json::json!({ "form": "marg/change/1", "files": moves.collect::<Vec<_>>(), "undo": false });
    fs::write(root.join(".marg/change"), record.to_string()).unwrap();
}

fn read(root: &Path, path: &str) -> Option<String> {
    fs::read_to_string(root.join(path)).ok()
}

#[test]
fn the_rest_is_done_by_whoever_comes_next() {
    let folder = workspace();
    let root = folder.path();
    let (a, b) = (read(root, "themes/a.yaml").unwrap(), read(root, "themes/b.yaml").unwrap());
    stopped(root, &[("themes/a.yaml", Some(&a), None), ("themes/b.yaml", Some(&b), Some("title: C\nkind: need\n")), ("themes/c.yaml", None, Some("new"))]);
    assert_eq!(finish_change(root).unwrap(), Vec::<String>::new());
    assert_eq!([read(root, "themes/a.yaml"), read(root, "themes/c.yaml")], [None, Some("new".to_owned())]);
    assert!(read(root, "themes/b.yaml").unwrap().starts_with("title: C") && !root.join(".marg/change").exists() && !root.join(".marg/staged").exists());
}

#[test]
fn what_somebody_wrote_by_hand_meanwhile_stays() {
    let folder = workspace();
    let root = folder.path();
    stopped(root, &[("themes/a.yaml", Some("what it said"), Some("x")), ("themes/b.yaml", Some("what it said"), None), ("themes/c.yaml", None, Some("new"))]);
    assert_eq!(finish_change(root).unwrap(), ["themes/a.yaml", "themes/b.yaml"]);
    assert!(read(root, "themes/a.yaml").unwrap().contains("title: A") && read(root, "themes/c.yaml").is_some());
}

#[test]
fn texts_without_a_record_are_thrown_away() {
    let folder = workspace();
    fs::create_dir_all(folder.path().join(".marg/staged")).unwrap();
    fs::write(folder.path().join(".marg/staged/0"), "x").unwrap();
    assert_eq!(finish_change(folder.path()).unwrap(), Vec::<String>::new());
    assert!(!folder.path().join(".marg/staged").exists());
}

#[test]
fn a_record_from_elsewhere_reaches_nowhere_else() {
    // `marg.yaml` itself is in reach: its opportunities name themes, too.
    for path in ["../x.yaml", "/tmp/x.yaml", "../marg.yaml", "out/marg.yaml", "themes/../../x.yaml", "themes/.x.yaml", "themes/x.txt", "out/x.yaml"] {
        let folder = workspace();
        stopped(folder.path(), &[(path, None, Some("x"))]);
        assert!(finish_change(folder.path()).unwrap_err().to_string().contains("no record of a change"), "{path}");
    }
    #[cfg(unix)]
    {
        let (folder, other) = (workspace(), workspace());
        std::os::unix::fs::symlink(other.path().join("themes"), folder.path().join("meetings")).unwrap();
        stopped(folder.path(), &[("meetings/x.yaml", None, Some("x"))]);
        assert!(finish_change(folder.path()).is_err() && !other.path().join("themes/x.yaml").exists());
    }
}
