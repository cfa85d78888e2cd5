//! What somebody went on without on purpose is not asked about again.

use crate::harness::TestWorkspace;

#[test]
fn what_was_left_open_on_purpose_is_not_asked_about_again() {
    let bare = "meeting: marg\ndate: 2026-03-12\nstatus: held\nconfidentiality: { read_by: chair }\ncases:\n  - ref: QLM-7KQ2\n    type: new\n    actions: [{ id: k7q2, what: Ring }]\n";
    let found = |text: &str| {
        let json = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", text).marg(&["check", "--all", "--format", "json"]).json();
        json["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let asked = found(bare);
    let rules = ["views-missing", "case-without-next-step", "action-without-owner", "action-without-due", "referral-incomplete"];
    for rule in rules {
        assert!(asked.contains(&rule.to_owned()), "{rule}: {asked:?}");
    }
    let referral = "    referral: { left_open: [agency, reason, \"tried: not known\", offer, legal_basis, consent] }\n";
    let open = "    left_open: [\"views: he was not well\", next_review, owner, due]\n";
    let left = found(&format!("{bare}{referral}{open}"));
    assert!(rules.iter().all(|rule| !left.contains(&(*rule).to_owned())), "{left:?}");
}
