//! `marg hook` and `marg check --staged`: what is staged is looked at before it is committed.

use std::path::Path;
use std::process::Command;

use crate::harness::TestWorkspace;

/// A number that NHS systems would take for somebody's, with its check digit; made up.
const NUMBER: &str = "401 023 2137";

struct Repository(TestWorkspace);

impl Repository {
    fn new() -> Self {
        let workspace = TestWorkspace::new().file("meetings/2026-01-08-marg.yaml", meeting("quiet"));
        let repository = Self(workspace);
        for arguments in [&["init", "-q", "-b", "main"][..], &["config", "user.name", "Kim"], &["config", "user.email", "kim@example.org"]] {
            assert!(repository.git(arguments).0);
        }
        repository.commit_all("begin");
        repository
    }

    fn git(&self, arguments: &[&str]) -> (bool, String) {
        let mut git = Command::new("git");
        git.arg("-C").arg(self.0.path("")).args(arguments).env("MARG_TODAY", "2026-03-26");
        let output = git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null").output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::write(self.0.path(path), text).unwrap();
    }

    fn commit_all(&self, words: &str) {
        assert!(self.git(&["add", "-A"]).0);
        let (done, said) = self.git(&["commit", "-q", "-m", words, "--no-verify"]);
        assert!(done, "{said}");
    }
}

fn meeting(update: &str) -> String {
    format!("meeting: marg\ndate: 2026-01-08\ncases:\n  - ref: QLM-7KQ2\n    update: {update}\n    views: [{{ whose: person, wants: a key }}]\n")
}

const FILE: &str = "meetings/2026-01-08-marg.yaml";

#[test]
fn a_commit_with_somebody_in_it_is_stopped_however_it_is_made() {
    let repository = Repository::new();
    assert!(repository.git(&["commit", "--allow-empty", "-m", "nothing is asked before the hook is there"]).0);
    let installed = repository.0.marg(&["hook", "install"]).answer();
    assert_eq!(installed.lines().count(), 2, "{installed}");
    let named = meeting(&format!("NHS {NUMBER}"));
    let stopped = |arguments: &[&str]| {
        let (done, said) = repository.git(arguments);
        assert!(!done && said.contains("nhs-number") && said.contains(&format!("{FILE}:5")) && !said.contains(NUMBER), "{arguments:?}: {said}");
    };
    repository.write(FILE, &named);
    stopped(&["commit", "-a", "-m", "all"]);
    // Only this file, which git stages aside.
    stopped(&["commit", FILE, "-m", "one"]);
    assert!(repository.git(&["add", FILE]).0);
    // What is staged counts, and not what lies in the folder.
    repository.write(FILE, &meeting("quiet"));
    stopped(&["commit", "-m", "staged"]);
    assert!(repository.git(&["reset", "-q"]).0);
    // Under another name.
    repository.write(FILE, &named);
    let (moved, said) = repository.git(&["mv", FILE, "meetings/2026-01-15-marg.yaml"]);
    assert!(moved, "{said}");
    assert!(repository.git(&["add", "-A"]).0);
    let (done, said) = repository.git(&["commit", "-m", "moved"]);
    assert!(!done && said.contains("meetings/2026-01-15-marg.yaml:5"), "{said}");
    // On a branch, past the hook, and then merged.
    assert!(repository.git(&["reset", "-q", "--hard"]).0 && repository.git(&["switch", "-q", "-c", "other"]).0);
    repository.write(FILE, &named);
    repository.commit_all("past it");
    assert!(repository.git(&["switch", "-q", "main"]).0);
    repository.write("themes/x.yaml", "title: X\nkind: need\n");
    assert!(repository.git(&["add", "-A"]).0 && repository.git(&["commit", "-q", "-m", "in order"]).0);
    stopped(&["merge", "-q", "other", "-m", "merged"]);
}

#[test]
fn what_is_unwise_is_let_through_and_what_is_broken_is_not() {
    let repository = Repository::new();
    repository.0.marg(&["hook", "install"]).answer();
    repository.write(FILE, &meeting("lives at CR2 6XH"));
    let (done, said) = repository.git(&["commit", "-a", "-m", "a postcode"]);
    assert!(done, "{said}");
    repository.write(FILE, "meeting: marg\ndate: 2026-01-08\nwhat: is this\n");
    let (done, said) = repository.git(&["commit", "-a", "-m", "broken"]);
    assert!(!done && said.contains(&format!("{FILE}:3:1")) && said.contains("`what`"), "{said}");
    // Somebody who means it goes past the hook, and publishing looks again.
    assert!(repository.git(&["commit", "-q", "-a", "--no-verify", "-m", "broken"]).0);
}

#[test]
fn nobody_elses_hook_is_touched_and_ours_goes_again() {
    let repository = Repository::new();
    assert_eq!(repository.0.marg(&["hook", "status"]).code, Some(1));
    let path = repository.0.path(".git/hooks/pre-commit");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "#!/bin/sh\nexit 0\n").unwrap();
    for arguments in [["hook", "install"], ["hook", "remove"]] {
        let refused = repository.0.marg(&arguments);
        assert!(refused.code == Some(3) && refused.stderr.contains("somebody else's") && refused.stderr.contains("check --staged --wrong"), "{refused}");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "#!/bin/sh\nexit 0\n");
    std::fs::remove_file(&path).unwrap();
    repository.0.marg(&["hook", "install"]).answer();
    assert_eq!(repository.0.marg(&["hook", "status"]).code, Some(0));
    assert_eq!(repository.0.marg(&["hook", "remove"]).answer().lines().count(), 2);
    assert!(!path.exists() && repository.0.marg(&["hook", "remove"]).stderr.contains("no hook"));
    assert!(repository.git(&["config", "core.hooksPath", "elsewhere"]).0);
    let refused = repository.0.marg(&["hook", "install"]);
    assert!(refused.code == Some(3) && refused.stderr.contains("core.hooksPath"), "{refused}");
}

#[test]
fn a_workspace_below_the_top_has_its_own_part_looked_at() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("the group's");
    let run = |arguments: &[&str]| {
        let mut git = Command::new("git");
        let output = git.arg("-C").arg(outer.path()).args(["-c", "user.name=Kim", "-c", "user.email=kim@example.org"]).args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    assert!(run(&["init", "-q"]).0);
    copy(&TestWorkspace::new().file(FILE, meeting(&format!("NHS {NUMBER}"))).path(""), &folder);
    let marg = env!("CARGO_BIN_EXE_marg");
    let install = Command::new(marg).args(["hook", "install"]).current_dir(&folder).output().unwrap();
    assert!(install.status.success(), "{}", String::from_utf8_lossy(&install.stderr));
    std::fs::write(outer.path().join("other.txt"), format!("NHS {NUMBER}")).unwrap();
    assert!(run(&["add", "other.txt"]).0 && run(&["commit", "-q", "-m", "what lies outside is none of its business"]).0);
    assert!(run(&["add", "-A"]).0);
    let (done, said) = run(&["commit", "-m", "inside"]);
    assert!(!done && said.contains(&format!("{FILE}:5")), "{said}");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn something_may_stand_in_one_place_until_its_day() {
    let allowed = |until: &str| {
        format!(
            "personal_data:\n  mail_domains: [quillmere.city]\n  allowed:\n    - {{ file: {FILE}, field: cases.update, kind: postcode, reason: the station's own, by: Coordinator, until: {until} }}\n"
        )
    };
    let group = |more: &str| {
        let workspace = TestWorkspace::new().file(FILE, meeting("the station is at CR2 6XH; write to desk@quillmere.city"));
        let group = std::fs::read_to_string(workspace.path("marg.yaml")).unwrap();
        std::fs::write(workspace.path("marg.yaml"), format!("{group}{more}")).unwrap();
        workspace
    };
    let found = |workspace: &TestWorkspace| {
        let said = workspace.marg(&["check", "--format", "json", "--today", "2026-03-26"]);
        let json: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
        let codes = json["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap().to_owned());
        codes.filter(|code| ["postcode", "e-mail-address", "allowance-over"].contains(&code.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(found(&group("")), ["postcode", "e-mail-address"]);
    assert_eq!(found(&group(&allowed("2026-03-26"))), [""; 0]);
    assert_eq!(found(&group(&allowed("2026-03-25"))), ["allowance-over", "postcode"]);
    // Never by what it is, never without a reason, a day and a name.
    let wrong = group("personal_data:\n  allowed:\n    - { file: a.yaml, kind: postcod, value: CR2 6XH }\n").marg(&["check", "--wrong"]);
    for said in ["`value`", "`field` is missing", "`reason` is missing", "`by` is missing", "`until` is missing", "did you mean `postcode`"] {
        assert!(wrong.stdout.contains(said), "{said}: {wrong}");
    }
}
