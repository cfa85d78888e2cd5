//! What must not change, and what must.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::*;
use crate::model::{Action, AgencyKey, AgendaItem, AgendaSubject, CaseRef, Decision, Group, MeetingStatus, Theme, ThemeKey};
use crate::source::FileId;
use crate::yaml::{check_group, check_theme, read_group, read_theme};

static GROUP: LazyLock<Group> = LazyLock::new(|| {
    let text = "name: G\nagencies:\n  - { id: housing, name: H }\n  - { id: police, name: P }\nservices:\n  - { id: hostel, name: Ho }\n";
    check_group(FileId(0), read_group(FileId(0), text).0.unwrap(), Vec::new()).value.unwrap().0
});

static THEMES: LazyLock<Vec<Theme>> = LazyLock::new(|| {
    let theme = |id: &str, kind: &str| {
        let text = format!("title: T\nkind: {kind}\nalso_known_as: [old-{id}]\n");
        check_theme(FileId(0), id, read_theme(FileId(0), &text).0.unwrap(), Vec::new()).value.unwrap()
    };
    vec![theme("fires", "barrier"), theme("homeless", "need"), theme("unwell", "need"), theme("visit", "enabler")]
});

fn names() -> Names<'static> {
    Names { group: &GROUP, themes: &THEMES }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A meeting without anything.
fn blank() -> Meeting {
    read("meeting: marg\ndate: 2026-03-12\n", &[])
}

fn read(text: &str, like: &[Meeting]) -> Meeting {
    let like = like.first().cloned().unwrap_or_else(|| Meeting {
        id: "m".to_owned(),
        file: FileId(0),
        kind: "marg".to_owned(),
        date: day("2026-03-12"),
        starts: None,
        ends: None,
        venue: None,
        chair: None,
        coordinator: None,
        minute_taker: None,
        status: MeetingStatus::Held,
        status_is_said: false,
        agreed: None,
        required_agencies: Vec::new(),
        attendance: Vec::new(),
        confidentiality: None,
        agenda: Vec::new(),
        previous_actions: Vec::new(),
        cases: Vec::new(),
        other_business: None,
        next_meeting: None,
        session: None,
    });
    read_alone(text, names(), &like).unwrap_or_else(|| panic!("cannot be read:\n{text}"))
}

/// The text after a change of the meeting in it; what it says then is what was wanted.
#[track_caller]
fn changed(text: &str, change: impl FnOnce(&mut Meeting)) -> String {
    let base = read(text, &[]);
    let mut after = base.clone();
    change(&mut after);
    let new = amend(text, names(), &base, &after).unwrap_or_else(|clashes| panic!("{clashes:?}"));
    assert_eq!(canon::value_of(names(), &read(&new, &[])), canon::value_of(names(), &after), "{new}");
    new
}

fn action(what: &str) -> Action {
    Action { nth: 0, id: None, what: what.to_owned(), owner: Some(AgencyKey(0)), person: None, due: Some(day("2026-04-01")), addresses: None }
}

fn decision(text: &str) -> Decision {
    Decision { nth: 0, text: text.to_owned(), why: None, dissent: None }
}

/// Lines of the new text that the old one has not, and the other way round.
fn difference(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    let lines = |text: &str| text.split('\n').map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (lines(old), lines(new));
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    (old[same..old.len() - tail].to_vec(), new[same..new.len() - tail].to_vec())
}

const PAGE: &str = "\
# minutes sent round
meeting: marg
date: 2026-03-12
venue:   'Civic Hall'   # upstairs
status: held
required_agencies: housing

agenda:
  - { item: Welcome, minutes: 5 }
  # the fire officer comes for this one
  - { case: QLM-7KQ2, minutes: 20 }   # long
  - { item: \"Any other business, and more\", minutes: 10 }

cases:
  - ref: QLM-7KQ2
    update: |
      First line.

      # not a remark
    needs: old-homeless   # so we think
    actions:
      - { id: k7q2, what: Call, owner: housing, due: 2026-03-20 }
      # two more to come
    next_review: 2026-05-14
  - ref: QLM-4R8M
    actions: []
    # nothing yet

other_business: >-
  Folded
  text.
";

#[test]
fn a_value_changes_in_its_place() {
    let new = changed(PAGE, |m| m.venue = Some("Corn Exchange".to_owned()));
    assert_eq!(difference(PAGE, &new).1, ["venue:   'Corn Exchange'   # upstairs"]);
    let new = changed(PAGE, |m| m.cases[0].actions[0].due = Some(day("2026-03-21")));
    assert_eq!(difference(PAGE, &new).1, ["      - { id: k7q2, what: Call, owner: housing, due: 2026-03-21 }"]);
    let new = changed(PAGE, |m| m.cases[0].update = Some("First line.\n\nSecond: line.\n".to_owned()));
    assert_eq!(difference(PAGE, &new), (vec!["      # not a remark".to_owned()], vec!["      Second: line.".to_owned()]));
    let new = changed(PAGE, |m| m.venue = Some("One\nTwo".to_owned()));
    assert_eq!(difference(PAGE, &new).1, ["venue:   |-   # upstairs", "  One", "  Two"]);
    let new = changed(PAGE, |m| m.other_business = Some("Folded\ntwice.".to_owned()));
    assert_eq!(difference(PAGE, &new).1, ["other_business: |-", "  Folded", "  twice."]);
    let folded = |text: &str| difference(PAGE, &changed(PAGE, |m| m.other_business = Some(text.to_owned()))).1;
    assert_eq!(folded("Folded text, twice."), ["  text, twice."]);
    assert_eq!(folded("Folded and new text."), ["  Folded and new"]);
    assert_eq!(folded("A text."), ["  A"]);
    let new = changed(PAGE, |m| m.other_business = None);
    assert_eq!(difference(PAGE, &new).1, Vec::<String>::new());
}

proptest::proptest! {
    /// Through the readers that a file takes: the quick one where it can, the full one otherwise.
    #[test]
    fn any_text_is_read_as_it_was_said(text in quote::tests::any_text(), crlf in proptest::bool::ANY) {
        let page = if crlf { PAGE.replace('\n', "\r\n") } else { PAGE.to_owned() };
        changed(&page, |m| {
            m.venue = Some(text.clone());
            m.chair = Some(text.clone());
            m.other_business = Some(text.clone());
            m.cases[0].update = Some(text.clone());
            m.cases[1].decisions.push(Decision { why: Some(text.clone()), ..decision("Yes.") });
            m.cases[1].left_open.push(text.clone());
            m.cases[1].closed = Some(text.clone());
        });
    }
}

#[test]
fn what_is_new_comes_where_it_belongs_and_looks_like_its_neighbours() {
    let new = changed(PAGE, |m| m.cases[0].actions.push(action("Ring: at once")));
    assert_eq!(difference(PAGE, &new), (vec![], vec!["      - { what: \"Ring: at once\", owner: housing, due: 2026-04-01 }".to_owned()]));
    let new = changed(PAGE, |m| m.cases[0].needs.push(ThemeKey(2)));
    assert_eq!(difference(PAGE, &new).1, ["    needs: [old-homeless, unwell]   # so we think"]);
    let new = changed(PAGE, |m| m.cases[1].actions.push(action("Call")));
    assert_eq!(difference(PAGE, &new).1, ["    actions:", "      - { what: Call, owner: housing, due: 2026-04-01 }"]);
    let new = changed(PAGE, |m| m.cases[1].decisions.push(decision("No form for this.")));
    assert_eq!(difference(PAGE, &new).1, ["    decisions:", "      - { text: No form for this. }"]);
    let new = changed(PAGE, |m| m.chair = Some("Independent chair".to_owned()));
    assert_eq!(difference(PAGE, &new).1, ["chair: Independent chair"]);
    let new = changed(PAGE, |m| m.cases.push(read("meeting: marg\ndate: 2026-03-12\ncases: [{ ref: NEW-1, type: new }]\n", &[]).cases.remove(0)));
    assert_eq!(difference(PAGE, &new).1, ["  - ref: NEW-1", "    type: new"]);
}

#[test]
fn what_goes_leaves_its_remarks() {
    let new = changed(PAGE, |m| m.venue = None);
    assert_eq!(difference(PAGE, &new).1, ["# upstairs"]);
    let new = changed(PAGE, |m| drop(m.agenda.remove(1)));
    assert_eq!(difference(PAGE, &new), (vec!["  - { case: QLM-7KQ2, minutes: 20 }   # long".to_owned()], vec!["  # long".to_owned()]));
    let new = changed(PAGE, |m| m.cases[0].actions.clear());
    let gone = "    actions:\n      - { id: k7q2, what: Call, owner: housing, due: 2026-03-20 }\n";
    assert_eq!(new, PAGE.replace(gone, ""));
}

#[test]
fn a_remark_below_what_goes_does_not_become_part_of_a_text_above() {
    let page = "meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: QLM-7KQ2\n    update: >-\n     One\n\n    needs:\n      - homeless\n      # so we think\n    type: new\n";
    let new = changed(page, |m| m.cases[0].needs.clear());
    assert_eq!(new, page.replace("    needs:\n      - homeless\n      # so", "    # so"));
}

#[test]
fn entries_change_places_with_their_own_remarks() {
    let new = changed(PAGE, |m| m.agenda.rotate_left(1));
    let agenda: Vec<&str> = new.lines().skip(8).take(4).collect();
    assert_eq!(
        agenda,
        [
            "  - { case: QLM-7KQ2, minutes: 20 }   # long",
            "  # the fire officer comes for this one",
            "  - { item: \"Any other business, and more\", minutes: 10 }",
            "  - { item: Welcome, minutes: 5 }",
        ]
    );
}

#[test]
fn two_writers_keep_what_they_wrote_and_neither_wins() {
    let base = read(PAGE, &[]);
    let (mut mine, mut yours) = (base.clone(), base.clone());
    mine.cases[0].actions.push(action("Mine"));
    mine.cases[0].needs.push(ThemeKey(2));
    mine.chair = Some("Chair".to_owned());
    yours.cases[0].actions.push(action("Yours"));
    yours.cases[0].decisions.push(decision("Yes."));
    yours.agenda.insert(0, AgendaItem { nth: 0, subject: AgendaSubject::Item("Tea".to_owned()), minutes: None, took: None, note: None, deferred: None });
    let first = amend(PAGE, names(), &base, &yours).unwrap();
    let both = amend(&first, names(), &base, &mine).unwrap();
    let said = read(&both, &[]);
    let whats: Vec<&str> = said.cases[0].actions.iter().map(|action| action.what.as_str()).collect();
    assert_eq!(whats, ["Call", "Yours", "Mine"]);
    assert_eq!((said.agenda.len(), said.cases[0].decisions.len(), said.cases[0].needs.len(), said.chair.as_deref()), (4, 1, 2, Some("Chair")));
    assert_eq!(amend(&both, names(), &base, &mine).unwrap(), both, "to do it again changes nothing");

    let (mut mine, mut yours) = (base.clone(), base.clone());
    mine.cases[0].actions[0].due = Some(day("2026-04-01"));
    mine.venue = None;
    yours.cases[0].actions[0].due = Some(day("2026-04-02"));
    yours.venue = Some("Elsewhere".to_owned());
    let first = amend(PAGE, names(), &base, &yours).unwrap();
    let clashes = amend(&first, names(), &base, &mine).unwrap_err();
    let told: Vec<(&str, Option<&str>)> = clashes.iter().map(|clash| (clash.place.as_str(), clash.wanted.as_deref())).collect();
    assert_eq!(told, [("venue", None), ("QLM-7KQ2, actions k7q2, due", Some("2026-04-01"))]);
    let was = Why::Changed { was: Some("2026-03-20".to_owned()), now: Some("2026-04-02".to_owned()) };
    assert_eq!(clashes[1].why, was);
}

#[test]
fn line_ends_marks_and_a_missing_last_end_stay() {
    let crlf = format!("\u{feff}{}", PAGE.replace('\n', "\r\n"));
    let new = changed(crlf.trim_end(), |m| {
        m.cases[0].actions.push(action("Ring"));
        m.next_meeting = Some(day("2026-04-09"));
        m.cases[0].update = Some("One\n\nTwo\n".to_owned());
    });
    assert!(!new.replace("\r\n", "").contains(['\n', '\r']) && new.starts_with('\u{feff}'));
    assert!(new.ends_with("text.\r\nnext_meeting: 2026-04-09"), "{new:?}");
}

const FRESH: &str = "\
# yaml-language-server: $schema=../schemas/meeting.schema.json
meeting: marg
date: 2026-03-12
starts: \"13:30\"
venue: Civic Hall
status: held
required_agencies: [housing]

# Two cases wait for a reply.
agenda:
  - { item: Welcome, minutes: 5 }
  - { case: QLM-7KQ2, minutes: 20 }
  - { item: \"Any other business, and more\", minutes: 10 }

cases:
  - ref: QLM-7KQ2
    update: |
      First line.

      # not a remark
    needs: [homeless]
    actions:
      - { id: k7q2, what: Call, owner: housing, due: 2026-03-20 }
      - what: |-
          Find the note: the one of November, with the fire officer's name, and send it to everybody who asked for it
        owner: housing
        due: 2026-04-01
    next_review: 2026-05-14
  - ref: QLM-4R8M

other_business: Folded text.
";

#[test]
fn a_new_file_reads_well() {
    let mut meeting = read(PAGE, &[]);
    meeting.starts = chrono::NaiveTime::from_hms_opt(13, 30, 0);
    meeting.cases[0].actions.push(Action {
        what: "Find the note: the one of November, with the fire officer's name, and send it to everybody who asked for it".to_owned(),
        ..action("")
    });
    let remarks = [Remark { above: "agenda", lines: vec!["Two cases wait for a reply.".to_owned(), String::new()] }];
    let text = new_meeting(names(), &meeting, &remarks, 1);
    assert_eq!(canon::value_of(names(), &read(&text, &[])), canon::value_of(names(), &meeting));
    assert_eq!(text, FRESH);
}

#[test]
fn nothing_is_written_where_nothing_changed() {
    assert_eq!(changed(PAGE, |_| ()), PAGE);
    assert_eq!(blank().cases.len(), 0);
    assert!(CaseRef::is_valid("QLM-7KQ2"));
}

/// One of everything.
const ALL: &str = "\
meeting: marg
date: 2026-03-12
starts: \"13:30\"
agreed: { on: 2026-04-09, by: the meeting, record: abc }
required_agencies: [housing]
attendance: [{ agency: housing, status: present, left: \"14:30\" }]
confidentiality: { read_by: chair, although: x }
agenda: [{ item: Welcome, minutes: 5, took: 7, note: x, deferred: y }]
previous_actions: [{ id: aaaa, status: done, on: 2026-03-01, outcome: worked, note: n }]
cases:
  - ref: QLM-7KQ2
    referral: { agency: police, asked_by: housing, left_open: [\"tried: not known\"] }
    views: [{ whose: person, obtained_by: police, says: s, wants: [w] }]
    needs: [homeless]
    barriers: [{ theme: fires, id: bbbb, blocks: hostel, at: housing, cause: policy, status: live, asked: { of: housing, on: 2026-03-01 }, answer: refused }]
    enablers: [visit]
    guides_used: [fires]
    tagging: [{ theme: fires, by: AB, on: 2026-03-01, memo: m, about: idea }]
    decisions: [{ text: t, why: w, dissent: d }]
    actions: [{ id: cccc, what: w, owner: housing, person: p, due: 2026-04-01, addresses: fires }]
    learning: [{ id: dddd, worked: w, themes: [fires], shareable: yes }]
    offers: [{ kind: activity, by: police, accepted: \"yes\" }]
    custody: { status: remanded, prison: p, release_date: 2026-05-01 }
    closed: { reason: moved }
    feedback_to_person: { id: eeee, by: police, due: 2026-04-01, given_on: 2026-04-02 }
    left_open: [views]
session:
  theme: fires
  people: 23
  with_lived_experience: 9
  questions: [q]
  issues: [i]
  positive_practice: [p]
  recommendations: [{ text: t, owner: housing, reply: r }]
  value: [{ cycle: applied, indicator: i, story: s }]
";

/// The same fields in the same order as the schema, at every depth.
fn same_fields(value: &value::Value, schema: &serde_json::Value, all: &serde_json::Value, place: &str) {
    let schema = schema.get("anyOf").map_or(schema, |any| &any[0]);
    let schema = schema.get("$ref").map_or(schema, |name| &all["$defs"][name.as_str().unwrap().rsplit('/').next().unwrap()]);
    match value {
        value::Value::List(items) => same_fields(&items[0], &schema["items"], all, place),
        value::Value::Fields(fields) => {
            let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
            let known: Vec<&String> = schema["properties"].as_object().unwrap_or_else(|| panic!("{place}: {schema}")).keys().collect();
            assert_eq!(names, known, "{place}: a field of the format is not written");
            for field in fields {
                let below = &schema["properties"][field.name];
                let is_deep = below.get("anyOf").is_some() || below.get("$ref").is_some() || below.get("items").is_some();
                assert!(field.value.is_some() || !is_deep, "the meeting of this test has no {place}.{}", field.name);
                field.value.iter().for_each(|value| same_fields(value, below, all, field.name));
            }
        }
        value::Value::Text(_) | value::Value::Bare(_) => {}
    }
}

#[test]
fn every_field_of_the_format_is_written() {
    let meeting = read(ALL, &[]);
    let schema = schemars::schema_for!(crate::yaml::RawMeeting);
    same_fields(&canon::value_of(names(), &meeting), schema.as_value(), schema.as_value(), "meeting");
    let text = new_meeting(names(), &meeting, &[], 1);
    assert_eq!(read_meeting(FileId(0), &text).0, read_meeting(FileId(0), ALL).0.map(|raw| crate::yaml::RawMeeting { status: None, ..raw }), "{text}");
}

/// One of everything that a theme can say.
const THEME: &str = "\
# Ours
title: T
kind: barrier
parent: p
definition: d
include: i
exclude: e
example: x
indicators: [one]
also_known_as: [older]
stage: emerging
retired: { on: 2026-03-04, why: w, use: other }
guide:
  audience: [a]
  made_by: [m]
  legal_check: { by: b, on: 2026-03-01 }
  approved_by: the board
  edition: \"1\"
  published_on: 2026-03-02
  review_date: 2027-03-02
  why_this_guide: |
    Why.   # no remark

    And more.
  what_people_told_us: t
  what_the_law_says: l
  managing_the_risk: r
  questions_to_ask: q
  information_sharing: s
  when_to_escalate: w
  example: x
  contacts: c
  how_it_was_made: h
  statements:   # the heart of it
    - id: s7p4
      section: what-works
      says: Ask.
      who: [hostel]
      evidence: [aaaa]   # so far
      reviewed: { on: 2026-03-03, against: abcdef01 }
    - { section: what-works, says: Ask twice. }
  short: [{ says: Ask., picture: talk }]
  short_signed_off_by: The Forum
";

fn theme(text: &str) -> Theme {
    check_theme(FileId(0), "t", read_theme(FileId(0), text).0.unwrap(), Vec::new()).value.unwrap()
}

#[track_caller]
fn changed_theme(change: impl FnOnce(&mut Theme)) -> (Vec<String>, Vec<String>) {
    let base = theme(THEME);
    let mut after = base.clone();
    change(&mut after);
    let new = amend_theme(THEME, &base, &after).unwrap_or_else(|clashes| panic!("{clashes:?}"));
    assert_eq!(canon_theme::value_of_theme(&theme(&new)), canon_theme::value_of_theme(&after), "{new}");
    difference(THEME, &new)
}

#[test]
fn every_field_of_a_theme_is_written() {
    let schema = schemars::schema_for!(crate::yaml::RawTheme);
    same_fields(&canon_theme::value_of_theme(&theme(THEME)), schema.as_value(), schema.as_value(), "theme");
}

#[test]
fn a_theme_changes_in_its_place() {
    let one = |change: fn(&mut Theme)| changed_theme(change);
    assert_eq!(one(|t| t.stage = Some(crate::model::Stage::Published)), (vec!["stage: emerging".to_owned()], vec!["stage: published".to_owned()]));
    assert_eq!(one(|t| t.also_known_as.insert(0, "oldest".to_owned())).1, ["also_known_as: [oldest, older]"]);
    assert_eq!(one(|t| t.guide.as_mut().unwrap().statements[0].evidence.push("bbbb".to_owned())).1, ["      evidence: [aaaa, bbbb]   # so far"]);
    let said = one(|t| t.guide.as_mut().unwrap().statements[1].says = "Ask: twice.".to_owned());
    assert_eq!(said.1, ["    - { section: what-works, says: \"Ask: twice.\" }"]);
    let added = one(|t| {
        let statements = &mut t.guide.as_mut().unwrap().statements;
        let between = crate::model::Statement { id: Some("s8p5".to_owned()), reviewed: None, ..statements[0].clone() };
        statements.insert(1, between);
    });
    assert_eq!(added, (vec![], ["    - { id: s8p5, section: what-works, says: Ask., who: [hostel], evidence: [aaaa] }".to_owned()].to_vec()));
    let read =
        one(|t| t.guide.as_mut().unwrap().statements[1].reviewed = Some(crate::model::Reviewed { on: Some(day("2026-04-01")), by: None, against: None }));
    assert_eq!(read.1, ["    - { section: what-works, says: Ask twice., reviewed: { on: 2026-04-01 } }"]);
    let long = one(|t| t.guide.as_mut().unwrap().contacts = Some("## One\n\n- two: three\n  - four # five\n".to_owned()));
    assert_eq!(long.1, ["  contacts: |", "    ## One", "", "    - two: three", "      - four # five"]);
    assert_eq!(one(|t| t.guide.as_mut().unwrap().legal_check = None).1, Vec::<String>::new());
    let turned = one(|t| t.guide.as_mut().unwrap().statements.reverse()).1;
    assert_eq!(turned[..2], ["    - { section: what-works, says: Ask twice. }", "    - id: s7p4"]);
}

proptest::proptest! {
    #[test]
    fn any_text_of_a_theme_is_read_as_it_was_said(text in quote::tests::any_text()) {
        changed_theme(|theme| {
            theme.definition = Some(text.clone());
            let guide = theme.guide.as_mut().unwrap();
            guide.what_people_told_us = Some(text.clone());
            guide.why_this_guide = Some(text.clone());
            guide.approved_by = Some(text.clone());
            guide.statements[0].who.push(text.clone());
            guide.made_by.push(text.clone());
        });
    }
}
