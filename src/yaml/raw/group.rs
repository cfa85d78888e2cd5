//! `marg.yaml` as it is written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::yaml::fields::{List, Texts};

/// `marg.yaml`: the group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["name"]))]
pub struct RawGroup {
    /// The name of the group, as it stands on pages
    pub name: Option<String>,
    /// Whom a reader of a page asks: a role or an office, never a private person
    pub contact: Option<String>,
    /// Only for a sample or an archive: the day that is taken as today, like 2026-03-26
    #[schemars(extend("format" = "date"))]
    pub today: Option<String>,
    /// Who sits at the table, or whose rule may stand in the way
    pub agencies: List<RawAgency>,
    /// What a barrier can keep a person from
    pub services: List<RawService>,
    /// The statement that is read out at the start
    pub confidentiality: Option<String>,
    /// The agreement under which agencies share what they know
    pub information_sharing: Option<RawSharing>,
    /// How long a meeting lasts, in minutes, where it does not say when it ends
    pub meeting_minutes: Option<u32>,
    /// The time zone of its meetings, for calendars; Europe/London where it is not said
    pub time_zone: Option<String>,
    /// When an action that stays open goes to somebody more senior, and to whom
    pub escalation: Option<RawEscalation>,
    /// The group's own words: the name of a list (meetings, attendance, consent, whose, causes, scopes, offers,
    /// accepted, custody, cycles, sections) with the words it adds
    pub words: Option<BTreeMap<String, List<String>>>,
    /// What the group asks of its own records: labels that need their context, and plainer words
    pub recording: Option<RawRecording>,
    /// From which number on counts may be shown to a board and to the public
    pub publishing: Option<RawPublishing>,
    /// How long records are kept after a case was closed
    pub retention: Option<RawRetention>,
    /// What may stand in texts although it looks like personal data
    pub personal_data: Option<RawPersonalData>,
    /// What people can take part in
    pub opportunities: List<RawOpportunity>,
}

/// Something that people can take part in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["id", "what"]))]
pub struct RawOpportunity {
    /// A short name in small letters, like allotment
    pub id: Option<String>,
    /// What it is, in a few words
    pub what: Option<String>,
    /// What sort of offer it is: peer-mentor, activity, training, opportunity, or a word of the group
    pub kind: Option<String>,
    /// The agency that offers it, by its id
    pub by: Option<String>,
    /// Only for people with one of these themes; for anybody, if it is left out
    pub asks: List<String>,
    /// Themes with which it takes people who are refused elsewhere
    pub welcomes: List<String>,
    /// Themes with which it cannot take people
    pub excludes: List<String>,
    /// How much of a part one takes: come-along, take-part, help-run or decide-together
    pub level: Option<String>,
    /// One short sentence for the roadmap
    pub says: Option<String>,
    /// What the picture beside that sentence shows, such as people or talk
    pub picture: Option<String>,
    /// How one gets there: whom to ask by role, which day, where
    pub route: Option<String>,
    /// When somebody last asked whether that is still so
    #[schemars(extend("format" = "date"))]
    pub checked_on: Option<String>,
}

/// What may stand in texts although it looks like personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawPersonalData {
    /// Domains whose mail addresses are an office's, such as `quillmere.example`
    pub mail_domains: List<String>,
    /// Places where something may stand, each until a day
    pub allowed: List<RawAllowance>,
}

/// Something that may stand in one field of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["file", "field", "kind", "reason", "by", "until"]))]
pub struct RawAllowance {
    /// The file, from the folder of the workspace
    pub file: Option<String>,
    /// The field as the finding names it, such as `cases.update`
    pub field: Option<String>,
    /// The kind as the finding names it, such as `postcode`
    pub kind: Option<String>,
    /// Why it may stand there; never the thing itself
    pub reason: Option<String>,
    /// Who allowed it: a role
    pub by: Option<String>,
    /// The last day, like 2026-12-31
    #[schemars(extend("format" = "date"))]
    pub until: Option<String>,
}

/// How long records are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawRetention {
    /// How many years after its case was closed a record is looked at again: 6 where it is not said
    pub review_after_years: Option<u32>,
    /// How many years after its case was closed a record is to be gone; where it is not said, the review decides
    pub dispose_after_years: Option<u32>,
}

/// An agency of the group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["id", "name"]))]
pub struct RawAgency {
    /// A short name without spaces, used in meeting files, like housing-options
    pub id: Option<String>,
    /// The name that people know it by
    pub name: Option<String>,
    /// How to reach it: an office, not a person
    pub contact: Option<String>,
    /// Whom to turn to there when an action stays undone: a role, not a person
    pub escalate_to: Option<String>,
    /// The public keys (age1…) of those there for whom `marg seal` seals
    pub recipients: Texts,
    /// Whom it says it does not take
    pub exclusions: Texts,
    /// When somebody last asked whether that is still so
    #[schemars(extend("format" = "date"))]
    pub checked_on: Option<String>,
}

/// When an open action is taken further.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawEscalation {
    /// After how many meetings since it was set: 2 where it is not said
    pub after_meetings: Option<u32>,
    /// To whom, where the agency names nobody: a role or a board
    pub to: Option<String>,
}

/// A service that a barrier can keep a person from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["id", "name"]))]
pub struct RawService {
    /// A short name without spaces, used in meeting files, like supported-accommodation
    pub id: Option<String>,
    /// The name that people know it by
    pub name: Option<String>,
}

/// The information-sharing agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawSharing {
    /// Its reference
    pub agreement: Option<String>,
    /// When it is to be reviewed
    #[schemars(extend("format" = "date"))]
    pub review_by: Option<String>,
}

/// What the group asks of its own records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawRecording {
    /// What is said of people and follows them, such as arson: `marg check` asks for what is missing around it
    pub labels: List<RawLabel>,
    /// A word with a plainer one to write for it; with nothing after it, the word is welcome
    pub plain_words: Option<BTreeMap<String, Option<String>>>,
}

/// A label, by the words it is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["words"]))]
pub struct RawLabel {
    /// The built-in label whose place it takes: fire-setting, violence, sexual-offence, weapons or risk-marker
    pub name: Option<String>,
    /// The words it is known by, like [arson, fire-setting, set a fire]
    pub words: Texts,
    /// What a record is to say about it: when, age, intent, harm, circumstances, since, standing; all where it is not said, none for `[]`
    pub asks: Option<List<String>>,
}

/// The rules for numbers that leave the group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawPublishing {
    /// For a board
    pub board: Option<RawRule>,
    /// For the public
    pub public: Option<RawRule>,
    /// How many people sign an edition off before it leaves: 1 where it is not said, or 2
    pub sign_off: Option<u32>,
}

/// One rule for numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawRule {
    /// Counts from 1 up to this number are hidden
    pub hide_up_to: Option<u32>,
    /// All other counts are rounded to this
    pub round_to: Option<u32>,
    /// Why the group has a laxer rule than the standard: who decided it, and when. Without it, the standard holds
    pub reason: Option<String>,
}
