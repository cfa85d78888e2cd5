//! The group itself: what `marg.yaml` says.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::recording::Recording;
use super::{Involvement, PersonalKind, Picture};
use crate::source::{FileId, Place};

/// An agency of the group, by its place in [`Group::agencies`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgencyKey(pub u32);

/// A service of the group, by its place in [`Group::services`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceKey(pub u32);

/// Who sits at the table, or whose rule may stand in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    pub id: String,
    pub name: String,
    pub contact: Option<String>,
    /// Whom to turn to there when an action stays undone: a role.
    pub escalate_to: Option<String>,
    /// The public keys of those there for whom something can be sealed.
    pub recipients: Vec<String>,
    /// Whom it says it does not take.
    pub exclusions: Vec<String>,
    /// When somebody last asked whether that is still so.
    pub checked_on: Option<NaiveDate>,
}

/// What a barrier can keep a person from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    pub id: String,
    pub name: String,
}

/// The agreement under which agencies share what they know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharingAgreement {
    pub agreement: Option<String>,
    pub review_by: Option<NaiveDate>,
}

/// The rule for numbers that leave the group. Source of the defaults: public bodies in England hide 1 to 7 and round the rest to 5
/// (Hospital Episode Statistics since September 2018); a board that is bound by the sharing agreement sees exact figures from 5 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publishing {
    pub board_hide_up_to: u32,
    pub public_hide_up_to: u32,
    pub public_round_to: u32,
    /// How many people sign an edition off before it leaves.
    pub sign_off: u32,
}

impl Default for Publishing {
    fn default() -> Self {
        Self { board_hide_up_to: 4, public_hide_up_to: 7, public_round_to: 5, sign_off: 1 }
    }
}

/// When an open action is taken further, and to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// Meetings since the one that set it.
    pub after_meetings: u32,
    /// Where the agency names nobody.
    pub to: Option<String>,
}

impl Default for Escalation {
    fn default() -> Self {
        Self { after_meetings: 2, to: None }
    }
}

/// How long records are kept. There is no national rule for such groups; adult case records are kept for six years after closing in many
/// places (such as Derbyshire AC 03.01), and the group's agreement may say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Years after closing.
    pub review_after: u32,
    /// Years after closing; where it is not said, the review decides.
    pub dispose_after: Option<u32>,
}

impl Default for Retention {
    fn default() -> Self {
        Self { review_after: 6, dispose_after: None }
    }
}

/// Personal data that may stand in one field of one file until a day. It is told by its place and kind, never by what it is: not even a
/// fingerprint of a number is kept, since all numbers there are can be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// From the root of the workspace, such as `meetings/2026-03-12-marg.yaml`.
    pub file: String,
    /// The field, without the numbers of entries, such as `cases.update`.
    pub field: String,
    pub kind: Option<PersonalKind>,
    pub reason: String,
    /// Who allowed it: a role.
    pub by: String,
    /// The last day.
    pub until: Option<NaiveDate>,
}

/// What the group says of personal data in its texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalRules {
    /// Domains whose mail addresses are an office's.
    pub mail_domains: Vec<String>,
    pub allowed: Vec<Allowance>,
}

/// Something that people can take part in: what there is, whom it is for, and whom it cannot take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opportunity {
    pub id: String,
    pub what: String,
    /// A word of the list of offers, such as `activity`.
    pub kind: Option<String>,
    /// The id of the agency that offers it.
    pub by: Option<String>,
    /// Only for people with one of these themes; where there are none, for anybody.
    pub asks: Vec<String>,
    /// It has said yes to people with these, who are refused elsewhere.
    pub welcomes: Vec<String>,
    /// It cannot take people with these.
    pub excludes: Vec<String>,
    pub level: Option<Involvement>,
    /// One short sentence for the roadmap, and what the picture beside it shows.
    pub says: Option<String>,
    pub picture: Option<Picture>,
    /// How one gets there: a person's role to ask, a day, a place.
    pub route: Option<String>,
    /// When somebody last asked whether that is still so.
    pub checked_on: Option<NaiveDate>,
}

/// The group, its agencies and services, and the words it uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    pub name: String,
    /// Whom a reader of a page asks.
    pub contact: Option<String>,
    pub agencies: Vec<Agency>,
    pub services: Vec<Service>,
    pub confidentiality: Option<String>,
    pub information_sharing: Option<SharingAgreement>,
    pub publishing: Publishing,
    /// How long its meetings last, in minutes, where a meeting does not say when it ends.
    pub meeting_minutes: Option<u32>,
    /// The name of a time zone, such as `Europe/London`; that one where it is not said.
    pub time_zone: Option<String>,
    pub escalation: Escalation,
    pub retention: Retention,
    pub personal_data: PersonalRules,
    pub opportunities: Vec<Opportunity>,
    /// What it asks of its own records.
    pub recording: Recording,
    /// The group's own words, by the name of the list they extend.
    pub words: BTreeMap<String, Vec<String>>,
}

impl Group {
    /// Where it is written: `marg.yaml` is the first of the files.
    pub fn place() -> Place {
        Place::top(FileId(0))
    }

    pub fn agency(&self, key: AgencyKey) -> &Agency {
        &self.agencies[key.0 as usize]
    }

    pub fn service(&self, key: ServiceKey) -> &Service {
        &self.services[key.0 as usize]
    }

    pub fn find_agency(&self, id: &str) -> Option<AgencyKey> {
        self.agencies.iter().position(|agency| agency.id == id).map(|at| AgencyKey(at as u32))
    }

    pub fn find_service(&self, id: &str) -> Option<ServiceKey> {
        self.services.iter().position(|service| service.id == id).map(|at| ServiceKey(at as u32))
    }

    /// How long its meetings last, in minutes, where a meeting does not say.
    pub fn meeting_length(&self) -> u32 {
        self.meeting_minutes.unwrap_or(120)
    }

    /// The group's own words for one of its lists.
    pub fn own_words(&self, list: &str) -> &[String] {
        self.words.get(list).map_or(&[], Vec::as_slice)
    }
}
