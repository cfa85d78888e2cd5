//! The part of the help that only the full screen has: its keys.

use super::view::{Point, Section};

/// Those of a meeting.
const KEYS: [(&str, &str); 12] = [
    ("Enter", "record the line that was typed; one that is refused stays, to be mended"),
    ("Tab", "complete: agencies, themes, services, refs, ids and words; what the chosen one means stands below it. Tab again accepts it"),
    ("Up, Down", "choose among what could be meant, or call back earlier lines"),
    ("Page Down, Page Up", "the next item of the agenda, the one before; a presentation clicker sends these"),
    ("Ctrl-Z, Ctrl-Y", "undo the last line, as often as you like; redo it"),
    ("F2", "all of it: what the screen has no room for, whole"),
    ("F1, or ? in an empty line", "this page"),
    ("Esc", "close what could be meant, a question, a page"),
    ("Ctrl-C", "leave, after asking; the meeting goes on from there another time"),
    ("Home, End, Ctrl-Left, Ctrl-Right", "move in the line; by words with Ctrl"),
    ("Ctrl-W, Ctrl-U, Ctrl-K", "delete the word before, all before, all behind"),
    ("Paste", "several pasted lines are shown first, and then recorded one by one"),
];

/// What some of them do where discussions are gone through.
const IN_A_QUEUE: [(&str, &str); 6] = [
    ("Enter", "say the line that was typed; one that is refused stays, to be mended"),
    ("Tab", "complete: themes, services and agencies; what the chosen one means stands below it. Tab again accepts it"),
    ("Page Down, Page Up", "the next discussion, the one before"),
    ("Ctrl-Z, Ctrl-Y", "Ctrl-Z takes the last change back, as often as you like; it has to be said again to come back"),
    ("Ctrl-C", "leave; every decision is saved already"),
    ("Paste", "several pasted lines are shown first, and then said one by one"),
];

/// What each key does while a meeting is chaired.
pub(super) fn keys() -> Section {
    section(&KEYS)
}

/// What each key does where discussions are gone through.
pub(super) fn keys_in_a_queue() -> Section {
    section(&KEYS.map(|(key, does)| IN_A_QUEUE.iter().find(|(own, _)| *own == key).copied().unwrap_or((key, does))))
}

fn section(keys: &[(&str, &str)]) -> Section {
    Section::new("Keys", keys.iter().map(|(key, does)| Point::bullet(format!("{key}: {does}"))).collect())
}
