//! Files that want to do harm: refused at once, with a reason, and nothing in them reaches the terminal.

use std::time::{Duration, Instant};

use crate::harness::TestWorkspace;

#[track_caller]
fn refused(text: impl AsRef<[u8]>, code: &str) {
    let started = Instant::now();
    let ran = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", text).marg(&["check", "--wrong"]);
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(ran.stdout.contains(&format!("wrong[{code}]")), "{code} in {}", &ran.stdout[..ran.stdout.len().min(600)]);
    assert!(!ran.stdout.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}', '\0']));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn texts_that_grow_nest_or_lie_are_refused() {
    let laughs: String = (1..10).fold("a0: &a0 [x,x,x]\n".to_owned(), |text, n| text + &format!("a{n}: &a{n} [*a{0},*a{0},*a{0},*a{0}]\n", n - 1));
    refused(laughs, "alias");
    refused(format!("a: {}{}\n", "[".repeat(100_000), "]".repeat(100_000)), "too-deep");
    refused((0..400).fold(String::new(), |text, n| text + &"  ".repeat(n) + "a:\n"), "too-deep");
    refused(format!("notes: \"{}\"\n", "A".repeat(3 << 20)), "too-large");
    refused("meeting: !!python/object/apply:os.system [\"id\"]\n", "tag");
    refused("meeting: marg\n---\nmeeting: marg\n", "second-document");
    refused(b"meeting: \xff\xfe\x80\n", "not-utf8");
    refused(b"meeting: \"a\x00b\"\n", "control-character");
    refused("meeting: marg\nmeeting: marg\ndate: 2026-03-12\n", "duplicate-field");
}

#[test]
fn a_ref_cannot_be_a_path() {
    for bad in ["../../../../etc/passwd", "/etc/passwd", "C:\\x", "CON:stream", "a:b", "QLM 7KQ2", &"Q".repeat(300)] {
        refused(format!("meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: '{bad}'\n"), "bad-ref");
    }
}

#[test]
fn what_steers_a_terminal_is_shown_as_what_it_is() {
    let evil = "\"\\e[2J\\e]52;c;ZXZpbA==\\a\\x9b31m \\u202eTXT\\u200b\"";
    let text = format!(
        "meeting: marg\ndate: 2026-03-12\nconfidentiality: {{ read_by: chair }}\ncases:\n  - ref: QLM-7KQ2\n    update: {evil}\n    views: [{{ whose: person, says: {evil} }}]\n    barriers: [{{ theme: fire-history, blocks: hostel, at: housing, status: live, rule: {evil} }}]\n    actions: [{{ id: k7q2, what: {evil}, owner: housing, due: 2026-03-20 }}]\n    next_review: 2026-04-09\n"
    );
    let workspace = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", text);
    for question in [&["check"][..], &["barriers", "fire-history"], &["case", "QLM-7KQ2"], &["actions"], &["meetings"]] {
        for format in ["table", "json", "csv"] {
            let ran = workspace.marg(&[question, &["--format", format]].concat());
            assert_eq!(ran.code, Some(0), "{ran}");
            assert!(!ran.stdout.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}', '\u{200b}']), "{question:?} {format}");
        }
    }
}

#[test]
fn notes_are_never_templates_and_never_html() {
    let evil = "'{{ 7*7 }} {% include \"/etc/passwd\" %} <script>alert(1)</script> <img src=x onerror=alert(1)> | x'";
    let text = format!(
        "meeting: marg\ndate: 2026-03-12\nstatus: held\ncases:\n  - ref: QLM-7KQ2\n    barriers: [{{ theme: fire-history, blocks: hostel, at: housing, status: live, rule: {evil} }}]\n    views: [{{ whose: person, says: {evil} }}]\n    learning: [{{ id: w4h8, worked: {evil}, themes: [fire-history], shareable: yes }}]\n"
    );
    let theme = format!(
        "title: Fire\nkind: barrier\ndefinition: {evil}\nguide: {{ what_people_told_us: {evil}, statements: [{{ section: what-works, says: {evil}, evidence: [w4h8] }}] }}\n"
    );
    let workspace = TestWorkspace::new().file("themes/fire-history.yaml", theme).file("meetings/2026-03-12-marg.yaml", text);
    let _ = workspace.marg(&["report"]).answer();
    let _ = workspace.marg(&["guide", "fire-history"]).answer();
    for page in ["out/report.html", "out/guide-fire-history.html", "out/report.md", "out/guide-fire-history.md"] {
        let text = workspace.read(page);
        assert!(text.replace('\\', "").contains("{{ 7*7 }}") && !text.contains("root:"), "{page}");
        assert!(!text.contains("<script") && !text.contains("<img"), "{page}");
        assert!(text.contains("alert(1)"), "nothing is lost: {page}");
    }
}

#[test]
fn a_file_that_cannot_be_opened_does_not_make_others_wrong() {
    let large = format!("meeting: marg\ndate: 2026-03-12\nother_business: {}\n", "x".repeat(2 << 20));
    let report = "meeting: marg\ndate: 2026-03-20\nprevious_actions: [{ id: k7q2, status: done }]\n";
    let workspace = TestWorkspace::new().file("meetings/a.yaml", large).file("meetings/b.yaml", report);
    let found = workspace.marg(&["check", "--wrong", "--format", "csv"]).stdout;
    assert!(found.contains(",too-large,") && !found.contains("unknown-action"), "{found}");
}

#[cfg(unix)]
#[test]
fn themes_that_cannot_be_opened_are_one_finding() {
    let text = "meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: QLM-7KQ2\n    needs: [homeless]\n    barriers: [{ theme: fire-history, status: live }]\n";
    let workspace = TestWorkspace::new().file("meetings/a.yaml", text);
    std::fs::rename(workspace.path("themes"), workspace.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(workspace.path("elsewhere"), workspace.path("themes")).unwrap();
    let found = workspace.marg(&["check", "--wrong", "--format", "csv"]).stdout;
    assert_eq!(found.lines().count(), 2, "{found}");
}

#[test]
fn an_answer_is_never_written_over_what_people_wrote() {
    let workspace = TestWorkspace::new();
    let group = workspace.read("marg.yaml");
    for place in ["marg.yaml", "themes/visit.yaml", "meetings/new.csv", "templates/report.csv"] {
        std::fs::create_dir_all(workspace.path(place).parent().unwrap()).unwrap();
        let ran = workspace.marg(&["themes", "--format", "csv", "-o", place]);
        assert!(ran.code == Some(3) && ran.stderr.contains("never written over"), "{place}: {ran}");
    }
    assert_eq!(workspace.read("marg.yaml"), group);
    let ran = workspace.marg(&["report", "--out", "templates"]);
    assert!(ran.code == Some(3) && !workspace.path("templates/report.md").exists(), "{ran}");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.yaml"), "meeting: marg\ndate: 2026-03-12\n").unwrap();
    let workspace = TestWorkspace::new().file("meetings/.keep", "");
    std::os::unix::fs::symlink(outside.path().join("secret.yaml"), workspace.path("meetings/2026-03-12-marg.yaml")).unwrap();
    std::os::unix::fs::symlink(outside.path(), workspace.path("meetings/more")).unwrap();
    let ran = workspace.marg(&["check", "--wrong", "--format", "csv"]);
    assert_eq!((ran.code, ran.stdout.matches(",link,").count()), (Some(1), 2), "{ran}");
    std::os::unix::fs::symlink(outside.path(), workspace.path("out")).unwrap();
    std::fs::remove_file(workspace.path("meetings/more")).unwrap();
    std::fs::remove_file(workspace.path("meetings/2026-03-12-marg.yaml")).unwrap();
    let ran = workspace.marg(&["report"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("is a link to another place"), "{ran}");
    assert!(!outside.path().join("report.md").exists());
}
