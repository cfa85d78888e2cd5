//! What concerns one meeting, out of a workspace too large to read for it.
//!
//! Whoever chairs wants to begin at once, also where fifteen thousand meetings lie in the folder. The survey knows which of them
//! discussed the people on the agenda and which told what became of their actions; only these are read.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::cache::{self, Links};
use super::list::stem;
use super::load::{Loaded, Reading};
use super::register::{Counted, Survey, survey};
use super::{Files, text};
use crate::model::{AgendaSubject, Casebook, Meeting, MeetingStatus, Period, Register, ThemeKey};
use crate::source::{FileId, Severity};
use crate::yaml::{self, Vocabulary};

/// A workspace of no more meetings than this is read as a whole: it takes no longer.
const FEW: usize = 400;
/// Earlier meetings of the same name that are read whoever they discussed: what they set is asked about at this one.
const OF_THE_SERIES: usize = 12;

/// Which meeting is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// By its id, or by its day if there is only one on it.
    Named(&'a str),
    /// The next one that is planned, today's among them.
    Next,
}

/// One meeting with what others say of its people, and the means to look further.
pub struct Near {
    /// All that was read: the whole workspace, or what concerns the meeting.
    pub loaded: Loaded,
    /// The means to look beyond what was read.
    far: Option<Far>,
}

/// What is known of the files that were not read.
struct Far {
    register: Register,
    links: Vec<Links>,
    vocabulary: Vocabulary,
    /// For each meeting of the register its file.
    held: Vec<FileId>,
}

/// Reads what concerns a meeting, whose id comes with it. Nothing when the workspace is small enough to be read as a whole, when anything
/// in it is wrong, when there is no such meeting, or when nothing is kept of earlier runs; then [`super::load`] is the way, and
/// [`Near::whole`] takes what it brings.
pub fn around(root: &Path, reading: &Reading<'_>, which: Which<'_>) -> Option<(Near, String)> {
    if !reading.cache || !has_many(root) {
        return None;
    }
    let Survey { counted: Counted { group, themes, register }, files, meetings, held, today, key } = survey(root, reading)?;
    let stored = cache::read(root);
    let links = stored.links(key).filter(|links| links.len() == meetings.len())?;
    let first = (files.len() - meetings.len()) as u32;
    let file = |at: usize| FileId(first + at as u32);
    let vocabulary = Vocabulary::new(Some(&group), &themes, []);
    let reader = Reader { files: &files, vocabulary: &vocabulary, today };

    let days = stored.files(key).iter().map(|stored| cache::day(stored.facts, today)).collect::<Option<Vec<_>>>()?;
    let (own, meeting) = match which {
        Which::Named(asked) => {
            let own = meetings.iter().position(|listed| stem(&listed.path) == asked).or_else(|| only_one_on(asked, &days))?;
            (own, reader.read(file(own))?)
        }
        Which::Next => next(&days, today, |at| reader.read(file(at)))?,
    };
    let mut wanted: BTreeSet<usize> = register.meetings_of(&people(&meeting)).into_iter().map(|at| held[at]).collect();
    let same_series = |at: &&usize| series(stem(&meetings[**at].path)) == series(&meeting.id);
    wanted.extend(held.iter().rev().filter(same_series).take(OF_THE_SERIES));
    wanted.insert(own);
    let tasks: BTreeSet<u64> = wanted.iter().flat_map(|at| links[*at].tasks()).collect();
    wanted.extend(links.iter().enumerate().filter(|(_, links)| links.told().any(|id| tasks.contains(&id))).map(|(at, _)| at));

    let mut read = wanted.into_par_iter().map(|at| reader.read(file(at))).collect::<Option<Vec<Meeting>>>()?;
    read.sort_by(|a, b| a.date.cmp(&b.date).then_with(|| a.id.cmp(&b.id)));
    let held = held.into_iter().map(file).collect();
    let casebook = Casebook::new(group, themes, read, today);
    let far = Far { register, links, vocabulary, held };
    Some((Near { loaded: Loaded { files, casebook, wrong: Vec::new(), unwise: Vec::new() }, far: Some(far) }, meeting.id))
}

/// The meeting of a day on which there is no other.
fn only_one_on(asked: &str, days: &[(NaiveDate, bool)]) -> Option<usize> {
    let asked: NaiveDate = asked.parse().ok()?;
    let mut of_day = days.iter().enumerate().filter(|(_, (day, _))| *day == asked).map(|(at, _)| at);
    of_day.next().filter(|_| of_day.next().is_none())
}

/// The first meeting from today on that is planned. Facts tell those that took place from the others; which of these are planned, and not
/// called off, their files say.
fn next(days: &[(NaiveDate, bool)], today: NaiveDate, read: impl Fn(usize) -> Option<Meeting>) -> Option<(usize, Meeting)> {
    let mut to_come: Vec<(NaiveDate, usize)> =
        days.iter().enumerate().filter(|(_, (day, held))| *day >= today && !held).map(|(at, (day, _))| (*day, at)).collect();
    to_come.sort_unstable();
    to_come.into_iter().filter_map(|(_, at)| Some((at, read(at)?))).find(|(_, meeting)| meeting.status == MeetingStatus::Planned)
}

/// Whether there are so many meetings that looking first is quicker than reading. The size of what an earlier run kept tells nearly enough.
fn has_many(root: &Path) -> bool {
    cache::n_files(root).is_some_and(|n| n > FEW)
}

/// What is left of a meeting's id without its day: meetings of one group have that in common.
fn series(id: &str) -> &str {
    id.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')
}

/// Everybody on the table.
fn people(meeting: &Meeting) -> Vec<&str> {
    let listed = meeting.agenda.iter().filter_map(|item| match &item.subject {
        AgendaSubject::Case(case) => Some(case.as_str()),
        AgendaSubject::Item(_) => None,
    });
    listed.chain(meeting.cases.iter().map(|case| case.case.as_str())).collect()
}

struct Reader<'a> {
    files: &'a Files,
    vocabulary: &'a Vocabulary,
    today: NaiveDate,
}

impl Reader<'_> {
    /// A meeting; nothing when anything is wrong with it.
    fn read(&self, file: FileId) -> Option<Meeting> {
        let text = text::read(file, &self.files.on_disk(file)).ok()?;
        let (raw, findings) = yaml::read_meeting(file, &text);
        let checked = yaml::check_meeting(file, stem(self.files.path(file)), raw?, findings, self.vocabulary, self.today);
        let sound = checked.findings.iter().all(|finding| finding.code.severity == Severity::Unwise);
        checked.value.filter(|_| sound)
    }
}

impl Near {
    /// What was read as a whole.
    pub fn whole(loaded: Loaded) -> Self {
        Self { loaded, far: None }
    }

    /// Counts the whole workspace.
    pub fn register(&self) -> &Register {
        self.far.as_ref().map_or_else(|| self.loaded.casebook.register(), |far| &far.register)
    }

    /// Whether anything in the workspace has this id, or, once in a very long while, one that looks like it from afar.
    pub fn is_taken(&self, id: &str) -> bool {
        let Some(far) = &self.far else { return self.loaded.casebook.find_entry(id).is_some() };
        let wanted = cache::id_print(id);
        far.links.iter().any(|links| links.ids().any(|id| id == wanted))
    }

    /// The newest meetings at which a barrier was named, newest first; from afar they are read when they are asked for.
    pub fn newest_with(&self, theme: ThemeKey, most: usize) -> Vec<Cow<'_, Meeting>> {
        let book = &self.loaded.casebook;
        let Some(far) = &self.far else {
            let names = |meeting: &&Meeting| meeting.cases.iter().any(|case| case.barriers.iter().any(|barrier| barrier.theme == theme));
            let named: Vec<&Meeting> = book.held_meetings().map(|(_, meeting)| meeting).filter(names).collect();
            return named.into_iter().rev().take(most).map(Cow::Borrowed).collect();
        };
        let mut named: Vec<usize> = far.register.occurrences(Period::default()).filter(|seen| seen.barrier.theme == theme).map(|seen| seen.meeting).collect();
        named.dedup();
        let reader = Reader { files: &self.loaded.files, vocabulary: &far.vocabulary, today: book.today };
        named.into_iter().rev().take(most).filter_map(|at| reader.read(far.held[at]).map(Cow::Owned)).collect()
    }

    /// How many people a barrier was in the way of, anywhere in the workspace.
    pub fn n_people(&self, theme: ThemeKey) -> usize {
        let named = self.register().occurrences(Period::default()).filter(|seen| seen.barrier.theme == theme);
        named.map(|seen| seen.person).collect::<BTreeSet<_>>().len()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::fs;

    use super::super::{Clock, Keep, Progress, load};
    use super::*;
    use crate::model::Ledger;

    #[test]
    fn what_is_read_around_a_meeting_says_the_same_of_its_people_as_everything_does() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        workspace(root);
        let reading = Reading { clock: Clock { given: None, now: day(2026, 6, 1) }, keep: Keep::Everything, cache: true, progress: Progress(None) };
        super::super::count(root, &reading).unwrap();

        let (around, id) = around(root, &reading, Which::Next).unwrap();
        assert_eq!(id, "2026-06-04-east");
        assert_eq!(super::around(root, &reading, Which::Named("2025-02-01")).unwrap().1, "2025-02-01-east");
        assert!(super::around(root, &reading, Which::Named("2026-06-05")).is_none());
        let whole = load(root, &reading);
        assert!(around.loaded.casebook.meetings.len() < 80, "{}", around.loaded.casebook.meetings.len());
        assert!(whole.wrong.is_empty() && whole.casebook.meetings.len() == 501);
        let (few, all) = (Ledger::fold(&around.loaded.casebook), Ledger::fold(&whole.casebook));
        for case in ["QLM-P3", "QLM-P17"] {
            let story = |ledger: &Ledger<'_>| {
                let met: Vec<String> = ledger.case(case).unwrap().discussions.iter().map(|(meeting, _)| meeting.id.clone()).collect();
                let actions = ledger.actions.iter().filter(|state| state.discussion.case.as_str() == case);
                (met, actions.map(|state| (state.task.id().map(str::to_owned), state.status(), state.told.len())).collect::<Vec<_>>())
            };
            assert_eq!(story(&few), story(&all), "{case}");
        }
        let whole = Near::whole(whole);
        let names = whole.loaded.casebook.names();
        let theme = names.find_theme("old-arrears").unwrap();
        for near in [&around, &whole] {
            assert_eq!(near.n_people(theme), 40);
            let newest: Vec<NaiveDate> = near.newest_with(theme, 3).iter().map(|meeting| meeting.date).collect();
            assert_eq!(newest, [day(2026, 5, 28), day(2026, 5, 27), day(2026, 5, 26)]);
            assert!(near.is_taken("a7-499") && !near.is_taken("a7-500"));
        }
    }

    #[test]
    fn a_small_workspace_is_read_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("marg.yaml"), "name: Group\n").unwrap();
        let reading = Reading { clock: Clock { given: None, now: day(2026, 6, 1) }, keep: Keep::Everything, cache: true, progress: Progress(None) };
        assert!(around(folder.path(), &reading, Which::Next).is_none());
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// 500 days with a meeting each, of two groups, 40 people in turn; what one meeting sets is told seven meetings later.
    fn workspace(root: &Path) {
        fs::create_dir_all(root.join("meetings")).unwrap();
        fs::create_dir_all(root.join("themes")).unwrap();
        fs::write(root.join("marg.yaml"), "name: Group\nagencies: [{ id: police, name: Police }]\n").unwrap();
        fs::write(root.join("themes/old-arrears.yaml"), "title: Old arrears\nkind: barrier\ndefinition: Debt to a landlord.\n").unwrap();
        for (n, date) in day(2025, 1, 14).iter_days().take(500).enumerate() {
            let mut text = format!("meeting: marg\ndate: {date}\n");
            if n >= 7 {
                let _ = write!(text, "previous_actions:\n  - {{ id: a7-{}, status: {} }}\n", n - 7, if n % 3 == 0 { "open" } else { "done" });
            }
            let _ = write!(text, "cases:\n  - ref: QLM-P{}\n    barriers: [{{ theme: old-arrears, status: live }}]\n", n % 40);
            let _ = writeln!(text, "    actions: [{{ id: a7-{n}, what: Ring, owner: police }}]");
            fs::write(root.join(format!("meetings/{date}-{}.yaml", if n % 2 == 0 { "east" } else { "west" })), text).unwrap();
        }
        let agenda = "meeting: marg\ndate: 2026-06-04\nstatus: planned\nagenda: [{ case: QLM-P3 }, { case: QLM-P17 }]\n";
        fs::write(root.join("meetings/2026-06-04-east.yaml"), agenda).unwrap();
    }
}
