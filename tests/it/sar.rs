//! `marg sar`: what is held about one person, when they ask.

use crate::browser::fields::{MEETING, free, full, set, written};
use crate::harness::{Ran, TestWorkspace, repository, run};

/// Two cases at one meeting, with others named in the one and the one named elsewhere.
fn workspace() -> TestWorkspace {
    TestWorkspace::new().file(
        "meetings/2026-03-12-marg.yaml",
        "meeting: marg
date: 2026-03-12
chair: Wanda Thistlewood
attendance:
  - { agency: housing, role: Team manager, status: present }
  - { agency: police, status: apology }
agenda:
  - { case: QLM-7KQ2, minutes: 15 }
  - { case: BRT-4XN7, minutes: 15 }
  - { item: Matters arising, note: The form for qlm 7kq2 was lost. }
cases:
  - ref: QLM-7KQ2
    lead_agency: housing
    lead_professional: Housing officer
    referral: { agency: police, reason: Nobody listens., legal_basis: Public task }
    update: He came alone. He knows BRT-4XN7 from the shelter. Mrs Oakham rang on 07700 123456. Thistlewood will write. He wants a door.
    views:
      - { says: I am tired., obtained_by: police }
      - { whose: family, says: His sister worries. }
    decisions: [{ text: Ask again. }]
    actions: [{ id: k7q2, what: Ring the hostel, owner: police, due: 2026-04-09 }]
  - ref: BRT-4XN7
    lead_agency: police
    update: A secret of the other.
    decisions: [{ text: Lend BRT-4XN7 the tent of QLM-7KQ2. }]
other_business: QLM-7KQ2 left a bag here. # and 7KQ2 alone is nobody
",
    )
}

fn asked(workspace: &TestWorkspace, more: &[&str]) -> Ran {
    workspace.marg(&[&["sar", "QLM-7KQ2", "--received", "2026-03-13"], more].concat())
}

fn copy(workspace: &TestWorkspace) -> String {
    asked(workspace, &[]).answer();
    workspace.read("out/sar-QLM-7KQ2.md")
}

#[test]
fn every_text_about_the_person_is_in_the_copy() {
    let mut files = full();
    let about = |path: &str| path.starts_with(".cases[]") || path.starts_with(".previous_actions[]");
    let paths: Vec<String> = free().into_iter().filter(|field| field.file == MEETING && about(&field.path)).map(|field| field.path).collect();
    assert!(paths.len() > 25, "{paths:?}");
    for (n, path) in paths.iter().enumerate() {
        set(&mut files, MEETING, path, &format!("Zebra{n}x words"));
    }
    let workspace = written(&files);
    let copy = copy(&workspace);
    let page = workspace.read("out/sar-QLM-7KQ2.html");
    for (n, path) in paths.iter().enumerate() {
        for made in [&copy, &page] {
            assert!(made.contains(&format!("Zebra{n}x words")), "{path} is not in the copy: {made}");
        }
    }
    for fact in ["Fire history blocks housing; keeps from: Hostel; at: Housing", "asked: Housing on 2026-03-01; answer: refused", "told on: 2026-03-19"] {
        assert!(copy.contains(fact), "{fact}: {copy}");
    }
}

#[test]
fn another_case_is_not_in_it_but_a_text_elsewhere_that_names_the_ref_is() {
    let theme = "# Seen first with QLM-7KQ2.\ntitle: Homelessness\nkind: need\ndefinition: No home, as for QLM7KQ2.\n";
    let copy = copy(&workspace().file("themes/homeless.yaml", theme));
    assert!(!copy.contains("A secret of the other"), "{copy}");
    for elsewhere in ["Lend", "left a bag here", "The form for", "Seen first with", "as for QLM7KQ2"] {
        assert!(copy.contains(elsewhere), "{elsewhere}: {copy}");
    }
    assert!(copy.contains("Named in 5 texts elsewhere"), "{copy}");
}

#[test]
fn it_is_sorted_by_whose_information_it_is_and_says_where_it_stands() {
    let copy = copy(&workspace());
    let part = |from: &str| copy.split(&format!("### From {from}\n")).nth(1).unwrap().split("\n#").next().unwrap().to_owned();
    assert!(part("Housing").contains("**12 March 2026, Update:** He came alone.") && part("Housing").contains("(meetings/2026-03-12-marg.yaml:16)"), "{copy}");
    for words in ["Nobody listens", "Lawful basis:** Public task", "I am tired", "Ring the hostel"] {
        assert!(part("Police").contains(words), "{words}: {copy}");
    }
    assert!(part("the group").contains("Ask again") && part("the group").contains("Was on the agenda: 15 minutes planned"), "{copy}");
    assert!(copy.contains("| Housing | 12 March 2026 | 12 March 2026 | no |") && copy.contains("| Police | no | 12 March 2026 | yes |"), "{copy}");
    assert!(copy.contains("reviewed 6 years after closing") && copy.contains("Serious harm:"), "{copy}");
}

#[test]
fn others_are_marked_where_they_stand_and_nothing_is_taken_out() {
    let copy = copy(&workspace());
    for (words, why) in [
        ("BRT-4XN7", "names another case"),
        ("Mrs Oakham", "is a name with a title"),
        ("07700 123456", "is a phone number"),
        ("Thistlewood", "names somebody at work"),
        ("His sister worries.", "is what somebody else says or wants"),
        ("Housing officer", "names somebody at work, or their role"),
    ] {
        let row = copy.lines().find(|line| line.starts_with("| ") && line.contains(&format!("| {words} | {why} |")));
        let id = row.unwrap_or_else(|| panic!("{words}: {copy}")).split(' ').nth(1).unwrap();
        assert!(copy.contains(&format!("(⚑ {id}: {why})")), "{words}: {copy}");
    }
}

#[test]
fn inside_what_somebody_else_says_a_case_or_a_number_is_marked_too() {
    let workspace = TestWorkspace::new().file(
        "meetings/2026-03-12-marg.yaml",
        "meeting: marg
date: 2026-03-12
cases:
  - ref: QLM-7KQ2
    views: [{ whose: family, says: She was there. So was brt4xn7. Ask me on 07700 123456. }]
    lead_professional: Jo Fenn, 07700 123457
    actions: [{ what: Ring them, person: Jo Fenn }]
    update: Jo Fenn rang.
  - { ref: BRT-4XN7, update: A secret of the other. }
",
    );
    let shown = copy(&workspace);
    for words in ["brt4xn7", "07700 123456", "07700 123457"] {
        assert!(shown.contains(&format!("**{words}** (⚑ ")), "{words}: {shown}");
    }
    // The name is marked once where the field is for it, and where a text has it.
    assert_eq!(shown.matches("| names somebody at work |").count(), 1, "{shown}");
    decide(&workspace, |kind| if ["other-case", "phone-number"].contains(&kind) { "remove" } else { "keep" });
    asked(&workspace, &["--release", DECISIONS]).answer();
    let given = workspace.read("out/sar-QLM-7KQ2-release.md");
    assert!(given.contains("She was there.") && !given.contains("brt4xn7") && !given.contains("07700") && given.contains("Jo Fenn rang"), "{given}");
}

#[test]
fn the_answer_is_due_in_a_month_or_with_an_extension_in_three() {
    for (received, more, due) in
        [("2026-01-31", &[][..], "28 February 2026"), ("2026-01-31", &["--extended"], "30 April 2026"), ("2026-03-12", &[], "12 April 2026")]
    {
        let workspace = workspace();
        workspace.marg(&[&["sar", "QLM-7KQ2", "--received", received], more].concat()).answer();
        assert!(workspace.read("out/sar-QLM-7KQ2.md").contains(&format!("The answer is due on **{due}**")), "{received}");
    }
    let ran = workspace().marg(&["sar", "QLM-7KQ2", "--received", "2026-12-01"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("2026-12-01 is still to come"), "{ran}");
}

const DECISIONS: &str = "out/sar-QLM-7KQ2-decisions.yaml";

/// Decides as a person would, by what each mark is about.
fn decide(workspace: &TestWorkspace, decision: impl Fn(&str) -> &'static str) {
    let text = workspace.read(DECISIONS);
    let mut kind = String::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        if let Some(said) = line.trim().strip_prefix("kind: ") {
            kind = said.trim_matches('"').to_owned();
        }
        match line.trim() {
            "decision:" => lines.push(format!("    decision: {}", decision(&kind))),
            "reason:" if decision(&kind) == "remove" => lines.push("    reason: about somebody else's life".to_owned()),
            _ => lines.push(line.to_owned()),
        }
    }
    std::fs::write(workspace.path(DECISIONS), lines.join("\n") + "\n").unwrap();
}

#[test]
fn the_copy_for_the_person_waits_for_every_decision() {
    let workspace = workspace();
    asked(&workspace, &[]).answer();
    let ran = asked(&workspace, &["--release", DECISIONS]);
    assert!(ran.code == Some(2) && ran.stderr.contains("10 marks have no decision yet"), "{ran}");
    assert!(!workspace.path("out/sar-QLM-7KQ2-release.md").exists());
    decide(&workspace, |kind| if kind == "staff" { "" } else { "keep" });
    let ran = asked(&workspace, &["--release", DECISIONS]);
    assert!(ran.code == Some(2) && ran.stderr.contains("2 marks have no decision yet"), "{ran}");
    // Written anew, the list keeps what is decided.
    asked(&workspace, &[]).answer();
    assert_eq!(workspace.read(DECISIONS).matches("decision: keep").count(), 8);
    decide(&workspace, |_| "perhaps");
    let ran = asked(&workspace, &["--release", DECISIONS]);
    assert!(ran.code == Some(2) && ran.stderr.contains("`perhaps` is no decision"), "{ran}");
}

#[test]
fn in_the_copy_for_the_person_the_sentence_goes_and_its_place_says_why() {
    let workspace = workspace();
    asked(&workspace, &[]).answer();
    decide(&workspace, |kind| if ["other-case", "titled-name", "elsewhere"].contains(&kind) { "remove" } else { "keep" });
    asked(&workspace, &["--release", DECISIONS]).answer();
    let copy = workspace.read("out/sar-QLM-7KQ2-release.md");
    let gone = "[removed: about somebody else's life]";
    let said = copy.replace('\\', "");
    assert!(said.contains(&format!("He came alone. {gone} Thistlewood will write. He wants a door.")), "{copy}");
    for secret in ["BRT-4XN7", "Oakham", "07700", "Lend", "left a bag", "⚑", "meetings/2026", "Exemptions"] {
        assert!(!copy.contains(secret) && !workspace.read("out/sar-QLM-7KQ2-release.html").contains(secret), "{secret}: {copy}");
    }
    assert!(copy.contains("5 passages were taken out") && said.contains("Update, 12 March 2026: about somebody else's life"), "{copy}");
    assert!(copy.contains("For the person who asked for it"), "{copy}");
}

#[test]
fn a_person_who_was_forgotten_is_told_what_is_left_and_an_unknown_ref_is_not_guessed() {
    let workspace = workspace();
    workspace.marg(&["forget", "QLM-7KQ2", "--authority", "DPO", "--yes"]).answer();
    let ran = asked(&workspace, &[]);
    assert!(ran.code == Some(0) && ran.stderr.contains("`QLM-7KQ2` was forgotten"), "{ran}");
    let copy = workspace.read("out/sar-QLM-7KQ2.md");
    assert!(copy.contains("This person was forgotten") && !copy.contains("He came alone"), "{copy}");
    let ran = workspace.marg(&["sar", "BRT-4XN8", "--received", "2026-03-13"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("did you mean `BRT-4XN7`?"), "{ran}");
}

#[test]
fn the_same_words_in_two_places_are_decided_apart_and_none_twice() {
    let workspace = TestWorkspace::new().file(
        "meetings/2026-03-12-marg.yaml",
        "meeting: marg
date: 2026-03-12
agenda: [{ item: QLM-7KQ2 again }, { item: QLM-7KQ2 again }, { case: QLM-7KQ2 }]
",
    );
    // It was on the agenda only; that is held, too.
    let copy = copy(&workspace);
    assert!(copy.contains("Was on the agenda") && copy.contains("**2 marks wait**"), "{copy}");
    let text = workspace.read(DECISIONS);
    let mut ids: Vec<&str> = text.lines().filter(|line| line.contains("- id:")).collect();
    ids.dedup();
    assert_eq!(ids.len(), 2, "{text}");
    decide(&workspace, |_| "keep");
    let text = workspace.read(DECISIONS);
    let entry = &text[text.find("  - id").unwrap()..];
    std::fs::write(workspace.path(DECISIONS), format!("{text}{entry}")).unwrap();
    let ran = asked(&workspace, &["--release", DECISIONS]);
    assert!(ran.code == Some(2) && ran.stderr.contains("is decided twice"), "{ran}");
    std::fs::write(workspace.path(DECISIONS), text.replace("ref: \"QLM-7KQ2\"", "ref: \"BRT-4XN7\"")).unwrap();
    for ran in [asked(&workspace, &["--release", DECISIONS]), asked(&workspace, &[])] {
        assert!(ran.code == Some(2) && ran.stderr.contains("holds decisions about another ref"), "{ran}");
    }
}

#[test]
fn the_same_files_make_the_same_bytes() {
    let bytes = || {
        let out = TestWorkspace::empty();
        run(repository(), &["sar", "QLM-7KQ2", "--received", "2026-03-13", "--out", out.path("").to_str().unwrap()]).answer();
        ["md", "html", "docx"].map(|ending| std::fs::read(out.path(&format!("sar-QLM-7KQ2.{ending}"))).unwrap())
    };
    assert!(bytes() == bytes());
}

#[test]
fn which_guide_was_used_for_somebody_is_held_about_them_too() {
    let meeting = "meeting: marg\ndate: 2026-01-08\nstatus: held\ncases:\n  - { ref: AAA-22, guides_used: [fire-history] }\n";
    let workspace = TestWorkspace::new().file("meetings/2026-01-08-marg.yaml", meeting);
    let _ = workspace.marg(&["sar", "AAA-22", "--received", "2026-02-01"]).answer();
    let copy = workspace.read("out/sar-AAA-22.md");
    assert!(copy.contains("Guides used") && copy.contains("Fire history blocks housing"), "{copy}");
}
