//! Two people at once: through the one door, nothing that either wrote is lost.

use std::path::Path;
use std::thread::scope;

use marg::model::{Decision, Meeting};
use marg::workspace::{AmendError, Clock, amend, change, known};

use super::action;
use crate::harness::TestWorkspace;

const MEETING: &str = "# ours\r\nmeeting: marg\r\ndate: 2026-03-12\r\ncases:\r\n  - ref: QLM-7KQ2   # first\r\n    actions:\r\n    - { what: Call, owner: police }\r\n  # more to come\r\n  - ref: QLM-4R8M\r\n";

fn clock() -> Clock {
    Clock { given: None, now: "2026-03-26".parse().unwrap() }
}

fn read(root: &Path) -> Meeting {
    change(root, clock(), "m", |meeting, _| meeting.clone()).unwrap().1
}

#[test]
fn two_writers_lose_nothing() {
    both_write(60);
}

#[test]
#[ignore = "takes a minute"]
fn two_writers_with_five_hundred_changes_each_lose_none() {
    both_write(500);
}

/// Two at once, with so many changes each.
fn both_write(each: usize) {
    let workspace = TestWorkspace::new().file("meetings/m.yaml", MEETING);
    let root = workspace.path("");
    scope(|scope| {
        scope.spawn(|| {
            for n in 0..each {
                change(&root, clock(), "m", |meeting, _| meeting.cases[0].actions.push(action(&format!("one {n}: call")))).unwrap();
            }
        });
        // The other keeps the meeting in hand for a while, as a screen does, and so writes from what it read earlier.
        scope.spawn(|| {
            let names = known(&root);
            let names = marg::model::Names { group: &names.group, themes: &names.themes };
            let mut base = read(&root);
            for n in 0..each {
                if n % 7 == 0 {
                    base = read(&root);
                }
                let mut after = base.clone();
                if n % 3 == 0 {
                    after.cases[1].update = Some(format!("Round {n}.\nNobody: came.\n"));
                }
                after.cases[0].actions.push(action(&format!("two {n}: ring")));
                after.cases[1].decisions.push(Decision { nth: 0, text: format!("two {n}"), why: None, dissent: None });
                match amend(&root, clock(), names, &base, &after) {
                    // Its own update from before is not in what it read: that is told, and it reads again.
                    Err(AmendError::Clashes { .. }) => {
                        change(&root, clock(), "m", |meeting, _| {
                            meeting.cases[1].update.clone_from(&after.cases[1].update);
                            meeting.cases[0].actions.push(action(&format!("two {n}: ring")));
                            meeting.cases[1].decisions.push(Decision { nth: 0, text: format!("two {n}"), why: None, dissent: None });
                        })
                        .unwrap();
                    }
                    done => drop(done.unwrap()),
                }
            }
        });
    });
    let meeting = read(&root);
    let whats: Vec<&str> = meeting.cases[0].actions.iter().map(|action| action.what.as_str()).collect();
    let texts: Vec<&str> = meeting.cases[1].decisions.iter().map(|decision| decision.text.as_str()).collect();
    for n in 0..each {
        for what in [format!("one {n}: call"), format!("two {n}: ring")] {
            assert_eq!(whats.iter().filter(|there| **there == what).count(), 1, "{what}");
        }
        assert_eq!(texts.iter().filter(|there| **there == format!("two {n}")).count(), 1, "two {n}");
    }
    assert_eq!((whats.len(), texts.len()), (2 * each + 1, each));
    let text = workspace.read("meetings/m.yaml");
    assert!(text.starts_with("# ours\r\n") && text.contains("QLM-7KQ2   # first\r\n") && text.contains("  # more to come\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
}

#[test]
fn two_programs_that_add_cases_at_once_lose_none() {
    const EACH: usize = 12;
    let planned =
        "meeting: marg\ndate: 2026-04-09\nstatus: planned\nagenda:\n  - { item: Welcome, minutes: 5 }\n  - { item: Any other business, minutes: 5 }\n";
    let workspace = TestWorkspace::new().file("meetings/2026-04-09-marg.yaml", planned);
    let add = |who: &str, n: usize| {
        let case = format!("TST-{who}{n}");
        let missing = ["reason", "tried", "offer", "legal-basis", "consent", "asked-by"].map(|field| format!("{field}: not known"));
        let missing: Vec<&str> = missing.iter().flat_map(|missing| ["--missing", missing]).collect();
        let ran = workspace.marg(&[&["agenda", "add", &case, "--agency", "police"], &missing[..]].concat());
        assert_eq!(ran.code, Some(0), "{ran}");
    };
    scope(|scope| {
        scope.spawn(|| (0..EACH).for_each(|n| add("A", n)));
        scope.spawn(|| (0..EACH).for_each(|n| add("B", n)));
    });
    let text = workspace.read("meetings/2026-04-09-marg.yaml");
    for (who, n) in ["A", "B"].into_iter().flat_map(|who| (0..EACH).map(move |n| (who, n))) {
        assert_eq!(text.matches(&format!("{{ case: TST-{who}{n}, ")).count(), 1, "{text}");
        assert_eq!(text.matches(&format!("  - ref: TST-{who}{n}\n")).count(), 1, "{text}");
    }
    assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
}
