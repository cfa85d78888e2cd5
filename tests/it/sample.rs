//! The sample workspace: this repository. Its figures stand in the README and must be what they are said to be.

use crate::harness::{TODAY, repository, run};

#[test]
fn it_is_in_order() {
    insta::assert_snapshot!(run(repository(), &["check", "--strict"]), @r###"
    --- stderr
    66 files checked: everything is in order.
    "###);
}

#[test]
fn it_has_the_size_of_a_year() {
    let count = |arguments: &[&str], list: &str| run(repository(), &[arguments, &["--format", "json"]].concat()).json()[list].as_array().unwrap().len();
    let meetings = run(repository(), &["meetings", "--format", "json"]).json();
    let of = |kind: &str| meetings["meetings"].as_array().unwrap().iter().filter(|meeting| meeting["kind"] == kind && meeting["status"] != "planned").count();
    assert_eq!((of("marg"), of("community-of-practice"), of("workshop")), (12, 3, 1));
    assert!((40..=60).contains(&count(&["themes"], "themes")));
    assert!(count(&["actions"], "actions") >= 140);
}

#[test]
fn the_thread_of_the_year_is_there() {
    let found = run(repository(), &["barriers", "--theme", "arson-blocks-housing", "--format", "json"]).json();
    let row = &found["barriers"][0];
    let figure = |name: &str| row[name].as_u64().unwrap();
    assert_eq!((figure("people"), figure("meetings"), figure("occurrences")), (7, 9, 12));
    assert_eq!((figure("live"), figure("eased"), figure("resolved")), (4, 1, 2));
    assert_eq!((figure("asked"), figure("flexed_once"), figure("refused"), figure("no_reply")), (5, 1, 2, 1));
}

#[test]
fn the_same_workspace_gives_the_same_bytes() {
    let make = || {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().to_str().unwrap();
        let mut pages = Vec::new();
        for audience in ["members", "board", "public"] {
            for command in [&["report"][..], &["guide", "arson-blocks-housing"]] {
                let _ = run(repository(), &[command, &["--for", audience, "--out", out]].concat()).answer();
            }
            let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
            names.sort();
            pages.extend(names.into_iter().map(|path| (path.file_name().unwrap().to_owned(), std::fs::read(path).unwrap())));
        }
        pages
    };
    let first = make();
    assert_eq!(first.len(), 18);
    for _ in 0..3 {
        assert!(first == make());
    }
}

#[test]
fn its_day_is_its_own() {
    let group = std::fs::read_to_string(repository().join("marg.yaml")).unwrap();
    assert!(group.contains(&format!("today: {TODAY}")));
}
