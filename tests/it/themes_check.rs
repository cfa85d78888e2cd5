//! What `marg check` says of the codebook: each rule with what provokes it, and what narrowly does not.

use crate::harness::{TestWorkspace, repository, run};

/// A theme with all that a rule may ask for, and one text of its own.
fn theme(title: &str, definition: &str, more: &str) -> String {
    format!("title: {title}\nkind: barrier\ndefinition: {definition}\ninclude: This.\nexclude: That.\nexample: So.\n{more}")
}

fn barriers(n: usize, themes: &[&str]) -> String {
    let barrier = |theme: &&str| format!("{{ theme: {theme}, blocks: hostel, at: police, status: live }}");
    format!("  - ref: TST-{n}\n    barriers: [{}]\n", themes.iter().map(barrier).collect::<Vec<_>>().join(", "))
}

fn held(cases: impl Iterator<Item = String>) -> String {
    format!("meeting: marg\ndate: 2026-03-12\nstatus: held\nconfidentiality: {{ read_by: chair }}\ncases:\n{}", cases.collect::<String>())
}

/// What a workspace is told of one kind.
fn found(workspace: &TestWorkspace, code: &str) -> Vec<String> {
    let found = workspace.marg(&["check", "--only", code, "--format", "json"]).json();
    found["findings"].as_array().unwrap().iter().map(|found| format!("{}: {}", found["file"].as_str().unwrap(), found["message"].as_str().unwrap())).collect()
}

#[test]
fn themes_that_are_worded_alike_are_asked_about() {
    let with = |text: &str| TestWorkspace::new().file("themes/old-fires.yaml", text);
    let alike = |text: &str| found(&with(text), "themes-alike").join("; ");
    assert_eq!(
        alike(&theme("Fire history blocks houses", "Other.", "")),
        "themes/old-fires.yaml: `old-fires` is much like `fire-history`: their titles are spelt nearly alike"
    );
    assert_eq!(alike(&theme("Risk", "Other.", "also_known_as: [fires-of-old]\n")), "");
    assert!(alike(&theme("A history of fire blocks a person", "Other.", "")).contains("their titles share `block`, `fire`, `history`"));
    assert_eq!(alike(&theme("A history of violence blocks work", "An old conviction decides.", "")), "");
    assert_eq!(alike(&theme("Fire history blocks houses", "Other.", "").replace("barrier", "need")), "", "a need and a barrier are two things");
}

#[test]
fn themes_that_always_come_together_are_asked_about_with_figures() {
    let workspace = |both: usize, alone: usize| {
        let cases = (0..both).map(|n| barriers(n + 10, &["fire-history", "insurer"])).chain((0..alone).map(|n| barriers(n + 50, &["insurer"])));
        TestWorkspace::new().file("themes/insurer.yaml", theme("Insurer says no", "Other.", "")).file("meetings/a.yaml", held(cases))
    };
    let said = ["themes/insurer.yaml: `fire-history` and `insurer` stand together on 8 of the 10 discussions that have one of them"];
    assert_eq!(found(&workspace(8, 2), "themes-always-together"), said);
    assert_eq!(found(&workspace(8, 3), "themes-always-together"), [""; 0]);
    assert_eq!(found(&workspace(7, 0), "themes-always-together"), [""; 0], "few may be chance");
}

#[test]
fn a_theme_that_fits_everything_is_asked_about() {
    let workspace = |used: usize, all: usize, text: &str| {
        let cases = (0..all).map(|n| if n < used { barriers(n + 10, &["agency"]) } else { format!("  - ref: TST-{}\n", n + 10) });
        TestWorkspace::new().file("themes/agency.yaml", text).file("meetings/a.yaml", held(cases))
    };
    let good = theme("Agency", "An agency that was asked did not come, and sent nobody.", "");
    let loose = "title: Agency\nkind: barrier\ndefinition: An agency.\n";
    assert_eq!(found(&workspace(11, 30, &good), "theme-over-broad"), ["themes/agency.yaml: `agency` stands on 11 of 30 discussions"]);
    assert_eq!(found(&workspace(10, 30, &good), "theme-over-broad"), [""; 0]);
    assert_eq!(found(&workspace(11, 29, &good), "theme-over-broad"), [""; 0], "too few to say");
    let said = ["themes/agency.yaml: `agency` stands on 4 of 30 discussions, and its definition has fewer than 8 words and no `exclude`"];
    assert_eq!(found(&workspace(4, 30, loose), "theme-over-broad"), said);
    assert_eq!(found(&workspace(3, 30, loose), "theme-over-broad"), [""; 0]);
}

#[test]
fn a_theme_beside_most_others_is_broad_sooner() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    let workspace = |beside: usize| {
        let others = |n: usize| ["agency", names[n % beside], names[(n + 1) % beside]];
        let cases = (0..30).map(|n| if n < 7 { barriers(n + 10, &others(n)) } else { barriers(n + 10, &[names[n % 10]]) });
        let workspace = TestWorkspace::new().file("themes/agency.yaml", theme("Agency", "An agency that was asked did not come at all.", ""));
        let words = ["Waiting", "Arrears", "Dogs", "Forms", "Phones", "Borders", "Wards", "Prisons", "Money", "Papers"];
        let themes = names.iter().zip(words).fold(workspace, |workspace, (name, word)| workspace.file(&format!("themes/{name}.yaml"), theme(word, word, "")));
        themes.file("meetings/a.yaml", held(cases))
    };
    assert_eq!(found(&workspace(7), "theme-over-broad"), [""; 0], "7 of 10 are no three quarters");
    let said = found(&workspace(8), "theme-over-broad");
    assert!(said.contains(&"themes/agency.yaml: `agency` stands on 7 of 30 discussions, beside 8 of the 10 other themes in use".to_owned()), "{said:?}");
}

#[test]
fn a_barrier_that_is_used_often_says_where_it_ends() {
    let workspace = |uses: usize| TestWorkspace::new().file("meetings/a.yaml", held((0..uses).map(|n| barriers(n + 10, &["fire-history"]))));
    let said = ["themes/fire-history.yaml: `fire-history` stands on 10 discussions, and has no `include`, `exclude` and no `example`"];
    assert_eq!(found(&workspace(10), "theme-without-limits"), said);
    assert_eq!(found(&workspace(9), "theme-without-limits"), [""; 0]);
    let full = workspace(10).file("themes/fire-history.yaml", theme("Fire history", "An old fire decides.", ""));
    assert_eq!(found(&full, "theme-without-limits"), [""; 0]);
}

#[test]
fn a_phrase_that_suggests_two_themes_is_asked_about_where_it_stands_second() {
    let with = |phrase: &str| {
        let first = theme("Arrears", "Old debts.", "indicators: [refused because of]\n");
        let second = theme("Barred", "A door.", &format!("indicators: [barred for life, {phrase}]\n"));
        found(&TestWorkspace::new().file("themes/arrears.yaml", first).file("themes/barred.yaml", second), "indicator-in-two-themes")
    };
    assert_eq!(with("Refused  because-of"), ["themes/barred.yaml: the indicator `Refused  because-of` stands in `arrears` too"]);
    assert_eq!(with("refused because of a dog"), [""; 0]);
}

#[test]
fn what_helped_is_a_use() {
    let meetings = |n: usize| held(std::iter::once("  - ref: TST-10\n    enablers: [visit]\n".to_owned())).replace("2026-03-12", &format!("2026-03-0{n}"));
    let workspace = (1..=6).fold(TestWorkspace::new(), |workspace, n| workspace.file(&format!("meetings/m{n}.yaml"), meetings(n)));
    assert!(found(&workspace, "theme-unused").iter().all(|said| !said.contains("visit")));
}

#[test]
fn the_samples_codebook_is_in_order() {
    for code in ["themes-alike", "themes-always-together", "theme-over-broad", "theme-without-limits", "indicator-in-two-themes"] {
        let found = run(repository(), &["check", "--only", code, "--format", "json"]).json();
        assert_eq!(found["findings"].as_array().unwrap().len(), 0, "{code}: {found}");
    }
}
