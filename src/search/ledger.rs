//! What a meeting's deeds and reports are, as bytes: so much that they can be put in order without reading the meeting.

use std::hash::{DefaultHasher, Hasher as _};
use std::ops::Range;

use chrono::NaiveDate;

use super::deeds::{Deed, Kind, deeds_of};
use super::texts::Text;
use crate::model::{ActionStatus, AgencyKey, Answer, EntryKind, Meeting, MeetingStatus, Outcome, ServiceKey, ThemeKey};
use crate::source::{In, Out};

/// Stands for what is not said.
const UNSAID: u8 = u8::MAX;
const NONE: u16 = u16::MAX;

/// A discussion at which something was done.
pub(super) struct Before<'b> {
    pub(super) discussion: usize,
    pub(super) case: &'b str,
    /// Its texts among those of the file.
    pub(super) texts: Range<u32>,
    pub(super) needs: Vec<ThemeKey>,
    pub(super) barriers: Vec<(ThemeKey, Option<ServiceKey>, Option<AgencyKey>)>,
    pub(super) deeds: Vec<Known>,
}

/// One deed.
pub(super) struct Known {
    pub(super) entry: EntryKind,
    pub(super) kind: Kind,
    pub(super) themes: Vec<ThemeKey>,
    pub(super) helped: Option<bool>,
    /// For an action, what stands for its id, and whose it is.
    pub(super) task: u64,
    pub(super) owner: Option<AgencyKey>,
    /// Its text among those of the file.
    pub(super) text: Option<u32>,
}

/// What a meeting says became of an earlier action.
#[derive(Clone, Copy)]
pub(super) struct Report {
    pub(super) task: u64,
    pub(super) status: ActionStatus,
    pub(super) outcome: Option<Outcome>,
}

fn task_of(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    hasher.finish()
}

/// The deeds and reports of a meeting. Nothing where numbers do not fit, which no meeting is large enough for.
pub fn write_deeds(meeting: &Meeting, texts: &[Text<'_>]) -> Option<Vec<u8>> {
    let mut out = Out::default();
    out.byte(if meeting.status_is_said { place(MeetingStatus::ALL, meeting.status)? } else { UNSAID });
    out.varint(meeting.previous_actions.len() as u64);
    for report in &meeting.previous_actions {
        out.long(task_of(&report.id));
        out.byte(place(ActionStatus::ALL, report.status)?);
        out.byte(report.outcome.map_or(Some(UNSAID), |outcome| place(Outcome::ALL, outcome))?);
    }
    let deeds = deeds_of(meeting);
    for of_case in deeds.chunk_by(|a, b| a.discussion == b.discussion) {
        write_case(&mut out, meeting, texts, of_case)?;
    }
    Some(out.0)
}

fn write_case(out: &mut Out, meeting: &Meeting, texts: &[Text<'_>], deeds: &[Deed]) -> Option<()> {
    let at = deeds.first()?.discussion;
    let case = &meeting.cases[at];
    out.varint(at as u64);
    out.text(case.case.as_str())?;
    let first = texts.iter().position(|text| text.discussion == Some(at)).unwrap_or(0);
    let n = texts.iter().filter(|text| text.discussion == Some(at)).count();
    out.varint(first as u64);
    out.varint(n as u64);
    out.varint(case.needs.len() as u64);
    case.needs.iter().try_for_each(|need| key(need.0).map(|key| out.short(key)))?;
    out.varint(case.barriers.len() as u64);
    for barrier in &case.barriers {
        out.short(key(barrier.theme.0)?);
        out.short(barrier.blocks.map_or(Some(NONE), |service| key(service.0))?);
        out.short(barrier.at.map_or(Some(NONE), |agency| key(agency.0))?);
    }
    out.varint(deeds.len() as u64);
    for deed in deeds {
        let (kind, n) = match deed.entry {
            EntryKind::Learning(n) => (0, n),
            EntryKind::Barrier(n) => (1, n),
            EntryKind::Action(n) => (2, n),
            EntryKind::Feedback => return None,
        };
        out.byte(kind);
        out.varint(n as u64);
        let action = deed.action(meeting);
        match deed.kind {
            Kind::Learned => out.byte(u8::from(deed.verdict == Some(super::Verdict::Helped))),
            Kind::Answered(answer) => out.byte(place(Answer::ALL, answer)?),
            Kind::Undertaken => {
                out.long(task_of(action?.id.as_deref()?));
                out.short(action?.owner.map_or(Some(NONE), |agency| key(agency.0))?);
            }
        }
        out.varint(deed.themes.len() as u64);
        deed.themes.iter().try_for_each(|theme| key(theme.0).map(|key| out.short(key)))?;
        let text = texts.iter().position(|text| text.discussion == Some(at) && text.entry == Some(deed.entry));
        out.varint(text.map_or(0, |text| text as u64 + 1));
    }
    Some(())
}

fn key(key: u32) -> Option<u16> {
    u16::try_from(key).ok().filter(|key| *key != NONE)
}

fn place<T: PartialEq + Copy>(all: &[T], one: T) -> Option<u8> {
    all.iter().position(|known| *known == one).and_then(|at| u8::try_from(at).ok())
}

/// What one meeting says, read where it lies.
pub(super) struct Page<'b> {
    /// Whether the meeting took place.
    pub(super) held: bool,
    reports: In<'b>,
    n_reports: u64,
    cases: In<'b>,
}

impl<'b> Page<'b> {
    /// Nothing when it is damaged; a file that has no deeds says nothing.
    pub(super) fn read(bytes: &'b [u8], day: Option<NaiveDate>, today: NaiveDate) -> Option<Self> {
        let mut input = In(bytes);
        if bytes.is_empty() {
            return Some(Self { held: false, reports: input, n_reports: 0, cases: input });
        }
        let status = match input.byte()? {
            UNSAID => MeetingStatus::by_day(day?, today),
            at => *MeetingStatus::ALL.get(usize::from(at))?,
        };
        let n_reports = input.varint()?;
        let reports = input;
        input.take(usize::try_from(n_reports).ok()?.checked_mul(10)?)?;
        Some(Self { held: status.counts(), reports, n_reports, cases: input })
    }

    pub(super) fn reports(&self) -> impl Iterator<Item = Report> + use<'b> {
        let mut input = self.reports;
        (0..self.n_reports).map_while(move |_| {
            let task = input.long()?;
            let status = *ActionStatus::ALL.get(usize::from(input.byte()?))?;
            let outcome = Outcome::ALL.get(usize::from(input.byte()?)).copied();
            Some(Report { task, status, outcome })
        })
    }

    /// The discussions at which something was done. Nothing when they are damaged.
    pub(super) fn cases(&self) -> Option<Vec<Before<'b>>> {
        let mut input = self.cases;
        let mut cases = Vec::new();
        while !input.0.is_empty() {
            cases.push(case(&mut input)?);
        }
        Some(cases)
    }
}

fn case<'b>(input: &mut In<'b>) -> Option<Before<'b>> {
    let discussion = usize::try_from(input.varint()?).ok()?;
    let case = input.text()?;
    let first = u32::try_from(input.varint()?).ok()?;
    let texts = first..first.checked_add(u32::try_from(input.varint()?).ok()?)?;
    let needs = (0..input.varint()?).map(|_| theme(input)).collect::<Option<Vec<_>>>()?;
    let barriers = (0..input.varint()?).map(|_| barrier(input)).collect::<Option<Vec<_>>>()?;
    let deeds = (0..input.varint()?).map(|_| deed(input)).collect::<Option<Vec<_>>>()?;
    Some(Before { discussion, case, texts, needs, barriers, deeds })
}

fn barrier(input: &mut In<'_>) -> Option<(ThemeKey, Option<ServiceKey>, Option<AgencyKey>)> {
    let theme = theme(input)?;
    let mut known = || Some(Some(input.short()?).filter(|key| *key != NONE).map(u32::from));
    Some((theme, known()?.map(ServiceKey), known()?.map(AgencyKey)))
}

fn theme(input: &mut In<'_>) -> Option<ThemeKey> {
    input.short().map(|key| ThemeKey(u32::from(key)))
}

fn deed(input: &mut In<'_>) -> Option<Known> {
    let (kind, n) = (input.byte()?, usize::try_from(input.varint()?).ok()?);
    let (mut helped, mut task, mut owner) = (None, 0, None);
    let (entry, kind) = match kind {
        0 => {
            helped = Some(input.byte()? == 1);
            (EntryKind::Learning(n), Kind::Learned)
        }
        1 => {
            let answer = *Answer::ALL.get(usize::from(input.byte()?))?;
            helped = Some(matches!(answer, Answer::ChangedForAll | Answer::FlexedOnce));
            (EntryKind::Barrier(n), Kind::Answered(answer))
        }
        2 => {
            task = input.long()?;
            owner = Some(input.short()?).filter(|key| *key != NONE).map(|key| AgencyKey(u32::from(key)));
            (EntryKind::Action(n), Kind::Undertaken)
        }
        _ => return None,
    };
    let themes = (0..input.varint()?).map(|_| theme(input)).collect::<Option<Vec<_>>>()?;
    let text = input.varint()?.checked_sub(1).and_then(|text| u32::try_from(text).ok());
    Some(Known { entry, kind, themes, helped, task, owner, text })
}
