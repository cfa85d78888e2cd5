//! `marg report` and `marg guide`: the pages as files, and templates of one's own.

use crate::harness::{TestWorkspace, repository, run};

#[test]
fn the_report_says_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let ran = run(repository(), &["report", "--out", out]);
    assert_eq!(ran.stdout, format!("{out}/report.md\n{out}/report.html\n{out}/report-barriers.csv\n"));
    let page = std::fs::read_to_string(folder.path().join("report.html")).unwrap();
    for part in [
        "<html lang=\"en-GB\">",
        "Main points",
        "1. “Arson or fire-setting history blocks housing” is met most often",
        "2. “Arson or fire-setting history blocks housing” rose from 1 to 4 people a quarter",
        "3. Housing options is where most people meet one",
        "4. Deliberate fire-setting comes with it most often",
        "5. Asking was recorded 21 times; 2 changed a rule for all",
        "6. What worked (33) and what did not (20)",
        "7. Ask Housing options next",
        "8. 115 of 152 actions were done",
        "How sure we are",
        "Words we use",
        "Content-Security-Policy",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<script") && !page.contains(" style=") && !page.contains("src="));
}

#[test]
fn a_guide_marks_what_only_a_person_can_write() {
    let ran = run(repository(), &["guide", "arson-blocks-housing", "--gaps"]);
    insta::assert_snapshot!(ran.stdout, @r###"
    Document control: who approved it (field `approved_by`)
    What the law says: written and checked by somebody who may (field `what_the_law_says`)
    An example: made of at least three people, so that nobody can be recognised (field `example`)
    Whom to ask: offices to ask, not private persons (field `contacts`)
    "###);
}

#[test]
fn a_template_of_ones_own_replaces_the_built_in_one() {
    let workspace = TestWorkspace::new().file("templates/report.md", "Mine: {{ page.group }}, {{ page.facts | length }} facts\n");
    let _ = workspace.marg(&["report"]).answer();
    assert_eq!(workspace.read("out/report.md"), "Mine: Group of Testford, 5 facts\n");
    assert!(workspace.read("out/report.html").contains("Main points"));
}

#[test]
fn a_broken_template_is_named_with_its_line_and_the_rest_works() {
    let workspace = TestWorkspace::new().file("templates/report.md", "# Title\n{% for x in page.facts %}\n{{ x | nosuchfilter }}\n{% endfor %}\n");
    let ran = workspace.marg(&["report"]);
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(ran.stderr.contains("`templates/report.md` cannot be used, so the built-in one was taken") && ran.stderr.contains("report.md:3"), "{ran}");
    assert!(workspace.read("out/report.md").contains("Main points"));
}

#[test]
fn editions_for_different_readers_are_kept_apart() {
    let workspace = TestWorkspace::new();
    for audience in ["members", "board", "public"] {
        let _ = workspace.marg(&["report", "--for", audience]).answer();
    }
    assert!(workspace.read("out/report.md").contains("For members of the meeting only"));
    assert!(workspace.read("out/board/report.md").contains("For the board."));
    assert!(workspace.read("out/public/report.md").contains("For everybody."));
}
