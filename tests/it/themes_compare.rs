//! `marg themes compare`: two codebooks side by side.

use crate::harness::{TestWorkspace, run_with};

fn other() -> TestWorkspace {
    TestWorkspace::empty()
        .file("marg.yaml", "name: Group of Otherham\n")
        .file("themes/fires.yaml", "title: Fires of old\nkind: barrier\ndefinition: An old fire decides.\nexample: A bin.\n")
        .file("themes/homeless.yaml", "title: Homelessness\nkind: need\ndefinition: No home at all.\n")
        .file("themes/joint-visits.yaml", "title: Joint visits\nkind: enabler\ndefinition: Two agencies, one door.\n")
        .file("themes/dogs.yaml", "title: Dogs\nkind: barrier\ndefinition: No dogs.\n")
}

#[test]
fn each_theme_of_both_stands_in_one_line() {
    let (here, there) = (TestWorkspace::new().file("themes/waiting.yaml", "title: Waiting list\nkind: barrier\ndefinition: Long.\n"), other());
    let folder = there.path(".");
    let folder = folder.to_str().unwrap();
    insta::assert_snapshot!(run_with(&here.path("."), &["themes", "compare", folder], &[("COLUMNS", "140")]), @r###"
    Found       Here          There         Why, or what is different
    same-id     homeless      homeless      another definition
    other-name  fire-history  fires         both are called `fires`; another title; no example here
    near        visit         joint-visits  their titles are spelt nearly alike
    only-here   waiting
    only-there                dogs
    --- stderr
    Same id: 1; another name: 1; near: 1; only here: 1; only there: 1.
    "###);
    let found = here.marg(&["themes", "compare", folder, "--format", "json"]).json();
    assert_eq!((&found["here"], &found["there"]), (&"Group of Testford".into(), &"Group of Otherham".into()));
    assert_eq!(found["themes"].as_array().unwrap().len(), 5);
    assert_eq!(here.marg(&["themes", "compare", folder, "--format", "csv"]).answer().lines().count(), 6);
    assert_eq!(here.marg(&["themes", "compare", folder, "-o", "c.xlsx"]).code, Some(0));
    assert_eq!(&std::fs::read(here.path("c.xlsx")).unwrap()[..2], b"PK");
}

#[test]
fn a_codebook_beside_itself_is_the_same() {
    let here = TestWorkspace::new();
    let ran = here.marg(&["themes", "compare", "."]);
    assert!(ran.stderr.contains("Same id: 3; another name: 0; near: 0; only here: 0; only there: 0."), "{ran}");
    assert!(ran.stdout.lines().skip(1).all(|line| !line.contains("another")), "{ran}");
}

#[test]
fn what_is_no_workspace_or_a_broken_one_is_said() {
    let here = TestWorkspace::new().file("broken/marg.yaml", "name: B\n").file("broken/themes/a.yaml", "title: A\n");
    insta::assert_snapshot!(here.marg(&["themes", "compare", "nowhere"]), @r###"
    --- stderr
    error: `nowhere` is no workspace: there is no such folder
    hint: name the folder in which the other group has its marg.yaml
    --- exit 3
    "###);
    insta::assert_snapshot!(here.marg(&["themes", "compare", "broken"]), @r###"
    --- stderr
    error: 1 thing is wrong in 1 file of `broken`
    hint: `marg -C broken check` shows each of them, and what to do
    --- exit 3
    "###);
}
