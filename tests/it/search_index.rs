//! The words that are kept in `.marg/search`: nobody can tell but by the clock whether they were there, and nobody else sees them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::cache::{change, now, quiet, set_time};
use crate::generator::{Numbers, generate};
use crate::harness::{TODAY, run};
use crate::readers::yaml_files;

const QUESTIONS: [&[&str]; 5] = [
    &["search", "desk", "told", "--all", "--format", "json"],
    &["search", "on the day", "-again", "--all", "--format", "json"],
    &["search", "theme:fires", "agency:agency-1", "letter", "--format", "json"],
    &["search", "lettr", "--format", "json"],
    &["helped", "fires", "--all", "--format", "json"],
];

/// All that is said, with and without what earlier runs kept.
#[track_caller]
fn assert_same(root: &Path, what: &str) -> String {
    let said = QUESTIONS.iter().map(|question| {
        let cold = run(root, &[question, &["--no-cache"][..]].concat()).to_string();
        assert_eq!(run(root, question).to_string(), cold, "{what}: {question:?}");
        assert_eq!(run(root, question).to_string(), cold, "{what}: {question:?}, once more");
        cold
    });
    said.collect::<Vec<_>>().concat()
}

fn shards(root: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(root.join(".marg/search")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn sixty_changes_and_each_time_it_is_no_different_from_a_fresh_one() {
    let workspace = quiet(31);
    let root = workspace.path("");
    let mut numbers = Numbers(17);
    let mut said = std::collections::BTreeSet::new();
    for n in 0..60 {
        let what = change(&root, &mut numbers, n);
        said.insert(assert_same(&root, &format!("change {n}: {what}")));
    }
    assert!(said.len() > 20, "the changes change something: {}", said.len());
}

#[test]
fn the_same_bytes_with_one_thread_or_two() {
    let workspace = quiet(32);
    let root = workspace.path("");
    assert_same(&root, "at first");
    for question in QUESTIONS {
        let said = run(&root, question).to_string();
        for threads in ["1", "2"] {
            for more in [&[][..], &["--no-cache"]] {
                let mut program = Command::new(env!("CARGO_BIN_EXE_marg"));
                let output = program
                    .current_dir(&root)
                    .env_clear()
                    .env("MARG_TODAY", TODAY)
                    .env("RAYON_NUM_THREADS", threads)
                    .args(question)
                    .args(more)
                    .output()
                    .unwrap();
                assert!(said.starts_with(&String::from_utf8(output.stdout).unwrap()));
            }
        }
    }
}

#[test]
fn damaged_or_foreign_it_is_as_none() {
    let workspace = quiet(33);
    let root = workspace.path("");
    assert_same(&root, "at first");
    let path = shards(&root).pop().unwrap();
    let good = fs::read(&path).unwrap();
    let mut numbers = Numbers(5);
    for n in 0..60 {
        let mut bytes = good.clone();
        match n % 5 {
            0 => bytes.truncate(numbers.below(good.len() as u64) as usize),
            1 => bytes.iter_mut().skip(numbers.below(good.len() as u64) as usize).take(3).for_each(|b| *b ^= 0x5a),
            2 => bytes[numbers.below(72) as usize] ^= 1 << numbers.below(8),
            // The lists of words lie at the end, and are looked at only when somebody asks for the word.
            3 => {
                let end = good.len();
                bytes[end / 2..].iter_mut().for_each(|b| *b ^= 0x81);
            }
            _ => bytes.extend(b"more"),
        }
        fs::write(&path, bytes).unwrap();
        assert_same(&root, &format!("damage {n}"));
    }
    let other = quiet(34);
    assert_same(&other.path(""), "another workspace");
    fs::copy(shards(&other.path("")).pop().unwrap(), &path).unwrap();
    assert_same(&root, "the words of another workspace");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_same(&root, "a folder in its place");
}

#[test]
fn several_runs_at_once_do_each_other_no_harm() {
    let workspace = quiet(35);
    let root = workspace.path("");
    for round in 0..5 {
        let said = run(&root, &[QUESTIONS[0], &["--no-cache"]].concat()).to_string();
        let start = || {
            let mut program = Command::new(env!("CARGO_BIN_EXE_marg"));
            program.current_dir(&root).env_clear().env("MARG_TODAY", TODAY).args(QUESTIONS[0]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let runs: Vec<_> = (0..6).map(|_| start()).collect();
        for run in runs {
            let output = run.wait_with_output().unwrap();
            assert!(output.status.success() && said.starts_with(&String::from_utf8(output.stdout).unwrap()), "round {round}");
        }
        let path = &yaml_files(&root.join("meetings"))[round];
        fs::write(path, fs::read_to_string(path).unwrap().replace("Letter seen", "He told the desk")).unwrap();
    }
    assert!(shards(&root).iter().all(|path| path.extension().is_none()), "{:?}", shards(&root));
}

#[test]
fn it_is_private_stays_where_it_is_and_is_not_made_unasked() {
    let generated = generate(36, 12);
    let workspace = generated.write();
    let _ = workspace.marg(&[QUESTIONS[0], &["--no-cache"]].concat()).answer();
    assert!(!workspace.path(".marg").exists());
    let _ = workspace.marg(QUESTIONS[0]).answer();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&workspace.path(".marg/search")), 0o700);
        assert!(shards(&workspace.path("")).iter().all(|path| mode(path) == 0o600));
        fs::set_permissions(workspace.path(".marg/search"), fs::Permissions::from_mode(0o777)).unwrap();
        let workspace = &workspace;
        fs::write(workspace.path("meetings/2025-04-10-t.yaml"), fs::read_to_string(workspace.path("meetings/2025-04-10-t.yaml")).unwrap() + "\n").unwrap();
        let _ = workspace.marg(QUESTIONS[0]).answer();
        assert_eq!(mode(&workspace.path(".marg/search")), 0o700, "closed again");
    }
    let git = |arguments: &[&str]| Command::new("git").current_dir(workspace.path("")).args(arguments).output().unwrap();
    git(&["init", "-q"]);
    let status = String::from_utf8(git(&["status", "--short"]).stdout).unwrap();
    assert!(status.contains("meetings/") && !status.contains(".marg"), "git does not see it: {status}");
    // A text that is gone is gone from there as well.
    let secret =
        generated.secret.iter().find(|secret| workspace.read("meetings/2025-04-10-t.yaml").contains(secret.as_str()) && secret.starts_with("zqs")).unwrap();
    let kept = || shards(&workspace.path("")).iter().any(|path| String::from_utf8_lossy(&fs::read(path).unwrap()).contains(secret.as_str()));
    fs::remove_file(workspace.path("meetings/2025-04-10-t.yaml")).unwrap();
    let _ = workspace.marg(QUESTIONS[0]).answer();
    assert!(!kept(), "{secret}");
}

#[cfg(unix)]
#[test]
fn where_it_cannot_be_kept_the_answer_is_the_same() {
    let workspace = quiet(37);
    let outside = tempfile::tempdir().unwrap();
    fs::create_dir(workspace.path(".marg")).unwrap();
    std::os::unix::fs::symlink(outside.path(), workspace.path(".marg/search")).unwrap();
    assert_same(&workspace.path(""), "a link");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0, "nothing is written through a link");
    fs::remove_file(workspace.path(".marg/search")).unwrap();
    fs::write(workspace.path(".marg/search"), "mine").unwrap();
    assert_same(&workspace.path(""), "a file in its place");
    assert_eq!(workspace.read(".marg/search"), "mine");
}

#[test]
fn what_killed_runs_left_is_swept_away() {
    let workspace = quiet(38);
    let _ = workspace.marg(QUESTIONS[0]).answer();
    let name = shards(&workspace.path(""))[0].clone();
    let old = name.with_file_name(format!("{}.77.part", name.file_name().unwrap().to_str().unwrap()));
    fs::write(&old, "left").unwrap();
    set_time(&old, now() - Duration::from_secs(90_000));
    fs::write(workspace.path("themes/homeless.yaml"), "title: Homelessness\nkind: need\ndefinition: No home at all.\n").unwrap();
    let _ = workspace.marg(QUESTIONS[0]).answer();
    assert!(!old.exists());
}
