//! The arithmetic of agreement beyond what chance would bring.
//!
//! Cohen's kappa (Cohen 1960, "A coefficient of agreement for nominal scales") is for two people and one theme. Krippendorff's alpha
//! (Krippendorff 2011, "Computing Krippendorff's alpha-reliability") takes any number of people, what some of them left out, and any
//! distance between two answers; over whole sets of themes that distance is MASI (Passonneau 2006, "Measuring agreement on set-valued
//! items"), so that a set which is part of the other counts as half right.

use std::collections::{BTreeMap, BTreeSet};

/// How often the units are drawn anew for an interval.
const DRAWS: usize = 1000;
/// The same figures have the same interval, whenever it is asked for.
const SEED: u64 = 0x6d61_7267;

/// Cohen's kappa of two people's yes and no: 1 is agreement, 0 what chance would bring. Nothing when there is no pair, or when both gave
/// one and the same answer throughout, so that chance alone explains everything.
pub fn cohen_kappa(pairs: &[(bool, bool)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let share = |holds: fn(&(bool, bool)) -> bool| pairs.iter().filter(|pair| holds(pair)).count() as f64 / n;
    let (first, second, same) = (share(|pair| pair.0), share(|pair| pair.1), share(|pair| pair.0 == pair.1));
    let by_chance = first.mul_add(second, (1.0 - first) * (1.0 - second));
    (!pairs.is_empty() && by_chance < 1.0).then(|| (same - by_chance) / (1.0 - by_chance))
}

/// Krippendorff's alpha over units of answers, a person each. Units with fewer than two answers say nothing. Nothing when no two answers
/// can be compared, or all are alike.
pub fn krippendorff_alpha<T: Ord>(units: &[Vec<Option<T>>], distance: impl Fn(&T, &T) -> f64) -> Option<f64> {
    let compared = Compared::new(units, distance);
    compared.alpha(0..compared.units.len())
}

/// The same with a 95 % interval, from the units drawn anew many times (percentile bootstrap). There is none when fewer than half of the
/// draws have an alpha.
pub fn alpha_with_interval<T: Ord>(units: &[Vec<Option<T>>], distance: impl Fn(&T, &T) -> f64) -> (Option<f64>, Option<(f64, f64)>) {
    let compared = Compared::new(units, distance);
    let n = compared.units.len();
    let Some(alpha) = compared.alpha(0..n) else { return (None, None) };
    let mut chance = Chance(SEED);
    let mut drawn: Vec<f64> = (0..DRAWS).filter_map(|_| compared.alpha((0..n).map(|_| chance.below(n)))).collect();
    drawn.sort_by(f64::total_cmp);
    let at = |share: f64| drawn[((drawn.len() - 1) as f64 * share).round() as usize];
    (Some(alpha), (drawn.len() * 2 >= DRAWS).then(|| (at(0.025), at(0.975))))
}

/// Units of at least two answers, each answer by its number, and all distances worked out once.
struct Compared {
    units: Vec<Vec<usize>>,
    /// What the pairs in each unit differ by.
    within: Vec<f64>,
    n_kinds: usize,
    distances: Vec<f64>,
}

impl Compared {
    fn new<T: Ord>(units: &[Vec<Option<T>>], distance: impl Fn(&T, &T) -> f64) -> Self {
        let paired: Vec<Vec<&T>> = units.iter().map(|unit| unit.iter().flatten().collect::<Vec<_>>()).filter(|answers| answers.len() > 1).collect();
        let kinds: Vec<&T> = paired.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let number: BTreeMap<&T, usize> = kinds.iter().enumerate().map(|(at, kind)| (*kind, at)).collect();
        let distances: Vec<f64> = kinds.iter().flat_map(|one| kinds.iter().map(|other| distance(one, other))).collect();
        let units: Vec<Vec<usize>> = paired.iter().map(|answers| answers.iter().map(|answer| number[answer]).collect()).collect();
        let apart = |one: usize, other: usize| distances[one * kinds.len() + other];
        let within = units.iter().map(|unit| {
            let all: f64 = unit.iter().map(|one| unit.iter().map(|other| apart(*one, *other)).sum::<f64>()).sum();
            // An answer is not compared with itself; its distance from itself is none.
            all / (unit.len() as f64 - 1.0)
        });
        Self { within: within.collect(), units, n_kinds: kinds.len(), distances }
    }

    fn alpha(&self, picked: impl Iterator<Item = usize>) -> Option<f64> {
        let mut counts = vec![0.0; self.n_kinds];
        let (mut n, mut observed) = (0.0, 0.0);
        for at in picked {
            observed += self.within[at];
            n += self.units[at].len() as f64;
            self.units[at].iter().for_each(|kind| counts[*kind] += 1.0);
        }
        let there: Vec<usize> = (0..self.n_kinds).filter(|kind| counts[*kind] > 0.0).collect();
        let expected: f64 =
            there.iter().map(|one| counts[*one] * there.iter().map(|other| counts[*other] * self.distances[one * self.n_kinds + other]).sum::<f64>()).sum();
        (expected > 0.0).then(|| 1.0 - (observed / n) / (expected / (n * (n - 1.0))))
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): a few lines, the same numbers on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        ((u128::from(z) * n as u128) >> 64) as usize
    }
}

/// 0 for the same answer, 1 for another.
pub fn nominal<T: PartialEq>(one: &T, other: &T) -> f64 {
    f64::from(u8::from(one != other))
}

/// The distance of two sets: 1 less how much they share (Jaccard), weighed by whether they are the same (1), one is part of the other
/// (2/3), they overlap (1/3) or have nothing in common (0).
pub fn masi<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    if one == other {
        return 0.0;
    }
    let both = one.intersection(other).count() as f64;
    let all = one.union(other).count() as f64;
    let weight = match (one.is_subset(other) || other.is_subset(one), both > 0.0) {
        (true, true) => 2.0 / 3.0,
        (false, true) => 1.0 / 3.0,
        (_, false) => 0.0,
    };
    (both / all).mul_add(-weight, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Option<f64>, known: f64, within: f64) {
        assert!(found.is_some_and(|found| (found - known).abs() < within), "{found:?}, not {known}");
    }

    fn row(text: &str) -> Vec<Option<char>> {
        text.chars().map(|c| (c != '.').then_some(c)).collect()
    }

    /// People's rows as units.
    fn units(rows: &[&str]) -> Vec<Vec<Option<char>>> {
        let rows: Vec<_> = rows.iter().map(|text| row(text)).collect();
        (0..rows[0].len()).map(|at| rows.iter().map(|row| row[at]).collect()).collect()
    }

    /// The examples A, B and C of Krippendorff (2011), with the values that stand there.
    #[test]
    fn alpha_of_the_worked_examples() {
        near(krippendorff_alpha(&units(&["0100000000", "1110010010"]), nominal), 0.095, 5e-4);
        near(krippendorff_alpha(&units(&["aabbdcccedda", "babbbccceddd"]), nominal), 0.692, 5e-4);
        let four = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
        near(krippendorff_alpha(&units(&four), nominal), 0.743, 5e-4);
    }

    /// 20 yes of both, 5 of the first alone, 10 of the second alone, 15 no: the example that textbooks work through; kappa is 0.4.
    #[test]
    fn kappa_of_the_worked_example() {
        let table = [(20, (true, true)), (5, (true, false)), (10, (false, true)), (15, (false, false))];
        let pairs: Vec<(bool, bool)> = table.iter().flat_map(|(n, pair)| std::iter::repeat_n(*pair, *n)).collect();
        near(cohen_kappa(&pairs), 0.4, 1e-12);
        assert_eq!((cohen_kappa(&[]), cohen_kappa(&[(false, false); 9])), (None, None));
    }

    #[test]
    fn sets_that_hold_one_another_are_nearer_than_those_that_overlap() {
        let set = |text: &str| text.chars().collect::<BTreeSet<_>>();
        let distance = |one, other| masi(&set(one), &set(other));
        near(Some(distance("a", "ab")), 2.0 / 3.0, 1e-12);
        near(Some(distance("ab", "bc")), 8.0 / 9.0, 1e-12);
        assert_eq!((distance("ab", "ab"), distance("a", "b"), distance("", ""), distance("", "a")), (0.0, 1.0, 0.0, 1.0));
    }

    #[test]
    fn an_interval_holds_the_figure_and_is_the_same_each_time() {
        let units: Vec<Vec<Option<bool>>> = (0..60).map(|n| vec![Some(n % 3 == 0), (n % 10 != 0).then_some(n % 3 == 0 && n % 7 != 0), None]).collect();
        let (alpha, interval) = alpha_with_interval(&units, nominal);
        let (low, high) = interval.unwrap();
        assert!(low < alpha.unwrap() && alpha.unwrap() < high && low > 0.0 && high <= 1.0, "{low} {alpha:?} {high}");
        assert_eq!(alpha_with_interval(&units, nominal).1, interval);
        assert_eq!(alpha_with_interval(&[vec![Some(1), Some(1)]], nominal), (None, None));
    }
}
