//! The line that is being typed: moving in it, changing it, and earlier lines to start from.

use super::draw::graphemes;
use super::view::InputLine;

#[derive(Clone, Debug, Default)]
pub(super) struct Editor {
    line: InputLine,
    earlier: Vec<String>,
    /// Which of the earlier lines is shown, and what had been typed before they were looked through.
    recalled: Option<(usize, String)>,
}

/// What a key does to the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    Left,
    Right,
    WordLeft,
    WordRight,
    Home,
    End,
    Backspace,
    Delete,
    WordBackspace,
    WordDelete,
    ToStart,
    ToEnd,
}

impl Editor {
    pub(super) fn line(&self) -> &InputLine {
        &self.line
    }

    pub(super) fn text(&self) -> &str {
        &self.line.text
    }

    pub(super) fn cursor(&self) -> usize {
        self.line.cursor
    }

    /// Types a text where the cursor is.
    pub(super) fn insert(&mut self, text: &str) {
        self.line.text.insert_str(self.line.cursor, text);
        self.line.cursor += text.len();
    }

    /// Puts a text in the place of a part of the line, and the cursor behind it.
    pub(super) fn replace(&mut self, range: std::ops::Range<usize>, text: &str) {
        if self.line.text.get(range.clone()).is_some() {
            self.line.text.replace_range(range.clone(), text);
            self.line.cursor = range.start + text.len();
        }
    }

    pub(super) fn set(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.line = InputLine { cursor: text.len(), text };
    }

    /// The line, which is empty afterwards and one of the earlier lines.
    pub(super) fn take(&mut self) -> String {
        let text = std::mem::take(&mut self.line.text);
        self.line.cursor = 0;
        self.recalled = None;
        self.remember(&text);
        text
    }

    pub(super) fn remember(&mut self, text: &str) {
        if !text.trim().is_empty() && self.earlier.last().is_none_or(|last| last != text) {
            self.earlier.push(text.to_owned());
        }
    }

    /// Shows the line before, or what was being typed before that.
    pub(super) fn recall(&mut self, back: bool) {
        let shown = self.recalled.as_ref().map_or(self.earlier.len(), |(at, _)| *at);
        let draft = self.recalled.take().map_or_else(|| self.line.text.clone(), |(_, draft)| draft);
        let at = if back { shown.saturating_sub(1) } else { (shown + 1).min(self.earlier.len()) };
        match self.earlier.get(at).cloned() {
            Some(line) => {
                self.recalled = Some((at, draft));
                self.set(line);
            }
            None => self.set(draft),
        }
    }

    pub(super) fn edit(&mut self, edit: Edit) {
        let (text, at) = (&self.line.text, self.line.cursor);
        let (left, right) = (step_left(text, at), step_right(text, at));
        let (word_left, word_right) = (word_left(text, at), word_right(text, at));
        match edit {
            Edit::Left => self.line.cursor = left,
            Edit::Right => self.line.cursor = right,
            Edit::WordLeft => self.line.cursor = word_left,
            Edit::WordRight => self.line.cursor = word_right,
            Edit::Home => self.line.cursor = 0,
            Edit::End => self.line.cursor = self.line.text.len(),
            Edit::Backspace => self.replace(left..at, ""),
            Edit::Delete => self.replace(at..right, ""),
            Edit::WordBackspace => self.replace(word_left..at, ""),
            Edit::WordDelete => self.replace(at..word_right, ""),
            Edit::ToStart => self.replace(0..at, ""),
            Edit::ToEnd => self.replace(at..self.line.text.len(), ""),
        }
    }
}

/// Where the sign before the cursor begins. A control character is no sign to a terminal, but one to step over.
fn step_left(text: &str, at: usize) -> usize {
    let before = &text[..at];
    let last = before.char_indices().next_back().map_or(0, |(at, _)| at);
    let sign = graphemes(before).last().map_or(0, |(sign, _)| sign.len());
    if before.ends_with(char::is_control) { last } else { (at - sign).min(last) }
}

/// Where the sign behind the cursor ends.
fn step_right(text: &str, at: usize) -> usize {
    let behind = &text[at..];
    let Some(first) = behind.chars().next() else { return at };
    let sign = if first.is_control() { 0 } else { graphemes(behind).first().map_or(0, |(sign, _)| sign.len()) };
    at + sign.max(first.len_utf8())
}

fn word_left(text: &str, at: usize) -> usize {
    let before = text[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
    before.trim_end_matches(char::is_alphanumeric).len()
}

fn word_right(text: &str, at: usize) -> usize {
    let behind = text[at..].trim_start_matches(|c: char| !c.is_alphanumeric());
    text.len() - behind.trim_start_matches(char::is_alphanumeric).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, edits: &[Edit]) -> (String, usize) {
        let mut editor = Editor::default();
        editor.insert(text);
        edits.iter().for_each(|edit| editor.edit(*edit));
        (editor.text().to_owned(), editor.cursor())
    }

    #[test]
    fn moving_and_deleting_go_by_what_people_see() {
        use Edit::*;
        assert_eq!(typed("ring the landlord", &[WordLeft, WordLeft]), ("ring the landlord".to_owned(), 5));
        assert_eq!(typed("ring the landlord", &[WordBackspace]), ("ring the ".to_owned(), 9));
        assert_eq!(typed("ring the", &[Home, WordDelete]), (" the".to_owned(), 0));
        assert_eq!(typed("ring", &[Left, Left, Delete]), ("rig".to_owned(), 2));
        assert_eq!(typed("👩🏽 é", &[Backspace, Backspace, Backspace]), (String::new(), 0));
        assert_eq!(typed("a\u{1b}b", &[Left, Backspace]), ("ab".to_owned(), 1));
        assert_eq!(typed("abc", &[Left, ToStart]), ("c".to_owned(), 0));
        assert_eq!(typed("abc", &[Left, ToEnd, Right, Delete]), ("ab".to_owned(), 2));
    }

    #[test]
    fn earlier_lines_come_back_and_what_was_being_typed_too() {
        let mut editor = Editor::default();
        for line in ["one", "two", "two", "  "] {
            editor.insert(line);
            assert_eq!(editor.take(), line);
        }
        editor.insert("thr");
        let mut seen = Vec::new();
        for back in [true, true, true, false, false, false] {
            editor.recall(back);
            seen.push(editor.text().to_owned());
        }
        assert_eq!(seen, ["two", "one", "one", "two", "thr", "thr"]);
    }

    #[test]
    fn no_edit_breaks_a_line_whatever_stands_in_it() {
        use Edit::*;
        let all = [Left, Right, WordLeft, WordRight, Home, End, Backspace, Delete, WordBackspace, WordDelete, ToStart, ToEnd];
        proptest::proptest!(|(text in "\\PC{0,12}|[\\x00-\\x1f a\u{202e}\u{301}]{0,8}", edits in proptest::collection::vec(0..all.len(), 0..20))| {
            let edits: Vec<Edit> = edits.into_iter().map(|at| all[at]).collect();
            let (text, cursor) = typed(&text, &edits);
            proptest::prop_assert!(text.is_char_boundary(cursor));
        });
    }
}
