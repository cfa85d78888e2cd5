//! The files exactly as people write them: one struct a mapping, nothing resolved, nearly everything optional.
//!
//! What must be there, and which words and dates are meant, is for [`super::check`] to say. The doc comments here become the
//! descriptions in the JSON Schema, and the hints in messages, so they speak to the person who writes the file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::fields::{List, Texts};

/// `marg.yaml`: the group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawGroup {
    /// The name of the group, as it stands on pages
    #[schemars(required)]
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
    /// The group's own words: the name of a list (meetings, causes, consent, offers, custody, sections) with the words it adds
    pub words: Option<BTreeMap<String, List<String>>>,
    /// From which number on counts may be shown to a board and to the public
    pub publishing: Option<RawPublishing>,
}

/// An agency of the group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawAgency {
    /// A short name without spaces, used in meeting files, like housing-options
    #[schemars(required)]
    pub id: Option<String>,
    /// The name that people know it by
    #[schemars(required)]
    pub name: Option<String>,
    /// How to reach it: an office, not a person
    pub contact: Option<String>,
    /// Whom it says it does not take
    pub exclusions: Texts,
    /// When somebody last asked whether that is still so
    #[schemars(extend("format" = "date"))]
    pub checked_on: Option<String>,
}

/// A service that a barrier can keep a person from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawService {
    /// A short name without spaces, used in meeting files, like supported-accommodation
    #[schemars(required)]
    pub id: Option<String>,
    /// The name that people know it by
    #[schemars(required)]
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

/// The rules for numbers that leave the group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawPublishing {
    /// For a board
    pub board: Option<RawRule>,
    /// For the public
    pub public: Option<RawRule>,
}

/// One rule for numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawRule {
    /// Counts from 1 up to this number are hidden
    pub hide_up_to: Option<u32>,
    /// All other counts are rounded to this
    pub round_to: Option<u32>,
}

/// A file in `themes/`: one entry of the codebook, with the guide's own text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawTheme {
    /// A short title in plain words
    #[schemars(required)]
    pub title: Option<String>,
    /// barrier (what the system does), need (what the person lives with) or enabler (what helped)
    #[schemars(required)]
    pub kind: Option<String>,
    /// A heading to group by
    pub parent: Option<String>,
    /// What it means, so that two people would use it alike
    pub definition: Option<String>,
    /// When to use it
    pub include: Option<String>,
    /// When not to use it, and what to use instead
    pub exclude: Option<String>,
    /// One invented example
    pub example: Option<String>,
    /// Phrases in notes that suggest it
    pub indicators: Texts,
    /// Earlier ids of this theme
    pub also_known_as: Texts,
    /// emerging, community-of-practice, workshop, guide-draft, published or review-due
    pub stage: Option<String>,
    /// The text of the best-practice guide
    pub guide: Option<RawGuide>,
}

/// What people have written for a guide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawGuide {
    /// Who it is for
    pub audience: Texts,
    /// Who made it: roles and organisations
    pub made_by: Texts,
    /// Who checked what it says about the law, and when
    pub legal_check: Option<RawLegalCheck>,
    /// Who approved it
    pub approved_by: Option<String>,
    /// Which edition this is
    pub edition: Option<String>,
    /// When it was published
    #[schemars(extend("format" = "date"))]
    pub published_on: Option<String>,
    /// When it is to be read again
    #[schemars(extend("format" = "date"))]
    pub review_date: Option<String>,
    /// Why there is this guide, in Markdown
    pub why_this_guide: Option<String>,
    /// What people told us, in Markdown
    pub what_people_told_us: Option<String>,
    /// What the law says, in Markdown; written and checked by a person who may
    pub what_the_law_says: Option<String>,
    /// How the risk is managed, in Markdown
    pub managing_the_risk: Option<String>,
    /// Questions to ask, in Markdown
    pub questions_to_ask: Option<String>,
    /// What may be shared, in Markdown
    pub information_sharing: Option<String>,
    /// When to go further up, in Markdown
    pub when_to_escalate: Option<String>,
    /// An example made of at least three people, in Markdown
    pub example: Option<String>,
    /// Whom to ask, in Markdown
    pub contacts: Option<String>,
    /// How the guide was made, in Markdown
    pub how_it_was_made: Option<String>,
    /// Its sentences, each with what it rests on
    pub statements: List<RawStatement>,
}

/// Who checked what a guide says about the law.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawLegalCheck {
    /// Who checked
    pub by: Option<String>,
    /// When
    #[schemars(extend("format" = "date"))]
    pub on: Option<String>,
}

/// One sentence of a guide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawStatement {
    /// Short, random and used once, like s7p4
    pub id: Option<String>,
    /// Where in the guide it stands, like what-works
    #[schemars(required)]
    pub section: Option<String>,
    /// The sentence
    #[schemars(required)]
    pub says: Option<String>,
    /// Which services it speaks to
    pub who: Texts,
    /// Ids of the learning points, barriers or actions behind it
    pub evidence: Texts,
    /// When a person last read it against its evidence
    pub reviewed: Option<RawReviewed>,
}

/// A person's reading of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawReviewed {
    /// When
    #[schemars(extend("format" = "date"))]
    pub on: Option<String>,
    /// The fingerprint of the evidence as it was read
    pub against: Option<String>,
}

/// A file in `meetings/`: the agenda before, the record during, the minutes after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawMeeting {
    /// marg, community-of-practice, workshop, or a kind that marg.yaml adds
    #[schemars(required)]
    pub meeting: Option<String>,
    /// The day of the meeting, like 2026-03-12
    #[schemars(required, extend("format" = "date"))]
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
pub struct RawAttendance {
    /// The agency, by its id in marg.yaml
    #[schemars(required)]
    pub agency: Option<String>,
    /// The role of the person, not the name
    pub role: Option<String>,
    /// present, apology, sent-information, observer or no-response
    #[schemars(required)]
    pub status: Option<String>,
}

/// The confidentiality statement at this meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawConfidentiality {
    /// Who read it out
    pub read_by: Option<String>,
    /// The sharing agreement it was read under
    pub agreement: Option<String>,
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
}

/// What happened to an earlier action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawActionReport {
    /// The id of the action
    #[schemars(required)]
    pub id: Option<String>,
    /// open, done, not-possible (circumstances changed), not-done or superseded
    #[schemars(required)]
    pub status: Option<String>,
    /// When it was done
    #[schemars(extend("format" = "date"))]
    pub on: Option<String>,
    /// worked, partly, did-not-work or too-soon
    pub outcome: Option<String>,
    /// What came of it
    pub note: Option<String>,
}

/// One case at this meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawDiscussion {
    /// The pseudonym: capitals, digits and hyphens; never a name, initials or a date of birth
    #[schemars(required, regex(pattern = r"^[A-Z0-9-]{3,24}$"))]
    #[serde(rename = "ref")]
    pub case: Option<String>,
    /// new, review or urgent
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// How a new case came to the group
    pub referral: Option<RawReferral>,
    /// The agency that leads
    pub lead_agency: Option<String>,
    /// The role of the person who leads
    pub lead_professional: Option<String>,
    /// Who with lived experience stands by the person
    pub lived_experience_supporter: Option<String>,
    /// What was said, in Markdown
    pub update: Option<String>,
    /// The person's own voice
    pub views: List<RawView>,
    /// What the person lives with: ids of themes
    pub needs: Texts,
    /// What stands in the way
    pub barriers: List<RawBarrier>,
    /// What was decided
    pub decisions: List<RawDecision>,
    /// Who does what by when
    pub actions: List<RawAction>,
    /// What was learned
    pub learning: List<RawLearning>,
    /// What the person was offered
    pub offers: List<RawOffer>,
    /// In custody, or coming out
    pub custody: Option<RawCustody>,
    /// When the case is looked at again
    #[schemars(extend("format" = "date"))]
    pub next_review: Option<String>,
    /// The case ends here
    pub closed: Option<RawClosed>,
    /// Who tells the person what was decided, and by when
    pub feedback_to_person: Option<RawFeedback>,
}

/// How a new case came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawReferral {
    /// Which agency refers
    pub agency: Option<String>,
    /// Why now
    pub reason: Option<String>,
    /// What has been tried
    pub tried: Option<String>,
    /// What the referrer itself offers
    pub offer: Option<String>,
    /// The legal basis for sharing
    pub legal_basis: Option<String>,
    /// given, withheld, not-sought or lacks-capacity
    pub consent: Option<String>,
    /// The role of the senior person who signed
    pub senior_sign_off: Option<String>,
}

/// What somebody says who speaks for the person, or the person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawView {
    /// person, family, carer or advocate
    pub whose: Option<String>,
    /// Which agency asked
    pub obtained_by: Option<String>,
    /// In their own words
    pub says: Option<String>,
    /// What they want
    pub wants: Texts,
}

/// A barrier: this theme blocks that service, at this agency, under this rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawBarrier {
    /// The id of a theme of kind barrier
    #[schemars(required)]
    pub theme: Option<String>,
    /// Short, random and used once, like r7b2
    pub id: Option<String>,
    /// Which service it keeps the person from
    pub blocks: Option<String>,
    /// The agency whose rule or practice it is
    pub at: Option<String>,
    /// The rule, as the agency words it
    pub rule: Option<String>,
    /// policy, practice, resource, recording, attitude or law
    pub cause: Option<String>,
    /// case (about this person) or system (about how things work)
    pub scope: Option<String>,
    /// How we know
    pub evidence: Option<String>,
    /// live, eased or resolved
    #[schemars(required)]
    pub status: Option<String>,
    /// Who was asked to move it, and when
    pub asked: Option<RawAsked>,
    /// flexed-once, changed-for-all, refused or no-reply
    pub answer: Option<String>,
}

/// Who was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawAsked {
    /// The agency
    pub of: Option<String>,
    /// When
    #[schemars(extend("format" = "date"))]
    pub on: Option<String>,
}

/// A decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawDecision {
    /// What was decided
    #[schemars(required)]
    pub text: Option<String>,
    /// Why
    pub why: Option<String>,
    /// Who saw it otherwise
    pub dissent: Option<String>,
}

/// An action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawAction {
    /// Short, random and used once, like k7q2
    pub id: Option<String>,
    /// What is to be done
    #[schemars(required)]
    pub what: Option<String>,
    /// The agency that does it
    pub owner: Option<String>,
    /// The role of the person who does it
    pub person: Option<String>,
    /// By when
    #[schemars(extend("format" = "date"))]
    pub due: Option<String>,
    /// The barrier it is meant to move
    pub addresses: Option<String>,
}

/// A learning point: exactly one of worked, did_not_work and question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawLearning {
    /// Short, random and used once, like w4h8
    pub id: Option<String>,
    /// What worked
    pub worked: Option<String>,
    /// What did not
    pub did_not_work: Option<String>,
    /// What nobody could answer
    pub question: Option<String>,
    /// Barriers, needs and enablers it is about
    pub themes: Texts,
    /// Whether others may read it: yes or no
    #[schemars(with = "Option<bool>")]
    pub shareable: Option<String>,
}

/// Something the person was offered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawOffer {
    /// peer-mentor, activity, training, opportunity
    pub kind: Option<String>,
    /// Which agency offers it
    pub by: Option<String>,
    /// yes, no or not-yet
    pub accepted: Option<String>,
}

/// In custody, or coming out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawCustody {
    /// remanded, sentenced, recalled or released
    pub status: Option<String>,
    /// Where
    pub prison: Option<String>,
    /// When the person comes out
    #[schemars(extend("format" = "date"))]
    pub release_date: Option<String>,
}

/// The end of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawClosed {
    /// Why
    pub reason: Option<String>,
}

/// The promise that the person is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawFeedback {
    /// Short, random and used once, like d5c8
    pub id: Option<String>,
    /// Which agency tells the person
    pub by: Option<String>,
    /// By when
    #[schemars(extend("format" = "date"))]
    pub due: Option<String>,
    /// When it was done
    #[schemars(extend("format" = "date"))]
    pub given_on: Option<String>,
}

/// What a community of practice or a workshop brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawSession {
    /// The id of the theme it was about
    #[schemars(required)]
    pub theme: Option<String>,
    /// Who facilitated
    pub facilitator: Option<String>,
    /// Who led with lived experience
    pub lived_experience_lead: Option<String>,
    /// The story that was told, in Markdown
    pub story: Option<String>,
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
pub struct RawRecommendation {
    /// What should change
    #[schemars(required)]
    pub text: Option<String>,
    /// The agency that owns it
    pub owner: Option<String>,
    /// What it replied
    pub reply: Option<String>,
}

/// One cycle of value creation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawValue {
    /// immediate, potential, applied, realised or reframing
    #[schemars(required)]
    pub cycle: Option<String>,
    /// What can be counted or seen
    pub indicator: Option<String>,
    /// What it was like
    pub story: Option<String>,
}
