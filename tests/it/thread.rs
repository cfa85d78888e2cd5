//! One thread from end to end, by commands: a barrier that recurs, a community of practice, a workshop, a guide, and whether it helped.

use crate::harness::TestWorkspace;

const THEME: &str = "arson-blocks-housing";

/// A meeting after the guide was published: the guide was used, once it helped, and once what it says was learned not to work.
const MAY: &str = "\
meeting: marg
date: 2026-05-14
status: held
confidentiality: { read_by: chair }
cases:
  - ref: QLM-N3W2
    update: A panel asked again after the guide was sent.
    views: [{ whose: person, wants: a key }]
    barriers:
      - { theme: arson-blocks-housing, at: northfield-housing, blocks: supported-accommodation, status: eased, asked: { of: northfield-housing, on: 2026-05-02 }, answer: flexed-once }
    guides_used: [arson-blocks-housing]
    learning:
      - { id: c4n7, did_not_work: The visit before the offer was made too late to count, themes: [arson-blocks-housing] }
  - ref: QLM-N4W3
    update: Refused from the form.
    views: [{ whose: person, wants: a key }]
    barriers:
      - { theme: arson-blocks-housing, at: northfield-housing, blocks: supported-accommodation, status: live }
";

fn record(workspace: &TestWorkspace, kind: &[&str], day: &str) {
    let sheet = format!("What;What was said;Who;Reply, or a story\nTheme;{THEME};;\nDay;{day};;\nPeople who came;12;;\nStill stuck;The box on the form;;\n");
    std::fs::write(workspace.path("filled.csv"), sheet).unwrap();
    let _ = workspace.marg(&[&["cop", "record", "filled.csv", "--stage", "keep"], kind].concat()).answer();
}

#[test]
fn from_a_barrier_that_recurs_to_a_guide_and_to_whether_it_helped() {
    let group = TestWorkspace::sample();
    // It recurs.
    assert!(group.marg(&["barriers"]).answer().contains("Arson or fire-setting history blocks housing"));
    // A community of practice, and a workshop.
    let _ = group.marg(&["cop", THEME, "--on", "2026-03-26", "--starts", "12:30", "--out", "desk"]).answer();
    record(&group, &[], "2026-03-26");
    record(&group, &["--kind", "workshop"], "2026-03-25");
    // The guide: read against its evidence, approved, in three formats.
    let status = group.marg(&["guide", "status", THEME, "--format", "json"]).json();
    let statements: Vec<String> = status["statements"].as_array().unwrap().iter().map(|row| row["statement"].as_str().unwrap().to_owned()).collect();
    assert_eq!(statements.len(), 10);
    let half = group.marg(&["guide", "after", THEME]);
    assert!(half.code == Some(2) && half.stderr.contains("has not been published") && half.stderr.contains("guide approve"), "{half}");
    for statement in &statements {
        let _ = group.marg(&["guide", "review", THEME, statement, "--by", "The Forum"]).answer();
    }
    let before = group.read("themes/arson-blocks-housing.yaml");
    let approve = ["guide", "approve", THEME, "--by", "The MaRG, Quillmere", "--edition", "Edition 1"];
    let _ = group.marg(&[&approve[..], &["--dry-run"]].concat());
    assert_eq!(group.read("themes/arson-blocks-housing.yaml"), before);
    let approved = group.marg(&approve);
    assert!(approved.code == Some(0) && !approved.stderr.contains("warning"), "{approved}");
    let written = group.read("themes/arson-blocks-housing.yaml");
    for line in ["stage: published", "  approved_by: The MaRG, Quillmere", "  edition: Edition 1", "  published_on: 2026-03-26", "  review_date: 2027-03-01"] {
        assert!(written.lines().any(|written| written == line), "{line}: {written}");
    }
    assert_eq!(group.marg(&["guide", THEME, "--gaps"]).answer(), "");
    let _ = group.marg(&["guide", THEME, "--out", "desk"]).answer();
    for ending in ["md", "html", "docx"] {
        assert!(group.path(&format!("desk/guide-{THEME}.{ending}")).metadata().unwrap().len() > 5000);
    }
    // Published for everybody: no case, and the guide among the pages.
    let out = ["publish", "--for", "public", "--out", "share", "--signed-off-by", "Chair, Quillmere Council", "--yes"];
    let _ = group.marg(&out).answer();
    let page = group.read(&format!("share/guide-{THEME}.html"));
    assert!(page.contains("Ask the fire service to meet the person") && !page.contains("QLM-"));
    assert!(group.read("published/2026-03-26-public.yaml").contains("Chair, Quillmere Council"));
    // A later case marks statements suspect, and `check` and the guide say so.
    std::fs::write(group.path("meetings/2026-05-14-marg.yaml"), MAY).unwrap();
    let today = ["--today", "2026-05-20"];
    let status = group.marg(&[&["guide", "status", THEME][..], &today].concat()).answer();
    assert!(status.contains("suspect") && status.contains("c4n7"), "{status}");
    let check = group.marg(&[&["check", "--only", "statement-suspect"][..], &today].concat());
    assert!(check.stdout.contains("unwise[statement-suspect]"), "{check}");
    let again = group.marg(&[&approve[..], &today].concat());
    assert!(again.code == Some(1) && again.stderr.contains("evidence of statements has changed"), "{again}");
    // Whether it helped, honestly.
    insta::assert_snapshot!(group.marg(&[&["guide", "after", THEME][..], &today].concat()).to_string(), @r###"
    People who first met it in these days                         Before                     Since
    first and last day                          2026-01-29 to 2026-03-25  2026-03-26 to 2026-05-20
    people                                                             2                         2
    it eased or was resolved by the last day                           0                         1
    half of these had waited no more days than                    nobody                         0
    somebody was asked to move it                                      2                         1
    … flexed once                                                      0                         1
    … changed for all                                                  0                         0
    … refused                                                          0                         0
    … no reply                                                         1                         0
    … still waiting                                                    1                         0

    Cases in which it was used

    Date        Case      Meeting          The barrier now  File and line
    2026-05-14  QLM-N3W2  2026-05-14-marg  eased            meetings/2026-05-14-marg.yaml:11
    --- stderr
    It eased for 0 of 2 people before, and for 1 of 2 people since, in as many days. These are few people: a difference is as likely chance as the guide's doing. Read the cases, not the figures. It was used in 1 discussion.
    "###);
}

#[test]
fn both_stretches_are_as_long_and_only_what_had_happened_by_their_end_counts() {
    let meeting = |day: &str, cases: &str| format!("meeting: marg\ndate: {day}\nstatus: held\ncases:\n{cases}");
    let met = |case: &str, status: &str, more: &str| format!("  - {{ ref: {case}, barriers: [{{ theme: fires, at: housing, status: {status}{more} }}] }}\n");
    let asked = ", asked: { of: housing, on: 2026-01-02 }";
    let group = TestWorkspace::new()
        // Too early for the stretch of 31 days before the first of March.
        .file("meetings/2026-01-08-marg.yaml", meeting("2026-01-08", &met("AAA-11", "live", "")))
        .file("meetings/2026-02-05-marg.yaml", meeting("2026-02-05", &(met("AAA-22", "live", asked) + &met("BBB-22", "live", ""))))
        .file(
            "meetings/2026-02-19-marg.yaml",
            meeting("2026-02-19", &(met("AAA-22", "eased", &format!("{asked}, answer: flexed-once")) + &met("AAA-11", "eased", ""))),
        )
        // Those before eased too, but after their stretch.
        .file("meetings/2026-03-12-marg.yaml", meeting("2026-03-12", &(met("BBB-22", "resolved", "") + &met("CCC-22", "live", asked))))
        .file(
            "meetings/2026-03-19-marg.yaml",
            meeting(
                "2026-03-19",
                &format!(
                    "{}  - {{ ref: AAA-22, guides_used: [fires] }}\n  - {{ ref: DDD-22, guides_used: [fire-history] }}\n",
                    met("CCC-22", "resolved", &format!("{asked}, answer: refused"))
                ),
            ),
        );
    let told = group.marg(&["guide", "after", "fires", "--from", "2026-03-01", "--today", "2026-03-31", "--format", "json"]).json();
    assert_eq!((&told["days"], &told["before"]["first"], &told["before"]["last"]), (&31.into(), &"2026-01-29".into(), &"2026-02-28".into()));
    let of = |name: &str| {
        (
            told[name]["people"].as_i64().unwrap(),
            told[name]["days_to_ease"].to_string(),
            told[name]["flexed_once"].as_i64().unwrap(),
            told[name]["refused"].as_i64().unwrap(),
        )
    };
    assert_eq!(of("before"), (2, "[14]".to_owned(), 1, 0));
    assert_eq!(of("after"), (1, "[7]".to_owned(), 0, 1));
    let used: Vec<String> = told["used"].as_array().unwrap().iter().map(|row| format!("{} {} {}", row["case"], row["now"], row["place"])).collect();
    assert_eq!(used, ["\"AAA-22\" \"eased\" \"meetings/2026-03-19-marg.yaml:6\"", "\"DDD-22\" \"never met\" \"meetings/2026-03-19-marg.yaml:7\"",]);
}
