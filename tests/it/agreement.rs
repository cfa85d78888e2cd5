//! `marg agreement`, the folder `tagging/`, and the arithmetic held against programs that share no code with this one.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

use marg::analysis::{cohen_kappa, krippendorff_alpha, masi, nominal};
use serde_json::{Value as Json, json};

use crate::harness::TestWorkspace;

const MEETING: &str = "meeting: marg\ndate: 2026-03-12\ncases:\n\
    - { ref: QLM-A1, needs: [homeless], barriers: [{ theme: fires, status: live }] }\n\
    - { ref: QLM-B2, needs: [homeless] }\n\
    - { ref: QLM-C3, enablers: [visit] }\n\
    - { ref: QLM-D4 }\n\
    - { ref: QLM-E5, needs: [homeless] }\n";
const KIM: &str = "meeting: 2026-03-12-marg\ncases:\n\
    - { ref: QLM-A1, themes: [homeless, fire-history] }\n\
    - { ref: QLM-B2, themes: [fires] }\n\
    - { ref: QLM-C3, themes: [] }\n\
    - { ref: QLM-D4 }\n";

fn workspace() -> TestWorkspace {
    TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", MEETING).file("tagging/KIM/2026-03-12-marg.yaml", KIM)
}

#[test]
fn two_people_are_compared_theme_by_theme() {
    let ran = workspace().marg(&["agreement"]);
    insta::assert_snapshot!(ran, @r###"
    Theme         Discussions  Tagged  By all  Kappa  Alpha  95 %           Note
    fire-history            4       2       1  0.50   0.53   −0.40 to 1.00  too few to mean much
    homeless                4       2       1  0.50   0.53   −0.40 to 1.00  too few to mean much
    visit                   4       1       0  0.00   0.00   −0.40 to 0.00  too few to mean much
    --- stderr
    4 discussions that two or more looked at: the record (4) and KIM (4). Over whole sets of themes, alpha is 0.38 (95 %: −0.27 to 1.00). 4 discussions are too few for these figures to mean much: at least 30 are needed. The list of disagreements is worth more. In 1 discussion the record has no theme at all, which counts as the answer that none fits.
    "###);
    let json = workspace().marg(&["agreement", "--format", "json"]).json();
    let row = &json["themes"][0];
    assert_eq!((&row["theme"], &row["discussions"], &row["tagged"], &row["by_all"]), (&json!("fire-history"), &json!(4), &json!(2), &json!(1)));
    // Yes and yes, no and yes, no and no twice: agreed 3 of 4; by chance 1/4·2/4 + 3/4·2/4.
    assert!((row["kappa"].as_f64().unwrap() - 0.5).abs() < 1e-12, "{row}");
    assert_eq!(json["blank_in_record"], 1);
}

#[test]
fn disagreements_are_listed_to_be_talked_about() {
    insta::assert_snapshot!(workspace().marg(&["agreement", "--as", "KIM", "--disagreements"]), @r###"
    Meeting          Case    Theme         Tagged by   Not by
    2026-03-12-marg  QLM-B2  fire-history  KIM         the record
    2026-03-12-marg  QLM-B2  homeless      the record  KIM
    2026-03-12-marg  QLM-C3  visit         the record  KIM
    --- stderr
    4 discussions that two or more looked at: the record (4) and KIM (4). Over whole sets of themes, alpha is 0.38 (95 %: −0.27 to 1.00). 4 discussions are too few for these figures to mean much: at least 30 are needed. The list of disagreements is worth more. In 1 discussion the record has no theme at all, which counts as the answer that none fits.
    "###);
}

#[test]
fn only_those_asked_for_are_compared_and_only_where_they_looked() {
    let workspace = workspace().file("tagging/SAM/a.yaml", "meeting: 2026-03-12-marg\ncases:\n  - { ref: QLM-E5, themes: homeless }\n");
    let looked = |arguments: &[&str]| workspace.marg(&[&["agreement", "--format", "json"], arguments].concat()).json()["taggers"].clone();
    let named = |name: &str, n: usize| json!({ "name": name, "discussions": n });
    assert_eq!(looked(&[]), json!([named("the record", 5), named("KIM", 4), named("SAM", 1)]));
    assert_eq!(looked(&["--as", "SAM"]), json!([named("the record", 1), named("SAM", 1)]));
    assert_eq!(looked(&["--until", "2026-03-11"]), json!([named("the record", 0), named("KIM", 0), named("SAM", 0)]));
    let ran = workspace.marg(&["agreement", "--as", "KMI"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("did you mean `KIM`?"), "{ran}");
    assert!(workspace.marg(&["agreement"]).stderr.contains("Kappa is for two people"));
}

#[test]
fn a_workspace_without_second_tags_says_so() {
    let ran = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", MEETING).marg(&["agreement"]);
    assert!(ran.code == Some(0) && ran.stderr.contains("Nobody has tagged a second time yet"), "{ran}");
}

#[test]
fn all_that_is_wrong_with_second_tags_is_said_by_check_and_by_nobody_else() {
    let workspace = workspace()
        .file("tagging/KIM/b.yaml", "meeting: 2026-03-13-marg\ncases: []\n")
        .file("tagging/KIM/c.yaml", "meeting: 2026-03-12-marg\ncases:\n  - { ref: QLM-B2 }\n  - { ref: QLM-E5, themes: [homles] }\n  - { ref: QLM-E5 }\n  - { ref: QLM-E6 }\n  - { refs: x }\n")
        .file("tagging/loose.yaml", "meeting: 2026-03-12-marg\n");
    let found: Vec<String> = workspace.marg(&["check", "--wrong", "--format", "csv"]).stdout.lines().skip(1).map(str::to_owned).collect();
    insta::assert_snapshot!(found.join("\n"), @r###"
    wrong,unknown-meeting,tagging/KIM/b.yaml,1,10,there is no meeting `2026-03-13-marg`,did you mean `2026-03-12-marg`?
    wrong,looked-at-twice,tagging/KIM/c.yaml,3,7,`QLM-B2` at this meeting stands in another file of `KIM` too,put both into one; the other is `tagging/KIM/2026-03-12-marg.yaml`
    wrong,unknown-theme,tagging/KIM/c.yaml,4,29,unknown theme `homles`,did you mean `homeless`?
    wrong,looked-at-twice,tagging/KIM/c.yaml,5,7,`QLM-E5` stands here twice,put both into one entry
    wrong,not-discussed,tagging/KIM/c.yaml,6,12,`QLM-E6` was not discussed at `2026-03-12-marg`,did you mean `QLM-E5`?
    wrong,unknown-field,tagging/KIM/c.yaml,7,7,there is no field `refs` here,did you mean `ref`?
    wrong,missing-field,tagging/KIM/c.yaml,7,7,`ref` is missing here,"a case is known by its ref, such as `QLM-7KQ2`"
    wrong,no-tagger,tagging/loose.yaml,,,this file lies in nobody's folder,move it into the folder of whoever tagged: `tagging/NAME/loose.yaml`
    "###);
    assert_eq!(workspace.marg(&["barriers"]).code, Some(0));
    let refused = workspace.marg(&["agreement"]);
    assert!(refused.code == Some(3) && refused.stderr.contains("wrong in `tagging/`"), "{refused}");
}

#[test]
fn a_meeting_that_is_itself_wrong_is_not_missed_by_second_tags() {
    let workspace = workspace().file("meetings/2026-03-12-marg.yaml", MEETING.replace("ref: QLM-B2", "ref: b2"));
    let codes: Vec<String> =
        workspace.marg(&["check", "--wrong", "--format", "csv"]).stdout.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().to_owned()).collect();
    assert_eq!(codes, ["bad-ref"]);
}

/// Numbers without an order, the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// A table of sets of up to five themes: 2 to 4 people, 2 to 40 discussions, some not looked at, people more or less alike.
fn table(numbers: &mut Numbers) -> Vec<Vec<Option<BTreeSet<u64>>>> {
    let (people, discussions, missing, alike) = (2 + numbers.below(3), 2 + numbers.below(39), numbers.below(4), numbers.below(10));
    let mut units = Vec::new();
    for _ in 0..discussions {
        let shared: BTreeSet<u64> = (0..5).filter(|_| numbers.below(3) == 0).collect();
        let mut own = || if numbers.below(10) < alike { shared.clone() } else { (0..5).filter(|_| numbers.below(3) == 0).collect() };
        let answers: Vec<BTreeSet<u64>> = (0..people).map(|_| own()).collect();
        units.push(answers.into_iter().map(|answer| (numbers.below(10) >= missing).then_some(answer)).collect());
    }
    units
}

/// Alpha over sets, and for each theme alpha and the kappa of the first two people, where both looked.
fn ours(units: &[Vec<Option<BTreeSet<u64>>>]) -> Json {
    let themes: Vec<Json> = (0..5)
        .map(|theme| {
            let has: Vec<Vec<Option<bool>>> =
                units.iter().map(|unit| unit.iter().map(|answer| answer.as_ref().map(|set| set.contains(&theme))).collect()).collect();
            let pairs: Vec<(bool, bool)> = has.iter().filter_map(|unit| Some((unit[0]?, unit[1]?))).collect();
            json!({ "alpha": krippendorff_alpha(&has, nominal), "kappa": cohen_kappa(&pairs) })
        })
        .collect();
    json!({ "sets": krippendorff_alpha(units, masi), "themes": themes })
}

#[test]
#[ignore = "needs Python with krippendorff and nltk"]
fn kappa_and_alpha_equal_other_programs() {
    let mut numbers = Numbers(7);
    let tables: Vec<_> = (0..200).map(|_| table(&mut numbers)).collect();
    let mut python = Command::new("python3").args(["-c", REFERENCE]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3 is needed");
    python.stdin.take().unwrap().write_all(json!(tables).to_string().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "Python with krippendorff and nltk is needed for this test");
    let theirs: Vec<Json> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(theirs.len(), 200);
    let mut compared = 0;
    for (table, theirs) in tables.iter().zip(&theirs) {
        let ours = ours(table);
        let figures = |all: &Json| {
            let mut found = vec![all["sets"].as_f64()];
            found.extend(all["themes"].as_array().unwrap().iter().flat_map(|theme| [theme["alpha"].as_f64(), theme["kappa"].as_f64()]));
            found
        };
        for (ours, theirs) in figures(&ours).into_iter().zip(figures(theirs)) {
            match (ours, theirs) {
                (Some(ours), Some(theirs)) => assert!((ours - theirs).abs() < 1e-9, "{ours} {theirs} {table:?}"),
                (ours, theirs) => assert_eq!(ours, theirs, "{table:?}"),
            }
            compared += usize::from(ours.is_some());
        }
    }
    assert!(compared > 1500, "{compared}");
}

/// Reads tables, and says what `krippendorff` and `nltk` find; null where they cannot say.
const REFERENCE: &str = r#"
import json, sys, warnings
import krippendorff
import numpy as np
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance
warnings.simplefilter("ignore")

def varied(columns):
    return len({value for column in columns if len(column) > 1 for value in column}) > 1

def nominal(rows):
    columns = list(zip(*rows))
    if not varied([[v for v in column if v is not None] for column in columns]):
        return None
    data = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=float)
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))

def kappa(rows):
    pairs = [(a, b) for a, b in zip(*rows[:2]) if a is not None and b is not None]
    if not pairs or len({v for pair in pairs for v in pair}) < 2:
        return None
    task = AnnotationTask([("a", n, a) for n, (a, _) in enumerate(pairs)] + [("b", n, b) for n, (_, b) in enumerate(pairs)])
    return task.kappa()

def over_sets(table):
    units = [[frozenset(answer) for answer in unit if answer is not None] for unit in table]
    if not varied(units):
        return None
    # `krippendorff` takes any metric over numbers: here the number of a set, and between two sets what nltk says.
    domain = sorted({s for unit in units for s in unit}, key=sorted)
    number = {s: n for n, s in enumerate(domain)}
    distances = np.array([[masi_distance(a, b) if a or b else 0.0 for b in domain] for a in domain])
    def metric(v1, v2, **_):
        return distances[np.asarray(v1, dtype=int), np.asarray(v2, dtype=int)]
    data = np.array([[np.nan if answer is None else number[frozenset(answer)] for answer in unit] for unit in table], dtype=float).T
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement=metric, value_domain=list(range(len(domain)))))

found = []
for table in json.load(sys.stdin):
    people = list(zip(*table))
    themes = []
    for theme in range(5):
        rows = [[None if answer is None else int(theme in answer) for answer in person] for person in people]
        themes.append({"alpha": nominal(rows), "kappa": kappa(rows)})
    found.append({"sets": over_sets(table), "themes": themes})
json.dump(found, sys.stdout)
"#;
