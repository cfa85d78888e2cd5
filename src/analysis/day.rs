//! Whether a planned day can be walked: every order of its stops is tried, by what there is to travel with.
//!
//! Times are the careful ones: who takes a bus waits a whole interval for it, and who walks slowly needs half as long again. To leave
//! earlier is never to arrive later, so of all orders in which the same stops were made, the one that ends first is kept.

use chrono::{NaiveTime, Timelike as _};

use crate::model::{Plan, PlanBus, PlanStop, Walks};

/// Minutes since midnight.
type Minute = u32;
const MIDNIGHT: Minute = 24 * 60;

/// What there is to travel with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TravelBy {
    /// The bus where there is one, and on foot.
    Bus,
    Foot,
}

/// How a day goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayReport {
    pub by: TravelBy,
    pub steps: Vec<DayStep>,
    pub missed: Vec<Missed>,
    /// Whether the person is where they have to be at the end; nothing where the plan asks for no such place.
    pub back: Option<bool>,
    pub n_stops: usize,
    /// Minutes on foot.
    pub walked: u32,
}

/// A stretch of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayStep {
    /// Which stop of the plan; nothing for the end of the day.
    pub stop: Option<usize>,
    pub place: usize,
    pub leaves: NaiveTime,
    pub legs: Vec<Leg>,
    pub arrives: NaiveTime,
    pub begins: NaiveTime,
    pub ends: NaiveTime,
}

/// A part of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    pub to: usize,
    pub by: TravelBy,
    /// Without waiting.
    pub minutes: u32,
    /// For a bus: the longest wait.
    pub wait: u32,
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
    /// Nothing in the plan leads there.
    NoWay,
    /// Even straight from where the day begins, one is there at this time, too late.
    TooLate(NaiveTime),
    /// There is no time for it beside the others.
    NoTime,
}

impl DayReport {
    pub fn n_kept(&self) -> usize {
        self.n_stops - self.missed.len()
    }

    pub fn is_whole(&self) -> bool {
        self.missed.is_empty() && self.back != Some(false)
    }
}

/// How the day goes, at best.
pub fn day_report(plan: &Plan, by: TravelBy) -> DayReport {
    let day = Day { plan, by };
    let best = day.best();
    let route: Vec<usize> = best.as_ref().map(|best| best.order.clone()).unwrap_or_default();
    let (mut steps, mut now, mut place) = (Vec::new(), minute(plan.begins), plan.from);
    for nth in &route {
        let stop = &plan.stops[*nth];
        let Some((step, ends)) = day.step(now, place, Some((*nth, stop)), stop.place) else { break };
        (now, place) = (ends, stop.place);
        steps.push(step);
    }
    let free = (now, place);
    let mut back = None;
    if let Some(end) = plan.ends {
        let home = day.step(now, place, None, end.place);
        back = Some(home.as_ref().is_some_and(|(_, at)| end.by.is_none_or(|by| *at <= minute(by))));
        steps.extend(home.map(|(step, _)| step));
    }
    let missed = (0..plan.stops.len()).filter(|nth| !route.contains(nth)).map(|nth| day.missed(nth, free)).collect();
    let walked = steps.iter().flat_map(|step| &step.legs).filter(|leg| leg.by == TravelBy::Foot).map(|leg| leg.minutes).sum();
    DayReport { by, steps, missed, back, n_stops: plan.stops.len(), walked }
}

/// An order of stops, and when the last of them ends.
struct Best {
    order: Vec<usize>,
}

struct Day<'p> {
    plan: &'p Plan,
    by: TravelBy,
}

/// How one came to a place at the earliest.
#[derive(Clone)]
struct Reached {
    at: Minute,
    legs: Vec<Leg>,
}

impl Day<'_> {
    /// The order in which most is done: first of all so that the person is back in time, then appointments, then everything, then early.
    fn best(&self) -> Option<Best> {
        let stops = &self.plan.stops;
        let n = stops.len();
        // For each set of stops and the last of them: when it ends at the earliest, and which stop came before.
        let mut ends: Vec<Vec<Option<(Minute, Option<usize>)>>> = vec![vec![None; n]; 1 << n];
        for (nth, stop) in stops.iter().enumerate() {
            let ended = self.step(minute(self.plan.begins), self.plan.from, Some((nth, stop)), stop.place);
            ends[1 << nth][nth] = ended.map(|(_, at)| (at, None));
        }
        for set in 1..ends.len() {
            for last in 0..n {
                let Some((now, _)) = ends[set][last] else { continue };
                let reached = self.reach(now, stops[last].place);
                for next in (0..n).filter(|next| set & (1 << next) == 0) {
                    let Some(done) = reached[stops[next].place].as_ref().and_then(|reached| self.ends(&stops[next], reached.at)) else { continue };
                    let slot = &mut ends[set | (1 << next)][next];
                    if slot.is_none_or(|(before, _)| done < before) {
                        *slot = Some((done, Some(last)));
                    }
                }
            }
        }
        let fixed: usize = stops.iter().enumerate().filter(|(_, stop)| stop.at.is_some()).map(|(nth, _)| 1 << nth).sum();
        let mut best: Option<((bool, u32, u32, std::cmp::Reverse<Minute>), usize, usize)> = None;
        for (set, row) in ends.iter().enumerate() {
            for (last, slot) in row.iter().enumerate() {
                let Some((at, _)) = slot else { continue };
                let worth = (self.is_back(*at, stops[last].place), (set & fixed).count_ones(), set.count_ones(), std::cmp::Reverse(*at));
                if best.as_ref().is_none_or(|(known, ..)| worth > *known) {
                    best = Some((worth, set, last));
                }
            }
        }
        let (worth, mut set, mut last) = best?;
        if !worth.0 && self.is_back(minute(self.plan.begins), self.plan.from) {
            // Whatever is done, the person is not back in time; doing nothing is the only way.
            return None;
        }
        let mut order = vec![last];
        while let Some((_, Some(before))) = ends[set][last] {
            set &= !(1 << last);
            last = before;
            order.push(last);
        }
        order.reverse();
        Some(Best { order })
    }

    fn is_back(&self, at: Minute, place: usize) -> bool {
        let Some(end) = self.plan.ends else { return true };
        self.reach(at, place)[end.place].as_ref().is_some_and(|reached| end.by.is_none_or(|by| reached.at <= minute(by)))
    }

    /// Goes somewhere, and does what is to be done there. Also says when that ends.
    fn step(&self, now: Minute, from: usize, stop: Option<(usize, &PlanStop)>, to: usize) -> Option<(DayStep, Minute)> {
        let reached = self.reach(now, from).swap_remove(to)?;
        let (begins, ends) = match stop {
            Some((_, stop)) => {
                let ends = self.ends(stop, reached.at)?;
                (ends - stop.minutes, ends)
            }
            None => (reached.at, reached.at),
        };
        let step = DayStep {
            stop: stop.map(|(nth, _)| nth),
            place: to,
            leaves: clock(now),
            legs: reached.legs,
            arrives: clock(reached.at),
            begins: clock(begins),
            ends: clock(ends),
        };
        Some((step, ends))
    }

    /// When a stop ends for somebody who arrives at a time; nothing when that is too late.
    fn ends(&self, stop: &PlanStop, arrives: Minute) -> Option<Minute> {
        let place = &self.plan.places[stop.place];
        let begins = match stop.at {
            Some(at) => Some(minute(at)).filter(|at| arrives <= *at)?,
            None => arrives.max(place.opens.map_or(0, minute)),
        };
        let ends = begins + stop.minutes;
        let closes = place.closes.map_or(MIDNIGHT, minute);
        (ends <= closes && ends < MIDNIGHT).then_some(ends)
    }

    /// For each place when one is there at the earliest, and how.
    fn reach(&self, now: Minute, from: usize) -> Vec<Option<Reached>> {
        let mut reached: Vec<Option<Reached>> = vec![None; self.plan.places.len()];
        let mut done = vec![false; reached.len()];
        reached[from] = Some(Reached { at: now, legs: Vec::new() });
        while let Some(here) = (0..reached.len()).filter(|at| !done[*at]).filter_map(|at| Some((reached[at].as_ref()?.at, at))).min().map(|(_, at)| at) {
            done[here] = true;
            let Some(start) = reached[here].clone() else { break };
            for (to, leg) in self.legs(start.at, here) {
                let at = start.at + leg.wait + leg.minutes;
                if at < MIDNIGHT && reached[to].as_ref().is_none_or(|known| at < known.at) {
                    let legs = start.legs.iter().copied().chain([leg]).collect();
                    reached[to] = Some(Reached { at, legs });
                }
            }
        }
        reached
    }

    /// The ways that lead on from a place at a time.
    fn legs(&self, now: Minute, here: usize) -> impl Iterator<Item = (usize, Leg)> {
        let ways = self.plan.ways.iter().filter_map(move |way| match way.between {
            (one, other) if one == here => Some((other, way)),
            (one, other) if other == here => Some((one, way)),
            _ => None,
        });
        ways.flat_map(move |(to, way)| {
            let foot = way.foot.and_then(|minutes| self.on_foot(minutes)).map(|minutes| Leg { to, by: TravelBy::Foot, minutes, wait: 0 });
            let bus = way.bus.filter(|_| self.by == TravelBy::Bus).and_then(|bus| by_bus(&bus, now, to));
            [foot, bus].into_iter().flatten().map(move |leg| (to, leg))
        })
    }

    fn on_foot(&self, minutes: u32) -> Option<u32> {
        match self.plan.walks {
            Walks::Usual => Some(minutes),
            Walks::Slow => Some((minutes * 3).div_ceil(2)),
            Walks::No => None,
        }
    }

    fn missed(&self, nth: usize, (now, place): (Minute, usize)) -> Missed {
        let stop = &self.plan.stops[nth];
        let straight = self.reach(minute(self.plan.begins), self.plan.from).swap_remove(stop.place);
        let why = match straight {
            None => WhyMissed::NoWay,
            Some(reached) if self.ends(stop, reached.at).is_none() => WhyMissed::TooLate(clock(reached.at)),
            Some(_) => WhyMissed::NoTime,
        };
        let at_any_time = PlanStop { at: None, ..stop.clone() };
        let after = self.reach(now, place).swap_remove(stop.place).and_then(|reached| self.ends(&at_any_time, reached.at));
        let instead = after.filter(|ends| self.is_back(*ends, stop.place)).map(|ends| clock(ends - stop.minutes));
        Missed { stop: nth, why, instead }
    }
}

/// A ride that begins at a time: nothing when the last bus may be gone by the end of the longest wait.
fn by_bus(bus: &PlanBus, now: Minute, to: usize) -> Option<Leg> {
    let first = bus.first.map_or(0, minute);
    let wait = if now < first { first - now } else { bus.every };
    let runs = bus.last.is_none_or(|last| now + wait <= minute(last).max(first));
    runs.then_some(Leg { to, by: TravelBy::Bus, minutes: bus.minutes, wait })
}

fn minute(time: NaiveTime) -> Minute {
    time.hour() * 60 + time.minute()
}

fn clock(minute: Minute) -> NaiveTime {
    NaiveTime::from_hms_opt(minute / 60 % 24, minute % 60, 0).unwrap_or_default()
}
