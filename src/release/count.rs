//! Numbers of people, as an audience may see them.

pub use crate::disclosure::{Count, CountRule};

use super::audience::Audience;
use crate::model::Publishing;

/// Parts of a whole, so that a part that is hidden cannot be found by taking the others away from it: where one part alone would be
/// hidden, or their sum tells what they are, all that are not zero are hidden. Rounded numbers do not need it.
pub(super) fn parts<const N: usize>(rule: CountRule, whole: usize, parts: [usize; N]) -> [Count; N] {
    let shown = parts.map(|n| rule.count(n));
    match shown.iter().filter(|count| **count == Count::Hidden).count() {
        0 => shown,
        n if rule.round_to == 1 && rule.count(whole) != Count::Hidden && (n == 1 || told(rule, parts, n)) => {
            parts.map(|n| if n == 0 { Count::Shown(0) } else { Count::Hidden })
        }
        _ => shown,
    }
}

/// Whether hidden parts can be told from their sum: it is the least or the most that so many of them can be.
fn told<const N: usize>(rule: CountRule, parts: [usize; N], hidden: usize) -> bool {
    let sum: usize = parts.iter().filter(|n| rule.count(**n) == Count::Hidden).sum();
    sum == hidden || sum == hidden * rule.hide_up_to
}

impl CountRule {
    pub fn of(audience: Audience, publishing: &Publishing) -> Self {
        match audience {
            Audience::Members => Self { hide_up_to: 0, round_to: 1 },
            Audience::Session | Audience::Person | Audience::Board => Self { hide_up_to: publishing.board_hide_up_to as usize, round_to: 1 },
            Audience::Public => Self { hide_up_to: publishing.public_hide_up_to as usize, round_to: publishing.public_round_to.max(1) as usize },
        }
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
    fn a_hidden_part_cannot_be_found_by_subtraction() {
        let board = CountRule { hide_up_to: 4, round_to: 1 };
        let text = |whole, of: [usize; 3]| parts(board, whole, of).map(|count| count.to_string()).join(" ");
        assert_eq!(text(12, [8, 1, 3]), "8 [c] [c]");
        assert_eq!(text(14, [8, 6, 0]), "8 6 0");
        assert_eq!(text(17, [8, 6, 3]), "[c] [c] [c]");
        assert_eq!(text(6, [5, 0, 1]), "[c] 0 [c]");
        assert_eq!((text(10, [8, 1, 1]), text(16, [8, 4, 4])), ("[c] [c] [c]".to_owned(), "[c] [c] [c]".to_owned()), "a sum that can be made in one way");
        assert_eq!(text(3, [3, 0, 0]), "[c] 0 0");
    }

    #[test]
    fn nobody_who_is_there_is_rounded_away() {
        let coarse = CountRule { hide_up_to: 7, round_to: 20 };
        assert_eq!([0, 8, 31].map(|n| coarse.count(n)), [Count::Shown(0), Count::Shown(20), Count::Shown(40)]);
    }

    #[test]
    fn a_board_sees_exact_numbers_from_five_on() {
        let rule = CountRule::of(Audience::Board, &Publishing::default());
        assert_eq!([0, 4, 5].map(|n| rule.count(n)), [Count::Shown(0), Count::Hidden, Count::Shown(5)]);
        assert_eq!(CountRule::of(Audience::Members, &Publishing::default()).count(1), Count::Shown(1));
    }
}
