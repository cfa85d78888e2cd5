//! No command asks for a network: the system's way to one is taken away, and tells when somebody tries.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;

use crate::harness::{TestWorkspace, each_command, repository, run_with};

/// A library that refuses every socket, and makes a file when one is asked for.
fn library(folder: &Path) -> String {
    let library = folder.join("network.so");
    let made = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(repository().join("tests/it/network.c")).status();
    assert!(made.expect("a C compiler is needed for this test").success());
    library.to_str().unwrap().to_owned()
}

#[test]
#[ignore = "needs a C compiler and bash"]
fn no_command_asks_for_a_network() {
    let folder = tempfile::tempdir().unwrap();
    let (library, mark) = (library(folder.path()), folder.path().join("asked"));
    let environment =
        [("LD_PRELOAD", library.as_str()), ("NETWORK_MARK", mark.to_str().unwrap()), ("PATH", "/usr/local/bin:/usr/bin:/bin"), ("MARG_USER", "KIM")];
    // It does tell.
    let asks = Command::new("bash").args(["-c", "exec 3<>/dev/tcp/127.0.0.1/9"]).envs(environment).output().unwrap();
    assert!(!asks.status.success() && mark.exists(), "{}", String::from_utf8_lossy(&asks.stderr));
    std::fs::remove_file(&mark).unwrap();

    let (mut ran, mut well) = (0, 0);
    each_command(&marg::cli::command_line(100), &mut |name, command| {
        let help = command.clone().render_long_help().to_string();
        let examples: Vec<&str> = help.lines().filter(|line| line.starts_with("  marg")).map(str::trim).collect();
        for example in examples {
            let words = example.split("  ").next().unwrap();
            // What stands between quotes is one word; a pipe is for the shell.
            let parts = words.split('"').enumerate().flat_map(|(nth, part)| if nth % 2 == 1 { vec![part] } else { part.split_whitespace().collect() });
            let arguments: Vec<&str> = parts.skip(1).take_while(|word| !matches!(*word, "|" | "<" | ">" | "&&")).collect();
            let workspace = TestWorkspace::sample();
            let done = run_with(&workspace.path(""), &arguments, &environment);
            assert!(!mark.exists(), "`{example}` of `{name}` asked for a network: {done}");
            ran += 1;
            well += usize::from(done.code == Some(0));
        }
    });
    assert!(ran > 150 && well * 2 > ran, "{ran} examples ran, {well} ended well");
}
