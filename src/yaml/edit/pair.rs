//! Which entry of a list is which entry of another version of it.

use super::value::Value;

/// For each entry of the left list its partner on the right, and the other way round.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pairs {
    pub(super) right: Vec<Option<usize>>,
    pub(super) left: Vec<Option<usize>>,
}

/// What entries are known by, the surest first: a case by its ref, a line of the attendance by its agency, of the agenda by its item or
/// case, a barrier without an id by its theme.
const KEYS: [&str; 6] = ["ref", "id", "agency", "item", "case", "theme"];

/// The field by which an entry is known, and what it says there.
pub(super) fn key_of(value: &Value) -> Option<(&'static str, &str)> {
    KEYS.iter().find_map(|key| Some((*key, value.get(key)?.text()?)))
}

/// Pairs by key, then what is alike word for word, then what stands between the same neighbours.
pub(super) fn pair(left: &[Value], right: &[Value]) -> Pairs {
    let mut pairs = Pairs { right: vec![None; left.len()], left: vec![None; right.len()] };
    let keys = |values: &[Value]| values.iter().map(|value| key_of(value).map(|(key, text)| (key, text.to_owned()))).collect::<Vec<_>>();
    let (left_keys, right_keys) = (keys(left), keys(right));
    pairs.each(|l, r| left[l] == right[r]);
    pairs.each(|l, r| left_keys[l].is_some() && left_keys[l] == right_keys[r]);
    // What was known by something else before may have got an id.
    let name = |key: &Option<(&'static str, String)>| key.as_ref().map(|(name, _)| *name);
    pairs.between_neighbours(|l, r| left_keys[l].is_none() || right_keys[r].is_none() || name(&left_keys[l]) != name(&right_keys[r]));
    pairs
}

impl Pairs {
    fn join(&mut self, left: usize, right: usize) {
        (self.right[left], self.left[right]) = (Some(right), Some(left));
    }

    /// Pairs each that is still alone with the first that fits.
    fn each(&mut self, fits: impl Fn(usize, usize) -> bool) {
        for left in 0..self.right.len() {
            if self.right[left].is_some() {
                continue;
            }
            // Nearly always it stands where it stood.
            let at_its_place = Some(left).filter(|at| *at < self.left.len());
            let found = at_its_place.into_iter().chain(0..self.left.len()).find(|at| self.left[*at].is_none() && fits(left, *at));
            if let Some(right) = found {
                self.join(left, right);
            }
        }
    }

    /// An entry that is alone and stands behind the partner of its neighbour was changed there.
    fn between_neighbours(&mut self, fits: impl Fn(usize, usize) -> bool) {
        for left in 0..self.right.len() {
            let right = match left.checked_sub(1) {
                None => Some(0),
                Some(before) => self.right[before].map(|at| at + 1),
            };
            let Some(right) = right.filter(|at| *at < self.left.len() && self.left[*at].is_none()) else { continue };
            // One that went, before others that came: those came, unless as many are alone on both sides.
            if self.right[left].is_none() && fits(left, right) && self.alone_from(left, right) {
                self.join(left, right);
            }
        }
    }

    /// Whether as many are alone on the left from here to the next pair as on the right, or this is the last that is.
    fn alone_from(&self, left: usize, right: usize) -> bool {
        let run = |of: &[Option<usize>], from: usize| of[from..].iter().take_while(|partner| partner.is_none()).count();
        run(&self.right, left) <= run(&self.left, right)
    }
}
