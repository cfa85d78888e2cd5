//! `marg barriers`

use crate::harness::TestWorkspace;

fn meeting(date: &str, cases: &str) -> String {
    format!("meeting: marg\ndate: {date}\nconfidentiality: {{ read_by: chair }}\ncases:\n{cases}")
}

fn case(name: &str, barrier: &str) -> String {
    format!("  - ref: {name}\n    needs: [homeless]\n    barriers: [{{ theme: fires, blocks: hostel, at: housing, {barrier} }}]\n")
}

fn workspace() -> TestWorkspace {
    TestWorkspace::new()
        .file("meetings/2025-04-10-a.yaml", meeting("2025-04-10", &(case("AAA-22", "status: live, asked: { of: housing }") + &case("BBB-33", "status: live"))))
        .file("meetings/2025-07-10-a.yaml", meeting("2025-07-10", &case("AAA-22", "status: resolved, answer: flexed-once")))
        .file("meetings/2026-05-10-a.yaml", meeting("2026-05-10", &case("CCC-44", "status: live")))
        .file("meetings/2025-08-10-a.yaml", meeting("2025-08-10", &case("DDD-55", "status: live")) + "status: called-off\n")
}

#[test]
fn people_are_counted_not_mentions_and_only_at_meetings_that_were_held() {
    let found = workspace().marg(&["barriers", "--format", "json"]).json();
    assert_object(&found);
}

/// The whole object, as the design has it.
fn assert_object(found: &serde_json::Value) {
    let expected = serde_json::json!({
        "schema": "marg/barriers/1", "since": "2025-04-10", "until": "2025-07-10", "meetings": 2, "people": 2, "by": null,
        "barriers": [{
            "theme": "fire-history", "title": "Fire history blocks housing", "group": null,
            "people": 2, "meetings": 2, "occurrences": 3, "first_seen": "2025-04-10", "last_seen": "2025-07-10",
            "live": 1, "eased": 0, "resolved": 1,
            "asked": 1, "flexed_once": 1, "changed_for_all": 0, "refused": 0, "no_reply": 0,
            "services": ["hostel"], "agencies": ["housing"] }],
    });
    assert_eq!(found, &expected);
}

#[test]
fn a_period_has_both_ends_included_and_may_be_a_quarter() {
    let people = |arguments: &[&str]| workspace().marg(&[&["barriers", "--format", "json"], arguments].concat()).json()["barriers"][0]["people"].clone();
    assert_eq!(people(&["--since", "2025-07-10"]), 1);
    assert_eq!(people(&["--until", "2025-Q2"]), 2);
    assert_eq!(people(&["--since", "2025-07-11"]), serde_json::Value::Null);
}

#[test]
fn a_theme_is_told_down_to_every_line() {
    insta::assert_snapshot!(workspace().marg(&["barriers", "fire-history"]), @r###"
    Fire history blocks housing
    An old fire decides.

    Fire history keeps people from hostel at Housing: 2 people since April 2025, 1 of them still; asked once: flexed once 1.

    It comes with these needs: Homelessness (2).

    Date        Case    Status    Keeps from  Agency   Answer       File and line
    2025-04-10  AAA-22  live      hostel      housing  asked        meetings/2025-04-10-a.yaml:7
    2025-04-10  BBB-33  live      hostel      housing               meetings/2025-04-10-a.yaml:10
    2025-07-10  AAA-22  resolved  hostel      housing  flexed-once  meetings/2025-07-10-a.yaml:7
    "###);
}

#[test]
fn a_misspelt_theme_is_guessed() {
    insta::assert_snapshot!(workspace().marg(&["barriers", "fire-histroy"]), @r"
    --- stderr
    error: there is no theme `fire-histroy`
    hint: did you mean `fire-history`? `marg themes` lists them all
    --- exit 2
    ");
}

#[test]
fn nothing_to_count_is_said_and_the_object_is_still_whole() {
    let ran = TestWorkspace::new().marg(&["barriers", "--format", "json"]);
    assert!(ran.stderr.contains("No meeting of this period has discussed a case yet"), "{ran}");
    assert_eq!(
        ran.json(),
        serde_json::json!({ "schema": "marg/barriers/1", "since": null, "until": null, "meetings": 0, "people": 0, "by": null, "barriers": [] })
    );
}
