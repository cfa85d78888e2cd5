//! The plan of a day as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::yaml::fields::{List, Texts};

/// A file in `plans/`: a day on which somebody has to be in several places, such as a release from prison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["ref", "date", "begins"]))]
pub struct RawPlan {
    /// Whose day it is, by the ref of the case
    #[schemars(regex(pattern = r"^[A-Z0-9-]{3,24}$"))]
    #[serde(rename = "ref")]
    pub case: Option<String>,
    /// The day
    #[schemars(extend("format" = "date"))]
    pub date: Option<String>,
    /// Where the day begins, and when
    pub begins: Option<RawDayBegin>,
    /// Where the person has to be at the end of the day, and by when
    pub ends: Option<RawDayEnd>,
    /// How the person walks: usual, slow (half as long again), or no
    pub walks: Option<String>,
    /// How the person gets about: bus (if nothing is said), foot, taxi, or car for a worker's car
    pub by: Option<String>,
    /// How long a taxi is waited for each time, in minutes; 20 if nothing is said
    pub taxi_wait: Option<u32>,
    /// The places of the day
    pub places: List<RawPlanPlace>,
    /// What has to be done, in any order; no more than ten
    pub stops: List<RawPlanStop>,
    /// How long it takes from place to place, in both directions
    pub ways: List<RawPlanWay>,
}

/// Where the day begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["place", "at"]))]
pub struct RawDayBegin {
    /// The id of a place
    pub place: Option<String>,
    /// When, such as "09:15"
    pub at: Option<String>,
}

/// Where the day ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["place"]))]
pub struct RawDayEnd {
    /// The id of a place
    pub place: Option<String>,
    /// By when, such as a curfew
    pub by: Option<String>,
}

/// A place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["id", "name"]))]
pub struct RawPlanPlace {
    /// A short id, such as `pharmacy`
    pub id: Option<String>,
    /// Its name; never a private address
    pub name: Option<String>,
    /// When it opens on that day
    pub opens: Option<String>,
    /// When it closes on that day
    pub closes: Option<String>,
}

/// Something to be done at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["what", "place", "minutes"]))]
pub struct RawPlanStop {
    /// What is to be done
    pub what: Option<String>,
    /// The id of the place
    pub place: Option<String>,
    /// The time of the appointment; without one, whenever the place is open
    pub at: Option<String>,
    /// How long it takes, in minutes
    pub minutes: Option<u32>,
}

/// A way between two places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["between"]))]
pub struct RawPlanWay {
    /// The ids of the two places
    pub between: Texts,
    /// Minutes on foot, at the usual speed
    pub foot: Option<u32>,
    /// Minutes by bus, door to door, without waiting
    pub bus: Option<u32>,
    /// Minutes by taxi or by a worker's car, door to door
    pub car: Option<u32>,
    /// A bus comes every so many minutes
    pub every: Option<u32>,
    /// When the first bus leaves
    pub first_bus: Option<String>,
    /// When the last bus leaves
    pub last_bus: Option<String>,
}
