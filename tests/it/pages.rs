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
        "2. “Service offered in one fixed way” rose from 0 to 3 people a quarter",
        "3. More people met a barrier at Housing options than at any other agency",
        "4. “Deliberate fire-setting” and “Homelessness” come with “Arson or fire-setting history blocks housing” most often",
        "5. Asking was recorded 21 times; 2 changed a rule for all",
        "6. What worked (33) and what did not (20)",
        "7. Ask Housing options, Mental health trust and Northfield Housing next",
        "8. 115 of 152 actions were done",
        ": 10 flexed once, 2 changed for all, 4 refused, 2 with no reply, 3 still waiting.",
        "22 are open (3 were overdue on 12 March 2026), 3 were not possible, 10 were not done, 2 were superseded.",
        "Jan–Mar 2026, until 12 March",
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
    "###);
}

#[test]
fn a_checklist_has_each_step_once_and_nothing_of_any_case() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    for audience in ["members", "public"] {
        let made = run(repository(), &["guide", "arson-blocks-housing", "--checklist", "--for", audience, "--out", folder]).answer();
        assert_eq!(made.lines().count(), 3, "{made}");
        let text = std::fs::read_to_string(out.path().join("checklist-arson-blocks-housing.md")).unwrap();
        assert_eq!(text.matches("- [ ] ").count(), 8, "{text}");
        assert_eq!(text.matches("Ask the fire service to meet the person").count(), 1);
        assert!(text.contains("## Look out for") && text.contains("A yes or no box about fire") && text.contains("This is a draft"), "{text}");
        assert!(!text.contains("QLM-") && !text.contains("r9k7"), "{text}");
    }
}

#[test]
fn a_checklist_of_a_guide_without_a_step_says_so() {
    let workspace = TestWorkspace::new().file("themes/waiting.yaml", "title: Waiting\nkind: barrier\ndefinition: Too long.\n");
    let _ = workspace.marg(&["guide", "waiting", "--checklist"]).answer();
    for ending in ["md", "html"] {
        let text = workspace.read(&format!("out/checklist-waiting.{ending}"));
        assert!(text.contains("what to do, step by step, and who does what"), "{text}");
    }
}

#[test]
fn a_guide_for_word_says_what_its_text_says_and_no_more() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    let _ = run(repository(), &["guide", "arson-blocks-housing", "--for", "public", "--out", folder]).answer();
    let parts = crate::word::parts_of(&out.path().join("guide-arson-blocks-housing.docx"));
    assert!(parts.contains("Questions to ask") && parts.contains("Has anyone here read the insurance clause itself?"));
    assert!(!parts.contains("QLM-") && !parts.contains("r2x2") && parts.contains("Heading2"));
}

#[test]
fn a_template_of_ones_own_replaces_the_built_in_one() {
    let workspace = TestWorkspace::new().file("templates/report.md", "Mine: {{ page.group }}, {{ page.facts | length }} facts\n");
    let _ = workspace.marg(&["report"]).answer();
    assert_eq!(workspace.read("out/report.md"), "Mine: Group of Testford, 6 facts\n");
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
fn a_template_that_breaks_on_the_way_is_named_too_and_the_page_is_made_all_the_same() {
    let workspace = TestWorkspace::new().file("templates/page.html", "<p>{{ page.captoin }}</p>{% block content %}{% endblock %}");
    let ran = workspace.marg(&["report"]);
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(ran.stderr.contains("`templates/page.html` cannot be used") && ran.stderr.contains("page.html:1:12"), "{ran}");
    assert!(workspace.read("out/report.html").contains("Main points"));
}

#[test]
fn a_template_that_writes_without_end_is_stopped() {
    let endless = "{% for a in range(end=99999) %}{% for b in range(end=99999) %}xxxxxxxxxxxxxxxx{% endfor %}{% endfor %}";
    let ran = TestWorkspace::new().file("templates/report.md", endless).marg(&["report"]);
    assert!(ran.code == Some(0) && ran.stderr.contains("does not end"), "{ran}");
}

#[test]
fn a_template_can_build_on_a_built_in_one_and_never_on_itself() {
    let own = "{% extends \"builtin/page.html\" %}{% block heading %}{{ page.title }} (Riverside){% endblock %}";
    let workspace = TestWorkspace::new().file("templates/page.html", own).file("templates/guide.md", "{% include \"guide.md\" %}");
    let ran = workspace.marg(&["report"]);
    assert!(ran.code == Some(0) && ran.stderr.contains("`templates/guide.md` cannot be used") && ran.stderr.contains("Circular"), "{ran}");
    let page = workspace.read("out/report.html");
    assert!(page.contains("<h1>What keeps getting in the way (Riverside)</h1>") && page.contains("Main points"));
}

#[test]
fn a_case_is_a_page_for_members() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let ran = run(repository(), &["case", "QLM-7KQ2", "--page", "--out", out]);
    assert_eq!(ran.answer(), format!("{out}/case-QLM-7KQ2.md\n{out}/case-QLM-7KQ2.html\n"));
    let page = std::fs::read_to_string(folder.path().join("case-QLM-7KQ2.html")).unwrap();
    for part in [
        "For members of the meeting only",
        "1. 4 of 6 barriers were never recorded as eased or resolved",
        "2. 1 of 21 actions is open",
        "Arson or fire-setting history keeps the person from supported accommodation at Northfield Housing",
        "“I was nineteen and off my head.",
        "Lived Experience Forum told the person what was decided, on 11 April 2025.",
        "as of 12 March 2026",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let ran = run(repository(), &["case", "QLM-7KQ2", "--out", out]);
    assert_eq!(ran.code, Some(2), "a folder without --page is a mistake: {ran}");
}

#[test]
fn minutes_keep_apart_what_was_not_possible_and_what_was_not_done() {
    let first = "meeting: marg\ndate: 2026-02-12\nstatus: agreed\ncases:\n  - ref: TST-001\n    actions:\n      - { id: a1, what: Ring, owner: housing, due: 2026-02-20 }\n      - { id: a2, what: Write, owner: police, due: 2026-02-20 }\n    feedback_to_person: { id: f1, by: police, due: 2026-02-20 }\n";
    let second = "meeting: marg\ndate: 2026-03-12\nstatus: held\nattendance: [{ agency: housing, role: Manager, status: present }, { agency: police, status: apology }]\nprevious_actions:\n  - { id: a1, status: not-possible, note: The office burned down }\n  - { id: a2, status: not-done }\n  - { id: f1, status: done, on: 2026-02-14 }\ncases:\n  - ref: TST-001\n    decisions: [{ text: Go on, why: It helps, dissent: Police would wait }]\n    actions: [{ id: b1, what: Ring again, owner: housing, due: 2026-03-20 }]\n";
    let workspace = TestWorkspace::new().file("meetings/2026-02-12-marg.yaml", first).file("meetings/2026-03-12-marg.yaml", second);
    let _ = workspace.marg(&["minutes", "2026-03-12"]).answer();
    let text = workspace.read("out/minutes-2026-03-12-marg.md");
    for part in [
        "1 earlier action was",
        "### Not possible: circumstances changed (1)",
        "### Not done by the agency (1)",
        "The office burned down",
        "- Go on **Why:** It helps **Dissent:** Police would wait",
        "### Apologies",
        "Draft. These minutes have not been agreed",
        "Nobody is recorded as telling the person what was decided.",
    ] {
        assert_eq!(text.contains(part), part != "1 earlier action was", "{part} in {text}");
    }
    let _ = workspace.marg(&["minutes", "2026-02-12"]).answer();
    let agreed = workspace.read("out/minutes-2026-02-12-marg.md");
    assert!(!agreed.contains("Draft.") && agreed.contains("Police told the person what was decided, on 14 February 2026."), "{agreed}");
}

#[test]
fn before_a_meeting_its_minutes_are_an_agenda() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let _ = run(repository(), &["minutes", "2026-04-09-marg", "--out", out]).answer();
    let text = std::fs::read_to_string(folder.path().join("minutes-2026-04-09-marg.md")).unwrap();
    let parts = [
        "# Agenda of 9 April 2026",
        "**8 cases are** on the agenda",
        "| QLM-5WSH | 15 | 12 March 2026 |",
        "### Required agencies",
        "**21 actions** to ask about: 7 overdue today, 14 fall due before the meeting.",
        "made on 26 March 2026 for 9 April 2026.",
    ];
    for part in parts {
        assert!(text.contains(part), "{part} in {text}");
    }
    let ran = run(repository(), &["minutes", "2026-03-12-mrg"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("did you mean `2026-03-12-marg`?"), "{ran}");
}

/// Every `href="#…"` of every page leads to an id that is there, and no id is there twice.
#[test]
fn links_within_a_page_lead_somewhere() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    for command in
        [&["report"][..], &["guide", "arson-blocks-housing"], &["case", "QLM-5WSH", "--page"], &["minutes", "2026-03-12-marg"], &["minutes", "2026-04-09"]]
    {
        let _ = run(repository(), &[command, &["--out", out]].concat()).answer();
    }
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let page = std::fs::read_to_string(&path).unwrap();
        let after = |mark: &str| page.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>();
        let mut ids = after(" id=\"");
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}", path.display());
        let mut named = after(" href=\"#");
        named.extend(after("aria-labelledby=\""));
        assert!(named.len() > 3);
        for id in named {
            assert!(ids.binary_search(&id).is_ok(), "#{id} in {}", path.display());
        }
        assert!(!page.contains("<td></td>") && !page.contains(" style=") && !page.contains("<script"), "{}", path.display());
    }
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

#[test]
fn a_plain_word_in_a_line_of_markdown_stays_a_plain_word() {
    let session = "meeting: '*art*-[craft](http://a.example)'\ndate: 2026-03-12\nsession: { theme: fire-history }\n";
    let workspace = TestWorkspace::new().file("meetings/2026-03-12-session.yaml", session);
    let _ = workspace.marg(&["guide", "fire-history"]).answer();
    let page = workspace.read("out/guide-fire-history.html");
    assert!(page.contains("*art* [craft](http://a.example) on "), "{page}");
}

/// Two people whose barrier is live by their last record: the case of one was closed, that of the other is open.
fn closed_and_open() -> TestWorkspace {
    let barrier = "barriers: [{ theme: fire-history, blocks: hostel, at: police, status: live }]";
    let first = format!("meeting: marg\ndate: 2026-02-12\ncases:\n  - ref: TST-001\n    {barrier}\n  - ref: TST-002\n    {barrier}\n");
    let second = "meeting: marg\ndate: 2026-03-12\ncases:\n  - { ref: TST-001, closed: { reason: She moved away } }\n";
    TestWorkspace::new().file("meetings/2026-02-12-marg.yaml", first).file("meetings/2026-03-12-marg.yaml", second)
}

#[test]
fn nobody_whose_case_was_closed_is_held_up_next() {
    let workspace = closed_and_open();
    let report = |arguments: &[&str]| {
        let _ = workspace.marg(&[&["report"], arguments].concat()).answer();
        workspace.read("out/report.md")
    };
    let now = report(&[]);
    assert!(now.contains("which still holds up **1 person with an open case**"), "{now}");
    assert!(now.contains("Fire history blocks housing at Police: 1 person with an open case still held up, and 1 more whose case was closed;"), "{now}");
    assert!(now.contains("| Fire history blocks housing | 2 | 2 | 0 | 0 |"), "what is live stays as it is defined: {now}");
    let before = report(&["--until", "2026-02-28"]);
    assert!(before.contains("2 people with an open case still held up; nobody"), "the closing came later: {before}");
}

#[test]
fn on_a_closed_case_nothing_is_said_to_be_still_in_the_way() {
    let workspace = closed_and_open();
    for (case, said) in [("TST-001", "1 of 1 barrier was never recorded as eased or resolved"), ("TST-002", "1 of 1 barrier is still in the way")] {
        let _ = workspace.marg(&["case", case, "--page"]).answer();
        let page = workspace.read(&format!("out/case-{case}.md"));
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn an_agency_is_overdue_on_the_day_of_asking_alone() {
    let first = "meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: TST-001\n    actions:\n      - { id: a1, what: Ring, owner: housing, due: 2026-03-20 }\n      - { id: a2, what: Write, owner: housing, due: 2026-04-02 }\n";
    let next = "meeting: marg\ndate: 2026-04-09\nstatus: planned\n";
    let workspace = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", first).file("meetings/2026-04-09-marg.yaml", next);
    let _ = workspace.marg(&["minutes", "2026-04-09"]).answer();
    let page = workspace.read("out/minutes-2026-04-09-marg.md");
    for part in
        ["Ring (Housing), due 20 March 2026, overdue;", "Write (Housing), due 2 April 2026, due before the meeting;", "**No case** is on the agenda yet."]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn an_agency_that_sent_information_is_not_missing() {
    let text = "meeting: marg\ndate: 2026-03-12\nrequired_agencies: [housing, police]\nattendance: [{ agency: housing, status: sent-information }, { agency: police, status: apology }]\n";
    let workspace = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", text);
    let _ = workspace.marg(&["minutes", "2026-03-12"]).answer();
    let page = workspace.read("out/minutes-2026-03-12-marg.md");
    let part = |heading: &str| page.split_once(heading).map(|(_, rest)| rest.split('#').next().unwrap().trim().to_owned());
    assert_eq!(part("### Required, and not present").as_deref(), Some("- Police"), "{page}");
    assert_eq!(part("### Required, and sent information instead").as_deref(), Some("- Housing"), "{page}");
}

#[test]
fn a_check_for_the_law_is_shown_with_the_text_it_checked() {
    let theme =
        |law: &str| format!("title: Waiting\nkind: barrier\ndefinition: Too long.\nguide:\n  legal_check: {{ by: Council lawyer, on: 2026-01-05 }}\n{law}");
    for (law, shown) in [("", false), ("  what_the_law_says: Ask in writing.\n", true)] {
        let workspace = TestWorkspace::new().file("themes/waiting.yaml", theme(law));
        let _ = workspace.marg(&["guide", "waiting"]).answer();
        let page = workspace.read("out/guide-waiting.md");
        assert_eq!(page.contains("Checked for the law: Council lawyer, 5 January 2026"), shown, "{page}");
        assert!(page.contains("- Published: not yet\n") && !page.contains("Published: **to be written**"));
    }
}

/// Every figure about actions has its own list, and every number of a members' page is a link or stands for none.
#[test]
fn every_figure_of_a_members_page_leads_to_its_own_entries() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    for command in [&["report"][..], &["guide", "arson-blocks-housing"]] {
        let _ = run(repository(), &[command, &["--out", out]].concat()).answer();
    }
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let report = read("report.html");
    for figure in ["set", "done", "late", "open", "overdue", "not-possible", "not-done", "superseded", "worked"] {
        assert!(report.contains(&format!("href=\"#actions-{figure}\"")) && report.contains(&format!("id=\"actions-{figure}\"")), "{figure}");
    }
    for (name, page) in [("report", &report), ("guide", &read("guide-arson-blocks-housing.html"))] {
        let numbers = page.split("<div class=\"on-screen\">").next().unwrap().split("<td class=\"number").skip(1);
        let bare: Vec<&str> = numbers
            .map(|cell| cell.split_once('>').unwrap().1.split("</td>").next().unwrap())
            .filter(|cell| cell.parse().is_ok_and(|n: usize| n > 0))
            .collect();
        assert!(bare.is_empty(), "{name}: {bare:?}");
    }
    assert!(read("guide-arson-blocks-housing.html").contains("href=\"#behind-entries\""));
}

#[test]
fn a_short_version_has_a_picture_a_row_and_says_what_is_hard_to_read() {
    let workspace = TestWorkspace::new().file(
        "themes/smoke.yaml",
        "title: Smoke\nkind: barrier\ndefinition: d\nguide:\n  short:\n    - { says: Ask what burned., picture: fire }\n    - { says: \"Ask the insurer; wait, then ask again, <b>twice</b>.\" }\n",
    );
    let ran = workspace.marg(&["guide", "smoke", "--short", "--for", "public"]);
    assert!(ran.code == Some(0) && ran.stderr.contains("it has signs that join ideas"), "{ran}");
    let page = workspace.read("out/public/short-smoke.html");
    assert!(page.contains("aria-label=\"A flame\"") && page.contains("Short version with pictures") && page.contains("&lt;b&gt;"), "{page}");
    assert!(!page.to_lowercase().contains("easy read"), "{page}");
    let check = workspace.marg(&["check", "--only", "short-version-hard"]);
    assert!(check.stdout.contains("themes/smoke.yaml:7:") && !check.stdout.contains("themes/smoke.yaml:6:"), "{check}");
    let signed = workspace.read("themes/smoke.yaml") + "  short_signed_off_by: The readers\n";
    let workspace = workspace.file("themes/smoke.yaml", signed);
    let _ = workspace.marg(&["guide", "smoke", "--short"]).answer();
    let page = workspace.read("out/short-smoke.html");
    assert!(page.contains("Easy read") && page.contains("Read and signed off by: The readers"), "{page}");
    let empty = workspace.marg(&["guide", "fire-history", "--short"]);
    assert!(empty.code == Some(0) && empty.stderr.contains("`short`") && workspace.read("out/short-fire-history.md").contains("To be written"), "{empty}");
}

#[test]
fn a_word_that_the_group_is_content_with_is_not_hard_to_read() {
    let theme = "title: Smoke\nkind: barrier\ndefinition: d\nguide:\n  short:\n    - { says: Ask the insurer. }\n    - { says: Ask for outreach. }\n";
    let workspace = TestWorkspace::new().file("themes/smoke.yaml", theme);
    let group = workspace.read("marg.yaml") + "recording: { plain_words: { insurer: , outreach: street team } }\n";
    let workspace = workspace.file("marg.yaml", group);
    let ran = workspace.marg(&["guide", "smoke", "--short"]);
    assert!(ran.stderr.contains("plainer word for `outreach`") && !ran.stderr.contains("`insurer`"), "{ran}");
}
