//! Changes of files that people own: in whatever form they are laid out, only the lines that must change do.

mod chair;
mod faults;
mod journal;
mod kills;
pub(crate) mod layouts;
mod outside;
mod sample;
mod themes;
mod writers;

use std::sync::LazyLock;

use marg::model::{Action, AgencyKey, AgendaItem, AgendaSubject, Attendance, CaseRef, Decision, Group, Meeting, MeetingStatus, Names, Theme, ThemeKey};
use marg::source::FileId;
use marg::yaml::{Vocabulary, amend, check_group, check_meeting, check_theme, read_group, read_meeting, read_theme};

use layouts::laid_out;

static GROUP: LazyLock<Group> = LazyLock::new(|| {
    let text = "name: G\nagencies:\n  - { id: housing, name: H }\n  - { id: police, name: P }\n";
    check_group(FileId(0), read_group(FileId(0), text).0.unwrap(), Vec::new()).value.unwrap().0
});

static THEMES: LazyLock<Vec<Theme>> = LazyLock::new(|| {
    let theme = |id| check_theme(FileId(0), id, read_theme(FileId(0), "title: T\nkind: need\n").0.unwrap(), Vec::new()).value.unwrap();
    vec![theme("homeless"), theme("settled"), theme("unwell")]
});

pub(crate) fn names() -> Names<'static> {
    Names { group: &GROUP, themes: &THEMES }
}

/// The meeting of a text in which nothing may be wrong.
#[track_caller]
pub(crate) fn read(text: &str, names: Names<'_>) -> Meeting {
    let (raw, findings) = read_meeting(FileId(0), text);
    let known = Vocabulary::new(Some(names.group), names.themes, []);
    let raw = raw.unwrap_or_else(|| panic!("{findings:?}\n{text}"));
    let checked = check_meeting(FileId(0), "m", raw, findings, &known, "2026-03-26".parse().unwrap());
    let wrong: Vec<_> = checked.findings.iter().filter(|finding| finding.code.severity == marg::source::Severity::Wrong).collect();
    assert!(wrong.is_empty(), "{wrong:?}\n{text}");
    checked.value.unwrap()
}

/// The meeting of a text in which something may be wrong.
fn read_any(text: &str, names: Names<'_>) -> Option<Meeting> {
    let (raw, findings) = read_meeting(FileId(0), text);
    let known = Vocabulary::new(Some(names.group), names.themes, []);
    check_meeting(FileId(0), "m", raw?, findings, &known, "2026-03-26".parse().unwrap()).value
}

/// The same meeting, its entries numbered as they stand.
pub(crate) fn numbered(mut meeting: Meeting) -> Meeting {
    macro_rules! number {
        ($($list:expr),+) => { $($list.iter_mut().enumerate().for_each(|(n, entry)| entry.nth = n);)+ };
    }
    number!(meeting.attendance, meeting.agenda, meeting.previous_actions, meeting.cases);
    for case in &mut meeting.cases {
        number!(case.views, case.barriers, case.decisions, case.actions, case.learning, case.offers);
    }
    meeting
}

/// The stretch of lines in which two texts differ, on both sides.
pub(crate) fn difference<'t>(old: &'t str, new: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    (old[same..old.len() - tail].to_vec(), new[same..new.len() - tail].to_vec())
}

pub(crate) fn action(what: &str) -> Action {
    Action { nth: 0, id: None, what: what.to_owned(), owner: Some(AgencyKey(1)), person: None, due: "2026-04-01".parse().ok(), addresses: None }
}

/// One change of a meeting, and what of the old text may go: lines that hold one of these.
struct Kind {
    name: &'static str,
    change: fn(&mut Meeting) -> Option<Vec<String>>,
    /// How many lines it may bring at most.
    brings: usize,
}

/// The mark in a text, which stands on all its lines.
fn mark(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).find(|word| word.len() == 6 && word.starts_with('m') && word.ends_with('x')).unwrap_or("no mark").to_owned()
}

fn some<const N: usize>(marks: [&str; N]) -> Option<Vec<String>> {
    Some(marks.map(str::to_owned).into())
}

const KINDS: &[Kind] = &[
    Kind {
        name: "a field of the meeting says something else",
        change: |m| {
            let gone = m.venue.as_deref().map(mark);
            m.venue = Some("Corn Exchange: upstairs".to_owned());
            Some(gone.into_iter().collect())
        },
        brings: 1,
    },
    Kind {
        name: "the update of a case says something else",
        change: |m| {
            let gone = m.cases[1].update.as_deref().map(mark);
            m.cases[1].update = Some("He came.\n\nShe: did not # come.\n".to_owned());
            Some(gone.into_iter().chain(["update:".to_owned(), String::new()]).collect())
        },
        brings: 4,
    },
    Kind {
        name: "a review is moved",
        change: |m| {
            m.cases[0].next_review = "2026-06-11".parse().ok();
            some(["next_review: "])
        },
        brings: 1,
    },
    Kind {
        name: "an action is added",
        change: |m| {
            m.cases[2].actions.push(action("Ring at once, and say: yes"));
            some(["actions: []"])
        },
        brings: 4,
    },
    Kind {
        name: "a need is added",
        change: |m| {
            m.cases[0].needs.push(ThemeKey(1));
            some(["needs:", "- unwell", "unwell,"])
        },
        brings: 2,
    },
    Kind {
        name: "a decision is added where there was none",
        change: |m| {
            m.cases[1].decisions.push(Decision { nth: 0, text: "No form, then.".to_owned(), why: Some("It is theirs".to_owned()), dissent: None });
            some([])
        },
        brings: 2,
    },
    Kind {
        name: "an action goes",
        change: |m| {
            let case = m.cases.iter_mut().find(|case| case.actions.len() > 1)?;
            let gone = case.actions.remove(0);
            let mut marks = vec![mark(&gone.what), gone.id?];
            marks.extend(["owner: housing".to_owned(), "due: 2026-03-20".to_owned()]);
            Some(marks)
        },
        brings: 4,
    },
    Kind {
        name: "a field goes",
        change: |m| {
            let gone = m.other_business.take()?;
            Some(vec![mark(&gone), "other_business:".to_owned(), String::new()])
        },
        brings: 1,
    },
    Kind {
        name: "somebody came",
        change: |m| {
            m.attendance.push(Attendance { nth: 0, agency: AgencyKey(0), role: Some("Manager, adults".to_owned()), status: "apology".to_owned(), left: None });
            some([])
        },
        brings: 3,
    },
    Kind {
        name: "an item is put on the agenda, before the first",
        change: |m| {
            let item = AgendaItem { nth: 0, subject: AgendaSubject::Item("no".to_owned()), minutes: Some(5), took: None, note: None, deferred: None };
            m.agenda.insert(0, item);
            some([])
        },
        brings: 2,
    },
    Kind {
        name: "a case is added",
        change: |m| {
            let mut case = m.cases[0].clone();
            (case.case, case.actions, case.needs) = (CaseRef("QLM-NEW2".to_owned()), vec![action("Call")], vec![ThemeKey(0)]);
            (case.update, case.next_review) = (None, None);
            m.cases.push(case);
            some([])
        },
        brings: 4,
    },
    Kind {
        name: "an action has another day",
        change: |m| {
            let action = m.cases.iter_mut().flat_map(|case| &mut case.actions).next()?;
            action.due = "2026-04-30".parse().ok();
            Some(vec!["due: 2026-03-20".to_owned()])
        },
        brings: 1,
    },
    Kind {
        name: "the status is said",
        change: |m| {
            (m.status, m.status_is_said) = (MeetingStatus::Agreed, true);
            some(["status: "])
        },
        brings: 1,
    },
];

#[test]
fn of_a_thousand_files_only_the_lines_that_must_change_do() {
    let mut made = 0;
    for seed in 0..1_000 {
        let text = laid_out(seed);
        let base = read(&text, names());
        for kind in KINDS {
            let mut after = base.clone();
            let Some(gone) = (kind.change)(&mut after) else { continue };
            let new = amend(&text, names(), &base, &after).unwrap_or_else(|clashes| panic!("{seed}, {}: {clashes:?}\n{text}", kind.name));
            let context = || format!("{seed}, {}:\n{text}\n--- became\n{new}", kind.name);
            assert_eq!(numbered(read(&new, names())), numbered(after), "{}", context());
            let (old_lines, new_lines) = difference(&text, &new);
            for line in &old_lines {
                let line = line.trim_end_matches('\r');
                let may = gone.iter().any(|mark| if mark.is_empty() { line.trim().is_empty() } else { line.contains(mark.as_str()) });
                // At the end of a file that does not end its lines, the last line gets an end and stays as it is.
                let is_last = new_lines.iter().any(|new| new.trim_end_matches('\r') == line);
                assert!(may || is_last, "`{line}` has gone. {}", context());
            }
            assert!(new_lines.len() <= kind.brings + old_lines.len(), "{new_lines:?} came. {}", context());
            assert_eq!(
                text.matches("# note").count() + text.matches("# above").count(),
                new.matches("# note").count() + new.matches("# above").count(),
                "{}",
                context()
            );
            if text.contains("\r\n") {
                assert_eq!(new.matches('\n').count(), new.matches("\r\n").count(), "{}", context());
            }
            assert_eq!(text.starts_with('\u{feff}'), new.starts_with('\u{feff}'));
            made += 1;
        }
    }
    assert!(made > 10_000, "only {made}");
}

/// Adds, removes and moves entries of a list at random.
fn stir<T>(list: &mut Vec<T>, numbers: &mut crate::generator::Numbers, mut new: impl FnMut(u64) -> T) {
    for _ in 0..numbers.below(4) {
        let at = numbers.below(list.len() as u64 + 1) as usize;
        match numbers.below(3) {
            0 => list.insert(at, new(numbers.below(1 << 30))),
            1 if at < list.len() => drop(list.remove(at)),
            2 if at < list.len() => {
                let entry = list.remove(at);
                list.insert(numbers.below(list.len() as u64 + 1) as usize, entry);
            }
            _ => {}
        }
    }
}

#[test]
fn many_changes_at_once_come_out_as_they_were_meant() {
    let mut numbers = crate::generator::Numbers(5);
    for seed in 0..600 {
        let text = laid_out(seed);
        let base = read(&text, names());
        let mut after = base.clone();
        stir(&mut after.agenda, &mut numbers, |n| AgendaItem {
            nth: 0,
            subject: AgendaSubject::Item(format!("Item {n}, and: more")),
            minutes: Some(5),
            took: None,
            note: (n % 3 == 0).then(|| "One.\n\nTwo: # lines.\n".to_owned()),
            deferred: None,
        });
        let like = after.cases[0].clone();
        stir(&mut after.cases, &mut numbers, |n| marg::model::Discussion { case: CaseRef(format!("NEW-{n}")), actions: Vec::new(), ..like.clone() });
        after.cases.dedup_by(|a, b| a.case == b.case);
        for case in &mut after.cases {
            stir(&mut case.actions, &mut numbers, |n| Action { id: (n % 2 == 0).then(|| format!("n{n}")), ..action(&format!("Do {n}: at once?")) });
            stir(&mut case.needs, &mut numbers, |n| ThemeKey(n as u32 % 3));
            stir(&mut case.decisions, &mut numbers, |n| Decision { nth: 0, text: format!("no {n}"), why: None, dissent: None });
            stir(&mut case.left_open, &mut numbers, |n| format!("views: {n}"));
            match numbers.below(4) {
                0 => case.update = None,
                1 => case.update = Some("Short".to_owned()),
                2 => case.next_review = None,
                _ => {}
            }
        }
        let new = amend(&text, names(), &base, &after).unwrap_or_else(|clashes| panic!("{seed}: {clashes:?}\n{text}"));
        assert_eq!(numbered(read(&new, names())), numbered(after), "{seed}:\n{text}\n--- became\n{new}");
        let remarks = |text: &str| text.matches("# note").count() + text.matches("# above").count();
        assert_eq!(remarks(&text), remarks(&new), "{seed}:\n{text}\n--- became\n{new}");
    }
}

#[test]
fn two_people_who_change_different_things_both_keep_what_they_did() {
    // Who takes an action away while another gives it a new day has to be asked, and so have two who put an item first.
    let may_clash = ["an action goes", "an action has another day"];
    let mut both_kept = 0;
    for seed in 0..40 {
        let text = laid_out(seed);
        let base = read(&text, names());
        for (one, other) in KINDS.iter().flat_map(|one| KINDS.iter().filter(|other| other.name != one.name).map(move |other| (one, other))) {
            let (mut mine, mut yours) = (base.clone(), base.clone());
            let (Some(_), Some(_)) = ((one.change)(&mut mine), (other.change)(&mut yours)) else { continue };
            let first = amend(&text, names(), &base, &mine).unwrap();
            let context = || format!("{seed}, {}, {}:\n{text}\n--- became\n{first}", one.name, other.name);
            match amend(&first, names(), &base, &yours) {
                Ok(new) => {
                    let mut both = mine.clone();
                    (other.change)(&mut both).unwrap();
                    assert_eq!(numbered(read(&new, names())), numbered(both), "{}", context());
                    assert_eq!(amend(&new, names(), &base, &yours).unwrap(), new, "done twice. {}", context());
                    both_kept += 1;
                }
                Err(clashes) => assert!(may_clash.contains(&one.name) && may_clash.contains(&other.name), "{clashes:?} {}", context()),
            }
        }
    }
    assert!(both_kept > 4_000, "only {both_kept}");
}

#[test]
fn of_files_that_nobody_would_write_nothing_is_damaged() {
    let mut numbers = crate::generator::Numbers(11);
    let (mut changed, mut refused) = (0, 0);
    for seed in 0..2_500 {
        let mut text: Vec<char> = laid_out(seed % 60).chars().collect();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(text.len() as u64) as usize;
            let pool: Vec<char> = "\n\t  #:-,[]{}'\"|>?é\u{85}".chars().collect();
            match numbers.below(3) {
                0 => drop(text.remove(at)),
                1 => text.insert(at, pool[numbers.below(pool.len() as u64) as usize]),
                _ => text[at] = pool[numbers.below(pool.len() as u64) as usize],
            }
        }
        let text: String = text.into_iter().collect();
        let Some(base) = read_any(&text, names()).filter(|base| base.cases.len() == 3) else { continue };
        let kind = &KINDS[seed as usize % KINDS.len()];
        let mut after = base.clone();
        if (kind.change)(&mut after).is_none() {
            continue;
        }
        match amend(&text, names(), &base, &after) {
            Ok(new) => {
                changed += 1;
                assert_eq!(read_any(&new, names()).map(numbered), Some(numbered(after)), "{}:\n{text}\n--- became\n{new}", kind.name);
            }
            Err(_) => refused += 1,
        }
    }
    assert!(changed > 20 * refused, "{changed} were changed, and {refused} refused");
}

#[test]
fn entries_change_places_and_take_nothing_along() {
    for seed in 0..300 {
        let text = laid_out(seed);
        let base = read(&text, names());
        let mut after = base.clone();
        after.agenda.rotate_left(1);
        after.cases.swap(0, 2);
        let new = amend(&text, names(), &base, &after).unwrap_or_else(|clashes| panic!("{seed}: {clashes:?}\n{text}"));
        assert_eq!(numbered(read(&new, names())), numbered(after), "{seed}:\n{text}\n--- became\n{new}");
        let sorted = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(&text), sorted(&new));
    }
}
