//! `marg people`, `key`, `seal`, `open`, `forget` and `retention`: who is behind a ref stays behind it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::harness::{Ran, TestWorkspace, run, run_with};

/// Invented, and looked for wherever they must not be.
const PLANTED: [&str; 5] = ["Wrenfield", "Marisol", "1979-11-04", "9990000018", "HB/0042"];
const TABLE: &str = "name,born,aliases,nhs,references\nMarisol Wrenfield,1979-11-04,Mari,9990000018,housing=HB/0042\n";

/// A folder that is in no repository, with two keys and a people file.
struct Desk(TestWorkspace);

impl Desk {
    fn new() -> Self {
        let desk = Self(TestWorkspace::empty());
        let keys: Vec<String> = ["one", "two", "stranger"].iter().map(|name| desk.0.marg(&["key", "new", name]).answer().trim().to_owned()).collect();
        let (one, two) = (format!("coordinator={}", keys[0]), format!("deputy={}", keys[1]));
        let ran = desk.0.marg(&["people", "init", "--people", "people.age", "--prefix", "QLM", "--recipient", &one, "--recipient", &two]);
        assert_eq!(ran.code, Some(0), "{ran}");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path(name)
    }

    fn people(&self, key: &str, words: &[&str], input: &str) -> Ran {
        self.0.marg_fed(&[&["people"], words, &["--people", "people.age", "--key", key]].concat(), input)
    }

    fn add(&self) -> String {
        self.people("one", &["add", "--csv", "-"], TABLE).answer().trim().to_owned()
    }
}

fn says_nobody(text: &str, what: &str) {
    for planted in PLANTED {
        assert!(!text.contains(planted), "{what} says {planted}");
    }
}

#[test]
fn people_are_found_by_those_who_hold_a_key_and_the_log_says_who_looked() {
    let desk = Desk::new();
    let case = desk.add();
    assert!(case.len() == 10 && case.starts_with("QLM-"), "{case}");
    for asked in ["wrenf", "mari", "04/11/1979", "hb0042"] {
        let found = desk.people("two", &["find"], asked).answer();
        assert_eq!(found, format!("{case}  Marisol Wrenfield, also Mari, born 1979-11-04\n"), "{asked}");
    }
    let who = desk.people("one", &["who", &case, "--why", "a referral"], "").answer();
    assert!(PLANTED.iter().all(|planted| who.contains(planted)), "{who}");
    let refused = desk.people("stranger", &["who", &case], "");
    assert!(refused.code == Some(3) && refused.stderr.contains("no key here opens it"), "{refused}");
    let log = desk.0.read("people.age.log");
    let lines: Vec<&str> = log.lines().collect();
    assert!(lines[1].contains("| coordinator | unknown | add 1 person | no reason given"), "{log}");
    assert!(log.contains("| deputy | unknown | find |") && log.contains(&format!("who {case} | a referral")), "{log}");
    assert!(lines[lines.len() - 1].contains("| REFUSED |"), "{log}");
    desk.people("one", &["recipients", "remove", "deputy"], "").code.filter(|code| *code == 2).expect("one recipient is too few");
    let again = desk.people("one", &["add", "--csv", "-"], TABLE);
    assert!(again.code == Some(2) && again.stderr.contains(&case), "{again}");
    says_nobody(&again.stderr, "the refusal");
}

#[test]
fn names_stand_nowhere_but_in_the_answer_to_who_and_find() {
    let desk = Desk::new();
    let case = desk.add();
    let bad = TABLE.replace("9990000018", "9990000019");
    let typed = [
        (desk.people("one", &["add", "--csv", "-"], &bad), 3),
        (desk.people("one", &["add", "--csv", "-"], TABLE), 2),
        (desk.people("one", &["who", "Wrenfield"], ""), 2),
        (desk.people("one", &["who", &case, "--why", "Marisol Wrenfield asked"], ""), 2),
        (desk.people("one", &["find", "Wrenfield-Marisol-nobody"], ""), 2),
        (desk.people("stranger", &["find"], "Wrenfield"), 3),
        (desk.people("one", &["recipients", "list"], ""), 0),
        (desk.people("one", &["forget", &case], ""), 0),
        (desk.people("one", &["find"], "Wrenfield"), 2),
    ];
    for (n, (ran, code)) in typed.iter().enumerate() {
        assert_eq!(ran.code, Some(*code), "{n}: {ran}");
        says_nobody(&format!("{}{}", ran.stdout, ran.stderr), &format!("run {n}"));
    }
    for entry in fs::read_dir(desk.path("")).unwrap() {
        let path = entry.unwrap().path();
        says_nobody(&String::from_utf8_lossy(&fs::read(&path).unwrap()), &path.display().to_string());
    }
}

#[test]
fn a_people_file_is_refused_where_others_look() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("tree/.git")).unwrap();
    fs::create_dir_all(desk.path("group/out")).unwrap();
    fs::write(desk.path("group/marg.yaml"), "name: G\n").unwrap();
    for place in ["tree/people.age", "group/people.age", "group/out/people.age"] {
        fs::copy(desk.path("people.age"), desk.path(place)).unwrap();
        for (words, what) in [(&["people", "find", "x", "--key", "one", "--people"][..], "opened"), (&["key", "new"], "made")] {
            let ran = desk.0.marg(&[words, &[place]].concat());
            assert!(ran.code == Some(3) && ran.stderr.contains("lies in a"), "{place} was {what}: {ran}");
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::os::unix::fs::symlink(desk.path("tree"), desk.path("door")).unwrap();
        assert_eq!(desk.0.marg(&["people", "find", "x", "--key", "one", "--people", "door/people.age"]).code, Some(3));
        for open in ["people.age", "one"] {
            fs::set_permissions(desk.path(open), fs::Permissions::from_mode(0o644)).unwrap();
            let ran = desk.people("one", &["find", "x"], "");
            assert!(ran.code == Some(3) && ran.stderr.contains("is open to others") && ran.stderr.contains("chmod 600"), "{ran}");
            fs::set_permissions(desk.path(open), fs::Permissions::from_mode(0o600)).unwrap();
        }
    }
    assert_eq!(desk.people("one", &["find", "x"], "").code, Some(2), "and found as soon as it is in order");
}

#[test]
fn two_writers_lose_nobody() {
    let desk = Desk::new();
    let mut running = Vec::new();
    for n in 0..6 {
        fs::write(desk.path(&format!("{n}.csv")), format!("name\nPerson{n} Invented\n")).unwrap();
        running.push(program(&desk, &format!("{n}.csv")));
    }
    for mut program in running {
        assert!(program.wait().unwrap().success());
    }
    let found = desk.people("two", &["find", "invented"], "").answer();
    let mut refs: Vec<&str> = found.lines().filter_map(|line| line.split("  ").next()).collect();
    refs.sort_unstable();
    refs.dedup();
    assert_eq!(refs.len(), 6, "{found}");
}

fn program(desk: &Desk, csv: &str) -> std::process::Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_marg"));
    command.current_dir(desk.path("")).env_clear().args(["people", "add", "--people", "people.age", "--key", "one", "--csv", csv]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills the program while it saves; the file must then be what it was or what it was to become.
fn killed(times: u32) {
    let desk = Desk::new();
    let count = |ran: Ran| if ran.code == Some(2) { 0 } else { ran.answer().lines().count() };
    let started = std::time::Instant::now();
    fs::write(desk.path("first.csv"), "name\nPerson Invented\n").unwrap();
    assert!(program(&desk, "first.csv").wait().unwrap().success());
    let whole = started.elapsed();
    let (mut people, mut interrupted) = (1, 0);
    for n in 0..times {
        fs::write(desk.path("next.csv"), format!("name\nPerson{n} Invented\n")).unwrap();
        let mut running = program(&desk, "next.csv");
        std::thread::sleep(Duration::from_micros(u64::from(n.wrapping_mul(2_654_435_761)) % u64::try_from(whole.as_micros()).unwrap().max(1)));
        let _ = running.kill();
        interrupted += u32::from(!running.wait().unwrap().success());
        let now = count(desk.people("two", &["find", "invented"], ""));
        assert!(now == people || now == people + 1, "after {n} kills there are {now} people, and there were {people}");
        people = now;
    }
    assert!(interrupted * 4 > times, "{interrupted} of {times} runs were killed before they were done");
    desk.people("one", &["add", "--name", "Last Invented"], "").answer();
    let left: Vec<_> = fs::read_dir(desk.path("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|name| name.contains(".part")), "{left:?}");
}

#[test]
fn a_killed_save_leaves_the_old_file_or_the_new_one() {
    killed(30);
}

#[test]
#[ignore = "a thousand kills take minutes"]
fn a_thousand_killed_saves_leave_the_old_file_or_the_new_one() {
    killed(1_000);
}

#[test]
fn one_byte_changed_or_the_end_cut_off_is_refused_and_nothing_is_said() {
    let desk = Desk::new();
    desk.add();
    let whole = fs::read(desk.path("people.age")).unwrap();
    let write = |bytes: &[u8]| fs::write(desk.path("people.age"), bytes).unwrap();
    for at in (40..whole.len() - 40).step_by(whole.len() / 25) {
        let mut changed = whole.clone();
        changed[at] = if changed[at] == b'x' { b'y' } else { b'x' };
        for broken in [&changed[..], &whole[..at]] {
            write(broken);
            let ran = desk.people("one", &["find"], "Wrenfield");
            assert_eq!(ran.code, Some(3), "{at}: {ran}");
            says_nobody(&format!("{}{}", ran.stdout, ran.stderr), "a damaged file");
        }
    }
    write(&whole);
    assert_eq!(desk.people("one", &["find"], "Wrenfield").code, Some(0));
}

#[test]
fn what_is_sealed_for_an_agency_is_opened_there_and_nowhere_else() {
    let desk = Desk::new();
    let public = desk.0.marg(&["key", "show", "--key", "one"]).answer();
    let group = TestWorkspace::new().file("notes.md", "Marisol Wrenfield, 1979-11-04");
    let with = group.read("marg.yaml").replace("name: Housing }", &format!("name: Housing, recipients: [{}] }}", public.trim()));
    let group = group.file("marg.yaml", with);
    assert_eq!(group.marg(&["check"]).code, Some(0));
    assert_eq!(group.marg(&["seal", "--for", "housing", "notes.md"]).answer(), "notes.md.age\n");
    let nobody = group.marg(&["seal", "--for", "police", "notes.md"]);
    assert!(nobody.code == Some(2) && nobody.stderr.contains("`recipients`"), "{nobody}");
    says_nobody(&group.read("notes.md.age"), "what is sealed");
    fs::copy(group.path("notes.md.age"), desk.path("notes.md.age")).unwrap();
    assert_eq!(desk.0.marg(&["open", "notes.md.age", "--key", "two"]).code, Some(3));
    assert_eq!(desk.0.marg(&["open", "notes.md.age", "--key", "one"]).answer(), "notes.md\n");
    assert_eq!(desk.0.read("notes.md"), "Marisol Wrenfield, 1979-11-04");
    assert_eq!(desk.0.marg(&["open", "notes.md.age", "--key", "one"]).code, Some(3), "what is there is never written over");
    let people = desk.0.marg(&["open", "people.age", "--out", "plain.json", "--key", "one"]);
    assert!(people.code == Some(2) && !desk.path("plain.json").exists(), "{people}");
    let secret = group.file("marg.yaml", "name: G\nagencies: [{ id: a, name: A, recipients: [AGE-SECRET-KEY-1X] }]\n").marg(&["check"]);
    assert!(secret.code == Some(1) && secret.stdout.contains("this is no public key"), "{secret}");
}

const SENTENCES: [&str; 8] = ["an update", "a view", "a rule", "evidence", "a decision", "a call", "learned", "a note"];

fn to_forget() -> TestWorkspace {
    let case = "cases:\n  - ref: QLM-7KQ2\n    update: an update secret\n    views: [{ whose: person, says: a view secret }]\n    barriers: [{ theme: fire-history, at: housing, status: live, rule: a rule secret, evidence: evidence secret }]\n    decisions: [{ text: a decision secret }]\n    actions: [{ id: k7q2, what: a call secret, owner: police }]\n    learning: [{ worked: learned secret, shareable: yes }]\n    closed: { reason: because secret }\n  - ref: ABC-2345\n    update: this stays\n";
    TestWorkspace::new()
        .file("meetings/2018-01-11-marg.yaml", format!("meeting: marg\ndate: 2018-01-11\n{case}"))
        .file(
            "meetings/2018-02-08-marg.yaml",
            "meeting: marg\ndate: 2018-02-08\nprevious_actions: [{ id: k7q2, status: done, note: a note secret }]\nother_business: QLM-7KQ2 was mentioned\n",
        )
        .file("out/case-QLM-7KQ2.md", "QLM-7KQ2")
}

#[test]
fn a_person_is_forgotten_and_counting_still_works() {
    let (desk, group) = (Desk::new(), to_forget());
    desk.people("one", &["add", "--name", "Marisol Wrenfield", "--ref", "QLM-7KQ2"], "").answer();
    let (people, key) = (desk.path("people.age"), desk.path("one"));
    let place = ["--people", people.to_str().unwrap(), "--key", key.to_str().unwrap()];
    let forget = |words: &[&str]| group.marg(&[&["forget", "QLM-7KQ2", "--authority", "DPO: \"Housing\" # 1"], words, &place].concat());
    let before = (group.read("meetings/2018-01-11-marg.yaml"), group.marg(&["barriers", "--format", "json"]).json());
    let shown = forget(&[]).answer();
    assert!(shown.contains("update") && shown.contains("learning point"), "{shown}");
    assert_eq!(group.read("meetings/2018-01-11-marg.yaml"), before.0, "without `--yes` nothing is changed");
    let done = forget(&["--yes"]).answer();
    let now = group.read("meetings/2018-01-11-marg.yaml") + &group.read("meetings/2018-02-08-marg.yaml");
    for sentence in SENTENCES {
        assert!(!now.contains(&format!("{sentence} secret")), "{sentence} in {now}");
    }
    assert!(!now.contains("secret") && now.contains("this stays") && now.contains("id: k7q2") && !now.contains("shareable: yes"), "{now}");
    assert_eq!(group.marg(&["barriers", "--format", "json"]).json(), before.1, "what is counted is as it was");
    assert_eq!(group.marg(&["check", "--wrong"]).code, Some(0));
    for left in ["Git's history", "`out/case-QLM-7KQ2.md` holds the ref, 1 time", "`meetings/2018-02-08-marg.yaml` holds the ref"] {
        assert!(done.contains(left) && group.read("forgotten/QLM-7KQ2-to-do.md").contains(left), "{left} in {done}");
    }
    let stone: serde_json::Value = yaml_serde::from_str(&group.read("forgotten/QLM-7KQ2.yaml")).unwrap();
    assert_eq!((stone["ref"].as_str(), stone["authority"].as_str()), (Some("QLM-7KQ2"), Some("DPO: \"Housing\" # 1")));
    assert_eq!(desk.people("one", &["who", "QLM-7KQ2"], "").code, Some(2));
    let given_again = desk.people("one", &["add", "--name", "Tam Lo", "--ref", "QLM-7KQ2"], "");
    assert!(given_again.code == Some(2) && given_again.stderr.contains("never given out twice"), "{given_again}");
    assert_eq!(forget(&["--yes"]).code, Some(0), "done again, it finishes what was interrupted");
}

#[test]
fn a_person_of_agreed_minutes_is_forgotten_and_they_stay_agreed() {
    let group = to_forget();
    let _ = group.marg(&["minutes", "agree", "2018-01-11-marg"]).answer();
    let _ = group.marg(&["forget", "QLM-7KQ2", "--authority", "DPO", "--yes"]).answer();
    let check = group.marg(&["check"]);
    assert!(check.stdout.contains("unwise[") && !check.stdout.contains("record-changed"), "{check}");
}

#[test]
fn no_way_back_leads_to_what_was_to_go() {
    let group = to_forget();
    let note = ["tag", "QLM-7KQ2@2018-01-11-marg", "fire-history", "memo=a memo secret", "--by", "KIM"];
    let _ = group.marg(&note).answer();
    let _ = group.marg(&["themes", "rename", "fire-history", "fires"]).answer();
    let kept = |group: &TestWorkspace| ["undo.jsonl", "undo"].map(|file| std::fs::read_to_string(group.path(".marg").join(file)).unwrap_or_default()).concat();
    assert!(kept(&group).contains("secret"), "{}", kept(&group));
    let _ = group.marg(&["forget", "QLM-7KQ2", "--authority", "DPO", "--yes"]).answer();
    assert_eq!(kept(&group), "");
    let undone = group.marg(&["tag", "--undo"]);
    assert!(undone.code == Some(2) && undone.stderr.contains("nothing to take back"), "{undone}");
}

#[test]
fn forgetting_throws_away_the_words_of_the_index() {
    let group = to_forget();
    let kept = || {
        let shards = std::fs::read_dir(group.path(".marg/search")).into_iter().flatten().flatten();
        shards.map(|shard| String::from_utf8_lossy(&std::fs::read(shard.path()).unwrap()).into_owned()).collect::<String>()
    };
    let _ = group.marg(&["search", "insurer"]).answer();
    assert!(kept().contains("QLM-7KQ2"));
    let _ = group.marg(&["forget", "QLM-7KQ2", "--authority", "DPO", "--yes"]).answer();
    assert_eq!(kept(), "");
}

#[test]
fn what_is_due_for_review_is_listed_by_the_groups_rule() {
    let group = to_forget();
    let rows = |group: &TestWorkspace| {
        let json = group.marg(&["retention", "--format", "json"]).json();
        json["records"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{} {} {}", row["case"].as_str().unwrap(), row["state"].as_str().unwrap(), row["on"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(&group), ["QLM-7KQ2 review 2024-01-11", "ABC-2345 quiet 2024-01-11"]);
    let stricter = group.read("marg.yaml") + "retention: { review_after_years: 3, dispose_after_years: 8 }\n";
    let group = group.file("marg.yaml", stricter);
    assert_eq!(rows(&group), ["QLM-7KQ2 dispose 2026-01-11", "ABC-2345 quiet 2021-01-11"]);
    let _ = group.marg(&["forget", "QLM-7KQ2", "--authority", "DPO", "--yes"]).answer();
    assert_eq!(rows(&group), ["ABC-2345 quiet 2021-01-11"]);
}

/// Another program's opinion: Debian's `age`, written in Go.
#[test]
#[ignore = "needs the program `age`"]
fn another_program_reads_and_writes_what_we_do() {
    let desk = Desk::new();
    desk.add();
    let age = |program: &str, words: &[&str]| {
        let output = Command::new(program).current_dir(desk.path("")).args(words).output().expect("`apt-get install age` brings the program");
        assert!(output.status.success(), "{program} {words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    for key in ["one", "two"] {
        let plain = age("age", &["-d", "-i", key, "people.age"]);
        assert!(plain.contains("Marisol Wrenfield"), "{plain}");
        fs::write(desk.path("plain.json"), plain).unwrap();
    }
    assert!(!Command::new("age").current_dir(desk.path("")).args(["-d", "-i", "stranger", "people.age"]).output().unwrap().status.success());
    // And back, sealed by the other program for a key that it made.
    age("age-keygen", &["-o", "theirs"]);
    let public = age("age-keygen", &["-y", "theirs"]);
    for (armour, out) in [(&["-a"][..], "armoured.age"), (&[], "binary.age")] {
        age("age", &[armour, &["-r", public.trim(), "-o", out, "plain.json"]].concat());
        close(&desk.path(out));
        let found = run(&desk.path(""), &["people", "find", "wrenfield", "--people", out, "--key", "theirs"]).answer();
        assert!(found.contains("Marisol Wrenfield"), "{found}");
    }
}

fn close(path: &Path) {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let _ = path;
}

#[test]
fn where_the_file_lies_is_said_by_the_user_and_guessed_nowhere() {
    let desk = Desk::new();
    let none = desk.0.marg(&["people", "find", "x"]);
    assert!(none.code == Some(2) && none.stderr.contains("MARG_PEOPLE"), "{none}");
    let (people, key) = (desk.path("people.age"), desk.path("one"));
    let named = run_with(&desk.path(""), &["people", "find", "x"], &[("MARG_PEOPLE", people.to_str().unwrap()), ("MARG_KEY", key.to_str().unwrap())]);
    assert!(named.code == Some(2) && named.stderr.contains("nobody in the people file"), "{named}");
}
