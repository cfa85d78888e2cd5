//! The full screen of `chair`, in a real terminal: keys go in as a chair presses them, and the panes are read.

use std::fmt::Write as _;

use crate::harness::TestWorkspace;
use crate::tmux::Terminal;

/// A meeting of twelve agencies and sixteen cases, with long titles, and with texts that want to steer a terminal.
fn full_house() -> TestWorkspace {
    let mut group = "name: Group of Testford\nagencies:\n".to_owned();
    for n in 1..=12 {
        let _ = writeln!(group, "  - {{ id: agency-{n}, name: \"Agency number {n} for housing, health and long names\" }}");
    }
    group += "services:\n  - { id: hostel, name: Hostel bed }\n";
    let mut earlier = "meeting: marg\ndate: 2026-03-12\nstatus: held\ncases:\n".to_owned();
    let mut planned = "meeting: marg\ndate: 2026-04-09\nstarts: \"13:00\"\nends: \"17:30\"\nvenue: Civic Hall\nstatus: planned\nagenda:\n  - { item: \"Welcome, the confidentiality statement, and the minutes of the meeting in March\", minutes: 5 }\n".to_owned();
    for n in 10..26 {
        let _ = write!(
            earlier,
            "  - ref: TST-{n}\n    update: \"Seen twice \\e[2J\\e]0;owned\\a and \\u202Ereversed\\u202C since then.\"\n    views: [{{ says: \"I want a door number {n} that I can lock.\" }}]\n    barriers: [{{ theme: fire-history, blocks: hostel, at: agency-3, status: live }}]\n    actions: [{{ id: a{n}b, what: Ask the landlord of number {n}, owner: agency-2, due: 2026-03-30 }}]\n    next_review: 2026-04-09\n"
        );
        let _ = writeln!(planned, "  - {{ case: TST-{n}, minutes: 15 }}");
    }
    planned += "  - { item: Any other business, minutes: 5 }\nnext_meeting: 2026-05-14\n";
    TestWorkspace::new().file("marg.yaml", group).file("meetings/2026-03-12-marg.yaml", earlier).file("meetings/2026-04-09-marg.yaml", planned)
}
