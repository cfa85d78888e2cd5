//! What keys do: the line that is typed, what could be meant by it, questions before something large happens, pages to read.
//!
//! It knows a meeting by [`Floor`] alone, so that what a key does can be tried without one.

use super::draw::page_rows;
use super::keys::Press;
use super::line::{Edit, Editor};
use super::view::{Mark, Over, Point, Popup, Screen, Section, Tone};

/// The meeting, as the keyboard meets it.
pub(super) trait Floor {
    /// Brings everything on the screen up to date that a line may have changed.
    fn show(&mut self, screen: &mut Screen);
    /// Brings the clocks up to date.
    fn tick(&mut self, screen: &mut Screen);
    /// Says a line to the meeting.
    fn say(&mut self, line: &str) -> Answer;
    /// What could be meant where the cursor is.
    fn complete(&self, line: &str, cursor: usize) -> Option<Popup>;
    /// What can be said, for the page of help.
    fn help(&self) -> Vec<Section>;
    /// Whether leaving needs no question, since nothing is open.
    fn leaves_at_once(&self) -> bool {
        false
    }
}

/// What the meeting answers to a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    pub(super) said: Vec<Point>,
    /// Whether the line is done with; otherwise it stays, to be mended.
    pub(super) taken: bool,
    /// Something that must stay on the screen until it is mended.
    pub(super) trouble: Option<String>,
    pub(super) ending: Option<Ending>,
}

/// How a meeting on the screen ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Finished,
    /// It goes on another time from where it is.
    Left,
    /// The system asked the program to end; nothing is lost.
    Stopped,
}

/// What is asked before it is done.
enum Asked {
    Leave,
    Paste(Vec<String>),
}

/// The keyboard's side of the screen.
pub(super) struct Front {
    pub(super) screen: Screen,
    editor: Editor,
    asked: Option<Asked>,
    /// Somebody closed what could be meant, and does not want it again for this line.
    popup_closed: bool,
    size: (u16, u16),
}

impl Front {
    pub(super) fn new(floor: &mut impl Floor, size: (u16, u16)) -> Self {
        let mut screen = Screen::default();
        floor.show(&mut screen);
        floor.tick(&mut screen);
        Self { screen, editor: Editor::default(), asked: None, popup_closed: false, size }
    }

    pub(super) fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
    }

    pub(super) fn greet(&mut self, said: Vec<Point>) {
        self.screen.reply = said;
    }

    /// Does what a key says.
    pub(super) fn press(&mut self, press: Press, floor: &mut impl Floor) -> Option<Ending> {
        let ending = match self.screen.over {
            Some(Over::Ask { .. }) => self.answer(&press, floor),
            Some(Over::Page { .. }) => self.turn(&press),
            None => self.work(press, floor),
        };
        self.screen.input = self.editor.line().clone();
        ending
    }

    fn work(&mut self, press: Press, floor: &mut impl Floor) -> Option<Ending> {
        match press {
            Press::Type('?') if self.editor.text().is_empty() => self.help(floor),
            Press::Type(c) => self.typed(&c.to_string(), floor),
            Press::Paste(text) => self.paste(&text, floor),
            Press::Edit(edit) => self.edit(edit, floor),
            Press::Enter => return self.enter(floor),
            Press::Tab => self.accept(floor),
            Press::Up | Press::BackTab if self.screen.popup.is_some() => self.choose(true),
            Press::Down if self.screen.popup.is_some() => self.choose(false),
            Press::Up => self.editor.recall(true),
            Press::Down => self.editor.recall(false),
            Press::BackTab | Press::Redraw => {}
            Press::Next => return self.command("next", floor),
            Press::Back => return self.command("back", floor),
            Press::Undo => return self.command("undo", floor),
            Press::Redo => return self.command("redo", floor),
            Press::Escape => (self.screen.popup, self.popup_closed) = (None, true),
            Press::Leave if floor.leaves_at_once() => return Some(Ending::Left),
            Press::Leave => self.ask_to_leave(),
            Press::Help => self.help(floor),
            Press::All => self.all(),
        }
        None
    }

    fn typed(&mut self, text: &str, floor: &impl Floor) {
        self.editor.insert(text);
        self.offer(floor);
    }

    fn edit(&mut self, edit: Edit, floor: &impl Floor) {
        self.editor.edit(edit);
        self.popup_closed &= !self.editor.text().is_empty();
        if matches!(edit, Edit::Backspace | Edit::Delete | Edit::WordBackspace) {
            self.offer(floor);
        } else {
            self.screen.popup = None;
        }
    }

    /// Shows what could be meant, once something of it has been typed.
    fn offer(&mut self, floor: &impl Floor) {
        let offered = if self.popup_closed { None } else { floor.complete(self.editor.text(), self.editor.cursor()) };
        self.screen.popup = offered.filter(|popup| !popup.candidates.is_empty() && !popup.replaces.is_empty());
    }

    /// Puts the chosen candidate into the line; where none is shown, shows them.
    fn accept(&mut self, floor: &impl Floor) {
        self.popup_closed = false;
        let Some(popup) = self.screen.popup.take() else {
            self.screen.popup = floor.complete(self.editor.text(), self.editor.cursor()).filter(|popup| !popup.candidates.is_empty());
            if self.screen.popup.is_none() {
                self.screen.reply = vec![Point::plain("Nothing to complete here: write it in your own words. F1 shows what can be said.")];
            }
            return;
        };
        if let Some(choice) = popup.candidates.get(popup.chosen) {
            self.editor.replace(popup.replaces, &choice.insert);
        }
    }

    fn choose(&mut self, up: bool) {
        if let Some(popup) = &mut self.screen.popup {
            let count = popup.candidates.len().max(1);
            popup.chosen = (popup.chosen + if up { count - 1 } else { 1 }) % count;
        }
    }

    /// Says the line that was typed. One that is refused stays, to be mended.
    fn enter(&mut self, floor: &mut impl Floor) -> Option<Ending> {
        self.screen.popup = None;
        let line = self.editor.text().to_owned();
        if line.trim().is_empty() {
            return None;
        }
        let answer = floor.say(&line);
        if answer.taken {
            self.editor.take();
            self.popup_closed = false;
        } else {
            self.editor.remember(&line);
        }
        self.heard(answer, floor)
    }

    /// Says a line that a key stands for; what is being typed stays as it is.
    fn command(&mut self, line: &str, floor: &mut impl Floor) -> Option<Ending> {
        self.screen.popup = None;
        let answer = floor.say(line);
        self.heard(answer, floor)
    }

    fn heard(&mut self, answer: Answer, floor: &mut impl Floor) -> Option<Ending> {
        self.screen.reply = answer.said;
        if answer.trouble.is_some() || answer.taken {
            self.screen.trouble = answer.trouble;
        }
        floor.show(&mut self.screen);
        floor.tick(&mut self.screen);
        answer.ending
    }

    /// A pasted line is typed, and never said by itself. Several are shown first, and then said one by one.
    fn paste(&mut self, text: &str, floor: &impl Floor) {
        let lines: Vec<String> = text.split(['\n', '\r']).map(str::trim_end).filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
        match lines.as_slice() {
            [] => {}
            [line] => self.typed(line, floor),
            _ => {
                self.screen.popup = None;
                let points = lines.iter().map(Point::bullet).collect();
                let title = format!("{} lines are pasted. Record each as a line of its own?", lines.len());
                self.screen.over = Some(Over::Ask { title, points });
                self.asked = Some(Asked::Paste(lines));
            }
        }
    }

    fn ask_to_leave(&mut self) {
        self.screen.popup = None;
        let say = "Everything that was recorded is kept, and the meeting goes on from here when you start it again. To close it for good and \
                   write the minutes, type: finish";
        self.screen.over = Some(Over::Ask { title: "Leave the meeting for now?".to_owned(), points: vec![Point::plain(say)] });
        self.asked = Some(Asked::Leave);
    }

    fn answer(&mut self, press: &Press, floor: &mut impl Floor) -> Option<Ending> {
        let yes = matches!(press, Press::Type('y' | 'Y'));
        let no = matches!(press, Press::Type('n' | 'N') | Press::Escape);
        match self.asked.take() {
            Some(Asked::Leave) if yes || *press == Press::Leave => {
                self.screen.over = None;
                return self.command("leave", floor);
            }
            Some(Asked::Paste(lines)) if yes || *press == Press::Enter => {
                self.screen.over = None;
                return self.say_all(&lines, floor);
            }
            asked if !no => self.asked = asked,
            _ => self.screen.over = None,
        }
        None
    }

    /// Says lines one by one; those that are refused are named with the reason, and can be called back with the Up key.
    fn say_all(&mut self, lines: &[String], floor: &mut impl Floor) -> Option<Ending> {
        let mut said = Vec::new();
        let mut taken = 0;
        for line in lines {
            let answer = floor.say(line);
            if answer.taken {
                taken += 1;
            } else {
                self.editor.remember(line);
                said.push(Point::new(Mark::Alert, Tone::Alert, format!("Not recorded: {line}")));
                said.extend(answer.said);
            }
            // A disk that refuses one line refuses the next: what has not been said stays where it was copied from.
            if answer.ending.is_some() || answer.trouble.is_some() {
                let rest = Answer { said, taken: false, ..answer };
                return self.heard(rest, floor);
            }
        }
        let count = format!("{taken} of {} lines recorded.", lines.len());
        said.insert(0, Point::new(Mark::Recorded, Tone::Strong, count));
        self.heard(Answer { said, taken: true, ..Answer::default() }, floor)
    }

    fn help(&mut self, floor: &impl Floor) {
        self.open("Help: what keys do, and what can be said", floor.help());
    }

    fn all(&mut self) {
        let sections = everything(&self.screen);
        let title = match self.screen.table.title.as_str() {
            "" => "All of it".to_owned(),
            title => format!("All of it: {title}"),
        };
        self.open(&title, sections);
    }

    fn open(&mut self, title: &str, sections: Vec<Section>) {
        self.screen.popup = None;
        self.screen.over = Some(Over::Page { title: title.to_owned(), sections, from: 0 });
    }

    /// Moves through a page, or closes it.
    fn turn(&mut self, press: &Press) -> Option<Ending> {
        let Some(Over::Page { sections, from, .. }) = &mut self.screen.over else { return None };
        let (all, rows) = page_rows(sections, self.size);
        let last = all.saturating_sub(rows);
        let page = rows.saturating_sub(1).max(1);
        *from = match press {
            Press::Down => (*from + 1).min(last),
            Press::Up => (*from).min(last).saturating_sub(1),
            Press::Next | Press::Type(' ') => (*from + page).min(last),
            Press::Back => from.saturating_sub(page),
            Press::Edit(Edit::Home) => 0,
            Press::Edit(Edit::End) => last,
            Press::Escape | Press::Enter | Press::Help | Press::All | Press::Type('q') | Press::Leave => {
                self.screen.over = None;
                return None;
            }
            _ => *from,
        };
        None
    }
}

/// Everything that the screen holds, whole: what it has no room for is to be read here.
pub(super) fn everything(screen: &Screen) -> Vec<Section> {
    let agenda = screen.agenda.iter().enumerate().map(|(at, stop)| Point::plain(format!("{}. {} ({})", at + 1, stop.label, stop.in_words()))).collect();
    let log = screen.log.iter().map(|entry| Point::bullet(format!("{}: {}", entry.at, entry.text))).collect();
    let title = if screen.table.title.is_empty() { Vec::new() } else { vec![Point::plain(&screen.table.title)] };
    let mut sections = vec![Section::new("The last answer", screen.reply.clone()), Section::new("On the table", title)];
    sections.extend(screen.table.before.iter().chain(&screen.table.now).cloned());
    sections.push(Section::new("Agenda", agenda));
    sections.push(Section::new("Everything recorded so far", log));
    sections.retain(|section| !section.points.is_empty());
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::view::Choice;

    /// Takes every line but those with `bad` in them, completes `ar` to two themes, and has a full disk when told so.
    #[derive(Default)]
    struct Table {
        said: Vec<String>,
        full: bool,
    }

    impl Floor for Table {
        fn show(&mut self, screen: &mut Screen) {
            screen.attendance = format!("{} lines", self.said.len());
        }

        fn tick(&mut self, _: &mut Screen) {}

        fn say(&mut self, line: &str) -> Answer {
            if self.full {
                return Answer { trouble: Some("the disk is full".to_owned()), ..Answer::default() };
            }
            if line.contains("bad") {
                return Answer { said: vec![Point::plain("what is `bad`?")], ..Answer::default() };
            }
            self.said.push(line.to_owned());
            let ending = (line == "leave").then_some(Ending::Left);
            Answer { said: vec![Point::plain(line)], taken: true, ending, ..Answer::default() }
        }

        fn complete(&self, line: &str, cursor: usize) -> Option<Popup> {
            let start = line[..cursor].rfind(' ').map_or(0, |at| at + 1);
            let choice = |word: &str| Choice { insert: format!("{word} "), label: word.to_owned(), detail: format!("what {word} means") };
            let candidates = ["arson", "area"].into_iter().filter(|word| word.starts_with(&line[start..cursor])).map(choice).collect();
            Some(Popup { replaces: start..cursor, candidates, chosen: 0 })
        }

        fn help(&self) -> Vec<Section> {
            vec![Section::new("Words", (0..100).map(|n| Point::bullet(n.to_string())).collect())]
        }
    }

    struct Room {
        front: Front,
        table: Table,
    }

    impl Room {
        fn open() -> Self {
            let mut table = Table::default();
            Self { front: Front::new(&mut table, (80, 24)), table }
        }

        fn press(&mut self, presses: &[Press]) -> Option<Ending> {
            presses.iter().filter_map(|press| self.front.press(press.clone(), &mut self.table)).last()
        }

        fn types(&mut self, text: &str) {
            for c in text.chars() {
                self.press(&[Press::Type(c)]);
            }
        }

        fn line(&self) -> &str {
            &self.front.screen.input.text
        }
    }

    #[test]
    fn tab_accepts_what_was_chosen_and_enter_says_the_line() {
        let mut room = Room::open();
        room.types("barrier ar");
        assert_eq!(room.front.screen.popup.as_ref().unwrap().candidates.len(), 2);
        room.press(&[Press::Down, Press::Tab]);
        assert_eq!(room.line(), "barrier area ");
        room.press(&[Press::Enter]);
        assert_eq!((room.table.said.as_slice(), room.line()), (&["barrier area ".to_owned()][..], ""));
    }

    #[test]
    fn escape_keeps_it_closed_and_tab_asks_again() {
        let mut room = Room::open();
        room.types("a");
        room.press(&[Press::Escape]);
        room.types("r");
        assert!(room.front.screen.popup.is_none());
        room.press(&[Press::Tab]);
        assert!(room.front.screen.popup.is_some());
        room.press(&[Press::Escape, Press::Enter]);
        assert_eq!(room.table.said, ["ar"]);
    }

    #[test]
    fn a_refused_line_stays_to_be_mended() {
        let mut room = Room::open();
        room.types("a bad line");
        room.press(&[Press::Enter]);
        assert_eq!((room.line(), room.front.screen.reply[0].text.as_str()), ("a bad line", "what is `bad`?"));
    }

    #[test]
    fn a_full_disk_is_said_until_it_is_mended_and_the_line_stays() {
        let mut room = Room::open();
        room.table.full = true;
        room.types("a line");
        room.press(&[Press::Enter]);
        assert_eq!((room.line(), room.front.screen.trouble.as_deref()), ("a line", Some("the disk is full")));
        room.table.full = false;
        room.press(&[Press::Enter]);
        assert_eq!((room.line(), &room.front.screen.trouble), ("", &None));
    }

    #[test]
    fn a_clicker_moves_and_leaves_what_is_being_typed() {
        let mut room = Room::open();
        room.types("half a li");
        room.press(&[Press::Next, Press::Back, Press::Undo, Press::Redo]);
        assert_eq!((room.table.said.join(" "), room.line()), ("next back undo redo".to_owned(), "half a li"));
    }

    #[test]
    fn several_pasted_lines_are_shown_first_and_said_one_by_one() {
        let mut room = Room::open();
        room.types("half ");
        room.press(&[Press::Paste("one\r\nbad two\n\nthree".to_owned())]);
        assert!(matches!(&room.front.screen.over, Some(Over::Ask { title, points }) if title.starts_with("3 lines") && points.len() == 3));
        assert!(room.table.said.is_empty());
        room.press(&[Press::Type('y')]);
        assert_eq!((room.table.said.join(" "), room.line()), ("one three".to_owned(), "half "));
        let said: Vec<&str> = room.front.screen.reply.iter().map(|point| point.text.as_str()).collect();
        assert_eq!(said, ["2 of 3 lines recorded.", "Not recorded: bad two", "what is `bad`?"]);
        room.press(&[Press::Up]);
        assert_eq!(room.line(), "bad two");
    }

    #[test]
    fn one_pasted_line_is_typed_and_never_said_by_itself() {
        let mut room = Room::open();
        room.press(&[Press::Paste("one line\n".to_owned())]);
        assert_eq!((room.line(), room.table.said.len()), ("one line", 0));
        room.press(&[Press::Paste("a\nb".to_owned()), Press::Escape]);
        assert_eq!((room.line(), room.table.said.len()), ("one line", 0));
    }

    #[test]
    fn leaving_is_asked_about() {
        let mut room = Room::open();
        assert_eq!(room.press(&[Press::Leave, Press::Type('n')]), None);
        assert!(room.front.screen.over.is_none());
        assert_eq!(room.press(&[Press::Leave, Press::Type('y')]), Some(Ending::Left));
        assert_eq!(Room::open().press(&[Press::Leave, Press::Leave]), Some(Ending::Left));
    }

    #[test]
    fn a_page_is_moved_through_and_closed_without_a_trace() {
        let mut room = Room::open();
        let from = |room: &Room| match &room.front.screen.over {
            Some(Over::Page { from, .. }) => *from,
            _ => panic!("no page"),
        };
        room.press(&[Press::Type('?'), Press::Next]);
        assert_eq!(from(&room), 21);
        room.press(&[Press::Edit(Edit::End)]);
        assert_eq!(from(&room), 101 - 22);
        room.press(&[Press::Up, Press::Down, Press::Down, Press::Back]);
        assert_eq!(from(&room), 101 - 22 - 21);
        room.press(&[Press::Escape]);
        assert_eq!((room.front.screen.over.is_none(), room.table.said.len(), room.line()), (true, 0, ""));
        room.types("x?");
        assert_eq!(room.line(), "x?", "a question mark inside a line is one");
    }
}
