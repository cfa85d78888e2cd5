//! Nothing leaves that must not: over generated workspaces, what is made for the board and the public holds no ref, no role from the
//! attendance, no agency, and no sentence that nobody has marked as shareable.

use proptest::prelude::*;

use crate::generator::{Generated, generate};
use crate::harness::TestWorkspace;

const COMMANDS: [&[&str]; 3] = [&["report"], &["guide", "fires"], &["guide", "records"]];

/// Everything that is made for an audience, and everything that is said while it is made.
fn made_for(workspace: &TestWorkspace, audience: &str) -> String {
    let mut made = String::new();
    for command in COMMANDS {
        let ran = workspace.marg(&[command, &["--for", audience, "--out", "made"]].concat());
        assert_eq!(ran.code, Some(0), "{ran}");
        made += &format!("{ran}");
        if command == COMMANDS[2] {
            continue;
        }
        // What a template could show is what leaves.
        let data = workspace.marg(&[&["template", "data"], command, &["--for", audience]].concat());
        assert_eq!(data.code, Some(0), "{data}");
        made += &format!("{data}");
    }
    for entry in std::fs::read_dir(workspace.path("made")).unwrap() {
        let path = entry.unwrap().path();
        let is_word = path.extension().is_some_and(|ending| ending == "docx");
        made += &if is_word { crate::word::parts_of(&path) } else { std::fs::read_to_string(path).unwrap() };
    }
    made
}

fn leaks(generated: &Generated, made: &str) -> Vec<String> {
    generated.secret.iter().filter(|secret| made.contains(secret.as_str())).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_secret_reaches_the_board_or_the_public(seed in any::<u64>(), meetings in 1usize..14) {
        let generated = generate(seed, meetings);
        let workspace = generated.write();
        for audience in ["board", "public"] {
            let made = made_for(&workspace, audience);
            let leaked = leaks(&generated, &made);
            prop_assert!(leaked.is_empty(), "{audience}: {leaked:?}");
        }
    }
}

#[test]
fn members_read_it_all_and_shareable_sentences_reach_everybody() {
    let generated = generate(7, 12);
    let workspace = generated.write();
    let members = made_for(&workspace, "members");
    assert!(leaks(&generated, &members).len() > 50, "the marks are there to be found");
    let report = workspace.read("made/report.md");
    let held: Vec<&String> = generated.shareable.iter().filter(|mark| report.contains(mark.as_str())).collect();
    assert!(!held.is_empty());
    let _ = made_for(&workspace, "public");
    let public = workspace.read("made/report.md");
    for mark in held {
        assert!(public.contains(mark.as_str()), "{mark} may be shared");
    }
}

#[test]
fn what_is_kept_back_is_told_to_whoever_makes_the_page() {
    let text = "meeting: marg\ndate: 2026-03-12\nattendance: [{ agency: housing, role: Duty manager, status: present }]\ncases:\n  - ref: QLM-7KQ2\n    learning:\n      - { id: w4h8, worked: QLM-7KQ2 liked it., themes: [visit], shareable: yes }\n      - { id: m3x9, worked: The Duty manager came along., themes: [visit], shareable: yes }\n      - { id: k7q2, worked: A visit together., themes: [visit], shareable: yes }\n";
    let ran = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", text).marg(&["report", "--for", "public"]);
    insta::assert_snapshot!(ran.stderr, @r"
    warning: a learning point was kept back: it names a case
    warning: a learning point was kept back: it names somebody from the attendance
    Written for public. Open out/public/report.html in a browser.
    ");
}

/// Eleven people with one barrier, three with another: what each audience sees of them.
fn counted() -> TestWorkspace {
    let case = |n: usize, theme: &str| format!("  - ref: TST-{n}\n    barriers: [{{ theme: {theme}, blocks: hostel, at: police, status: live }}]\n");
    let cases: String = (10..21).map(|n| case(n, "fire-history")).chain((30..33).map(|n| case(n, "waiting"))).collect();
    TestWorkspace::new()
        .file("themes/waiting.yaml", "title: Waiting\nkind: barrier\ndefinition: Too long.\n")
        .file("meetings/2026-03-12-marg.yaml", format!("meeting: marg\ndate: 2026-03-12\ncases:\n{cases}"))
}

#[test]
fn small_numbers_are_hidden_and_the_mark_is_explained() {
    let workspace = counted();
    let rows = |audience: &str| {
        let _ = workspace.marg(&["report", "--for", audience, "--out", audience]).answer();
        workspace.read(&format!("{audience}/report-barriers.csv"))
    };
    insta::assert_snapshot!(rows("members"), @r"
    Barrier,People,Still live,Eased,Resolved
    Fire history blocks housing,11,11,0,0
    Waiting,3,3,0,0
    ");
    insta::assert_snapshot!(rows("board"), @r"
    Barrier,People,Still live,Eased,Resolved
    Fire history blocks housing,11,11,0,0
    Waiting,[c],[c],0,0
    ");
    insta::assert_snapshot!(rows("public"), @r"
    Barrier,People,Still live,Eased,Resolved
    Fire history blocks housing,10,10,0,0
    Waiting,[c],[c],0,0
    ");
    for (audience, drawn) in [("members", ["100.0", "27.3"].as_slice()), ("board", &["100.0"]), ("public", &["100.0"])] {
        let page = workspace.read(&format!("{audience}/report.html"));
        let bars: Vec<&str> = page.split("<rect class=\"mark\" width=\"").skip(1).filter_map(|rest| rest.split_once("%\"").map(|(width, _)| width)).collect();
        assert_eq!(bars.into_iter().filter(|width| width.len() < 6).collect::<Vec<_>>(), drawn, "a hidden number has no bar: {audience}");
        let also = ["Also met, by 1 to 4 people each: Waiting.", "Also met, by 1 to 7 people each: Waiting."];
        assert_eq!(also.iter().position(|line| page.contains(line)), ["board", "public"].iter().position(|known| *known == audience), "{audience}");
        assert_eq!(page.contains("Too long."), audience == "members", "words are told of what is shown: {audience}");
        assert_eq!(page.contains("TST-10") || page.contains("2026-03-12-marg.yaml"), audience == "members");
    }
    let page = workspace.read("public/report.html");
    assert!(page.contains("[c] stands for a number from 1 to 7"));
    assert!(!page.contains("Police") && !page.contains("Whose rule"));
}

/// Where the parts of a number are hidden its bar is in one colour, no sentence holds the mark, and open cases are not told from closed ones.
#[test]
fn a_number_whose_parts_are_hidden_tells_nothing_of_them() {
    let case = |n: usize, status: &str| {
        format!("  - ref: TST-{n}\n    barriers: [{{ theme: fire-history, blocks: hostel, status: {status}, asked: {{ of: police }} }}]\n")
    };
    let cases: String = (10..20).map(|n| case(n, "live")).chain((20..22).map(|n| case(n, "eased"))).collect();
    let workspace = TestWorkspace::new()
        .file("meetings/2026-02-12-marg.yaml", format!("meeting: marg\ndate: 2026-02-12\ncases:\n{cases}"))
        .file("meetings/2026-03-12-marg.yaml", "meeting: marg\ndate: 2026-03-12\ncases:\n  - { ref: TST-10, closed: { reason: Moved } }\n");
    let _ = workspace.marg(&["report", "--for", "board", "--out", "board"]).answer();
    let page = workspace.read("board/report.html");
    assert!(
        page.contains("<rect class=\"plain\" width=\"100.0%\"") && page.contains("without how many are still live") && !page.contains("eased or resolved</li>"),
        "{page}"
    );
    assert!(page.contains("How many are still held up is not shown here"), "neither 9 open nor 1 closed can be told: {page}");
    let sentences = page.split_once("Main points").unwrap().1.split("</section>").next().unwrap();
    assert!(!sentences.contains("[c]") && !page.split("<h2").skip(1).any(|heading| heading.split("</h2>").next().unwrap().contains("[c]")), "{page}");
}
