//! A number of people on a page, and what it says to somebody who knows the rule.

use std::fmt;

use super::network::{Bounds, ENDLESS};

/// A hidden number has to be able to be at least this many different numbers: with two, a reader would be right every other time.
pub const LEAST_VALUES: u32 = 3;

/// With this many, nobody would call it a guess worth making.
pub(super) const GOOD_VALUES: u32 = 5;

/// A number on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    Shown(usize),
    /// Too small to be shown: `[c]`, as public bodies mark it.
    Hidden,
}

impl Count {
    /// The number, if it may be seen.
    pub fn shown(self) -> Option<usize> {
        match self {
            Self::Shown(n) => Some(n),
            Self::Hidden => None,
        }
    }

    pub fn is_zero(self) -> bool {
        self == Self::Shown(0)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shown(n) => write!(f, "{n}"),
            Self::Hidden => f.write_str("[c]"),
        }
    }
}

/// How numbers are treated for an audience: zero is shown, small ones are hidden, the rest may be rounded. Every number, a total
/// too, is treated by its own true value: a total of rounded numbers would be off, and one of shown numbers would give away the
/// hidden ones. Source: Hospital Episode Statistics, disclosure control since September 2018; marks of the Government Analysis Function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountRule {
    /// Numbers from 1 to this are hidden; 0 hides none.
    pub hide_up_to: usize,
    /// The rest is rounded to the nearest multiple of this; 1 leaves it as it is.
    pub round_to: usize,
}

impl CountRule {
    pub fn count(self, n: usize) -> Count {
        if (1..=self.hide_up_to).contains(&n) {
            return Count::Hidden;
        }
        let rounded = (n + self.round_to / 2) / self.round_to * self.round_to;
        // A 0 on a page is a true 0: whoever is there is never rounded away.
        Count::Shown(if n > 0 { rounded.max(self.round_to) } else { 0 })
    }

    /// What a shown number can be to a reader who knows the rule.
    pub fn behind(self, shown: usize) -> Bounds {
        if shown == 0 {
            return Bounds { least: 0, most: 0 };
        }
        let (shown, hide, round) = (whole(shown), whole(self.hide_up_to), whole(self.round_to.max(1)));
        let least = if shown <= round { 1 } else { shown - round / 2 };
        Bounds { least: least.max(hide + 1), most: shown + (round - 1 - round / 2) }
    }

    /// What a number can be that is too small to be shown.
    pub fn behind_small(self) -> Bounds {
        Bounds { least: 1, most: whole(self.hide_up_to) }
    }

    /// What a number can be that is hidden for the sake of others. A reader does not know which these are; reckoning with one who does
    /// is on the safe side.
    pub fn behind_held_back(self) -> Bounds {
        Bounds { least: whole(self.hide_up_to) + 1, most: ENDLESS }
    }

    pub fn is_small(self, n: usize) -> bool {
        (1..=self.hide_up_to).contains(&n)
    }
}

pub(super) fn whole(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(ENDLESS).min(ENDLESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_number_can_be_is_what_would_be_shown_as_it() {
        for rule in [(0, 1), (4, 1), (7, 5), (9, 10), (7, 20), (12, 4)].map(|(hide_up_to, round_to)| CountRule { hide_up_to, round_to }) {
            for n in 0..200_usize {
                let Count::Shown(shown) = rule.count(n) else { continue };
                let Bounds { least, most } = rule.behind(shown);
                let same: Vec<u32> = (0..300_u32).filter(|other| rule.count(*other as usize) == Count::Shown(shown)).collect();
                assert_eq!((least, most), (same[0], same[same.len() - 1]), "{n} under {rule:?}");
            }
        }
    }
}
