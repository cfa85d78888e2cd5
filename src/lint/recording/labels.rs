//! Labels that follow a person from file to file.
//!
//! A community of practice on arson and fire-setting found that notes without their context had themselves become the barrier: nobody
//! could tell any more what had happened, so nobody dared to decide otherwise (Expert Citizens, Stoke-on-Trent, "Community of Practice
//! update: arson / fire setting", 2024). The other labels here travel in the same way. Phrases are chosen so that they speak of
//! what a person is said to have done, and not of what was done to them.

use crate::model::Ask::{self, Age, Circumstances, Harm, Intent, Since, Standing, When};

const ALL: &[Ask] = Ask::ALL;

/// Each with its name, its words and what a record is to say of it. A hyphen in a text counts as a space, and so does a new line.
pub(super) const BUILT_IN: &[(&str, &[&str], &[Ask])] = &[
    (
        "fire-setting",
        &[
            "arson",
            "arsonist",
            "fire setting",
            "fire setter",
            "firesetting",
            "firesetter",
            "set a fire",
            "set fires",
            "sets fires",
            "set fire to",
            "setting fires",
            "started a fire",
            "deliberate fire",
        ],
        ALL,
    ),
    (
        "violence",
        &[
            "history of violence",
            "violent offence",
            "violent offending",
            "violent offender",
            "violent behaviour",
            "violence marker",
            "violent towards",
            "violence towards",
            "violent to staff",
            "violence to staff",
            "assault on staff",
            "assault on police",
            "assault on a police officer",
            "assault on an emergency worker",
            "assault on a nurse",
            "assault on a worker",
            "assault on another resident",
            "convicted of assault",
            "assaulted staff",
            "assaulted a member of staff",
            "common assault",
            "grievous bodily harm",
            "actual bodily harm",
            "GBH",
            "ABH",
            "threats to kill",
            "threatened staff",
            "physically aggressive",
        ],
        ALL,
    ),
    (
        "sexual-offence",
        &[
            "sexual offence",
            "sexual offending",
            "sexual offender",
            "sex offence",
            "sex offender",
            "RSO",
            "sexually harmful behaviour",
            "inappropriate sexual behaviour",
            "sexually inappropriate",
            "sexualised behaviour",
            "indecent exposure",
        ],
        ALL,
    ),
    (
        "weapons",
        &[
            "carries a knife",
            "carried a knife",
            "carrying a knife",
            "possession of a knife",
            "bladed article",
            "offensive weapon",
            "possession of a weapon",
            "carries weapons",
            "weapons marker",
        ],
        ALL,
    ),
    (
        "risk-marker",
        &["risk to staff", "risk to women", "risk to children", "risk to the public", "risk to others", "risk marker", "warning marker"],
        &[When, Harm, Circumstances, Since],
    ),
];

/// Where the words of a label stand in these, they are no label.
pub(super) const OTHERWISE: &[&str] = &["arson attack on", "arson attack at"];

/// What is asked, as the end of "the record does not say …".
pub(super) fn asked(ask: Ask) -> &'static str {
    match ask {
        When => "when it was",
        Age => "how old they were",
        Intent => "what was meant by it",
        Harm => "what harm it did",
        Circumstances => "what was going on then",
        Since => "what has changed since",
        Standing => "whether it was a conviction, a charge or an allegation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::known;

    #[test]
    fn a_group_can_name_each_of_them() {
        assert!(BUILT_IN.iter().map(|(name, ..)| name).eq(known::LABELS));
    }
}
