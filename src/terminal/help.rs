//! The part of the help that only the full screen has: its keys.

use super::view::{Point, Section};

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

/// What each key does.
pub(super) fn keys() -> Section {
    Section::new("Keys", KEYS.iter().map(|(key, does)| Point::bullet(format!("{key}: {does}"))).collect())
}
