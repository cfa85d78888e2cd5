//! The names that a workspace knows, without what its meetings say: quick enough for every press of a key.

use std::path::Path;
use std::sync::Arc;

use super::list::{list, stem};
use super::{GROUP_FILE, text};
use crate::model::{Group, Theme};
use crate::source::FileId;
use crate::yaml;

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
    // Findings are not looked at, so it does not matter which file they would be about.
    let file = FileId(0);
    let read = |path: &str| text::read(file, &root.join(path)).ok();
    let group = read(GROUP_FILE).and_then(|text| yaml::read_group(file, &text).0).and_then(|raw| yaml::check_group(file, raw, Vec::new()).value);
    let theme = |path: Arc<str>| {
        let raw = yaml::read_theme(file, &read(&path)?).0?;
        yaml::check_theme(file, stem(&path), raw, Vec::new()).value
    };
    let files = |folder| list(root, folder).into_iter().filter(|listed| listed.refused.is_none()).map(|listed| listed.path);
    let mut themes: Vec<Theme> = files("themes").filter_map(theme).collect();
    themes.sort_by(|a, b| a.id.cmp(&b.id));
    let mut meetings: Vec<String> = files("meetings").map(|path| stem(&path).to_owned()).collect();
    meetings.sort();
    Known { group: group.map(|(group, _)| group).unwrap_or_default(), themes, meetings }
}
