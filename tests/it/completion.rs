//! The tab key: asked as a shell asks, and in real shells; and the pages of `man`.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::harness::{Ran, TestWorkspace, repository, run, run_with};

/// What fish would be told about the last of these words: a line each, with help after a tab.
fn ask(folder: &Path, typed: &[&str], environment: &[(&str, &str)]) -> String {
    let ran = run_with(folder, &[&["--", "marg"], typed].concat(), &[&[("MARG_COMPLETE", "fish")], environment].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "a shell must see no error: {ran}");
    ran.stdout
}

fn sample(typed: &[&str]) -> String {
    ask(repository(), typed, &[])
}

#[test]
fn it_knows_the_names_of_the_workspace() {
    assert_eq!(sample(&["case", "QLM-7"]), "QLM-7KQ2\tclosed, last discussed 2026-03-12, 6 meetings\n");
    assert!(sample(&["case", ""]).lines().filter(|line| line.starts_with("QLM-")).count() == 28);
    assert_eq!(sample(&["guide", "arson"]), "arson-blocks-housing\tbarrier: Arson or fire-setting history blocks housing\n");
    assert_eq!(sample(&["barriers", "--at", "northf"]), "northfield-housing\tNorthfield Housing\n");
    assert!(sample(&["barriers", "--blocks", "supported-acc"]).starts_with("supported-accommodation\t"));
    assert!(sample(&["actions", "--owner", "pol"]).starts_with("police\t"));
    assert_eq!(sample(&["actions", "--meeting", "2026-03-1"]), "2026-03-12-marg\n");
    assert!(sample(&["check", "--explain", "views"]).starts_with("views-missing\t"));
    assert!(sample(&["check", "--only", "unknown-th"]).starts_with("unknown-theme\t"));
    assert!(sample(&["help", "fig"]).starts_with("figures\twhat every figure means"));
    assert!(sample(&["bar"]).starts_with("barriers\t"));
    assert!(sample(&["barriers", "--by", "ag"]).starts_with("agency\t"));
    assert!(sample(&["barriers", "--min"]).starts_with("--min-people\t"));
    assert!(sample(&["template", "show", "report.h"]).starts_with("report.html"));
    assert_eq!(sample(&["minutes", "2026-03-1"]), "2026-03-12-marg\n");
    assert!(sample(&["template", "data", "case", "QLM-7"]).starts_with("QLM-7KQ2"));
    let barriers = sample(&["barriers", "h"]);
    assert!(!barriers.contains("need: "), "what is looked into is a barrier: {barriers}");
}

#[test]
fn open_cases_come_first_and_of_these_the_one_discussed_last() {
    let all = sample(&["case", "QLM-"]);
    let days = |stands: &str| -> Vec<&str> {
        let those = all.lines().filter(|line| line.contains(stands));
        those.map(|line| line.split("last discussed ").nth(1).unwrap().split(',').next().unwrap()).collect()
    };
    let (open, closed) = (days("\topen, "), days("\tclosed, "));
    assert!(!open.is_empty() && !closed.is_empty() && open.len() + closed.len() == all.lines().count(), "{all}");
    assert!(all.lines().take(open.len()).all(|line| line.contains("\topen, ")), "{all}");
    assert!(open.is_sorted_by(|a, b| a >= b) && closed.is_sorted_by(|a, b| a >= b), "{all}");
}

#[test]
fn the_folder_may_be_named_on_the_line_or_in_the_environment() {
    let elsewhere = tempfile::tempdir().unwrap();
    let (sample, home) = (repository().to_str().unwrap(), repository().parent().unwrap().to_str().unwrap());
    let tilde = format!("~/{}", repository().file_name().unwrap().to_str().unwrap());
    for line in [
        &["-C", sample, "case", "QLM-7"][..],
        &["--dir", sample, "case", "QLM-7"],
        &[&format!("--dir={sample}"), "case", "QLM-7"],
        &["case", "-C", sample, "QLM-7"],
    ] {
        assert!(ask(elsewhere.path(), line, &[]).starts_with("QLM-7KQ2"), "{line:?}");
    }
    assert!(ask(elsewhere.path(), &["-C", &tilde, "guide", "arson"], &[("HOME", home)]).starts_with("arson-blocks-housing"));
    for (line, expected) in [(["guide", "arson"], "arson-blocks-housing"), (["case", "QLM-7"], "QLM-7KQ2")] {
        assert!(ask(elsewhere.path(), &line, &[("MARG_DIR", sample)]).starts_with(expected), "{line:?}");
    }
}

#[test]
fn it_is_silent_without_a_workspace_and_offers_what_it_can_of_a_broken_one() {
    let nowhere = tempfile::tempdir().unwrap();
    for words in [&["case", "Q"][..], &["guide", "w"], &["actions", "--owner", "p"], &["-C", "/no/such/folder", "case", "Q"], &["nonsense", "x"]] {
        assert_eq!(ask(nowhere.path(), words, &[]), "", "{words:?}");
    }
    assert!(ask(nowhere.path(), &["che"], &[]).starts_with("check\t"));
    let broken = TestWorkspace::new()
        .file("themes/half.yaml", "title: [\n")
        .file("meetings/2026-01-08-a.yaml", "meeting: marg\ndate: 2026-01-08\nstatus: held\ncases: [{ ref: AAA-22 }]\n")
        .file("meetings/broken.yaml", "meeting: marg\n\tdate\n");
    assert!(ask(&broken.path(""), &["case", "A"], &[]).starts_with("AAA-22\topen, last discussed 2026-01-08"));
    assert!(ask(&broken.path(""), &["guide", "fire"], &[]).starts_with("fire-history\t"));
    let no_group = TestWorkspace::new().file("marg.yaml", "name: [\n");
    assert!(ask(&no_group.path(""), &["guide", "fire"], &[]).starts_with("fire-history\t"));
    assert_eq!(ask(&no_group.path(""), &["actions", "--owner", "h"], &[]), "");
}

#[test]
fn every_shell_is_answered_in_its_own_way() {
    let index = [("_CLAP_COMPLETE_INDEX", "2"), ("_CLAP_IFS", "\n")];
    for (shell, expected) in
        [("bash", "QLM-7KQ2"), ("elvish", "QLM-7KQ2"), ("zsh", "QLM-7KQ2:closed, last"), ("powershell", "QLM-7KQ2\tclosed, last"), ("fish", "QLM-7KQ2\t")]
    {
        let ran = run_with(repository(), &["--", "marg", "case", "QLM-7"], &[&[("MARG_COMPLETE", shell)][..], &index].concat());
        assert!(ran.stdout.starts_with(expected), "{shell}: {ran}");
        let script = run(repository(), &["completions", shell]).answer();
        assert!(script.contains("MARG_COMPLETE") && script.contains("marg"), "{shell}: {script}");
    }
    let unknown = run_with(repository(), &["check"], &[("MARG_COMPLETE", "no-such-shell")]);
    assert_eq!((unknown.stdout.as_str(), unknown.stderr.as_str()), ("", ""));
}

fn install(home: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
    run_with(repository(), &[&["completions"], arguments].concat(), &[&[("HOME", home.to_str().unwrap())], environment].concat())
}

#[test]
fn it_is_installed_where_the_shell_looks_and_no_file_of_the_user_is_changed() {
    let home = tempfile::tempdir().unwrap();
    for own in [".bashrc", ".zshrc"] {
        std::fs::write(home.path().join(own), "mine\n").unwrap();
    }
    for (shell, path, says) in [
        ("bash", ".local/share/bash-completion/completions/marg", "add to ~/.bashrc: source '"),
        ("zsh", ".local/share/zsh/site-functions/_marg", "add to ~/.zshrc, before `compinit`: fpath=('"),
        ("fish", ".config/fish/completions/marg.fish", "It works from the next shell on."),
        ("powershell", ".config/marg/completions.ps1", "add to the file that $PROFILE names"),
        ("elvish", ".config/elvish/lib/marg-completions.elv", "use marg-completions"),
    ] {
        let ran = install(home.path(), &[shell, "--install"], &[]);
        let path = home.path().join(path);
        assert_eq!((ran.code, ran.stdout.trim()), (Some(0), path.to_str().unwrap()), "{ran}");
        assert!(ran.stderr.contains(says) && ran.stderr.contains("no folder in PATH holds it yet"), "{ran}");
        assert_eq!(std::fs::read_to_string(path).unwrap(), run(repository(), &["completions", shell]).answer());
    }
    for own in [".bashrc", ".zshrc"] {
        assert_eq!(std::fs::read_to_string(home.path().join(own)).unwrap(), "mine\n");
    }
    let guessed = install(home.path(), &["--install"], &[("SHELL", "/usr/bin/fish"), ("XDG_CONFIG_HOME", home.path().join("cfg").to_str().unwrap())]);
    assert!(guessed.stdout.trim().ends_with("cfg/fish/completions/marg.fish"), "{guessed}");
    assert_eq!(install(home.path(), &["--install"], &[]).code, Some(2), "no shell is named, and none is known");
}

/// A shell in a terminal of its own, and somebody who types.
struct Shell {
    child: std::process::Child,
    shown: Arc<Mutex<String>>,
    seen: usize,
}

impl Shell {
    fn start(command: &str, home: &Path) -> Self {
        let bin = Path::new(env!("CARGO_BIN_EXE_marg")).parent().unwrap();
        let mut child = Command::new("script")
            .args(["-qfec", command, "/dev/null"])
            .current_dir(repository())
            .env_clear()
            .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display()))
            .env("HOME", home)
            .env("TERM", "dumb")
            .env("LC_ALL", "C.UTF-8")
            .env("MARG_TODAY", crate::harness::TODAY)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("script (of util-linux) is needed for this test");
        let shown = Arc::new(Mutex::new(String::new()));
        let (mut out, into) = (child.stdout.take().unwrap(), Arc::clone(&shown));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = out.read(&mut bytes) {
                into.lock().unwrap().push_str(&String::from_utf8_lossy(&bytes[..n]));
            }
        });
        Self { child, shown, seen: 0 }
    }

    /// Types, and waits until the terminal shows what is expected.
    fn types(&mut self, keys: &str, expected: &str) {
        self.child.stdin.as_mut().unwrap().write_all(keys.as_bytes()).unwrap();
        let started = Instant::now();
        loop {
            let shown = self.shown.lock().unwrap().clone();
            if let Some(at) = shown[self.seen..].find(expected) {
                self.seen += at + expected.len();
                return;
            }
            assert!(started.elapsed() < Duration::from_secs(30), "typed {keys:?}, waited for {expected:?}, and saw {:?}", &shown[self.seen..]);
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One name after another is begun and completed by the tab key.
fn completes(shell: &mut Shell) {
    for (begun, whole, answer) in [
        ("marg case QLM-7\t", "KQ2", "Discussed at 6 meetings"),
        ("marg barriers arson\t", "-blocks-housing", "The rules behind it"),
        ("marg actions --overdue --owner northf\t", "ield-housing", "northfield-housing"),
        ("marg them\t", "es", "arson-blocks-housing"),
    ] {
        shell.types(begun, whole);
        shell.types("\n", answer);
        shell.types("echo next-$((40+2))\n", "next-42");
    }
}

#[test]
#[ignore = "needs bash and script"]
fn bash_completes_when_sourced_and_when_installed() {
    let home = tempfile::tempdir().unwrap();
    let mut shell = Shell::start("bash --norc --noprofile -i", home.path());
    shell.types("source <(marg completions bash); echo ready-$((1+1))\n", "ready-2");
    completes(&mut shell);

    let _ = install(home.path(), &["bash", "--install"], &[]).answer();
    let mut shell = Shell::start("bash --norc --noprofile -i", home.path());
    shell.types(". ~/.local/share/bash-completion/completions/marg; echo ready-$((1+1))\n", "ready-2");
    completes(&mut shell);
    let mut shell = Shell::start("bash --norc --noprofile -i", home.path());
    shell.types(". /usr/share/bash-completion/bash_completion; echo ready-$((1+1))\n", "ready-2");
    completes(&mut shell);
}

#[test]
#[ignore = "needs zsh and script"]
fn zsh_completes_when_sourced_and_when_installed() {
    let home = tempfile::tempdir().unwrap();
    let mut shell = Shell::start("zsh -f -i", home.path());
    shell.types("autoload -U compinit; compinit -u -D; source <(marg completions zsh); echo ready-$((1+1))\n", "ready-2");
    completes(&mut shell);

    let _ = install(home.path(), &["zsh", "--install"], &[]).answer();
    let mut shell = Shell::start("zsh -f -i", home.path());
    shell.types("fpath=(~/.local/share/zsh/site-functions $fpath); autoload -U compinit; compinit -u -D; echo ready-$((1+1))\n", "ready-2");
    completes(&mut shell);
}

#[test]
#[ignore = "needs fish"]
fn fish_completes_when_installed() {
    let home = tempfile::tempdir().unwrap();
    let _ = install(home.path(), &["fish", "--install"], &[]).answer();
    let bin = Path::new(env!("CARGO_BIN_EXE_marg")).parent().unwrap();
    for (begun, whole) in
        [("marg case QLM-7", "QLM-7KQ2\tclosed, last discussed 2026-03-12, 6 meetings"), ("marg guide arson", "arson-blocks-housing\tbarrier: Arson")]
    {
        let output = Command::new("fish")
            .args(["--private", "-c", &format!("complete -C '{begun}'")])
            .current_dir(repository())
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", bin.display()))
            .env("HOME", home.path())
            .output()
            .expect("fish is needed for this test");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.starts_with(whole), "{said}{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// The pages of all commands, in a folder.
fn pages() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let _ = run(repository(), &["man", "--out", folder.path().join("man1").to_str().unwrap()]).answer();
    folder
}

#[test]
fn there_is_a_page_for_every_command_with_its_examples_and_exit_codes() {
    let folder = pages();
    let mut names = Vec::new();
    crate::harness::each_command(&marg::cli::command_line(100), &mut |name, _| names.push(name.replace(' ', "-")));
    for name in &names {
        let page = std::fs::read_to_string(folder.path().join(format!("man1/{name}.1"))).unwrap();
        for section in ["NAME", "SYNOPSIS", "EXAMPLES", "DESCRIPTION", "\"EXIT STATUS\"", "\"SEE ALSO\""] {
            assert!(page.contains(&format!("\n.SH {section}\n")), "{name} has no {section}");
        }
        assert!(page.matches("\\fBmarg ").count() > 0 && !page.contains("Examples:"), "{name}");
    }
    assert_eq!(std::fs::read_dir(folder.path().join("man1")).unwrap().count(), names.len());
    assert_eq!(run(repository(), &["man"]).answer(), std::fs::read_to_string(folder.path().join("man1/marg.1")).unwrap());
}

#[test]
#[ignore = "needs man, groff and mandoc"]
fn man_shows_the_pages_and_two_readers_find_no_fault() {
    let folder = pages();
    for entry in std::fs::read_dir(folder.path().join("man1")).unwrap() {
        let path = entry.unwrap().path();
        let lint = Command::new("mandoc").args(["-T", "lint", "-W", "error"]).arg(&path).output().expect("mandoc is needed for this test");
        assert!(lint.status.success() && lint.stdout.is_empty(), "{}", String::from_utf8_lossy(&lint.stdout));
        let groff = Command::new("groff").args(["-man", "-Tutf8", "-ww", "-z"]).arg(&path).output().expect("groff is needed for this test");
        assert!(groff.status.success() && groff.stderr.is_empty(), "{}: {}", path.display(), String::from_utf8_lossy(&groff.stderr));
    }
    let man = Command::new("man").args(["marg-barriers"]).env("MANPATH", folder.path()).env("MANWIDTH", "100").env("LC_ALL", "C.UTF-8").output();
    let man = man.expect("man is needed for this test");
    let shown = String::from_utf8_lossy(&man.stdout);
    assert!(shown.contains("List the barriers that recur") && shown.contains("marg barriers --by agency --min-people 3"), "{shown}");
}
