//! `.marg/`: a second run reads only what changed, and nobody can tell but by the clock.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use crate::generator::{Numbers, generate};
use crate::harness::{TODAY, TestWorkspace, run};
use crate::readers::yaml_files;

const QUESTION: [&str; 3] = ["barriers", "--format", "json"];

/// All that is said, with and without the cache.
#[track_caller]
fn assert_same(root: &Path, what: &str) -> String {
    let cold = run(root, &[&QUESTION[..], &["--no-cache"]].concat()).to_string();
    let warm = run(root, &QUESTION).to_string();
    assert_eq!(warm, cold, "{what}");
    assert_eq!(run(root, &QUESTION).to_string(), cold, "{what}, once more");
    cold
}

fn cache(root: &Path) -> PathBuf {
    root.join(".marg/register")
}

/// A workspace whose files have not been touched for an hour, so that their times can be trusted.
pub(crate) fn quiet(seed: u64) -> TestWorkspace {
    let workspace = generate(seed, 12).write();
    let hour_ago = now() - Duration::from_secs(3_600);
    yaml_files(&workspace.path("meetings")).iter().for_each(|path| set_time(path, hour_ago));
    workspace
}

#[expect(clippy::disallowed_methods, reason = "the times of files are those of the real clock")]
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

pub(crate) fn set_time(path: &Path, time: SystemTime) {
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

#[test]
fn the_same_bytes_cold_warm_and_with_one_thread_or_two() {
    let workspace = quiet(3);
    let root = workspace.path("");
    let said = assert_same(&root, "at first");
    for threads in ["1", "2"] {
        for arguments in [&QUESTION[..], &["barriers", "--format", "json", "--no-cache"]] {
            for _ in 0..3 {
                let mut program = Command::new(env!("CARGO_BIN_EXE_marg"));
                let output =
                    program.current_dir(&root).env_clear().env("MARG_TODAY", TODAY).env("RAYON_NUM_THREADS", threads).args(arguments).output().unwrap();
                assert_eq!(String::from_utf8(output.stdout).unwrap(), said);
            }
        }
    }
}

#[test]
fn every_split_and_period_is_the_same_from_the_cache() {
    let workspace = quiet(12);
    let root = workspace.path("");
    assert_same(&root, "at first");
    for split in [&[][..], &["--by", "agency"], &["--by", "service"], &["--by", "cause"], &["--by", "need"], &["--by", "quarter"]] {
        for period in [&[][..], &["--since", "2025-06"], &["--until", "2025-08-15"], &["--theme", "fires"], &["--at", "agency-1", "--min-people", "2"]] {
            let ask = |more: &[&str]| run(&root, &[&QUESTION[..], split, period, more].concat()).to_string();
            assert_eq!(ask(&[]), ask(&["--no-cache"]), "{split:?} {period:?}");
        }
    }
}

#[test]
fn a_meeting_that_does_not_say_so_is_held_when_its_day_has_come() {
    let text = "meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: QLM-7KQ2\n    barriers: [{ theme: fire-history, status: live }]\n";
    let workspace = TestWorkspace::new().file("meetings/a.yaml", text);
    let people = |today: &str| workspace.marg(&[&QUESTION[..], &["--today", today]].concat()).json()["people"].clone();
    assert_eq!((people("2026-03-11"), people("2026-03-12"), people("2026-03-11")), (0.into(), 1.into(), 0.into()));
}

#[test]
fn a_damaged_or_foreign_cache_is_as_none() {
    let workspace = quiet(4);
    let root = workspace.path("");
    assert_same(&root, "at first");
    let good = fs::read(cache(&root)).unwrap();
    let mut numbers = Numbers(9);
    for n in 0..40 {
        let mut bytes = good.clone();
        match n % 4 {
            0 => bytes.truncate(numbers.below(good.len() as u64) as usize),
            1 => bytes.iter_mut().skip(numbers.below(good.len() as u64) as usize).take(3).for_each(|b| *b ^= 0x5a),
            2 => bytes[numbers.below(64) as usize] ^= 1 << numbers.below(8),
            _ => bytes.extend(b"more"),
        }
        fs::write(cache(&root), bytes).unwrap();
        assert_same(&root, &format!("damage {n}"));
    }
    let other = quiet(5);
    assert_same(&other.path(""), "another workspace");
    fs::copy(cache(&other.path("")), cache(&root)).unwrap();
    assert_same(&root, "the cache of another workspace");
    fs::remove_file(cache(&root)).unwrap();
    fs::create_dir(cache(&root)).unwrap();
    assert_same(&root, "a folder in its place");
}

#[test]
fn fifty_changes_and_each_time_the_cache_is_no_different_from_none() {
    let workspace = quiet(6);
    let root = workspace.path("");
    let mut numbers = Numbers(11);
    let mut said = std::collections::BTreeSet::new();
    for n in 0..50 {
        let what = change(&root, &mut numbers, n);
        said.insert(assert_same(&root, &format!("change {n}: {what}")));
    }
    assert!(said.len() > 10, "the changes change something: {}", said.len());
}

/// Something that happens to a workspace between two runs.
pub(crate) fn change(root: &Path, numbers: &mut Numbers, n: usize) -> &'static str {
    let files = yaml_files(&root.join("meetings"));
    let path = &files[numbers.below(files.len() as u64) as usize];
    let text = fs::read_to_string(path).unwrap();
    let modified = fs::metadata(path).unwrap().modified().unwrap();
    match numbers.below(10) {
        0 if files.len() > 3 => {
            fs::remove_file(path).unwrap();
            "a file is gone"
        }
        1 => {
            let other = text.replace("id: a", &format!("id: n{n}a")).replace("id: p", &format!("id: n{n}p"));
            fs::write(root.join(format!("meetings/2025-06-{:02}-new{n}.yaml", 1 + n % 28)), other).unwrap();
            "a file is new"
        }
        2 => {
            fs::write(path, &text).unwrap();
            "a file was written again as it was"
        }
        3 | 4 => {
            // As long as before, and with the time of before: only what nobody can set tells.
            fs::write(path, text.replacen("agency-1", "agency-2", 1).replacen("status: live", "status: ease", 0)).unwrap();
            set_time(path, modified);
            "the same size and time"
        }
        5 => {
            fs::write(path, text.replacen("status: live", "status: lvie", 1)).unwrap();
            "a slip"
        }
        6 => {
            fs::write(path, text.replace("status: lvie", "status: eased")).unwrap();
            "a slip is mended"
        }
        7 => {
            fs::rename(path, path.with_file_name(format!("2025-07-{:02}-moved{n}.yaml", 1 + n % 28))).unwrap();
            "another name"
        }
        8 => {
            // A report on an action that nobody set, or that was set in a file that is gone.
            fs::write(path, text + &format!("previous_actions: [{{ id: a{}-0, status: done }}]\n", numbers.below(12))).unwrap();
            "a report"
        }
        _ => {
            let theme = root.join("themes/waiting.yaml");
            let text = fs::read_to_string(&theme).unwrap();
            fs::write(&theme, text.replace("About waiting", "About the waiting")).unwrap();
            "a theme has another title"
        }
    }
}

#[test]
fn an_id_that_comes_twice_is_seen_though_only_one_file_changed() {
    let meeting = |date: &str, id: &str| {
        format!(
            "meeting: marg\ndate: {date}\ncases:\n  - ref: QLM-7KQ2\n    barriers: [{{ theme: fire-history, status: live }}]\n    actions: [{{ id: {id}, what: Ask }}]\n"
        )
    };
    let report = "meeting: marg\ndate: 2026-03-20\nprevious_actions: [{ id: k7q2, status: done }]\n";
    let workspace = TestWorkspace::new()
        .file("meetings/a.yaml", meeting("2026-01-01", "k7q2"))
        .file("meetings/b.yaml", meeting("2026-02-01", "m3x9"))
        .file("meetings/c.yaml", report);
    let code = |workspace: &TestWorkspace| {
        assert_same(&workspace.path(""), "ids");
        workspace.marg(&QUESTION).code
    };
    assert_eq!(code(&workspace), Some(0));
    let workspace = workspace.file("meetings/b.yaml", meeting("2026-02-01", "k7q2"));
    assert_eq!(code(&workspace), Some(3), "the id of another file");
    let workspace = workspace.file("meetings/b.yaml", meeting("2026-02-01", "m3x9"));
    assert_eq!(code(&workspace), Some(0));
    let workspace = workspace.file("meetings/a.yaml", meeting("2026-01-01", "zzzz"));
    assert_eq!(code(&workspace), Some(3), "another file reports on what is gone");
    let workspace = workspace.file("meetings/a.yaml", meeting("2026-01-01", "k7q2"));
    assert_eq!(code(&workspace), Some(0));
    let theme = "title: Visit\nkind: enabler\nguide: { statements: [{ section: what-works, says: Go., evidence: [m3x9] }] }\n";
    let workspace = workspace.file("themes/visit.yaml", theme);
    assert_eq!(code(&workspace), Some(0));
    let workspace = workspace.file("themes/visit.yaml", theme.replace("m3x9", "gone"));
    assert_eq!(code(&workspace), Some(3), "evidence that is not there");
}

#[test]
fn several_runs_at_once_do_each_other_no_harm() {
    let workspace = quiet(7);
    let root = workspace.path("");
    for round in 0..6 {
        let said = run(&root, &[&QUESTION[..], &["--no-cache"]].concat()).to_string();
        let start = || {
            let mut program = Command::new(env!("CARGO_BIN_EXE_marg"));
            program.current_dir(&root).env_clear().env("MARG_TODAY", TODAY).args(QUESTION).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let runs: Vec<_> = (0..6).map(|_| start()).collect();
        for run in runs {
            let output = run.wait_with_output().unwrap();
            assert_eq!(String::from_utf8(output.stdout).unwrap(), said, "round {round}");
            assert!(output.stderr.is_empty() != said.contains("--- stderr"));
        }
        let path = &yaml_files(&root.join("meetings"))[round];
        fs::write(path, fs::read_to_string(path).unwrap().replace("status: live", "status: eased")).unwrap();
    }
    let left: Vec<_> = fs::read_dir(root.join(".marg")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(left.iter().all(|name| name == "register" || name == ".gitignore"), "{left:?}");
}

#[test]
fn it_is_private_holds_no_prose_and_is_not_made_unasked() {
    let generated = generate(8, 12);
    let workspace = generated.write();
    let _ = workspace.marg(&[&QUESTION[..], &["--no-cache"]].concat());
    assert!(!workspace.path(".marg").exists());
    let _ = workspace.marg(&QUESTION).answer();
    let bytes = String::from_utf8_lossy(&fs::read(cache(&workspace.path(""))).unwrap()).into_owned();
    let prose: Vec<&String> = generated.secret.iter().filter(|secret| !secret.starts_with("TST-")).collect();
    assert!(prose.len() > 50 && prose.iter().all(|secret| !bytes.contains(secret.as_str())));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(workspace.path(".marg")), mode(cache(&workspace.path("")))), (0o700, 0o600));
    }
    let git = |arguments: &[&str]| Command::new("git").current_dir(workspace.path("")).args(arguments).output().unwrap();
    git(&["init", "-q"]);
    let status = String::from_utf8(git(&["status", "--short"]).stdout).unwrap();
    assert!(status.contains("meetings/") && !status.contains(".marg"), "git does not see it: {status}");
}

#[cfg(unix)]
#[test]
fn it_is_closed_to_others_and_swept_of_what_killed_runs_left() {
    use std::os::unix::fs::PermissionsExt as _;
    let workspace = quiet(13).file(".marg/register.77.part", "left").file(".marg/register.78.part", "being written");
    fs::set_permissions(workspace.path(".marg"), fs::Permissions::from_mode(0o777)).unwrap();
    set_time(&workspace.path(".marg/register.77.part"), now() - Duration::from_secs(90_000));
    let _ = workspace.marg(&QUESTION);
    assert_eq!(fs::metadata(workspace.path(".marg")).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(!workspace.path(".marg/register.77.part").exists() && workspace.path(".marg/register.78.part").exists());
}

#[cfg(unix)]
#[test]
fn where_it_cannot_be_kept_the_answer_is_the_same() {
    let workspace = quiet(10);
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), workspace.path(".marg")).unwrap();
    assert_same(&workspace.path(""), "a link");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0, "nothing is written through a link");
    fs::remove_file(workspace.path(".marg")).unwrap();
    fs::write(workspace.path(".marg"), "mine").unwrap();
    assert_same(&workspace.path(""), "a file in its place");
    assert_eq!(workspace.read(".marg"), "mine");
}
