//! How fast, as ratios measured in one run: `cargo bench`. Machines are noisy, so each figure is the best of several runs, and the
//! spread of the yardstick is printed beside it. The yardstick is `cat`, which reads the same files and does nothing else.

#![allow(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const MEETINGS: usize = 3_000;
const RUNS: usize = 5;

#[expect(clippy::print_stdout, reason = "a benchmark prints its table")]
fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bytes = write_workspace(folder.path());
    println!("{MEETINGS} meetings, {:.1} MB, best of {RUNS} runs", bytes as f64 / 1e6);
    let (cat, slowest) = best(|| Command::new("sh").arg("-c").arg("cat meetings/*.yaml > /dev/null").current_dir(folder.path()).status());
    println!("{:<36}{:>10}{:>8}", "", "seconds", "/ cat");
    println!(
        "{:<36}{:>10.3}{:>8}   (slowest run {:.1} times the best: the noise of this machine)",
        "cat",
        cat.as_secs_f64(),
        1,
        slowest.as_secs_f64() / cat.as_secs_f64()
    );
    for command in ["check --wrong", "barriers --format json", "barriers --by quarter --format csv", "actions --overdue --format csv", "report --out out"] {
        let (time, _) = best(|| marg(folder.path(), command));
        println!("{:<36}{:>10.3}{:>8.1}", format!("marg {command}"), time.as_secs_f64(), time.as_secs_f64() / cat.as_secs_f64());
    }
}

fn marg(folder: &Path, command: &str) -> std::io::Result<std::process::ExitStatus> {
    Command::new(env!("CARGO_BIN_EXE_marg"))
        .args(command.split(' '))
        .current_dir(folder)
        .env("MARG_TODAY", "2026-03-26")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
}

fn best(run: impl Fn() -> std::io::Result<std::process::ExitStatus>) -> (Duration, Duration) {
    let times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            assert!(run().expect("it starts").success());
            started.elapsed()
        })
        .collect();
    (*times.iter().min().expect("several runs"), *times.iter().max().expect("several runs"))
}

/// An invented workspace of the size of meetings that are really written: about 9 KB each, five cases, ten actions.
fn write_workspace(root: &Path) -> usize {
    fs::create_dir_all(root.join("meetings")).expect("a folder");
    fs::create_dir_all(root.join("themes")).expect("a folder");
    let mut group = "name: Group\nagencies:\n".to_owned();
    (0..12).for_each(|n| writeln!(group, "  - {{ id: agency-{n}, name: Agency {n} }}").expect("a string"));
    group += "services:\n  - { id: hostel, name: Hostel }\n  - { id: tenancy, name: Tenancy }\n";
    fs::write(root.join("marg.yaml"), group).expect("a file");
    for n in 0..30 {
        fs::write(root.join(format!("themes/barrier-{n}.yaml")), format!("title: Barrier {n}\nkind: barrier\ndefinition: What it is.\n")).expect("a file");
        fs::write(root.join(format!("themes/need-{n}.yaml")), format!("title: Need {n}\nkind: need\ndefinition: What it is.\n")).expect("a file");
    }
    (0..MEETINGS).map(|n| write_meeting(root, n)).sum()
}

fn write_meeting(root: &Path, n: usize) -> usize {
    let date = chrono::NaiveDate::from_ymd_opt(2016, 1, 4).expect("a day") + chrono::Days::new((n % 3_600) as u64);
    let mut text = format!("meeting: marg\ndate: {date}\nstatus: agreed\nconfidentiality: {{ read_by: chair }}\ncases:\n");
    for case in 0..5 {
        let person = (n * 3 + case * 97) % 4_000;
        let said =
            "The outreach worker reported that mornings are best, before the queue at the pharmacy, and that the last letter went to an old address.\n      "
                .repeat(6);
        let _ = write!(
            text,
            "  - ref: TST-{person}X\n    type: review\n    update: |\n      {said}\n    views: [{{ whose: person, says: I want my own front door., wants: [a tenancy] }}]\n    needs: [need-{}, need-{}]\n    barriers:\n      - {{ theme: barrier-{}, blocks: hostel, at: agency-{}, rule: Nobody with an old record, cause: policy, status: live, asked: {{ of: agency-1, on: {date} }}, answer: refused }}\n    actions:\n      - {{ id: a{n}-{case}, what: Ask the insurer about this one person, owner: agency-{}, due: {date} }}\n      - {{ id: b{n}-{case}, what: Arrange a visit before the offer is made, owner: agency-{}, due: {date} }}\n    learning:\n      - {{ id: l{n}-{case}, worked: A visit together opened the door., themes: [barrier-{}], shareable: yes }}\n    next_review: {date}\n",
            person % 30,
            (person + 7) % 30,
            person % 30,
            n % 12,
            n % 12,
            case,
            person % 30
        );
    }
    let path = root.join(format!("meetings/{date}-{n}.yaml"));
    fs::write(path, &text).expect("a file");
    text.len()
}
