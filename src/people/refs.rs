//! New refs: by chance alone, so that a ref says nothing about a person, not even who came before whom.

/// Capitals and digits that are not mistaken for each other when somebody writes them down, and that make no words.
const SIGNS: &[u8; 28] = b"BCDFGHJKLMNPQRSTVWXZ23456789";
/// 28 to the sixth power: 480 million.
const LENGTH: usize = 6;

/// The system gave no chance, or everything it gave was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no new ref could be made: the system gives no random numbers")]
pub struct NoChance;

/// Random bytes from the system.
///
/// # Errors
///
/// When it has none to give.
pub fn random_from_system(bytes: &mut [u8]) -> Result<(), NoChance> {
    getrandom::getrandom(bytes).map_err(|_| NoChance)
}

/// A ref that was never given to anybody: a prefix as the group's refs have, and six signs by chance, a digit among them.
///
/// # Errors
///
/// When there is no chance to be had.
pub fn new_ref(prefix: &str, is_taken: impl Fn(&str) -> bool, mut random: impl FnMut(&mut [u8]) -> Result<(), NoChance>) -> Result<String, NoChance> {
    const TRIES: usize = 10_000;
    for _ in 0..TRIES {
        let mut code = String::with_capacity(LENGTH);
        while code.len() < LENGTH {
            let mut byte = [0];
            random(&mut byte)?;
            // Bytes above would make some signs likelier than others.
            if usize::from(byte[0]) < 256 / SIGNS.len() * SIGNS.len() {
                code.push(char::from(SIGNS[usize::from(byte[0]) % SIGNS.len()]));
            }
        }
        let case = if prefix.is_empty() { code } else { format!("{prefix}-{code}") };
        if case.rsplit('-').next().is_some_and(|code| code.bytes().any(|sign| sign.is_ascii_digit())) && !is_taken(&case) {
            return Ok(case);
        }
    }
    Err(NoChance)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn refs_are_by_chance_and_never_given_twice() {
        let mut seen = std::collections::BTreeSet::new();
        let mut signs: BTreeMap<char, usize> = BTreeMap::new();
        for _ in 0..5_000 {
            let case = new_ref("QLM", |case| seen.contains(case), random_from_system).unwrap();
            assert!(case.len() == 10 && case.starts_with("QLM-") && case[4..].bytes().any(|sign| sign.is_ascii_digit()), "{case}");
            case[4..].chars().for_each(|sign| *signs.entry(sign).or_default() += 1);
            assert!(seen.insert(case));
        }
        assert_eq!(signs.len(), SIGNS.len());
        // A digit is asked for, so digits are a little likelier than letters; among themselves all are alike.
        let counts = |digits: bool| signs.iter().filter(move |(sign, _)| sign.is_ascii_digit() == digits).map(|(_, count)| *count).collect::<Vec<_>>();
        for alike in [counts(true), counts(false)] {
            assert!(alike.iter().max().unwrap() * 2 < alike.iter().min().unwrap() * 3, "{alike:?}");
        }
    }

    #[test]
    fn what_is_taken_is_passed_over_and_no_chance_is_said() {
        let mut next = (0_u8..).flat_map(|sign| [sign % 28; 6]);
        // Six letters are no ref; of the digits, the first is taken.
        let mut given = |bytes: &mut [u8]| {
            bytes[0] = next.next().unwrap();
            Ok(())
        };
        assert_eq!(new_ref("", |case| case == "222222", &mut given), Ok("333333".to_owned()));
        assert_eq!(new_ref("", |_| false, |_| Err(NoChance)), Err(NoChance));
        assert_eq!(new_ref("", |_| true, random_from_system), Err(NoChance));
    }
}
