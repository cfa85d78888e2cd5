//! A theme as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::yaml::fields::{List, Texts};

/// A file in `themes/`: one entry of the codebook, with the guide's own text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["title", "kind"]))]
pub struct RawTheme {
    /// A short title in plain words
    pub title: Option<String>,
    /// barrier (what the system does), need (what the person lives with) or enabler (what helped)
    pub kind: Option<String>,
    /// A heading to group by
    pub parent: Option<String>,
    /// What it means, so that two people would use it alike, in Markdown
    pub definition: Option<String>,
    /// When to use it, in Markdown
    pub include: Option<String>,
    /// When not to use it, and what to use instead, in Markdown
    pub exclude: Option<String>,
    /// One invented example
    pub example: Option<String>,
    /// Phrases in notes that suggest it
    pub indicators: Texts,
    /// Earlier ids of this theme
    pub also_known_as: Texts,
    /// emerging, community-of-practice, workshop, guide-draft, published or review-due
    pub stage: Option<String>,
    /// That it is used no more: it stays in the records that name it, and is offered no more
    pub retired: Option<RawRetired>,
    /// The text of the best-practice guide
    pub guide: Option<RawGuide>,
}

/// Since when a theme is used no more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawRetired {
    /// When
    #[schemars(extend("format" = "date"))]
    pub on: Option<String>,
    /// Why
    pub why: Option<String>,
    /// The id of the theme to use instead
    #[serde(rename = "use")]
    pub instead: Option<String>,
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
    /// Of how many people the example is put together: with fewer than three, or where it is not said, it stays with the members
    pub example_people: Option<u32>,
    /// Whom to ask, in Markdown
    pub contacts: Option<String>,
    /// How the guide was made, in Markdown
    pub how_it_was_made: Option<String>,
    /// Its sentences, each with what it rests on
    pub statements: List<RawStatement>,
    /// The short version with pictures: one idea each, in short sentences
    pub short: List<RawShortLine>,
    /// Who of the people it is for has read the short version and said that it is easy to read. Only then is it called easy read
    pub short_signed_off_by: Option<String>,
}

/// One sentence of a short version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["says"]))]
pub struct RawShortLine {
    /// The sentence
    pub says: Option<String>,
    /// What the picture beside it shows, such as house, person, talk, paper, clock, fire, key, yes or no
    pub picture: Option<String>,
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
#[schemars(extend("required" = ["section", "says"]))]
pub struct RawStatement {
    /// Short, random and used once, like s7p4
    pub id: Option<String>,
    /// Where in the guide it stands, like what-works
    pub section: Option<String>,
    /// The sentence
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
    /// Who, by role
    pub by: Option<String>,
    /// The fingerprint of the evidence as it was read
    pub against: Option<String>,
}
