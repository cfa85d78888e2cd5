//! Minutes: what they say, what one agency may have of them, and that they were agreed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proptest::prelude::*;

use crate::generator::Numbers;
use crate::harness::{TestWorkspace, repository, run};
use crate::word::parts_of;

const RECORD: &str = "\
meeting: marg
date: 2026-03-12
status: held
attendance:
  - { agency: housing, role: Team manager, status: present, left: \"14:30\" }
  - { agency: police, role: Inspector, status: present, left: QLM-7KQ2 }
agenda:
  - { item: Hostel closures, minutes: 10, took: 25, note: \"The **winter** beds close on the 31st.\" }
  - { case: QLM-7KQ2, minutes: 15, took: 10 }
  - { case: QLM-B4TX, minutes: 15, deferred: the hospital could not come }
cases:
  - ref: QLM-7KQ2
    lead_agency: housing
    referral: { agency: police, asked_by: police, left_open: [\"consent: he was not well enough to be asked\"] }
    decisions: [{ text: Keep the room, why: It is all he has, dissent: Police would rather not }]
    left_open: [\"next_review: waiting for the hospital\", actions]
    feedback_to_person: { id: t3h8, by: housing, due: 2026-03-16 }
";

fn recorded() -> TestWorkspace {
    TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", RECORD)
}

#[test]
fn minutes_tell_who_left_what_was_put_off_what_was_left_open_and_who_tells_whom() {
    let workspace = recorded();
    let ran = workspace.marg(&["minutes"]);
    assert_eq!(
        ran.stdout, "out/minutes-2026-03-12-marg.md\nout/minutes-2026-03-12-marg.html\nout/minutes-2026-03-12-marg.docx\n",
        "the last one that was held"
    );
    let text = workspace.read("out/minutes-2026-03-12-marg.md");
    insta::assert_snapshot!(text, @r"
    # Minutes of 12 March 2026

    Group of Testford · Minutes, draft, multi-agency meeting

    **For members of the meeting only. Not to be copied or passed on without the agreement of the chair.**

    ## Main points

    - **2 agencies** were present.
    - **1 item** was put off.
    - **1 case** was discussed.
    - **1 decision** and **0 actions** came of them.
    - **1 of 1 person has somebody who tells them** what was decided.

    **Warning:** Draft. These minutes have not been agreed by the meeting yet.

    - When: 12 March 2026
    - Where: none recorded
    - Chair: none recorded
    - Coordinator: none recorded
    - Status: held

    ## 1. 2 agencies were present

    ### Present

    - Housing: Team manager (left at 14:30)
    - Police: Inspector (left during QLM-7KQ2)

    ## 2. Confidentiality

    No record says that the statement was read out.

    The group has no statement in `marg.yaml` yet.

    ## 3. The agenda, item by item

    | Item | Minutes planned | Minutes taken | What became of it |
    | :--- | ---: | ---: | :--- |
    | Hostel closures | 10 | 25 | see the note |
    | QLM-7KQ2 | 15 | 10 | discussed, see below |
    | QLM-B4TX | 15 | not recorded | put off: the hospital could not come |

    ### Hostel closures

    The **winter** beds close on the 31st.

    ## 4. QLM-7KQ2: 0 barriers, 0 actions

    ### What was said about QLM-7KQ2

    - Lead agency: Housing

    #### How the case came

    - Referred by: Police
    - The person was asked by: Police

    #### Update

    No update is recorded.

    #### What the person says and wants

    Nobody recorded it.

    #### Barriers

    None was recorded.

    #### Decisions

    - Keep the room **Why:** It is all he has **Dissent:** Police would rather not

    #### Actions

    None was set.

    #### Left open on purpose

    - Next review: waiting for the hospital
    - Actions: no reason recorded
    - Consent: he was not well enough to be asked

    #### Telling the person what was decided

    Housing tells the person what was decided, by 16 March 2026; no record says that it was done.

    #### What is next

    No next review was set.

    ## 5. Next meeting

    No day is set yet.

    ## 6. Telling people what was decided

    | Case | Who tells the person | By when | Told |
    | :--- | :--- | :--- | :--- |
    | QLM-7KQ2 | Housing | 16 March 2026 | not recorded yet |

    Group of Testford, as of 12 March 2026.
    ");
    let page = workspace.read("out/minutes-2026-03-12-marg.html");
    let word = workspace.path("out/minutes-2026-03-12-marg.docx");
    for said in [
        "(left at 14:30)",
        "put off: the hospital could not come",
        "Left open on purpose",
        "Telling people what was decided",
        "Next review: waiting for the hospital",
    ] {
        assert!(page.contains(said) && parts_of(&word).contains(said), "{said}");
    }
}

#[test]
fn agreed_minutes_are_no_draft_unless_that_is_asked_for() {
    let workspace = recorded();
    let agreed = workspace.marg(&["minutes", "agree", "2026-03-12", "--on", "2026-03-20", "--by", "the meeting"]);
    assert_eq!(agreed.stdout, "meetings/2026-03-12-marg.yaml\n", "{agreed}");
    let text = |more: &[&str]| {
        let _ = workspace.marg(&[&["minutes", "2026-03-12"], more].concat()).answer();
        workspace.read("out/minutes-2026-03-12-marg.md")
    };
    assert!(text(&[]).contains("- Agreed: 20 March 2026, by the meeting") && !text(&[]).to_lowercase().contains("draft"));
    assert!(text(&["--draft"]).contains("**Warning:** Draft"));
}

#[test]
fn a_record_is_agreed_once_and_a_change_to_it_is_told() {
    let workspace = recorded();
    let path = "meetings/2026-03-12-marg.yaml";
    let said = |arguments: &[&str]| format!("{}", workspace.marg(arguments));
    let agree = |more: &[&str]| said(&[&["minutes", "agree", "2026-03-12"], more].concat());
    let findings = || workspace.marg(&["check", "--only", "record-changed", "--format", "json"]).json()["findings"].as_array().unwrap().len();
    insta::assert_snapshot!(agree(&["--on", "2026-03-20"]), @r"
    meetings/2026-03-12-marg.yaml
    --- stderr
    The minutes of 12 March 2026 are agreed. From now on `marg check` tells when their record changes.
    ");
    let text = workspace.read(path);
    assert_eq!(text.lines().filter(|line| !RECORD.contains(line)).count(), 2, "only what was agreed is new: {text}");
    assert_eq!(findings(), 0);
    // How it is written does not matter.
    std::fs::write(
        workspace.path(path),
        text.replace("\n", "\r\n").replace("status: held", "status:   held").replace("Keep the room", "'Keep the room'") + "# a remark\r\n",
    )
    .unwrap();
    assert_eq!(findings(), 0);
    insta::assert_snapshot!(agree(&[]), @r"
    --- stderr
    error: the minutes of `2026-03-12-marg` were agreed already
    hint: `--undo` takes that back
    --- exit 2
    ");
    std::fs::write(workspace.path(path), text.replace("Keep the room", "Give up the room")).unwrap();
    assert_eq!(findings(), 1);
    insta::assert_snapshot!(agree(&[]), @r"
    --- stderr
    error: the minutes of `2026-03-12-marg` were agreed already
    hint: the record has changed since: `--again` agrees them as they are now
    hint: `--undo` takes the agreement back
    --- exit 2
    ");
    let _ = workspace.marg(&["minutes", "agree", "2026-03-12", "--again"]).answer();
    assert_eq!(findings(), 0);
    insta::assert_snapshot!(agree(&["--undo"]), @r"
    meetings/2026-03-12-marg.yaml
    --- stderr
    The minutes are a draft again.
    ");
    assert!(!workspace.read(path).contains("agreed:") && workspace.read(path).contains("status: held"));
    insta::assert_snapshot!(agree(&["--undo"]), @r"
    --- stderr
    error: the minutes of `2026-03-12-marg` have not been agreed
    --- exit 2
    ");
}

#[test]
fn what_cannot_have_been_agreed_is_refused() {
    let workspace = recorded()
        .file("meetings/2026-04-09-marg.yaml", "meeting: marg\ndate: 2026-04-09\n")
        .file("meetings/2026-02-12-marg.yaml", "meeting: marg\ndate: 2026-02-12\nstatus: called-off\n")
        .file("meetings/2026-01-08-marg.yaml", "meeting: marg\ndate: 2026-01-08\ncases:\n  - { ref: QLM-7KQ2, needs: [nothing-known] }\n");
    let said = |arguments: &[&str]| {
        let ran = workspace.marg(&[&["minutes", "agree"], arguments].concat());
        assert!(matches!(ran.code, Some(2 | 3)), "{ran}");
        ran.stderr
    };
    let all = [
        said(&["2026-04-09"]),
        said(&["2026-02-12-marg"]),
        said(&["2026-01-08-marg"]),
        said(&["2026-01-08"]),
        said(&["2026-03-12", "--on", "2026-03-11"]),
        said(&["2026-03-12", "--on", "2026-03-27"]),
        said(&["2025-03-12"]),
    ];
    insta::assert_snapshot!(all.concat(), @r"
    error: `2026-04-09-marg` is still to come, so there are no minutes to agree
    error: `2026-02-12-marg` was called off, so there are no minutes to agree
    error: 1 thing is wrong in the file of `2026-01-08-marg`, so it cannot be agreed yet
    hint: `marg check` shows each of them, and what to do
    error: 1 thing is wrong in the file of `2026-01-08-marg`, so it cannot be agreed yet
    hint: `marg check` shows each of them, and what to do
    error: 2026-03-11 is before the meeting
    hint: give the day on which the minutes were agreed to `--on`
    error: 2026-03-27 is still to come
    hint: give the day on which the minutes were agreed to `--on`
    error: there is no meeting `2025-03-12`
    hint: did you mean `2026-03-12-marg`? `marg meetings` lists them all
    ");
}

#[test]
fn without_a_meeting_that_was_held_one_has_to_be_named() {
    insta::assert_snapshot!(TestWorkspace::new().marg(&["minutes"]).stderr, @r"
    error: no meeting was held yet
    hint: name one: `marg meetings` lists them all
    ");
}

#[test]
fn the_agenda_of_one_agency_names_its_own_cases_and_that_there_are_others() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let _ = run(repository(), &["minutes", "2026-04-09", "--for", "probation", "--out", out]).answer();
    let text = std::fs::read_to_string(folder.path().join("minutes-2026-04-09-marg-for-probation.md")).unwrap();
    let refs: BTreeSet<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| word.starts_with("QLM-")).collect();
    let agenda: String = text.split("\n## ").find(|section| section.starts_with("1. Agenda")).unwrap().to_owned();
    assert!(agenda.contains("other cases |") && !refs.is_empty(), "{agenda}");
    let unknown = run(repository(), &["minutes", "--for", "probatoin"]);
    assert!(unknown.stderr.contains("did you mean `probation`"), "{unknown}");
}

/// One generated discussion: who has a part in it, and the marks of its texts.
#[derive(Default)]
struct Said {
    parts: BTreeSet<u64>,
    marks: Vec<String>,
}

/// A workspace with marks in every text that belongs to a case, and who may know which.
#[derive(Default)]
struct World {
    files: Vec<(String, String)>,
    /// By meeting and ref.
    said: BTreeMap<(usize, String), Said>,
    /// By id: owner, ref, and mark of what is to be done.
    actions: BTreeMap<String, (u64, String, String)>,
    /// By meeting: what it was told, by the id of the action, with a mark.
    told: Vec<(usize, String, String)>,
    marks: usize,
}

const AGENCIES: u64 = 4;

impl World {
    fn new(seed: u64, meetings: usize) -> Self {
        let (mut world, mut numbers) = (Self::default(), Numbers(seed));
        let agencies: String = (0..AGENCIES).map(|n| format!("  - {{ id: agency-{n}, name: Agency {n} }}\n")).collect();
        world.files.push(("marg.yaml".to_owned(), format!("name: Group of Testford\nagencies:\n{agencies}services:\n  - {{ id: hostel, name: Hostel }}\n")));
        world.files.push(("themes/fires.yaml".to_owned(), "title: Fires\nkind: barrier\ndefinition: Fires.\n".to_owned()));
        for nth in 0..meetings {
            world.meeting(nth, nth + 1 == meetings, &mut numbers);
        }
        world
    }

    fn mark(&mut self) -> String {
        self.marks += 1;
        format!("zqm{:05}x", self.marks)
    }

    fn meeting(&mut self, nth: usize, last: bool, numbers: &mut Numbers) {
        let date = chrono::NaiveDate::from_ymd_opt(2025, 9, 11).unwrap() + chrono::Days::new(28 * nth as u64);
        let status = if last { "planned" } else { "held" };
        let mut text = format!("meeting: marg\ndate: {date}\nstatus: {status}\nagenda:\n  - {{ item: Welcome, note: All came }}\n");
        let cases: BTreeSet<u64> = (0..1 + numbers.below(6)).map(|_| numbers.below(9)).collect();
        for case in &cases {
            let (put_off, mark) = (numbers.below(3) == 0, self.mark());
            let why = if put_off { format!(", deferred: {mark}") } else { String::new() };
            let _ = writeln!(text, "  - {{ case: {}{why} }}", name(*case));
            self.said.entry((nth, name(*case))).or_default().marks.push(mark);
        }
        self.report_on_actions(nth, &mut text, numbers);
        // Some speak of another case where everybody may read it.
        let of = numbers.below(9);
        let mark = self.mark();
        let _ = writeln!(text, "other_business: 'Also {} and {mark}'", name(of));
        self.said.entry((nth, format!("business of {}", name(of)))).or_default().marks.push(mark);
        if !last {
            text += "cases:\n";
            cases.iter().for_each(|case| self.discussion(nth, *case, &mut text, numbers));
        }
        self.files.push((format!("meetings/m{nth}.yaml"), text));
    }

    fn report_on_actions(&mut self, nth: usize, text: &mut String, numbers: &mut Numbers) {
        let known: Vec<String> = self.actions.keys().filter(|_| numbers.below(2) == 0).cloned().collect();
        if !known.is_empty() {
            text.push_str("previous_actions:\n");
        }
        for id in known {
            let mark = self.mark();
            let _ = writeln!(text, "  - {{ id: {id}, status: open, note: 'Note {mark}' }}");
            self.told.push((nth, id, mark));
        }
    }

    fn discussion(&mut self, nth: usize, case: u64, text: &mut String, numbers: &mut Numbers) {
        let mut said = self.said.remove(&(nth, name(case))).unwrap_or_default();
        let part = |numbers: &mut Numbers, said: &mut Said| {
            let agency = numbers.below(AGENCIES + 6);
            (agency < AGENCIES).then(|| {
                said.parts.insert(agency);
                format!("agency-{agency}")
            })
        };
        let field = |label: &str, agency: Option<String>| agency.map_or(String::new(), |agency| format!(", {label}: {agency}"));
        let parts: Vec<Option<String>> = (0..8).map(|_| part(numbers, &mut said)).collect();
        let marks: Vec<String> = (0..12).map(|_| self.mark()).collect();
        said.marks.extend(marks.iter().cloned());
        let m = |n: usize| &marks[n];
        let _ = writeln!(
            text,
            "  - ref: {}\n    update: '{} **here**'{}",
            name(case),
            m(0),
            parts[0].as_ref().map_or(String::new(), |lead| format!("\n    lead_agency: {lead}"))
        );
        let _ = writeln!(text, "    referral: {{ reason: '{}'{}{} }}", m(1), field("agency", parts[1].clone()), field("asked_by", parts[2].clone()));
        let _ = writeln!(text, "    views: [{{ whose: person, says: '{}', wants: ['{}']{} }}]", m(2), m(3), field("obtained_by", parts[3].clone()));
        let asked = parts[5].as_ref().map_or(String::new(), |of| format!(", asked: {{ of: {of}, on: 2025-09-20 }}"));
        let _ = writeln!(
            text,
            "    barriers: [{{ theme: fires, blocks: hostel, rule: '{}', evidence: '{}', status: live{}{asked} }}]",
            m(4),
            m(5),
            field("at", parts[4].clone())
        );
        let _ = writeln!(text, "    decisions: [{{ text: '{}', why: '{}', dissent: '{}' }}]", m(6), m(7), m(8));
        let owner = numbers.below(AGENCIES * 2);
        let id = format!("a{nth}-{case}");
        if owner < AGENCIES {
            said.parts.insert(owner);
            self.actions.insert(id.clone(), (owner, name(case), m(9).clone()));
            let _ = writeln!(text, "    actions: [{{ id: {id}, what: 'Do {}', owner: agency-{owner}, due: 2025-10-01 }}]", m(9));
        }
        let _ = writeln!(text, "    learning: [{{ worked: '{}' }}]\n    left_open: ['next_review: {}']", m(10), m(11));
        let _ = writeln!(text, "    offers: [{{ kind: peer-support{} }}]", field("by", parts[6].clone()));
        if let Some(by) = &parts[7] {
            let _ = writeln!(text, "    feedback_to_person: {{ by: {by}, due: 2025-10-02 }}");
        }
        self.said.insert((nth, name(case)), said);
    }

    /// Refs and marks that an agency's minutes of a meeting must not hold.
    fn secret(&self, nth: usize, agency: u64, planned: bool) -> Vec<String> {
        let own_actions = || self.actions.iter().filter(|(_, (owner, ..))| *owner == agency);
        let ever = |case: &str| self.said.iter().any(|((at, of), said)| *at < nth && of == case && said.parts.contains(&agency));
        let told = |id: &str| self.told.iter().any(|(at, of, _)| *at == nth && of == id);
        let here = |case: &str| self.said.get(&(nth, case.to_owned())).is_some_and(|said| said.parts.contains(&agency));
        // A text may speak of somebody who is no case anywhere.
        let mut refs: BTreeSet<String> = (0..9).map(name).filter(|case| self.said.keys().any(|(_, of)| of == case)).collect();
        refs.retain(|case| !(here(case) || (planned && ever(case)) || own_actions().any(|(id, (_, of, _))| of == case && (planned || told(id)))));
        // A case that was put off is on the agenda for those who had a part in it before.
        refs.retain(|case| !(self.said.contains_key(&(nth, case.clone())) && !here(case) && self.said[&(nth, case.clone())].marks.len() == 1 && ever(case)));
        let mut marks: BTreeSet<String> = self.said.values().flat_map(|said| said.marks.iter().cloned()).collect();
        for ((at, case), said) in &self.said {
            let is_known = refs.iter().all(|other| other != case.trim_start_matches("business of "));
            if *at == nth && is_known && (here(case) || case.starts_with("business") || said.marks.len() == 1) {
                marks.retain(|mark| !said.marks.contains(mark));
            }
        }
        marks.retain(|known| own_actions().all(|(_, (_, _, mark))| known != mark));
        let notes = self.told.iter().filter(|(_, id, _)| own_actions().all(|(own, _)| own != id)).map(|(_, _, mark)| mark.clone());
        refs.into_iter().chain(marks).chain(notes).collect()
    }
}

fn name(case: u64) -> String {
    format!("ZQ{}-{}W", 20 + case, 70 + case)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_another_case_reaches_an_agency(seed in any::<u64>(), meetings in 2usize..6) {
        let world = World::new(seed, meetings);
        let workspace = world.files.iter().fold(TestWorkspace::empty(), |workspace, (path, text)| workspace.file(path, text));
        for (nth, agency) in [meetings - 2, meetings - 1].into_iter().flat_map(|nth| (0..AGENCIES).map(move |agency| (nth, agency))) {
            let (meeting, id) = (format!("m{nth}"), format!("agency-{agency}"));
            let ran = workspace.marg(&["minutes", &meeting, "--for", &id, "--out", "made"]);
            prop_assert_eq!(ran.code, Some(0), "{}", ran);
            let file = |ending: &str| workspace.path(&format!("made/minutes-{meeting}-for-{id}.{ending}"));
            let made = [std::fs::read_to_string(file("md")).unwrap(), std::fs::read_to_string(file("html")).unwrap(), parts_of(&file("docx")), ran.to_string()].concat();
            let leaked: Vec<String> = world.secret(nth, agency, nth + 1 == meetings).into_iter().filter(|secret| made.contains(secret.as_str())).collect();
            prop_assert!(leaked.is_empty(), "{} for {}: {:?}", meeting, id, leaked);
        }
    }
}

#[test]
fn an_agency_reads_its_own_cases_whole() {
    let world = World::new(7, 4);
    let workspace = world.files.iter().fold(TestWorkspace::empty(), |workspace, (path, text)| workspace.file(path, text));
    let mut seen = 0;
    for agency in 0..AGENCIES {
        let _ = workspace.marg(&["minutes", "m2", "--for", &format!("agency-{agency}"), "--out", "made"]).answer();
        let text = workspace.read(&format!("made/minutes-m2-for-agency-{agency}.md"));
        for ((_, case), said) in world.said.iter().filter(|((at, _), said)| *at == 2 && said.parts.contains(&agency)) {
            assert!(text.contains(case.as_str()) && said.marks.iter().skip(1).take(8).all(|mark| text.contains(mark.as_str())), "{case} for {agency}: {text}");
            seen += 1;
        }
    }
    assert!(seen >= 3, "{seen}");
}

#[test]
fn a_meeting_that_was_chaired_ahead_of_its_day_can_be_agreed() {
    let workspace = TestWorkspace::new().file("meetings/2026-04-09-marg.yaml", "meeting: marg\ndate: 2026-04-09\nstatus: held\n");
    assert_eq!(workspace.marg(&["minutes", "agree", "2026-04-09"]).code, Some(0));
    let text = workspace.read("meetings/2026-04-09-marg.yaml");
    assert!(text.contains("status: agreed") && text.contains("on: 2026-04-09"), "{text}");
}
