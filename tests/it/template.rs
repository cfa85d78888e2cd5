//! `marg template`: which templates are in force, copies of them, and whether every page can be made.

use crate::harness::{TestWorkspace, repository, run};

#[test]
fn the_list_says_which_is_in_force() {
    let workspace = TestWorkspace::new()
        .file("templates/report.md", "{% extends \"page.md\" %}{% block content %}{% include \"mine.md\" %}{% endblock %}")
        .file("templates/mine.md", "Mine")
        .file("templates/guide.md", "{% if")
        .file("templates/reprot.html", "x");
    insta::assert_snapshot!(workspace.marg(&["template", "list"]).answer(), @r###"
    Template           In force  Note
    case.html          built-in
    case.md            built-in
    checklist.html     built-in
    checklist.md       built-in
    cop-evidence.html  built-in
    cop-evidence.md    built-in
    cop-series.html    built-in
    cop-series.md      built-in
    cop.html           built-in
    cop.md             built-in
    discussion.html    built-in
    discussion.md      built-in
    edition.html       built-in
    figures.html       built-in
    guide.docx         built-in  put a document of this name into templates/
    guide.html         built-in
    guide.md           built-in  templates/ has one that is broken
    house.docx         built-in  put a document of this name into templates/
    mine.md            own       named by another template
    minutes.docx       built-in  put a document of this name into templates/
    minutes.html       built-in
    minutes.md         built-in
    page.html          built-in
    page.md            built-in
    parts.html         built-in
    report.html        built-in
    report.md          own       differs from the built-in one
    reprot.html        nothing   no page is made from a template of this name
    roadmap.html       built-in
    roadmap.md         built-in
    room.html          built-in
    sar.html           built-in
    sar.md             built-in
    short.html         built-in
    short.md           built-in
    style.css          built-in
    theme.html         built-in
    "###);
}

#[test]
fn a_copy_is_what_is_shown_and_never_overwrites() {
    let workspace = TestWorkspace::new();
    let shown = workspace.marg(&["template", "show", "report.md"]).answer();
    assert_eq!(workspace.marg(&["template", "eject", "report.md"]).answer(), "templates/report.md\n");
    assert_eq!(workspace.read("templates/report.md"), shown);
    let ran = workspace.marg(&["template", "eject", "report.md"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("is there already"), "{ran}");
    let ran = workspace.marg(&["template", "show", "reprot.md"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("did you mean `report.md`?"), "{ran}");
}

#[test]
fn check_says_all_that_is_wrong_with_line_and_mark() {
    let workspace = TestWorkspace::new()
        .file("meetings/2026-03-12-marg.yaml", "meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: TST-001\n")
        .file("templates/page.html", "<p>{{ page.captoin }}</p>{% block content %}{% endblock %}")
        .file("templates/report.html", "{% extends \"page.html\" %}{% block content %}\n{{ nosuch.field }}{% endblock %}")
        .file("templates/case.md", "{% for x in actions %}")
        .file("templates/reprot.md", "x");
    let ran = workspace.marg(&["template", "check"]);
    assert_eq!(ran.code, Some(1), "{ran}");
    for part in ["page.html:1:12", "report.html:2:4", "case.md:1:", "`templates/reprot.md`\nno page is made", "^^^^^^^"] {
        assert!(ran.stdout.contains(part), "{part} in {ran}");
    }
    assert!(ran.stderr.contains("4 things are wrong"), "{ran}");
    assert!(!workspace.path("out").exists(), "nothing is written");
}

#[test]
fn the_sample_s_templates_are_the_built_in_ones_and_in_order() {
    let list = run(repository(), &["template", "list"]).answer();
    assert_eq!(list.matches("same as the built-in one").count(), list.lines().filter(|line| !line.contains(".docx")).count() - 1, "{list}");
    assert_eq!(run(repository(), &["template", "check"]).code, Some(0));
}

#[test]
fn the_data_of_a_page_is_what_its_audience_may_see() {
    let data = |arguments: &[&str]| run(repository(), &[&["template", "data"], arguments].concat()).json();
    let members = data(&["report"]);
    assert_eq!(members["barriers"][0]["people"]["text"], "7");
    assert!(members["trail"]["barriers"][0]["sights"][0]["file"].as_str().unwrap().starts_with("meetings/"));
    let public = data(&["report", "--for", "public"]);
    assert!(public["trail"].is_null() && public["grid"].is_null() && !public.to_string().contains("QLM-"));
    assert_eq!(data(&["case", "QLM-7KQ2"])["page"]["title"], "QLM-7KQ2");
    assert_eq!(data(&["minutes", "2026-04-09"])["planned"], true);
    assert_eq!(data(&["guide", "arson-blocks-housing"])["draft"], true);
}

#[cfg(unix)]
#[test]
fn a_link_is_said_and_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("report.md"), "From outside").unwrap();
    let workspace = TestWorkspace::new();
    std::os::unix::fs::symlink(outside.path(), workspace.path("templates")).unwrap();
    let ran = workspace.marg(&["report"]);
    assert!(ran.code == Some(0) && ran.stderr.contains("it is a link to another place and is not followed"), "{ran}");
    assert!(!workspace.read("out/report.md").contains("From outside"));
    assert_eq!(workspace.marg(&["template", "eject", "page.md"]).code, Some(3));
}
