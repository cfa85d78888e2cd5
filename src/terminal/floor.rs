//! The session as the full screen shows it.

use std::cell::Cell;

use super::draw::Look;
use super::front::{Answer, Ending, Floor, Front};
use super::help::keys;
use super::screen;
use super::talk::{Backstage, Said, say};
use super::view::{Choice, Logged, Mark, Point, Popup, Screen, Section, Stop, StopState, Table, Tone};
use crate::model::Timer;
use crate::session::{self, CaseView, LastTime, Session, WORDS};
use crate::source::n_of;

/// How the full screen ended.
#[derive(Debug)]
pub struct ScreenEnd {
    pub ending: Ending,
    /// What was written at the end, and where.
    pub written: Vec<String>,
}

/// Chairs on the full screen, until the meeting is finished or left. `variable` knows the environment: colours and signs are as it says.
///
/// # Errors
///
/// When the terminal cannot be written to or read from. It is given back before; what was entered is on disk.
pub fn full_screen(
    session: &mut Session<'_>,
    back: &mut dyn Backstage,
    greeting: &[String],
    ascii: bool,
    variable: impl Fn(&str) -> Option<String>,
) -> std::io::Result<ScreenEnd> {
    let look = Look::of(variable, ascii);
    let mut floor = Room { session, back, written: Vec::new(), room_minute: Cell::new(0) };
    let size = ratatui::crossterm::terminal::size()?;
    let mut front = Front::new(&mut floor, size);
    front.greet(greeting.iter().map(Point::plain).collect());
    let ending = screen::run(&mut floor, front, look)?;
    Ok(ScreenEnd { ending, written: floor.written })
}

struct Room<'r, 's> {
    session: &'r mut Session<'s>,
    back: &'r mut dyn Backstage,
    written: Vec<String>,
    /// The half minute in which the page on the wall was last written.
    room_minute: Cell<u32>,
}

impl Floor for Room<'_, '_> {
    fn show(&mut self, screen: &mut Screen) {
        screen.meeting = self.session.title();
        screen.attendance = attendance(self.session);
        screen.table = table(self.session);
        screen.log = self.session.log().iter().map(|entry| Logged { at: entry.item.clone(), text: entry.text.clone() }).collect();
    }

    fn tick(&mut self, screen: &mut Screen) {
        let now = self.back.now();
        let stops = self.session.stops(now);
        screen.current = self.session.current();
        let next = stops.iter().skip(screen.current + 1).position(|stop| stop.state == session::StopState::Next).map(|at| at + screen.current + 1);
        let stop = |(at, stop): (usize, session::StopView)| Stop {
            time: Timer { spent: stop.time.spent, planned: stop.time.planned },
            state: match stop.state {
                session::StopState::Done => StopState::Done,
                session::StopState::Now => StopState::Now,
                session::StopState::Next if next == Some(at) => StopState::Next,
                session::StopState::Next => StopState::ToCome,
                session::StopState::Deferred => StopState::Deferred,
            },
            label: stop.label,
        };
        screen.agenda = stops.into_iter().enumerate().map(stop).collect();
        let timer = |time: session::Time| Timer { spent: time.spent, planned: time.planned };
        screen.item = timer(self.session.time_of(screen.current, now));
        screen.whole = timer(self.session.meeting_time(now));
        screen.paused = self.session.is_paused();
        // The page on the wall shows the time, too.
        let half_minute = now / 30;
        if self.room_minute.replace(half_minute) != half_minute
            && let Some(trouble) = self.back.show_room(self.session)
        {
            screen.reply.push(Point::new(Mark::Alert, Tone::Alert, trouble));
        }
    }

    fn say(&mut self, line: &str) -> Answer {
        let said = say(self.session, self.back, line);
        let ending = said.ending.map(|ending| match ending {
            session::Ending::Finished => Ending::Finished,
            session::Ending::Left => Ending::Left,
        });
        let (points, trouble) = (points(&said), (!said.trouble.is_empty()).then(|| said.trouble.join("\n")));
        self.written.extend(said.written);
        Answer { said: points, taken: said.reply.taken, trouble, ending }
    }

    fn complete(&self, line: &str, cursor: usize) -> Option<Popup> {
        let completion = self.session.complete(line, cursor);
        let choice = |candidate: session::Candidate| Choice { insert: candidate.insert, label: candidate.label, detail: candidate.detail };
        let candidates: Vec<Choice> = completion.candidates.into_iter().map(choice).collect();
        (!candidates.is_empty()).then_some(Popup { replaces: completion.range, candidates, chosen: 0 })
    }

    fn help(&self) -> Vec<Section> {
        let group = |words: &session::Words| {
            let word = |word: &session::Word| Point::bullet(format!("{}: {}", word.usage(), word.says));
            Section::new(words.title, words.words.iter().map(word).collect())
        };
        std::iter::once(keys()).chain(WORDS.iter().map(group)).collect()
    }
}

/// What the meeting answers, in the order in which it is read.
fn points(said: &Said) -> Vec<Point> {
    let reply = &said.reply;
    let echo = reply.echo.iter().map(|text| Point::new(Mark::Recorded, Tone::Strong, text));
    let arrived = reply.arrived.iter().map(|text| Point::new(Mark::None, Tone::Strong, text));
    let asked = reply.questions.iter().map(|text| match text.strip_prefix("- ") {
        Some(point) => Point::new(Mark::Bullet, Tone::Question, point),
        None => Point::new(Mark::Question, Tone::Question, text),
    });
    let refused = reply.refused.iter().map(|text| Point::new(Mark::Alert, Tone::Alert, text));
    echo.chain(arrived)
        .chain(asked)
        .chain(refused)
        .chain(reply.shows.iter().map(|text| text.strip_prefix("- ").map_or_else(|| Point::plain(text), Point::bullet)))
        .collect()
}

fn attendance(session: &Session<'_>) -> String {
    let presence = session.presence();
    let counted = |n: usize, one: &str, many: &str| (n > 0).then(|| n_of(n, one, many));
    let parts = [
        Some(format!("{} present", presence.present)),
        counted(presence.observers, "observer", "observers"),
        counted(presence.apologies, "apology", "apologies"),
        counted(presence.sent_information, "sent information", "sent information"),
        counted(presence.no_response, "no response", "no response"),
        (presence.left > 0).then(|| format!("{} left", presence.left)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Last time beside now.
fn table(session: &Session<'_>) -> Table {
    let stops = session.stops(session.clock());
    let title = stops.get(session.current()).map_or_else(String::new, |stop| stop.label.clone());
    match session.case() {
        Some(case) => case_table(title, &case),
        None => {
            let mut before: Vec<Section> = Vec::new();
            let open = session.previous_actions_here();
            if !open.is_empty() {
                before.push(Section::new("Open actions, the oldest first", open.into_iter().map(Point::bullet).collect()));
            }
            let said: Vec<Point> = session.note().into_iter().flat_map(str::lines).map(Point::bullet).collect();
            let mut now = Section::new("Said on this item", or_nothing(said));
            now.newest_last = true;
            Table { title, before, now: vec![now] }
        }
    }
}

fn case_table(title: String, case: &CaseView) -> Table {
    let mut before = match &case.last {
        Some(last) => last_time(last),
        None => vec![Section::new("Last time", vec![Point::plain("Not discussed before.")])],
    };
    if !case.open_actions.is_empty() {
        let action = |action: &session::OpenAction| {
            let late = action.overdue && action.told.is_none();
            let (mark, tone) = if late { (Mark::Alert, Tone::Alert) } else { (Mark::Bullet, Tone::Plain) };
            Point::new(mark, tone, action.in_words())
        };
        before.push(Section::new("Open actions", case.open_actions.iter().map(action).collect()));
    }
    if !case.barriers.is_empty() {
        before.push(Section::new("Barriers so far", case.barriers.iter().map(|barrier| Point::bullet(barrier.in_words())).collect()));
    }
    let mut recorded = Section::new("Recorded now", or_nothing(case.now.iter().map(|line| Point::new(Mark::Recorded, Tone::Plain, line)).collect()));
    recorded.newest_last = true;
    let mut now = vec![recorded];
    if !case.missing.is_empty() {
        now.push(Section::new("Still missing", case.missing.iter().map(|ask| Point::new(Mark::Question, Tone::Soft, ask)).collect()));
    }
    Table { title, before, now }
}

fn last_time(last: &LastTime) -> Vec<Section> {
    let said = last.update.iter().map(Point::plain);
    let views = last.views.iter().map(|view| Point::new(Mark::Quote, Tone::Plain, view.trim_start_matches('“').trim_end_matches('”')));
    let mut sections = vec![Section::new(format!("Last time, {}", session::day_in_words(last.date)), views.chain(said).collect())];
    let decided = last.decisions.iter().map(|text| Point::bullet(format!("Decided: {text}")));
    let agreed: Vec<Point> = decided.chain(last.actions.iter().map(Point::bullet)).collect();
    if !agreed.is_empty() {
        sections.push(Section::new("Agreed then, and what came of it", agreed));
    }
    sections
}

fn or_nothing(points: Vec<Point>) -> Vec<Point> {
    if points.is_empty() { vec![Point::new(Mark::None, Tone::Soft, "Nothing yet.")] } else { points }
}
