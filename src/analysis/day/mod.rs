//! Whether a planned day can be walked: every order of its stops is tried, by what there is to travel with.
//!
//! Times are the careful ones: who takes a bus waits a whole interval for it, and who walks slowly needs half as long again. To leave
//! earlier is never to arrive later, so of all orders in which the same stops were made, the one that ends first is kept; and what
//! somebody can be late by is found by halving.

mod order;
mod travel;

use chrono::NaiveTime;

use crate::model::{Plan, TravelBy};
use travel::{Day, Minute, Reached, clock, minute};

/// How a day goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayReport {
    pub by: TravelBy,
    /// The stops that are made, in the order in which they are.
    pub steps: Vec<DayStep>,
    /// The others, in the order of the plan.
    pub missed: Vec<Missed>,
    /// How the day ends; nothing where the plan asks for no place to be at.
    pub back: Option<Back>,
    pub n_stops: usize,
    /// Minutes on foot, in all.
    pub walked: u32,
}

/// A stop that is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayStep {
    /// Its place in the plan.
    pub stop: usize,
    pub leaves: NaiveTime,
    pub legs: Vec<Leg>,
    pub arrives: NaiveTime,
    pub begins: NaiveTime,
    pub ends: NaiveTime,
    /// How many minutes later one may arrive and still make it, and all that follows.
    pub spare: u32,
}

/// A part of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    pub to: usize,
    pub by: TravelBy,
    /// Without waiting.
    pub minutes: u32,
    /// For a bus and a taxi: the longest wait.
    pub wait: u32,
}

/// The way to where the person has to be at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    pub leaves: NaiveTime,
    pub legs: Vec<Leg>,
    /// Nothing when there is no way there any more that day.
    pub arrives: Option<NaiveTime>,
    /// By how many minutes that is too late.
    pub late: u32,
}

/// A stop that cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    pub stop: usize,
    pub why: WhyMissed,
    /// When it could begin after everything else, if it could be at any time.
    pub instead: Option<NaiveTime>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyMissed {
    /// The place is not open at the time of the appointment, or not until its end: nobody could make it.
    Shut,
    /// Nothing in the plan leads there, or not on that day.
    NoWay,
    /// Even straight from where the day begins one is there at this time, and so many minutes too late.
    TooLate { there: NaiveTime, late: u32 },
    /// There is no time for it beside the others: where it would cost least.
    NoTime(Option<Late>),
}

/// What would be too late if a stop that is missed were put among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Late {
    /// The stop before it; nothing if it were the first of the day.
    pub after: Option<usize>,
    /// What is too late then: a stop, perhaps itself, or the end of the day.
    pub what: Option<usize>,
    /// By how many minutes; nothing when there is no way there at all by then.
    pub minutes: Option<u32>,
}

/// What would make the whole day possible, or more of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// Begun at this time at the latest, all of it can be done.
    pub begin_by: Option<NaiveTime>,
    /// The day by each other way to travel of which the plan knows.
    pub by: Vec<DayReport>,
}

impl Back {
    pub fn in_time(&self) -> bool {
        self.arrives.is_some() && self.late == 0
    }
}

impl DayReport {
    pub fn n_kept(&self) -> usize {
        self.n_stops - self.missed.len()
    }

    /// Whether everything is made.
    pub fn is_whole(&self) -> bool {
        self.missed.is_empty() && self.back.as_ref().is_none_or(Back::in_time)
    }
}

/// How the day goes, at best.
pub fn day_report(plan: &Plan, by: TravelBy) -> DayReport {
    let day = Day::new(plan, by);
    let begins = minute(plan.begins);
    let order = day.best(begins);
    let (mut steps, mut free) = (Vec::new(), Reached { at: begins, place: plan.from });
    for (nth, stop) in order.iter().enumerate() {
        let Some(step) = day.step(free, &order[nth..]) else { break };
        free = Reached { at: minute(step.ends), place: plan.stops[*stop].place };
        steps.push(step);
    }
    let back = day.back(free);
    let missed = (0..plan.stops.len()).filter(|nth| !order.contains(nth)).map(|nth| day.missed(nth, &order, free)).collect();
    let legs = steps.iter().flat_map(|step| &step.legs).chain(back.iter().flat_map(|back| &back.legs));
    let walked = legs.filter(|leg| leg.by == TravelBy::Foot).map(|leg| leg.minutes).sum();
    DayReport { by, steps, missed, back, n_stops: plan.stops.len(), walked }
}

/// What would help a day that cannot be walked.
pub fn mends(plan: &Plan, by: TravelBy) -> Mend {
    let day = Day::new(plan, by);
    let begin_by = most(minute(plan.begins), |begins| day.is_whole(begins)).map(clock);
    let knows = |by: &TravelBy| match by {
        TravelBy::Bus => plan.ways.iter().any(|way| way.bus.is_some()),
        TravelBy::Foot => false,
        TravelBy::Taxi | TravelBy::Car => plan.ways.iter().any(|way| way.car.is_some()),
    };
    let others = TravelBy::ALL.iter().filter(|other| **other != by && knows(other));
    Mend { begin_by, by: others.map(|other| day_report(plan, *other)).collect() }
}

/// The largest number up to `limit` that will do, where all below one that will do also do.
fn most(limit: Minute, will_do: impl Fn(Minute) -> bool) -> Option<Minute> {
    if !will_do(0) {
        return None;
    }
    let (mut good, mut bad) = (0, limit + 1);
    while bad - good > 1 {
        let middle = (good + bad) / 2;
        if will_do(middle) { good = middle } else { bad = middle }
    }
    Some(good)
}

impl Day<'_> {
    /// Whether everything can be done by somebody who sets out at this time.
    fn is_whole(&self, begins: Minute) -> bool {
        let order = self.best(begins);
        let start = Reached { at: begins, place: self.plan.from };
        order.len() == self.plan.stops.len() && self.first_late(start, &order, true).is_none()
    }

    /// Goes to the first of these stops, and does what is to be done there.
    fn step(&self, from: Reached, order: &[usize]) -> Option<DayStep> {
        let nth = *order.first()?;
        let stop = &self.plan.stops[nth];
        let way = self.way(from, stop.place)?;
        let ends = self.ends(stop, way.at)?;
        // Where the end of the day is missed in any case, it does not press.
        let to_end = self.first_late(from, order, true).is_none();
        let still = |late: Minute| self.done_at(nth, way.at + late).is_some_and(|done| self.first_late(done, &order[1..], to_end).is_none());
        let spare = most(travel::MIDNIGHT, still).unwrap_or_default();
        Some(DayStep {
            stop: nth,
            leaves: clock(from.at),
            legs: way.legs,
            arrives: clock(way.at),
            begins: clock(ends - stop.minutes),
            ends: clock(ends),
            spare,
        })
    }

    /// The way to where the person has to be at the end.
    fn back(&self, from: Reached) -> Option<Back> {
        let end = self.plan.ends?;
        let leaves = clock(from.at);
        let Some(way) = self.way(from, end.place) else { return Some(Back { leaves, legs: Vec::new(), arrives: None, late: 0 }) };
        let late = end.by.map_or(0, |by| way.at.saturating_sub(minute(by)));
        Some(Back { leaves, legs: way.legs, arrives: Some(clock(way.at)), late })
    }

    fn missed(&self, nth: usize, order: &[usize], free: Reached) -> Missed {
        let stop = &self.plan.stops[nth];
        let at_any_time = crate::model::PlanStop { at: None, ..stop.clone() };
        let after = self.way(free, stop.place).and_then(|way| self.ends(&at_any_time, way.at));
        let instead = after.filter(|ends| self.is_back(Reached { at: *ends, place: stop.place })).map(|ends| clock(ends - stop.minutes));
        Missed { stop: nth, why: self.why(nth, order), instead }
    }

    fn why(&self, nth: usize, order: &[usize]) -> WhyMissed {
        let stop = &self.plan.stops[nth];
        let start = Reached { at: minute(self.plan.begins), place: self.plan.from };
        if self.is_shut(stop) {
            return WhyMissed::Shut;
        }
        let Some(straight) = self.way(start, stop.place) else { return WhyMissed::NoWay };
        match self.late(stop, straight.at) {
            0 => WhyMissed::NoTime(self.least_late(nth, order, start)),
            late => WhyMissed::TooLate { there: clock(straight.at), late },
        }
    }

    /// Where among the others a stop would make anything late by the least.
    fn least_late(&self, nth: usize, order: &[usize], start: Reached) -> Option<Late> {
        let mut least: Option<Late> = None;
        for at in 0..=order.len() {
            let with = [&order[..at], &[nth], &order[at..]].concat();
            let Some((what, minutes)) = self.first_late(start, &with, true) else { continue };
            let late = Late { after: at.checked_sub(1).map(|before| order[before]), what, minutes };
            let by = |late: &Late| late.minutes.unwrap_or(Minute::MAX);
            if least.as_ref().is_none_or(|known| by(&late) < by(known)) {
                least = Some(late);
            }
        }
        least
    }
}
