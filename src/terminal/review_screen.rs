//! The queue of discussions on the full screen: the words of a discussion at the left, suggestions, tags and what they mean at the right.

use super::draw::Look as Looks;
use super::front::{Answer, Ending, Floor, Front};
use super::help::keys_in_a_queue;
use super::review::{Review, WORDS};
use super::screen;
use super::view::{Logged, Mark, Point, Popup, Screen, Section, Table, Tone};
use crate::source::n_of;

/// Works through the queue on the full screen.
///
/// # Errors
///
/// When the terminal cannot be written to or read from. It is given back before; every decision is on disk.
pub fn review_screen(review: &mut Review<'_>, ascii: bool, variable: impl Fn(&str) -> Option<String>) -> std::io::Result<()> {
    let look = Looks::of(variable, ascii);
    let size = ratatui::crossterm::terminal::size()?;
    let mut front = Front::new(review, size);
    let say = "y accepts, n refuses, a theme's name tags; PageDown is the next one, F1 is help, q leaves. Everything is saved at once.";
    front.greet(vec![Point::plain(say)]);
    screen::run(review, front, look).map(|_| ())
}

impl Floor for Review<'_> {
    fn show(&mut self, screen: &mut Screen) {
        screen.meeting = self.tagger.title();
        screen.attendance = n_of(self.log.len(), "change", "changes");
        let open = self.decided.iter().filter(|decided| decided.is_none()).count();
        let left = if open == 0 { String::new() } else { format!("{} open ", n_of(open, "suggestion", "suggestions")) };
        screen.headline = Some((format!(" {}", self.place()), left));
        let texts = self.texts().into_iter().map(|(field, text)| Section::new(field, vec![Point::plain(text)]));
        let mut before: Vec<Section> = self.rests_on().into_iter().chain(texts).collect();
        if before.is_empty() {
            before.push(Section::new("What was said", vec![Point::new(Mark::None, Tone::Soft, "Nothing was written down.")]));
        }
        let mark = |decided: Option<bool>| match decided {
            Some(true) => (Mark::Recorded, Tone::Plain),
            Some(false) => (Mark::Bullet, Tone::Soft),
            None => (Mark::Question, Tone::Question),
        };
        let point = |(decided, text): (Option<bool>, String)| Point::new(mark(decided).0, mark(decided).1, text);
        let mut now = Vec::new();
        let proposals: Vec<Point> = self.proposals().into_iter().map(point).collect();
        if !proposals.is_empty() {
            now.push(Section::new("Suggested", proposals));
        }
        let tags = self.look.tags.iter().map(Point::bullet).collect::<Vec<_>>();
        let none = || vec![Point::new(Mark::None, Tone::Soft, "Nothing yet.")];
        now.push(Section::new("Tagged", if tags.is_empty() { none() } else { tags }));
        now.extend(self.meaning());
        screen.table = Table { title: String::new(), before, now };
        screen.log = self.log.iter().map(|(at, text)| Logged { at: at.clone(), text: text.clone() }).collect();
    }

    fn tick(&mut self, _: &mut Screen) {}

    fn say(&mut self, line: &str) -> Answer {
        let heard = self.hear(line);
        let said = heard.said.iter().map(Point::plain).chain(heard.refused.iter().map(|why| Point::new(Mark::Alert, Tone::Alert, why))).collect();
        Answer { said, taken: heard.taken, trouble: None, ending: heard.left.then_some(Ending::Left) }
    }

    fn complete(&self, line: &str, cursor: usize) -> Option<Popup> {
        let (replaces, candidates) = self.candidates(line, cursor)?;
        (!candidates.is_empty()).then_some(Popup { replaces, candidates, chosen: 0 })
    }

    fn help(&self) -> Vec<Section> {
        let words = WORDS.iter().map(|(word, says)| Point::bullet(format!("{word}: {says}"))).collect();
        vec![keys_in_a_queue(), Section::new("What can be said", words)]
    }

    fn leaves_at_once(&self) -> bool {
        true
    }
}
