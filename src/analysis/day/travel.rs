//! How one gets from place to place on a day, and when something there can be done.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{NaiveTime, Timelike as _};

use super::Leg;
use crate::model::{Plan, PlanBus, PlanStop, PlanWay, TravelBy, Walks};

/// Minutes since midnight.
pub(super) type Minute = u32;
pub(super) const MIDNIGHT: Minute = 24 * 60;

/// Somebody at a place at a time.
#[derive(Clone, Copy)]
pub(super) struct Reached {
    pub(super) at: Minute,
    pub(super) place: usize,
}

/// A way to a place, and when one is there.
pub(super) struct Way {
    pub(super) at: Minute,
    pub(super) legs: Vec<Leg>,
}

/// A plan, and what there is to travel with.
pub(super) struct Day<'p> {
    pub(super) plan: &'p Plan,
    by: TravelBy,
    /// The ways that lead on from each place.
    ways: Vec<Vec<(usize, &'p PlanWay)>>,
    /// What was worked out already: orders meet at the same place and minute over and over.
    known: RefCell<HashMap<(Minute, usize), Rc<Reach>>>,
}

/// When one is at a place at the earliest, and from where by which leg; by none where one sets out.
type Earliest = (Minute, Option<(usize, Leg)>);

/// That for each place to which a way leads.
pub(super) struct Reach(Vec<Option<Earliest>>);

impl Reach {
    pub(super) fn at(&self, place: usize) -> Option<Minute> {
        self.0[place].map(|(at, _)| at)
    }

    fn way(&self, place: usize) -> Option<Way> {
        let at = self.at(place)?;
        let (mut legs, mut here) = (Vec::new(), place);
        while let Some((_, Some((from, leg)))) = self.0[here] {
            legs.push(leg);
            here = from;
        }
        legs.reverse();
        Some(Way { at, legs })
    }
}

impl<'p> Day<'p> {
    pub(super) fn new(plan: &'p Plan, by: TravelBy) -> Self {
        let mut ways = vec![Vec::new(); plan.places.len()];
        for way in &plan.ways {
            let (one, other) = way.between;
            ways[one].push((other, way));
            ways[other].push((one, way));
        }
        Self { plan, by, ways, known: RefCell::default() }
    }

    pub(super) fn way(&self, from: Reached, to: usize) -> Option<Way> {
        self.reach(from).way(to)
    }

    /// When a stop ends for somebody who arrives at a time; nothing when that is too late.
    pub(super) fn ends(&self, stop: &PlanStop, arrives: Minute) -> Option<Minute> {
        (!self.is_shut(stop) && self.late(stop, arrives) == 0).then(|| self.begins(stop, arrives) + stop.minutes)
    }

    /// By how many minutes somebody who arrives at a time is too late: after the appointment, or so that it would close before the end.
    pub(super) fn late(&self, stop: &PlanStop, arrives: Minute) -> u32 {
        match stop.at {
            Some(at) => arrives.saturating_sub(minute(at)),
            None => (self.begins(stop, arrives) + stop.minutes).saturating_sub(self.closes(stop)),
        }
    }

    /// Whether the place is not open at the time of an appointment, or never long enough.
    pub(super) fn is_shut(&self, stop: &PlanStop) -> bool {
        let opens = self.opens(stop);
        let begins = stop.at.map_or(opens, minute);
        begins < opens || begins + stop.minutes > self.closes(stop)
    }

    fn begins(&self, stop: &PlanStop, arrives: Minute) -> Minute {
        stop.at.map_or(arrives.max(self.opens(stop)), minute)
    }

    fn opens(&self, stop: &PlanStop) -> Minute {
        self.plan.places[stop.place].opens.map_or(0, minute)
    }

    /// No day is longer than itself.
    fn closes(&self, stop: &PlanStop) -> Minute {
        self.plan.places[stop.place].closes.map_or(MIDNIGHT - 1, minute)
    }

    /// Where and when somebody is who arrives for a stop at a time and does it.
    pub(super) fn done_at(&self, nth: usize, arrives: Minute) -> Option<Reached> {
        let stop = &self.plan.stops[nth];
        self.ends(stop, arrives).map(|at| Reached { at, place: stop.place })
    }

    pub(super) fn is_back(&self, from: Reached) -> bool {
        let Some(end) = self.plan.ends else { return true };
        self.reach(from).at(end.place).is_some_and(|at| end.by.is_none_or(|by| at <= minute(by)))
    }

    /// What is the first to be too late, and by how much, when stops are made in an order; nothing for the end of the day, and no
    /// minutes where no way leads there by then.
    pub(super) fn first_late(&self, mut from: Reached, order: &[usize], to_end: bool) -> Option<(Option<usize>, Option<u32>)> {
        for nth in order {
            let stop = &self.plan.stops[*nth];
            let Some(at) = self.reach(from).at(stop.place) else { return Some((Some(*nth), None)) };
            let Some(done) = self.done_at(*nth, at) else { return Some((Some(*nth), Some(self.late(stop, at)))) };
            from = done;
        }
        let end = self.plan.ends.filter(|_| to_end)?;
        match self.reach(from).at(end.place) {
            None => Some((None, None)),
            Some(at) => end.by.map(|by| at.saturating_sub(minute(by))).filter(|late| *late > 0).map(|late| (None, Some(late))),
        }
    }

    /// For each place when one is there at the earliest.
    pub(super) fn reach(&self, start: Reached) -> Rc<Reach> {
        if let Some(known) = self.known.borrow().get(&(start.at, start.place)) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.look(start));
        self.known.borrow_mut().insert((start.at, start.place), Rc::clone(&found));
        found
    }

    /// The nearest place first, and from each on to those beyond.
    fn look(&self, start: Reached) -> Reach {
        let mut reached = Reach(vec![None; self.plan.places.len()]);
        let mut done = vec![false; reached.0.len()];
        reached.0[start.place] = Some((start.at, None));
        while let Some((now, here)) = (0..done.len()).filter(|at| !done[*at]).filter_map(|at| Some((reached.at(at)?, at))).min() {
            done[here] = true;
            for leg in self.ways[here].iter().flat_map(|(to, way)| self.legs(now, *to, way)) {
                let at = now + leg.wait + leg.minutes;
                if at < MIDNIGHT && reached.at(leg.to).is_none_or(|known| at < known) {
                    reached.0[leg.to] = Some((at, Some((here, leg))));
                }
            }
        }
        reached
    }

    /// How one can take a way at a time.
    fn legs(&self, now: Minute, to: usize, way: &PlanWay) -> impl Iterator<Item = Leg> + use<> {
        let foot = way.foot.and_then(|minutes| self.on_foot(minutes)).map(|minutes| Leg { to, by: TravelBy::Foot, minutes, wait: 0 });
        let ride = match self.by {
            TravelBy::Foot => None,
            TravelBy::Bus => way.bus.and_then(|bus| by_bus(&bus, now, to)),
            TravelBy::Taxi => way.car.map(|minutes| Leg { to, by: TravelBy::Taxi, minutes, wait: self.plan.taxi_wait }),
            TravelBy::Car => way.car.map(|minutes| Leg { to, by: TravelBy::Car, minutes, wait: 0 }),
        };
        [foot, ride].into_iter().flatten()
    }

    fn on_foot(&self, minutes: u32) -> Option<u32> {
        match self.plan.walks {
            Walks::Usual => Some(minutes),
            Walks::Slow => Some((minutes * 3).div_ceil(2)),
            Walks::No => None,
        }
    }
}

/// A ride that begins at a time: nothing when the last bus may be gone by the end of the longest wait.
fn by_bus(bus: &PlanBus, now: Minute, to: usize) -> Option<Leg> {
    let first = bus.first.map_or(0, minute);
    let wait = if now < first { first - now } else { bus.every };
    let runs = bus.last.is_none_or(|last| now + wait <= minute(last));
    runs.then_some(Leg { to, by: TravelBy::Bus, minutes: bus.minutes, wait })
}

pub(super) fn minute(time: NaiveTime) -> Minute {
    time.hour() * 60 + time.minute()
}

pub(super) fn clock(minute: Minute) -> NaiveTime {
    NaiveTime::from_hms_opt(minute / 60 % 24, minute % 60, 0).unwrap_or_default()
}
