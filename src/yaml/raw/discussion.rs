//! One case at one meeting as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::yaml::fields::{List, Texts};

/// One case at this meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["ref"]))]
pub struct RawDiscussion {
    /// The pseudonym: capitals, digits and hyphens; never a name, initials or a date of birth
    #[schemars(regex(pattern = r"^[A-Z0-9-]{3,24}$"))]
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
    /// What helped: ids of themes
    pub enablers: Texts,
    /// Whose guides were used in this case: ids of themes
    pub guides_used: Texts,
    /// Who tagged which theme, who confirmed or refused it, and what they noted
    pub tagging: List<RawTagging>,
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
    /// What was asked about before the case was left, and left open on purpose: views, outcome, next_review, owner or due, each
    /// with the reason if there is one: `views: he was not well enough to be asked`
    pub left_open: Texts,
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
    /// Which agency asked the person whether they agree
    pub asked_by: Option<String>,
    /// What is missing here, each with the reason: `tried: not known, he was seen for the first time`
    pub left_open: Texts,
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
#[schemars(extend("required" = ["theme", "status"]))]
pub struct RawBarrier {
    /// The id of a theme of kind barrier
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

/// What people did about one theme when they tagged the case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["theme"]))]
pub struct RawTagging {
    /// The id of the theme
    pub theme: Option<String>,
    /// Who tagged it: a role or initials of somebody in the team
    pub by: Option<String>,
    /// When
    #[schemars(extend("format" = "date"))]
    pub on: Option<String>,
    /// Who confirmed it, when somebody else or a suggestion came first
    pub confirmed_by: Option<String>,
    /// Who said that it does not fit; then it is not counted
    pub refused_by: Option<String>,
    /// A note on it
    pub memo: Option<String>,
    /// What the note is: rule, idea, wording or question
    pub about: Option<String>,
}

/// A decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["text"]))]
pub struct RawDecision {
    /// What was decided
    pub text: Option<String>,
    /// Why
    pub why: Option<String>,
    /// Who saw it otherwise
    pub dissent: Option<String>,
}

/// An action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["what"]))]
pub struct RawAction {
    /// Short, random and used once, like k7q2
    pub id: Option<String>,
    /// What is to be done
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
