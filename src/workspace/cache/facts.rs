//! What the register needs of one meeting, as bytes: no prose, nothing of who was there.

use chrono::{Datelike as _, NaiveDate};

use crate::model::{AgencyKey, Answer, Barrier, BarrierEntry, BarrierStatus, Meeting, MeetingStatus, Names, RegisterWriter, ServiceKey, ThemeKey};
use crate::source::{In, Out};

/// Stands for a key or word that is not there.
const NONE: u16 = u16::MAX;

/// The facts of a meeting. Nothing for a meeting so large that the numbers do not fit: it is read each time.
pub(super) fn write(meeting: &Meeting) -> Option<Vec<u8>> {
    let mut out = Out::default();
    out.int(meeting.date.num_days_from_ce().cast_unsigned());
    out.byte(if meeting.status_is_said { place(MeetingStatus::ALL, meeting.status)? } else { u8::MAX });
    out.short(u16::try_from(meeting.cases.len()).ok()?);
    for case in &meeting.cases {
        out.text(case.case.as_str())?;
        out.byte(u8::from(case.closed.is_some()));
        out.short(u16::try_from(case.needs.len()).ok()?);
        case.needs.iter().try_for_each(|need| short_key(need.0).map(|key| out.short(key)))?;
        out.short(u16::try_from(case.barriers.len()).ok()?);
        case.barriers.iter().try_for_each(|barrier| write_barrier(&mut out, barrier))?;
    }
    Some(out.0)
}

fn write_barrier(out: &mut Out, barrier: &Barrier) -> Option<()> {
    out.short(short_key(barrier.theme.0)?);
    out.short(barrier.blocks.map_or(Some(NONE), |key| short_key(key.0))?);
    out.short(barrier.at.map_or(Some(NONE), |key| short_key(key.0))?);
    out.byte(place(BarrierStatus::ALL, barrier.status)?);
    out.byte(u8::from(barrier.asked.is_some()));
    out.byte(barrier.answer.map_or(Some(u8::MAX), |answer| place(Answer::ALL, answer))?);
    out.text(barrier.cause.as_deref().unwrap_or_default())
}

fn short_key(key: u32) -> Option<u16> {
    u16::try_from(key).ok().filter(|key| *key != NONE)
}

fn place<T: PartialEq + Copy>(all: &[T], one: T) -> Option<u8> {
    all.iter().position(|known| *known == one).and_then(|at| u8::try_from(at).ok())
}

/// The day of a meeting, and whether it took place; a file that does not say goes by its day.
pub(super) fn head(bytes: &[u8], today: NaiveDate) -> Option<(NaiveDate, bool)> {
    let mut input = In(bytes);
    let date = NaiveDate::from_num_days_from_ce_opt(input.int()?.cast_signed())?;
    let status = match input.byte()? {
        u8::MAX => MeetingStatus::by_day(date, today),
        at => *MeetingStatus::ALL.get(usize::from(at))?,
    };
    Some((date, status.counts()))
}

/// Enters a meeting that took place into the register.
pub(super) fn enter<'b>(bytes: &'b [u8], names: Names<'_>, writer: &mut RegisterWriter<'b>) -> Option<()> {
    let mut input = In(bytes);
    let date = NaiveDate::from_num_days_from_ce_opt(input.int()?.cast_signed())?;
    input.byte()?;
    for _ in 0..input.short()? {
        writer.discussion(input.text()?, input.byte()? == 1);
        for _ in 0..input.short()? {
            writer.need(theme(input.short()?, names)?);
        }
        for _ in 0..input.short()? {
            enter_barrier(&mut input, names, writer)?;
        }
    }
    writer.meeting(date);
    input.0.is_empty().then_some(())
}

fn enter_barrier<'b>(input: &mut In<'b>, names: Names<'_>, writer: &mut RegisterWriter<'b>) -> Option<()> {
    let theme = theme(input.short()?, names)?;
    let blocks = key(input.short()?, names.group.services.len())?.map(ServiceKey);
    let at = key(input.short()?, names.group.agencies.len())?.map(AgencyKey);
    let status = *BarrierStatus::ALL.get(usize::from(input.byte()?))?;
    let asked = input.byte()? == 1;
    let answer = match input.byte()? {
        u8::MAX => None,
        at => Some(*Answer::ALL.get(usize::from(at))?),
    };
    let cause = Some(input.text()?).filter(|cause| !cause.is_empty()).map(|cause| writer.cause(cause));
    writer.barrier(BarrierEntry { theme, blocks, at, cause, status, asked, answer });
    Some(())
}

fn theme(at: u16, names: Names<'_>) -> Option<ThemeKey> {
    (usize::from(at) < names.themes.len()).then_some(ThemeKey(u32::from(at)))
}

/// A key that may be missing; nothing at all when there is no such thing.
fn key(at: u16, known: usize) -> Option<Option<u32>> {
    match at {
        NONE => Some(None),
        at if usize::from(at) < known => Some(Some(u32::from(at))),
        _ => None,
    }
}
