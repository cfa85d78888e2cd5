//! What counting needs of every meeting that took place, in as few bytes as that takes: a line a discussion, an entry a barrier.
//!
//! A large workspace has a hundred thousand discussions, and what was said at them is most of it. Figures need none of that, so they
//! are counted from here: `workspace` can fill a register from its cache without reading a single meeting.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::casebook::Casebook;
use super::group::{AgencyKey, Group, ServiceKey};
use super::period::Period;
use super::theme::{Theme, ThemeKey};
use super::words::{Answer, BarrierStatus};

/// The names behind the keys: the group and its codebook.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    pub group: &'a Group,
    /// In order of id.
    pub themes: &'a [Theme],
}

/// A person, by the order in which the register first met their ref.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonKey(pub u32);

/// A cause: see [`Register::cause`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CauseKey(pub u32);

/// The meetings that took place, in order of date and id, with what was discussed.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// The day of each meeting, and how many discussions there were up to its end.
    meetings: Vec<(NaiveDate, u32)>,
    discussions: Vec<Line>,
    needs: Vec<ThemeKey>,
    barriers: Vec<BarrierEntry>,
    /// The refs of all people, in the order of their keys.
    people: Vec<Box<str>>,
    causes: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    person: PersonKey,
    /// Whether the case was closed there.
    closed: bool,
    /// Needs and barriers up to the end of this discussion.
    needs: u32,
    barriers: u32,
}

/// One barrier entry, without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarrierEntry {
    pub theme: ThemeKey,
    pub blocks: Option<ServiceKey>,
    pub at: Option<AgencyKey>,
    pub cause: Option<CauseKey>,
    pub status: BarrierStatus,
    pub asked: bool,
    pub answer: Option<Answer>,
}

/// A barrier entry with where it stands: the meeting by its number here, its day, and the person.
#[derive(Clone, Copy, Debug)]
pub struct Occurred<'a> {
    pub meeting: usize,
    pub date: NaiveDate,
    pub person: PersonKey,
    pub needs: &'a [ThemeKey],
    pub barrier: BarrierEntry,
}

/// How a case stands by its last discussion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    pub case: &'a str,
    pub last_discussed: NaiveDate,
    /// How many meetings discussed it.
    pub meetings: usize,
    pub closed: bool,
}

impl Register {
    /// The register of a casebook.
    pub fn of(book: &Casebook) -> Self {
        let mut writer = RegisterWriter::default();
        for (_, meeting) in book.held_meetings() {
            for case in &meeting.cases {
                writer.discussion(case.case.as_str(), case.closed.is_some());
                case.needs.iter().for_each(|need| writer.need(*need));
                for barrier in &case.barriers {
                    let cause = barrier.cause.as_deref().map(|cause| writer.cause(cause));
                    writer.barrier(BarrierEntry {
                        theme: barrier.theme,
                        blocks: barrier.blocks,
                        at: barrier.at,
                        cause,
                        status: barrier.status,
                        asked: barrier.asked.is_some(),
                        answer: barrier.answer,
                    });
                }
            }
            writer.meeting(meeting.date);
        }
        writer.done()
    }

    pub fn cause(&self, key: CauseKey) -> &str {
        &self.causes[key.0 as usize]
    }

    pub fn n_people(&self) -> usize {
        self.people.len()
    }

    /// Everybody's ref with how the last discussion left the case, the one discussed last first.
    pub fn people(&self) -> Vec<Standing<'_>> {
        let mut people: Vec<Standing<'_>> =
            self.people.iter().map(|case| Standing { case, last_discussed: NaiveDate::MIN, meetings: 0, closed: false }).collect();
        for (_, date, lines) in self.in_period(Period::default()) {
            for line in &self.discussions[lines] {
                let person = &mut people[line.person.0 as usize];
                (person.last_discussed, person.closed) = (date, line.closed);
                person.meetings += 1;
            }
        }
        people.sort_by(|a, b| b.last_discussed.cmp(&a.last_discussed).then_with(|| a.case.cmp(b.case)));
        people
    }

    /// The numbers of the meetings that discussed any of these people, in order.
    pub fn meetings_of(&self, cases: &[&str]) -> Vec<usize> {
        let wanted: Vec<bool> = self.people.iter().map(|person| cases.contains(&&**person)).collect();
        let discusses = |lines: &std::ops::Range<usize>| self.discussions[lines.clone()].iter().any(|line| wanted[line.person.0 as usize]);
        self.in_period(Period::default()).filter(|(_, _, lines)| discusses(lines)).map(|(at, ..)| at).collect()
    }

    /// The meetings of a period that discussed somebody, each with whom; in order.
    pub fn discussed(&self, period: Period) -> impl Iterator<Item = (NaiveDate, impl Iterator<Item = PersonKey> + '_)> {
        self.in_period(period).map(|(_, date, lines)| (date, self.discussions[lines].iter().map(|line| line.person)))
    }

    /// Every barrier entry of a period: in order of date, meeting id and place in the file.
    pub fn occurrences(&self, period: Period) -> impl Iterator<Item = Occurred<'_>> {
        self.in_period(period).flat_map(move |(meeting, date, lines)| {
            lines.flat_map(move |at| {
                let before = at.checked_sub(1).map_or((0, 0), |at| (self.discussions[at].needs, self.discussions[at].barriers));
                let line = &self.discussions[at];
                let needs = &self.needs[before.0 as usize..line.needs as usize];
                let entries = &self.barriers[before.1 as usize..line.barriers as usize];
                entries.iter().map(move |barrier| Occurred { meeting, date, person: line.person, needs, barrier: *barrier })
            })
        })
    }

    fn in_period(&self, period: Period) -> impl Iterator<Item = (usize, NaiveDate, std::ops::Range<usize>)> + '_ {
        let meetings = self.meetings.iter().enumerate().map(|(at, (date, end))| {
            let start = at.checked_sub(1).map_or(0, |at| self.meetings[at].1 as usize);
            (at, *date, start..*end as usize)
        });
        meetings.filter(move |(_, date, lines)| period.contains(*date) && !lines.is_empty())
    }
}

/// Fills a register: first what belongs to a discussion, then the meeting it belongs to. Meetings come in order.
#[derive(Default)]
pub struct RegisterWriter<'a> {
    register: Register,
    people: FxHashMap<&'a str, PersonKey>,
    causes: FxHashMap<&'a str, CauseKey>,
}

impl<'a> RegisterWriter<'a> {
    /// Begins a discussion.
    pub fn discussion(&mut self, case: &'a str, closed: bool) {
        let people = &mut self.register.people;
        let person = *self.people.entry(case).or_insert_with(|| {
            people.push(case.into());
            PersonKey(people.len() as u32 - 1)
        });
        let (needs, barriers) = (self.register.needs.len() as u32, self.register.barriers.len() as u32);
        self.register.discussions.push(Line { person, closed, needs, barriers });
    }

    /// A need of the discussion that was begun last.
    pub fn need(&mut self, need: ThemeKey) {
        self.register.needs.push(need);
        self.last().needs += 1;
    }

    /// A barrier of the discussion that was begun last.
    pub fn barrier(&mut self, barrier: BarrierEntry) {
        self.register.barriers.push(barrier);
        self.last().barriers += 1;
    }

    fn last(&mut self) -> &mut Line {
        self.register.discussions.last_mut().expect("a discussion is begun before what belongs to it")
    }

    /// The key of a cause.
    pub fn cause(&mut self, cause: &'a str) -> CauseKey {
        let causes = &mut self.register.causes;
        *self.causes.entry(cause).or_insert_with(|| {
            causes.push(cause.to_owned());
            CauseKey(causes.len() as u32 - 1)
        })
    }

    /// Ends a meeting.
    pub fn meeting(&mut self, date: NaiveDate) {
        let end = self.register.discussions.len() as u32;
        self.register.meetings.push((date, end));
    }

    pub fn done(self) -> Register {
        self.register
    }
}

impl<'a> Names<'a> {
    pub fn theme(self, key: ThemeKey) -> &'a Theme {
        &self.themes[key.0 as usize]
    }

    /// The theme of an id, current or earlier.
    pub fn find_theme(self, id: &str) -> Option<ThemeKey> {
        let known = |theme: &Theme| theme.id == id || theme.also_known_as.iter().any(|earlier| earlier == id);
        self.themes.iter().position(known).map(|at| ThemeKey(at as u32))
    }
}
