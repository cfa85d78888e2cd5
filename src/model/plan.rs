//! The plan of a day, such as a release from prison: where somebody has to be, when, and how one gets from place to place.

use chrono::{NaiveDate, NaiveTime};

use super::meeting::CaseRef;
use super::words::{TravelBy, Walks};
use crate::source::FileId;

/// One plan: a file in `plans/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The name of its file.
    pub id: String,
    pub file: FileId,
    pub case: CaseRef,
    pub date: NaiveDate,
    /// When and where the day begins: a place in [`Self::places`].
    pub begins: NaiveTime,
    pub from: usize,
    /// Where the person has to be at the end, and by when.
    pub ends: Option<DayEnd>,
    pub walks: Walks,
    pub by: TravelBy,
    /// How long a taxi is waited for each time, in minutes.
    pub taxi_wait: u32,
    pub places: Vec<PlanPlace>,
    pub stops: Vec<PlanStop>,
    pub ways: Vec<PlanWay>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayEnd {
    pub place: usize,
    pub by: Option<NaiveTime>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPlace {
    pub id: String,
    pub name: String,
    pub opens: Option<NaiveTime>,
    pub closes: Option<NaiveTime>,
}

/// Something to be done at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStop {
    pub nth: usize,
    pub what: String,
    pub place: usize,
    /// The time of an appointment; without one, whenever the place is open.
    pub at: Option<NaiveTime>,
    pub minutes: u32,
}

/// How long it takes from one place to another, in minutes; the same in both directions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanWay {
    pub nth: usize,
    pub between: (usize, usize),
    pub foot: Option<u32>,
    pub bus: Option<PlanBus>,
    /// By taxi or a worker's car, door to door.
    pub car: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanBus {
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// A bus comes every so many minutes.
    pub every: u32,
    pub first: Option<NaiveTime>,
    /// When the last one leaves.
    pub last: Option<NaiveTime>,
}
