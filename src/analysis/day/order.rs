//! The order in which most is done.

use std::cmp::Reverse;

use super::travel::{Day, Minute, Reached};

/// When a set of stops is done at the earliest with one of them as the last, and which came before that one.
type Done = Option<(Minute, Option<usize>)>;

/// What an order is worth: back in time, how many appointments, how many stops, and how early it is done.
type Worth = (bool, u32, u32, Reverse<Minute>);

impl Day<'_> {
    /// The order in which most is done by somebody who sets out at a time: first of all so that they are back in time, then
    /// appointments, then everything, then early. Empty when nothing can be, or when they would be late whatever they do.
    pub(super) fn best(&self, begins: Minute) -> Vec<usize> {
        let start = Reached { at: begins, place: self.plan.from };
        let done = self.sets(start);
        let stops = &self.plan.stops;
        let fixed: usize = stops.iter().enumerate().filter(|(_, stop)| stop.at.is_some()).map(|(nth, _)| 1 << nth).sum();
        let mut best: Option<(Worth, usize, usize)> = None;
        for (set, row) in done.iter().enumerate() {
            for (last, slot) in row.iter().enumerate() {
                let Some((at, _)) = *slot else { continue };
                let back = self.is_back(Reached { at, place: stops[last].place });
                let worth = (back, (set & fixed).count_ones(), set.count_ones(), Reverse(at));
                if best.is_none_or(|(known, ..)| worth > known) {
                    best = Some((worth, set, last));
                }
            }
        }
        match best {
            // Whatever is done, the person is late; doing nothing is the only way.
            Some((worth, ..)) if !worth.0 && self.is_back(start) => Vec::new(),
            Some((_, set, last)) => traced(&done, set, last),
            None => Vec::new(),
        }
    }

    /// For each set of stops, and each of them as the last.
    fn sets(&self, start: Reached) -> Vec<Vec<Done>> {
        let stops = &self.plan.stops;
        let n = stops.len();
        let mut done: Vec<Vec<Done>> = vec![vec![None; n]; 1 << n];
        let first = self.reach(start);
        for (nth, stop) in stops.iter().enumerate() {
            let ends = first.at(stop.place).and_then(|at| self.ends(stop, at));
            done[1 << nth][nth] = ends.map(|at| (at, None));
        }
        for set in 1..done.len() {
            for last in 0..n {
                let Some((at, _)) = done[set][last] else { continue };
                let reached = self.reach(Reached { at, place: stops[last].place });
                for next in (0..n).filter(|next| set & (1 << next) == 0) {
                    let Some(ends) = reached.at(stops[next].place).and_then(|at| self.ends(&stops[next], at)) else { continue };
                    let slot = &mut done[set | (1 << next)][next];
                    if slot.is_none_or(|(known, _)| ends < known) {
                        *slot = Some((ends, Some(last)));
                    }
                }
            }
        }
        done
    }
}

/// The order behind a set and its last stop.
fn traced(done: &[Vec<Done>], mut set: usize, mut last: usize) -> Vec<usize> {
    let mut order = vec![last];
    while let Some((_, Some(before))) = done[set][last] {
        set &= !(1 << last);
        last = before;
        order.push(last);
    }
    order.reverse();
    order
}
