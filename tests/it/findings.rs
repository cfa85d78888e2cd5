//! What a page claims is so: its headings, main points and captions say no more than the records do.

use crate::harness::TestWorkspace;

/// A discussion of one barrier.
fn case(n: usize, theme: &str, rest: &str) -> String {
    format!("  - ref: TST-{n}\n    barriers: [{{ theme: {theme}, blocks: hostel, at: police, {rest} }}]\n")
}

fn held(date: &str, cases: impl Iterator<Item = String>) -> String {
    format!("meeting: marg\ndate: {date}\nstatus: held\ncases:\n{}", cases.collect::<String>())
}

fn report(workspace: &TestWorkspace, arguments: &[&str]) -> String {
    let _ = workspace.marg(&[&["report", "--out", "made"], arguments].concat()).answer();
    workspace.read("made/report.md")
}

/// Eight, eight and five people in three quarters, and one in the first days of the fourth.
fn four_quarters() -> TestWorkspace {
    let days = [("2025-02-10", 8), ("2025-03-10", 1), ("2025-05-12", 8), ("2025-08-11", 5), ("2025-10-20", 1)];
    days.iter().fold(TestWorkspace::new(), |workspace, (date, people)| {
        workspace.file(&format!("meetings/{date}.yaml"), held(date, (10..10 + people).map(|n| case(n, "fires", "status: live"))))
    })
}

#[test]
fn an_unfinished_quarter_is_marked_and_compared_with_no_other() {
    let workspace = four_quarters();
    let members = report(&workspace, &["--until", "2025-10-20"]);
    assert!(members.contains("“Fire history blocks housing” fell from 8 to 5 people a quarter"), "{members}");
    assert!(members.contains("to 5 people in July to September 2025. Only whole quarters are compared."), "{members}");
    assert!(members.contains("| Jan–Mar 2025 | Apr–Jun 2025 | Jul–Sep 2025 | Oct–Dec 2025, until 20 October |"), "{members}");
    let page = workspace.read("made/report.html");
    assert!(page.contains("Fell from 8 to 5.") && !page.contains("Oct–Dec 2025: 1"), "the picture ends with the last whole quarter: {page}");
    let board = report(&workspace, &["--until", "2025-10-20", "--for", "board"]);
    assert!(board.contains("| Oct–Dec 2025, in part |") && !board.contains("20 October"), "{board}");
    let year = report(&workspace, &["--until", "2025"]);
    assert!(year.contains("fell from 8 to 1 person a quarter") && year.contains("| Oct–Dec 2025 |") && !year.contains("in part"), "{year}");
}

#[test]
fn a_quarter_that_begins_with_the_first_meeting_is_whole_and_one_cut_by_the_period_is_not() {
    let workspace = four_quarters();
    let late = report(&workspace, &["--since", "2025-03-01", "--until", "2025-09"]);
    assert!(late.contains("| Jan–Mar 2025, from 1 March | Apr–Jun 2025 | Jul–Sep 2025 |"), "{late}");
    assert!(late.contains("The period covers 2 whole quarters in which barriers were recorded: to speak of a change takes at least 3."), "{late}");
    let first = report(&workspace, &["--since", "2025-02-01", "--until", "2025-09"]);
    assert!(first.contains("| Jan–Mar 2025 | Apr–Jun 2025 | Jul–Sep 2025 |") && first.contains("fell from 8 to 5"), "{first}");
}

#[test]
fn what_is_said_of_too_little_goes_by_the_quarters_with_barriers() {
    let workspace = TestWorkspace::new().file("meetings/2026-03-12.yaml", held("2026-03-12", (10..30).map(|n| case(n, "fires", "status: live"))));
    let long = report(&workspace, &["--since", "2020", "--until", "2026-03-26"]);
    assert!(long.contains("The period covers no whole quarter in which barriers were recorded"), "{long}");
    let workspace = workspace.file("meetings/2025-03-12.yaml", held("2025-03-12", (10..12).map(|n| case(n, "fires", "status: live"))));
    let empty = report(&workspace, &[]);
    assert!(empty.contains("There are too few entries in these quarters") && empty.contains("It is too early to speak of a change"), "{empty}");
}

#[test]
fn what_is_done_tells_nothing_of_what_is_hidden_beside_it() {
    let action = |n: usize| format!("  - ref: TST-{n}\n    actions: [{{ id: a1a{n}, what: Ask, owner: housing, due: 2026-02-20 }}]\n");
    let told = |n: usize| format!("  - {{ id: a1a{n}, status: {}, on: 2026-03-01 }}\n", if n == 10 { "not-possible" } else { "done, outcome: worked" });
    let told: String = (10..23).map(told).collect();
    let workspace = TestWorkspace::new()
        .file("meetings/2026-02-12.yaml", held("2026-02-12", (10..23).map(action)))
        .file("meetings/2026-03-12.yaml", format!("meeting: marg\ndate: 2026-03-12\nstatus: held\nprevious_actions:\n{told}cases:\n  - {{ ref: TST-10 }}\n"));
    let board = report(&workspace, &["--for", "board"]);
    assert!(board.contains("What became of the actions") && !board.contains("of them late") && !board.contains("actions were done"), "{board}");
    let figures: Vec<&str> = board.split("What became of the actions").last().unwrap().lines().filter(|line| line.starts_with("- ")).collect();
    assert!(figures.iter().filter(|line| line.ends_with("\\[c\\]")).count() == 4, "done, late, not possible and worked: {figures:?}");
    assert!(board.contains(" stands for a number from 1 to 4, or one from which such a number could be worked out, which"), "{board}");
    assert!(report(&workspace, &[]).contains("**12 of 13 actions were done**, 12 of them late; 1 was not possible."));
}

#[test]
fn nothing_is_ranked_where_a_hidden_number_could_be_greater() {
    let two = |eased: usize| {
        let first = (10..20).map(move |n| case(n, "fires", if n < 10 + eased { "status: eased" } else { "status: live" }));
        held("2026-03-12", first.chain((30..36).map(|n| case(n, "waiting", "status: live"))))
    };
    let workspace =
        |eased| TestWorkspace::new().file("themes/waiting.yaml", "title: Waiting\nkind: barrier\ndefinition: Long.\n").file("meetings/a.yaml", two(eased));
    let hidden = report(&workspace(1), &["--for", "board"]);
    assert!(
        hidden.contains("1. Waiting: 6 people with an open case still held up") && !hidden.contains("Next to be moved") && !hidden.contains("- \n"),
        "nine wait for the other: {hidden}"
    );
    assert!(report(&workspace(0), &["--for", "board"]).contains("Next to be moved: **“Fire history blocks housing”**"));
}

#[test]
fn a_bar_does_not_show_what_its_row_hides() {
    let status = |n: usize| ["status: resolved", "status: eased", "status: live"][n.saturating_sub(10).div_ceil(2).min(2)];
    let workspace = TestWorkspace::new().file("meetings/a.yaml", held("2026-03-12", (10..21).map(|n| case(n, "fires", status(n)))));
    let board = report(&workspace, &["--for", "board"]);
    assert!(board.contains("| Fire history blocks housing | 11 | 8 | \\[c\\] | \\[c\\] |"), "{board}");
    let page = workspace.read("made/report.html");
    assert!(page.contains("<rect class=\"plain\" width=\"100.0%\"") && !page.contains("<rect class=\"rest\" x="), "{page}");
}

#[test]
fn answers_without_asking_are_answers() {
    let workspace = TestWorkspace::new().file("meetings/a.yaml", held("2026-03-12", [case(10, "fires", "status: live, answer: refused")].into_iter()));
    let text = report(&workspace, &[]);
    assert!(text.contains("Answers were recorded, but not who was asked") && text.contains("yet there are **answers**: 1 refused."), "{text}");
    assert!(!text.contains("Nobody has been asked to move a barrier yet"), "{text}");
}

#[test]
fn an_exception_for_one_person_hides_nobody_else() {
    let cases = (10..13).map(|n| case(n, "fires", if n == 12 { "status: live, asked: { of: police }, answer: flexed-once" } else { "status: live" }));
    let text = report(&TestWorkspace::new().file("meetings/a.yaml", held("2026-03-12", cases)), &[]);
    let step = "1. Fire history blocks housing at Police: 2 people with an open case still held up; the answer helped some: ask for the others.";
    assert!(text.contains(step), "{text}");
    let alone = [case(12, "fires", "status: live, asked: { of: police }, answer: flexed-once")];
    let text = report(&TestWorkspace::new().file("meetings/a.yaml", held("2026-03-12", alone.into_iter())), &[]);
    assert!(text.contains("Nobody with an open case is held up"), "{text}");
}

#[test]
fn learning_points_are_counted_as_what_they_are() {
    let learning = "meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: TST-10\n    learning:\n      - { question: Who may? }\n";
    let workspace = TestWorkspace::new().file("meetings/a.yaml", learning);
    assert!(report(&workspace, &[]).contains("There are questions, but nothing yet that worked or did not"));
    let workspace = workspace.file("meetings/a.yaml", format!("{learning}      - {{ worked: A visit., shareable: yes }}\n      - {{ worked: A call. }}\n"));
    assert!(report(&workspace, &[]).contains("The meetings wrote down **2 things that worked** and **0 that did not**."));
    let board = report(&workspace, &["--for", "board"]);
    assert!(board.contains("**1 learning point** on what worked may be shared, and **0** on what did not.") && board.contains("What worked (1)"), "{board}");
}

#[test]
fn a_command_beside_a_list_answers_for_the_same_period() {
    let cases = || (10..30).map(|n| case(n, "fires", "status: live"));
    let workspace = TestWorkspace::new().file("meetings/a.yaml", held("2026-02-12", cases()));
    assert!(report(&workspace, &[]).contains("`marg barriers fire-history` lists them all."));
    assert!(
        report(&workspace, &["--since", "2026", "--until", "2026-03"]).contains("`marg barriers fire-history --since 2026-01-01 --until 2026-03-31` lists")
    );
    let page = workspace.read("made/report.html");
    assert!(page.contains("<code>marg barriers fire-history --since 2026-01-01 --until 2026-03-31</code>"), "{page}");
}

#[test]
fn minutes_say_what_was_discussed_only_of_a_meeting_that_was_held() {
    let minutes = |text: &str| {
        let workspace = TestWorkspace::new().file("meetings/m.yaml", text);
        let _ = workspace.marg(&["minutes", "m"]).answer();
        workspace.read("out/minutes-m.md")
    };
    let planned = minutes("meeting: marg\ndate: 2026-04-09\nstatus: planned\nagenda: [{ case: TST-10 }]\ncases:\n  - { ref: TST-10, type: new }\n");
    assert!(planned.contains("**1 case is** on the agenda") && !planned.contains("discussed:") && !planned.contains("was discussed"), "{planned}");
    for (status, said) in [("held", true), ("called-off", false)] {
        let text = minutes(&format!("meeting: marg\ndate: 2026-03-12\nstatus: {status}\nother_business: Nothing.\n"));
        assert!(!text.contains("agenda is empty") && !text.contains("on the agenda yet"), "{text}");
        assert_eq!(text.contains("**No case** was discussed."), said, "{text}");
    }
}

#[test]
fn a_person_wants_all_that_they_said_last() {
    let views = "views: [{ whose: person, wants: [a job] }, { whose: person, wants: [a door of my own, to see my dog] }, { whose: person, says: Soon. }]";
    let workspace = TestWorkspace::new().file("meetings/a.yaml", format!("meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: TST-10\n    {views}\n"));
    let _ = workspace.marg(&["case", "TST-10", "--page"]).answer();
    let page = workspace.read("out/case-TST-10.md");
    assert!(page.contains("What the person last said they want: **a door of my own; to see my dog**."), "{page}");
}

#[test]
fn a_guide_to_a_need_says_that_its_why_is_not_written() {
    let workspace = TestWorkspace::new();
    let _ = workspace.marg(&["guide", "homeless"]).answer();
    assert!(workspace.read("out/guide-homeless.md").contains("\n\nNobody has written yet why this guide is needed."));
}
