//! The least and the most that a number can be, when only intervals are known of all of them and some add up to others.
//!
//! Numbers are the flows along arcs; what comes into a node goes out of it. The true numbers are such a flow, so that nobody has to
//! look for one: from it, the most that an arc can carry is found by sending as much as there is room for round through it, and the
//! least by sending it back. Room is kept as residuals `most - flow` and `flow - least`; a largest flow is found path by path, the
//! shortest first (Edmonds and Karp 1972). All capacities are whole, so that both bounds are reached by whole numbers.

/// The least and the most that a number can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub least: u32,
    pub most: u32,
}

/// No upper end: more people than there are.
pub(super) const ENDLESS: u32 = 1 << 30;

impl Bounds {
    /// How many numbers it can be.
    pub fn values(self) -> u32 {
        self.most.saturating_sub(self.least) + 1
    }

    pub fn holds(self, n: u32) -> bool {
        (self.least..=self.most).contains(&n)
    }

    /// What both say; nothing where they contradict each other.
    pub fn and(self, other: Self) -> Option<Self> {
        let (least, most) = (self.least.max(other.least), self.most.min(other.most));
        (least <= most).then_some(Self { least, most })
    }
}

#[derive(Clone, Copy)]
struct Arc {
    from: usize,
    to: usize,
    flow: u32,
    bounds: Bounds,
}

/// Numbers that add up to one another.
#[derive(Clone, Default)]
pub struct Network {
    arcs: Vec<Arc>,
    /// The arcs at each node, those that leave and those that come in.
    at: Vec<Vec<usize>>,
}

impl Network {
    pub fn node(&mut self) -> usize {
        self.at.push(Vec::new());
        self.at.len() - 1
    }

    /// A number that goes from one node to another: its true value, which lies in its bounds.
    pub fn arc(&mut self, from: usize, to: usize, flow: u32, bounds: Bounds) -> usize {
        debug_assert!(bounds.holds(flow), "{flow} is not in {bounds:?}");
        self.arcs.push(Arc { from, to, flow, bounds });
        let arc = self.arcs.len() - 1;
        self.at[from].push(arc);
        self.at[to].push(arc);
        arc
    }

    /// Says anew what a reader knows of a number by itself.
    pub fn set(&mut self, arc: usize, bounds: Bounds) {
        debug_assert!(bounds.holds(self.arcs[arc].flow));
        self.arcs[arc].bounds = bounds;
    }

    /// The tightest bounds of a number that follow from all others.
    pub fn bounds(&self, arc: usize) -> Bounds {
        let Arc { from, to, flow, bounds } = self.arcs[arc];
        Bounds { least: flow - self.push(arc, from, to, flow - bounds.least), most: flow + self.push(arc, to, from, bounds.most - flow) }
    }

    /// The largest flow from one node to another beside an arc, up to a limit.
    fn push(&self, beside: usize, from: usize, to: usize, limit: u32) -> u32 {
        let mut flow: Vec<u32> = self.arcs.iter().map(|arc| arc.flow).collect();
        let mut pushed = 0;
        while pushed < limit {
            let Some(path) = self.path(&flow, beside, from, to) else { break };
            let room = path.iter().map(|(arc, forward)| self.room(&flow, *arc, *forward)).min().unwrap_or(0).min(limit - pushed);
            for (arc, forward) in path {
                if forward { flow[arc] += room } else { flow[arc] -= room }
            }
            pushed += room;
        }
        pushed
    }

    fn room(&self, flow: &[u32], arc: usize, forward: bool) -> u32 {
        let Bounds { least, most } = self.arcs[arc].bounds;
        if forward { most - flow[arc] } else { flow[arc] - least }
    }

    /// A shortest path with room, as arcs and whether each is walked forward.
    fn path(&self, flow: &[u32], beside: usize, from: usize, to: usize) -> Option<Vec<(usize, bool)>> {
        let mut came: Vec<Option<(usize, bool)>> = vec![None; self.at.len()];
        let mut seen = vec![false; self.at.len()];
        seen[from] = true;
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            for &arc in self.at[node].iter().filter(|arc| **arc != beside) {
                let forward = self.arcs[arc].from == node;
                let next = if forward { self.arcs[arc].to } else { self.arcs[arc].from };
                if seen[next] || self.room(flow, arc, forward) == 0 {
                    continue;
                }
                seen[next] = true;
                came[next] = Some((arc, forward));
                if next == to {
                    return Some(self.walked(&came, from, to));
                }
                queue.push_back(next);
            }
        }
        None
    }

    fn walked(&self, came: &[Option<(usize, bool)>], from: usize, to: usize) -> Vec<(usize, bool)> {
        let mut path = Vec::new();
        let mut node = to;
        while node != from {
            let Some((arc, forward)) = came[node] else { break };
            path.push((arc, forward));
            node = if forward { self.arcs[arc].from } else { self.arcs[arc].to };
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_hidden_number_beside_a_total_is_no_secret_and_two_are() {
        let exactly = |n| Bounds { least: n, most: n };
        let small = Bounds { least: 1, most: 4 };
        let mut network = Network::default();
        let (whole, parts) = (network.node(), network.node());
        network.arc(parts, whole, 15, exactly(15));
        let (a, b) = (network.arc(whole, parts, 12, exactly(12)), network.arc(whole, parts, 3, small));
        assert_eq!(network.bounds(b), exactly(3));
        network.set(a, Bounds { least: 5, most: ENDLESS });
        assert_eq!((network.bounds(b), network.bounds(a)), (small, Bounds { least: 11, most: 14 }));
    }
}
