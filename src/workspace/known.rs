//! What a workspace knows by name, without what its meetings say: quick enough for every press of a key.

use std::path::Path;

use super::list::{list, stem};
use super::load::read_codebook;
use crate::model::{Group, Theme};

/// As much as could be understood; what is wrong is left out, and said by whoever reads the whole.
#[derive(Debug, Default)]
pub struct Known {
    pub group: Group,
    /// In order of id.
    pub themes: Vec<Theme>,
    /// Ids of meetings, in order.
    pub meetings: Vec<String>,
}

/// Reads `marg.yaml` and the themes; of the meetings only which there are.
pub fn known(root: &Path) -> Known {
    let listed = list(root, "meetings");
    let codebook = read_codebook(root, &listed);
    let mut meetings: Vec<String> = listed.iter().filter(|listed| listed.refused.is_none()).map(|listed| stem(&listed.path).to_owned()).collect();
    meetings.sort();
    Known { group: codebook.group.unwrap_or_default(), themes: codebook.themes, meetings }
}
