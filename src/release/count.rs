//! Numbers of people, as an audience may see them.

use std::fmt;

use super::audience::Audience;
use crate::model::Publishing;

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
    pub fn of(audience: Audience, publishing: &Publishing) -> Self {
        match audience {
            Audience::Members => Self { hide_up_to: 0, round_to: 1 },
            Audience::Board => Self { hide_up_to: publishing.board_hide_up_to as usize, round_to: 1 },
            Audience::Public => Self { hide_up_to: publishing.public_hide_up_to as usize, round_to: publishing.public_round_to.max(1) as usize },
        }
    }

    pub fn count(self, n: usize) -> Count {
        if (1..=self.hide_up_to).contains(&n) {
            return Count::Hidden;
        }
        Count::Shown((n + self.round_to / 2) / self.round_to * self.round_to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_sees_no_number_under_eight_and_only_multiples_of_five() {
        let rule = CountRule::of(Audience::Public, &Publishing::default());
        let shown: Vec<String> = [0, 1, 7, 8, 12, 13, 17, 18].iter().map(|n| rule.count(*n).to_string()).collect();
        assert_eq!(shown, ["0", "[c]", "[c]", "10", "10", "15", "15", "20"]);
    }

    #[test]
    fn a_board_sees_exact_numbers_from_five_on() {
        let rule = CountRule::of(Audience::Board, &Publishing::default());
        assert_eq!([0, 4, 5].map(|n| rule.count(n)), [Count::Shown(0), Count::Hidden, Count::Shown(5)]);
        assert_eq!(CountRule::of(Audience::Members, &Publishing::default()).count(1), Count::Shown(1));
    }
}
