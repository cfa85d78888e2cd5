//! A second person's tags as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::yaml::fields::{List, Texts};

/// A file in `tagging/NAME/`: what one person tagged at one meeting without looking at the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["meeting"]))]
pub struct RawSecondTags {
    /// The meeting: the name of its file without .yaml
    pub meeting: Option<String>,
    /// The cases that were looked at; one that is not here was not looked at
    pub cases: List<RawSecondLook>,
}

/// A case that was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["ref"]))]
pub struct RawSecondLook {
    /// The case, by its ref
    #[schemars(regex(pattern = r"^[A-Z0-9-]{3,24}$"))]
    #[serde(rename = "ref")]
    pub case: Option<String>,
    /// The themes that fit: ids, of any kind; an empty list says that none does
    pub themes: Texts,
}
