//! What each key means.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::line::Edit;

/// Something that somebody did at the keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Press {
    Type(char),
    Paste(String),
    Edit(Edit),
    Enter,
    Tab,
    BackTab,
    Up,
    Down,
    /// Page down: the next item; a presentation clicker sends it.
    Next,
    /// Page up: back to the item before.
    Back,
    Escape,
    Undo,
    Redo,
    Leave,
    Help,
    /// Everything, on a page of its own.
    All,
    /// The screen has another size, or is wanted anew.
    Redraw,
}

/// What an event of the terminal means; nothing for most. Windows tells of keys that are let go as well, which are none.
pub(super) fn press(event: Event) -> Option<Press> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => key_press(key),
        Event::Paste(text) => Some(Press::Paste(text)),
        Event::Resize(..) | Event::FocusGained => Some(Press::Redraw),
        _ => None,
    }
}

fn key_press(key: KeyEvent) -> Option<Press> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    // The right-hand Alt key of many keyboards is told as both, and types a sign.
    if let KeyCode::Char(c) = key.code
        && control != alt
    {
        return if control { with_control(c) } else { with_alt(c) };
    }
    let word = control || alt;
    Some(match key.code {
        KeyCode::Char(c) => Press::Type(c),
        KeyCode::Enter => Press::Enter,
        KeyCode::Tab => Press::Tab,
        KeyCode::BackTab => Press::BackTab,
        KeyCode::Up => Press::Up,
        KeyCode::Down => Press::Down,
        KeyCode::PageDown => Press::Next,
        KeyCode::PageUp => Press::Back,
        KeyCode::Esc => Press::Escape,
        KeyCode::F(1) => Press::Help,
        KeyCode::F(2) => Press::All,
        KeyCode::Left => Press::Edit(if word { Edit::WordLeft } else { Edit::Left }),
        KeyCode::Right => Press::Edit(if word { Edit::WordRight } else { Edit::Right }),
        KeyCode::Home => Press::Edit(Edit::Home),
        KeyCode::End => Press::Edit(Edit::End),
        KeyCode::Backspace => Press::Edit(if word { Edit::WordBackspace } else { Edit::Backspace }),
        KeyCode::Delete => Press::Edit(if word { Edit::WordDelete } else { Edit::Delete }),
        _ => return None,
    })
}

fn with_control(c: char) -> Option<Press> {
    Some(match c.to_ascii_lowercase() {
        'z' => Press::Undo,
        'y' => Press::Redo,
        'c' => Press::Leave,
        'l' => Press::Redraw,
        'a' => Press::Edit(Edit::Home),
        'e' => Press::Edit(Edit::End),
        'u' => Press::Edit(Edit::ToStart),
        'k' => Press::Edit(Edit::ToEnd),
        'w' => Press::Edit(Edit::WordBackspace),
        'd' => Press::Edit(Edit::Delete),
        // How many terminals tell of Ctrl with Backspace.
        'h' => Press::Edit(Edit::WordBackspace),
        _ => return None,
    })
}

fn with_alt(c: char) -> Option<Press> {
    Some(match c.to_ascii_lowercase() {
        'b' => Press::Edit(Edit::WordLeft),
        'f' => Press::Edit(Edit::WordRight),
        'd' => Press::Edit(Edit::WordDelete),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_counts_when_it_goes_down() {
        let key = |kind| Event::Key(KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, kind));
        assert_eq!(press(key(KeyEventKind::Press)), Some(Press::Enter));
        assert_eq!(press(key(KeyEventKind::Repeat)), Some(Press::Enter));
        assert_eq!(press(key(KeyEventKind::Release)), None);
    }

    #[test]
    fn control_steers_and_alt_graph_types() {
        let char = |c, modifiers| press(Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers)));
        assert_eq!(char('z', KeyModifiers::CONTROL), Some(Press::Undo));
        assert_eq!(char('@', KeyModifiers::CONTROL | KeyModifiers::ALT), Some(Press::Type('@')));
        assert_eq!(char('Q', KeyModifiers::SHIFT), Some(Press::Type('Q')));
        assert_eq!(char('q', KeyModifiers::CONTROL), None);
    }
}
