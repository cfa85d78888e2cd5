//! A meeting as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::discussion::RawDiscussion;
use crate::yaml::fields::{List, Texts};

/// A file in `meetings/`: the agenda before, the record during, the minutes after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["meeting", "date"]))]
pub struct RawMeeting {
    /// marg, community-of-practice, workshop, or a kind that marg.yaml adds
    pub meeting: Option<String>,
    /// The day of the meeting, like 2026-03-12
    #[schemars(extend("format" = "date"))]
    pub date: Option<String>,
    /// When it starts, like "13:30"
    pub starts: Option<String>,
    /// When it ends, like "15:30"
    pub ends: Option<String>,
    /// Where it is held
    pub venue: Option<String>,
    /// Who chairs
    pub chair: Option<String>,
    /// Who coordinates
    pub coordinator: Option<String>,
    /// Who takes the minutes
    pub minute_taker: Option<String>,
    /// planned, held, agreed or called-off
    pub status: Option<String>,
    /// When the minutes were agreed, and what they said then
    pub agreed: Option<RawAgreed>,
    /// Agencies that must be there or send what they know
    pub required_agencies: Texts,
    /// Who came, sent apologies, sent information or did not answer
    pub attendance: List<RawAttendance>,
    /// Who read the confidentiality statement, and under which agreement
    pub confidentiality: Option<RawConfidentiality>,
    /// Order and minutes
    pub agenda: List<RawAgendaItem>,
    /// What happened to earlier actions
    pub previous_actions: List<RawActionReport>,
    /// The people discussed
    pub cases: List<RawDiscussion>,
    /// Any other business, in Markdown
    pub other_business: Option<String>,
    /// The day of the next meeting
    #[schemars(extend("format" = "date"))]
    pub next_meeting: Option<String>,
    /// For a community of practice or a workshop
    pub session: Option<RawSession>,
}

/// One line of the attendance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["agency", "status"]))]
pub struct RawAttendance {
    /// The agency, by its id in marg.yaml
    pub agency: Option<String>,
    /// The role of the person, not the name
    pub role: Option<String>,
    /// present, apology, sent-information, observer or no-response
    pub status: Option<String>,
    /// When they left, if before the end: a time, or the item or case that was on the table
    pub left: Option<String>,
}

/// The confidentiality statement at this meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawConfidentiality {
    /// Who read it out
    pub read_by: Option<String>,
    /// The sharing agreement it was read under
    pub agreement: Option<String>,
    /// Why the group meets although the review of that agreement is overdue
    pub although: Option<String>,
}

/// That the minutes were agreed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawAgreed {
    /// On which day
    #[schemars(extend("format" = "date"))]
    pub on: Option<String>,
    /// By whom: the meeting, or a role
    pub by: Option<String>,
    /// The fingerprint of the record as it was agreed: `marg minutes agree` writes it, and `marg check` holds the record against it
    pub record: Option<String>,
}

/// One item of the agenda: a text or a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawAgendaItem {
    /// What it is about
    pub item: Option<String>,
    /// The ref of a case
    pub case: Option<String>,
    /// How many minutes it is given
    pub minutes: Option<u32>,
    /// How many minutes it took
    pub took: Option<u32>,
    /// What was said on it, when it is not a case: Markdown
    pub note: Option<String>,
    /// Why it was put off to the next meeting
    pub deferred: Option<String>,
}

/// What happened to an earlier action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["id", "status"]))]
pub struct RawActionReport {
    /// The id of the action
    pub id: Option<String>,
    /// open, done, not-possible (circumstances changed), not-done or superseded
    pub status: Option<String>,
    /// When it was done
    #[schemars(extend("format" = "date"))]
    pub on: Option<String>,
    /// worked, partly, did-not-work or too-soon
    pub outcome: Option<String>,
    /// What came of it
    pub note: Option<String>,
}

/// What a community of practice or a workshop brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["theme"]))]
pub struct RawSession {
    /// The id of the theme it was about
    pub theme: Option<String>,
    /// Who facilitated
    pub facilitator: Option<String>,
    /// Who led with lived experience
    pub lived_experience_lead: Option<String>,
    /// How many people came
    pub people: Option<u32>,
    /// How many of them have lived experience of it
    pub with_lived_experience: Option<u32>,
    /// The story that was told, in Markdown
    pub story: Option<String>,
    /// What was agreed about the story with whoever told it, or of how many people it was made
    pub story_consent: Option<String>,
    /// Questions that were asked
    pub questions: Texts,
    /// What is still stuck
    pub issues: Texts,
    /// What already works
    pub positive_practice: Texts,
    /// What should change, and who owns it
    pub recommendations: List<RawRecommendation>,
    /// What the session was worth
    pub value: List<RawValue>,
}

/// A recommendation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["text"]))]
pub struct RawRecommendation {
    /// What should change
    pub text: Option<String>,
    /// The agency that owns it
    pub owner: Option<String>,
    /// What it replied
    pub reply: Option<String>,
}

/// One cycle of value creation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["cycle"]))]
pub struct RawValue {
    /// immediate, potential, applied, realised or reframing
    pub cycle: Option<String>,
    /// What can be counted or seen
    pub indicator: Option<String>,
    /// What it was like
    pub story: Option<String>,
}
