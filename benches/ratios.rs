//! How fast, as ratios measured in one run: `cargo bench`, or `cargo bench -- --xl` for the size of a nation's ten years as well.
//!
//! Machines are noisy, so each figure is the best of several runs, and the spread of the yardstick is printed beside it. Processor
//! time is the honest figure; wall time swings with whatever else the machine does. The yardsticks are `cat`, which reads the same
//! files and does nothing else, and `git status`, which looks whether anything has changed. Programs that are not on the machine are
//! said and left out. Needs a Unix system with bash, git and Python (whose `os.wait4` tells time and memory of a child).

#![allow(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const RUNS: usize = 7;
const CASES: usize = 8;
/// Meeting files: a city's year, a region's five, every meeting of the kind in the country for two years, and for ten.
const SIZES: [(&str, usize); 4] = [("S", 26), ("M", 1_300), ("L", 15_080), ("XL", 75_400)];

/// What one run took: seconds of wall and of processor time, and bytes of memory at its peak.
#[derive(Clone, Copy)]
struct Took {
    wall: f64,
    cpu: f64,
    memory: f64,
}

fn main() {
    if std::env::args().any(|argument| argument == READ_ONLY) {
        return read_only();
    }
    let with_xl = std::env::args().any(|argument| argument == "--xl");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut growth = Vec::new();
    for (name, meetings) in SIZES.into_iter().filter(|(name, _)| with_xl || *name != "XL") {
        let root = folder.path().join(name);
        let bytes = write_workspace(&root, meetings);
        println!("\n{name}: {meetings} meeting files, {:.1} MB, {} discussions; best of {RUNS} runs", bytes as f64 / 1e6, meetings * CASES);
        match name {
            "S" => every_command(&root),
            "L" => against_others(&root, meetings),
            _ => {}
        }
        if name != "S" {
            let cold = best(&root, &marg("barriers --format json --no-cache"));
            growth.push((name, cold.cpu / meetings as f64 * 1e6));
        }
    }
    println!("\nGrowth, processor microseconds a file, cold `marg barriers`:");
    growth.iter().for_each(|(name, each)| println!("  {name:<3}{each:>8.1}   {:+.0} % to M", (each / growth[0].1 - 1.0) * 100.0));
}

/// By this argument the benchmark reads the meetings below the current folder into structs, on all cores, by the usual way of serde,
/// and does nothing with them: what a good engineer has in a day.
const READ_ONLY: &str = "--read-only";

fn read_only() {
    use rayon::prelude::*;
    let folders = fs::read_dir("meetings").expect("a folder").map(|entry| entry.expect("an entry").path());
    let files: Vec<_> = folders.flat_map(|folder| fs::read_dir(folder).expect("a folder")).map(|entry| entry.expect("an entry").path()).collect();
    let read = |path| yaml_serde::from_str::<marg::yaml::RawMeeting>(&fs::read_to_string(path).expect("a meeting")).expect("YAML");
    let kept: Vec<_> = files.par_iter().map(read).collect();
    assert_eq!(kept.len(), files.len());
}

fn marg(arguments: &str) -> String {
    format!("MARG_TODAY=2026-03-26 '{}' {arguments}", env!("CARGO_BIN_EXE_marg"))
}

/// Every command that reads, on a city's year. Goal: 30 ms.
fn every_command(root: &Path) {
    for command in ["check", "barriers", "barriers barrier-3", "case TST-97X", "actions", "themes", "meetings", "report --out out", "guide barrier-3 --out out"]
    {
        let took = best(root, &marg(command));
        println!("  marg {command:<34}{:>7.1} ms", took.wall * 1e3);
    }
}

fn against_others(root: &Path, meetings: usize) {
    let discussions = (meetings * CASES) as f64;
    let git = format!("git -c user.name=x -c user.email=x@example.org -C '{}'", root.display());
    let made = measure(root, &format!("git init -q && {git} add -A && {git} commit -qm all"));
    assert!(made.is_some(), "git is needed");
    let (cat, noise) = best_and_noise(root, "find meetings -name '*.yaml' -print0 | xargs -0 cat");
    let (status, status_noise) = best_and_noise(root, "git status");
    println!("  noise of this machine: slowest over best run, wall: cat {noise:.2}, git status {status_noise:.2}");
    println!("  {:<46}{:>8}{:>8}{:>8}{:>8}{:>8}{:>10}", "", "wall s", "CPU s", "CPU/cat", "/cat", "MiB", "bytes/disc");
    let line = |what: &str, took: Took| {
        println!(
            "  {what:<46}{:>8.3}{:>8.3}{:>8.2}{:>8.2}{:>8.0}{:>10.0}",
            took.wall,
            took.cpu,
            took.cpu / cat.cpu,
            took.wall / cat.wall,
            took.memory / 1048576.0,
            took.memory / discussions
        );
    };
    line("cat", cat);
    line("git status", status);
    let this = format!("'{}' {READ_ONLY}", std::env::current_exe().expect("this program").display());
    line("yaml_serde and rayon, reads only", best(root, &this));
    for (what, command) in others() {
        match measure(root, command) {
            Some(_) => line(what, best(root, command)),
            None => println!("  {what:<46} not on this machine"),
        }
    }
    line("marg report, cold", best(root, &marg("report --out out --no-cache")));
    line("marg check --wrong, cold", best(root, &marg("check --wrong --no-cache")));
    line("marg barriers, cold", best(root, &marg("barriers --format json --no-cache")));
    let _ = (measure(root, &marg("barriers")), measure(root, &marg("barriers")));
    let warm = best(root, &marg("barriers --format json"));
    line("marg barriers, second run", warm);
    let changed = changing_one(root);
    line("marg barriers, one meeting changed", changed);
    for (what, took, goal) in [("second run", warm, 3.0), ("one meeting changed", changed, 4.0)] {
        println!("  {what} / git status: CPU {:.2}, wall {:.2} (goal {goal})", took.cpu / status.cpu, took.wall / status.wall);
    }
}

/// Other readers of the same files: searching them, and reading them as YAML and doing nothing with it.
fn others() -> [(&'static str, &'static str); 5] {
    [
        ("rg -c", "rg -c barriers meetings"),
        ("git grep -c", "git grep -c barriers -- meetings"),
        ("PyYAML with the C loader, 1 file in 20, reads only", {
            "python3 -c \"import yaml,glob; [yaml.load(open(f), Loader=yaml.CSafeLoader) for f in sorted(glob.glob('meetings/*/*.yaml'))[::20]]\""
        }),
        ("js-yaml, 1 file in 20, reads only", {
            "NODE_PATH=$MARG_TOOLS/node_modules:$NODE_PATH node -e \"const y=require('js-yaml'),f=require('fs');f.readdirSync('meetings').flatMap(d=>f.readdirSync('meetings/'+d).map(n=>'meetings/'+d+'/'+n)).filter((_,i)=>i%20==0).forEach(n=>y.load(f.readFileSync(n,'utf8')))\""
        }),
        ("jaq, 1 file in 20, reads only", "ls meetings/*/*.yaml | awk 'NR%20==0' | xargs jaq --from yaml .date"),
    ]
}

fn changing_one(root: &Path) -> Took {
    let path = root.join("meetings").join(first_folder(root)).join(first_file(root));
    let text = fs::read_to_string(&path).expect("a meeting");
    let runs = (0..RUNS).map(|n| {
        fs::write(&path, format!("{text}# change {n}\n")).expect("a meeting");
        measure(root, &marg("barriers --format json")).expect("marg runs")
    });
    runs.collect::<Vec<_>>().into_iter().reduce(least).expect("several runs")
}

fn first_folder(root: &Path) -> String {
    first(&root.join("meetings"))
}

fn first_file(root: &Path) -> String {
    first(&root.join("meetings").join(first_folder(root)))
}

fn first(folder: &Path) -> String {
    let names = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.min().expect("not empty")
}

fn best(root: &Path, command: &str) -> Took {
    best_and_noise(root, command).0
}

fn best_and_noise(root: &Path, command: &str) -> (Took, f64) {
    let runs: Vec<Took> = (0..RUNS).map(|_| measure(root, command).unwrap_or_else(|| panic!("`{command}` fails"))).collect();
    let slowest = runs.iter().map(|run| run.wall).fold(0.0, f64::max);
    let best = runs.into_iter().reduce(least).expect("several runs");
    (best, slowest / best.wall)
}

fn least(a: Took, b: Took) -> Took {
    Took { wall: a.wall.min(b.wall), cpu: a.cpu.min(b.cpu), memory: a.memory.min(b.memory) }
}

/// Runs a command of the shell; nothing when it fails.
fn measure(root: &Path, command: &str) -> Option<Took> {
    const WATCH: &str = "import os,sys,time\nt=time.perf_counter()\npid=os.posix_spawn('/bin/bash',['bash','-c','exec >/dev/null 2>&1; '+sys.argv[1]],os.environ)\n_,code,use=os.wait4(pid,0)\nprint(time.perf_counter()-t,use.ru_utime+use.ru_stime,use.ru_maxrss*1024,code)";
    let tools = std::env::var_os("MARG_TOOLS").unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/target/ci-tools").into());
    let output = Command::new("python3")
        .args(["-c", WATCH, command])
        .env("MARG_TOOLS", tools)
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .expect("python3 is needed");
    let text = String::from_utf8(output.stdout).ok()?;
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [wall, cpu, memory, code] = numbers[..] else { return None };
    (code == 0.0).then_some(Took { wall, cpu, memory })
}

/// An invented workspace of the size of meetings that are really written: about 12 KB each, eight cases, sixteen actions.
fn write_workspace(root: &Path, meetings: usize) -> usize {
    fs::create_dir_all(root.join("themes")).expect("a folder");
    let mut group = "name: Group\nagencies:\n".to_owned();
    (0..12).for_each(|n| writeln!(group, "  - {{ id: agency-{n}, name: Agency {n} }}").expect("a string"));
    group += "services:\n  - { id: hostel, name: Hostel }\n  - { id: tenancy, name: Tenancy }\n";
    fs::write(root.join("marg.yaml"), group).expect("a file");
    for n in 0..30 {
        fs::write(root.join(format!("themes/barrier-{n}.yaml")), format!("title: Barrier {n}\nkind: barrier\ndefinition: What it is.\n")).expect("a file");
        fs::write(root.join(format!("themes/need-{n}.yaml")), format!("title: Need {n}\nkind: need\ndefinition: What it is.\n")).expect("a file");
    }
    (0..meetings).map(|n| write_meeting(root, n)).sum()
}

fn write_meeting(root: &Path, n: usize) -> usize {
    let date = chrono::NaiveDate::from_ymd_opt(2016, 1, 4).expect("a day") + chrono::Days::new((n % 3_600) as u64);
    let mut text = format!("meeting: marg\ndate: {date}\nstatus: agreed\nconfidentiality: {{ read_by: chair }}\ncases:\n");
    for case in 0..CASES {
        let person = (n * 3 + case * 97) % (4_000.max(n * 2));
        let said =
            "The outreach worker reported that mornings are best, before the queue at the pharmacy, and that the last letter went to an old address.\n      "
                .repeat(5);
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
    let folder = root.join(format!("meetings/{}", date.format("%Y")));
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(format!("{date}-{n}.yaml")), &text).expect("a file");
    text.len()
}
