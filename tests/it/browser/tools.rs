//! What these tests need from outside, where it lies, and what to do when it does not. A missing tool is a failure, never a skip.

use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use super::Fault;
use crate::harness::repository;

/// How long the HTML checker may take over all pages.
const PATIENCE: Duration = Duration::from_secs(300);

const INSTALL: &str = "`.ci/run` installs it";

/// `MARG_CHROMIUM`, or the first that is there.
pub(super) fn chromium() -> PathBuf {
    if let Some(named) = std::env::var_os("MARG_CHROMIUM") {
        return named.into();
    }
    let folders: Vec<PathBuf> = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut candidates = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.find(|path| path.is_file()).unwrap_or_else(|| panic!("Chromium is needed for this test: {INSTALL}"))
}

/// The accessibility checker, as the script that is put into a page.
pub(super) fn axe() -> String {
    std::fs::read_to_string(installed("axe-core/axe.min.js")).unwrap()
}

/// A file of the npm packages in `MARG_TOOLS`, or in `target/ci-tools`.
fn installed(file: &str) -> PathBuf {
    let tools = std::env::var_os("MARG_TOOLS").map_or_else(|| repository().join("target/ci-tools"), PathBuf::from);
    let path = tools.join("node_modules").join(file);
    assert!(path.is_file(), "{} is needed for this test: {INSTALL}", path.display());
    path
}

/// What the Nu HTML checker says about all files at once, warnings too: starting it is what takes its time.
pub(super) fn vnu(files: &[PathBuf]) -> Vec<Fault> {
    let list = files.iter().map(PathBuf::as_path);
    let mut answer = tempfile::tempfile().unwrap();
    let mut checker = Command::new("java")
        .args(["-Xss2m", "-jar"])
        .arg(installed("vnu-jar/build/dist/vnu.jar"))
        .args(["--Werror", "--stdout", "--exit-zero-always", "--format", "json"])
        .args(list)
        .stdout(answer.try_clone().unwrap())
        .spawn()
        .unwrap_or_else(|error| panic!("Java is needed for this test: {INSTALL} ({error})"));
    let until = Instant::now() + PATIENCE;
    while checker.try_wait().unwrap().is_none() {
        if Instant::now() > until {
            let _ = checker.kill();
            panic!("the Nu HTML checker does not come to an end");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let mut text = String::new();
    answer.rewind().unwrap();
    answer.read_to_string(&mut text).unwrap();
    let said: Json = serde_json::from_str(&text).unwrap_or_else(|error| panic!("the Nu HTML checker failed: {error}: {text}"));
    said["messages"].as_array().unwrap().iter().map(|message| fault(message, files)).collect()
}

fn fault(message: &Json, files: &[PathBuf]) -> Fault {
    let url = message["url"].as_str().unwrap_or_default();
    let page = files.iter().find(|file| url.ends_with(file.to_str().unwrap())).map_or(Path::new(url), PathBuf::as_path);
    let text = |key: &str| message[key].as_str().unwrap_or_default().replace('\n', " ");
    Fault { page: page.to_owned(), view: "vnu", what: format!("line {}: {} ({})", message["lastLine"], text("message"), text("extract")) }
}
