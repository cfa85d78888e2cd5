//! The page for the wall of the room: what is agreed, and nothing that was said.

use std::path::{Path, PathBuf};

use marg::documents::{Templates, room_document};
use marg::model::Timer;
use marg::release::{Position, release_room};
use marg::workspace::{Clock, Keep, Progress, Reading, load};

use crate::harness::{TestWorkspace, repository};

/// A meeting at which every text is marked: `hidden-…` is what nobody may read from the back of the room.
fn marked() -> TestWorkspace {
    let meeting = r#"
meeting: marg
date: 2026-03-12
starts: "13:30"
ends: "15:30"
venue: hidden-venue
chair: hidden-chair
coordinator: hidden-coordinator
minute_taker: hidden-taker
attendance: [{ agency: police, role: hidden-role, status: present }]
confidentiality: { read_by: hidden-reader, agreement: hidden-agreement }
agenda:
  - { case: QLM-7KQ2, minutes: 15, note: hidden-note }
  - { item: shown-item, minutes: 5, note: hidden-item-note }
  - { case: QLM-FT29, minutes: 10 }
other_business: hidden-business
previous_actions: [{ id: a2b3, status: done, note: hidden-report }]
cases:
  - ref: QLM-7KQ2
    type: review
    referral: { agency: police, reason: hidden-reason, tried: hidden-tried, offer: hidden-offer, senior_sign_off: hidden-senior }
    lead_professional: hidden-lead
    lived_experience_supporter: hidden-supporter
    update: hidden-update
    views: [{ says: hidden-says, wants: [hidden-wants] }]
    needs: [homeless]
    barriers: [{ theme: fire-history, blocks: hostel, at: housing, rule: hidden-rule, scope: case, evidence: hidden-evidence, status: live }]
    decisions: [{ text: shown-decision, why: hidden-why, dissent: hidden-dissent }]
    actions: [{ id: k7q2, what: shown-action, owner: housing, person: hidden-person, due: 2026-03-20 }]
    learning: [{ id: m3x9, worked: hidden-learning }]
    custody: { status: recalled, prison: hidden-prison }
    next_review: 2026-04-09
    closed: { reason: hidden-closing }
    feedback_to_person: { id: d5c8, by: police, due: 2026-03-20 }
  - ref: QLM-FT29
    decisions: [{ text: hidden-other-case }]
    actions: [{ id: p5r6, what: hidden-other-action }]
"#;
    let earlier = "meeting: marg\ndate: 2026-02-12\ncases: [{ ref: QLM-7KQ2, actions: [{ id: a2b3, what: hidden-earlier }] }]\n";
    TestWorkspace::new().file("meetings/2026-02-12-marg.yaml", earlier).file("meetings/2026-03-12-marg.yaml", meeting)
}

#[test]
fn it_shows_what_is_agreed_on_the_present_item_and_nothing_that_was_said() {
    let mut data = marked().marg(&["template", "data", "room", "2026-03-12-marg"]).json();
    let page = data["page"].as_object_mut().unwrap();
    page.remove("style");
    page.remove("style_hash");
    let text = data.to_string();
    assert!(!text.contains("hidden-"), "{text}");
    insta::assert_snapshot!(serde_json::to_string_pretty(&data).unwrap());
}

/// The page of a meeting of a workspace, at one of its items.
pub(crate) fn page(root: &Path, meeting: &str, at: usize, spent: u32) -> String {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 26).unwrap();
    let reading = Reading { clock: Clock { given: Some(day), now: day }, keep: Keep::Everything, cache: false, progress: Progress::default() };
    let book = load(root, &reading).casebook;
    let meeting = book.meetings.iter().find(|known| known.id == meeting).unwrap();
    let position = Position {
        at,
        to_come: (at + 1..meeting.agenda.len()).collect(),
        item: Timer { spent, planned: meeting.agenda[at].minutes.map(|minutes| minutes * 60) },
        behind: 400,
        clock: chrono::NaiveTime::from_hms_opt(14, 5, 0),
        ..Position::at_the_start(meeting)
    };
    let templates = Templates::new(&[]).0;
    match room_document(&templates, &release_room(&book, meeting, position)).unwrap().contents {
        marg::documents::Contents::Text(text) => text,
        marg::documents::Contents::Bytes(_) => panic!("a page is a text"),
    }
}

#[test]
fn it_comes_anew_without_a_script_and_says_the_time_in_words() {
    let text = page(repository(), "2026-03-12-marg", 2, 19 * 60);
    if let Some(path) = std::env::var_os("MARG_SCREENSHOTS") {
        std::fs::write(Path::new(&path).join("room.html"), &text).unwrap();
    }
    assert!(text.contains("<meta http-equiv=\"refresh\" content=\"5\">") && !text.contains("<script") && !text.contains("http:"), "{text}");
    for words in ["<h1>QLM-5WSH</h1>", "<p class=\"left soon\">1 min left</p>", "6 min late", "Item 3 of 9", "As of 14:05", "by 27 March)"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(page(repository(), "2026-03-12-marg", 2, 23 * 60).contains("<p class=\"left over\">3 min over</p>"));
}

/// Pages of the sample as a browser can be asked about them at leisure: those that would come anew would come anew meanwhile.
pub(crate) fn standing_still(folder: &Path) -> Vec<PathBuf> {
    let pages = [("2026-03-12-marg", 0, 0), ("2026-03-12-marg", 2, 19 * 60), ("2026-03-12-marg", 4, 17 * 60), ("2026-04-09-marg", 10, 60)];
    let write = |(meeting, at, spent): (&str, usize, u32)| {
        let path = folder.join(format!("room-{meeting}-{at}.html"));
        let text = page(repository(), meeting, at, spent);
        let still = text.replace("<meta http-equiv=\"refresh\" content=\"5\">", "");
        assert_ne!(text, still);
        std::fs::write(&path, still).unwrap();
        path
    };
    pages.into_iter().map(write).collect()
}
