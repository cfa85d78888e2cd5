//! The file of a new meeting, as a careful coordinator would write it.

use super::canon::value_of;
use super::render::Hand;
use crate::model::{Meeting, Names};
use crate::yaml::FileKind;

/// A line or more above a block of a new file, which explains it: without the sign `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The field above which it stands; `meeting` for the top of the file.
    pub above: &'static str,
    pub lines: Vec<String>,
}

/// These stand on lines next to each other; everything else has a blank line above it.
const HEAD: [&str; 11] = ["meeting", "date", "starts", "ends", "venue", "chair", "coordinator", "minute_taker", "status", "agreed", "required_agencies"];

/// The text of a new meeting's file, which lies so many folders deep: one in `meetings/`.
pub fn new_meeting(names: Names<'_>, meeting: &Meeting, remarks: &[Remark], folders: usize) -> String {
    let mut text = FileKind::Meeting.modeline_in(folders);
    let mut after_block = false;
    let hand = Hand { dash: 2, careful: false };
    for (name, value) in value_of(names, meeting).fields() {
        let lines = hand.field(name, value, 0);
        let above = remarks.iter().filter(|remark| remark.above == name).flat_map(|remark| &remark.lines);
        let above: String = above.flat_map(|lines| lines.lines()).map(|line| format!("{}\n", format!("# {line}").trim_end())).collect();
        let is_block = !HEAD.contains(&name) && lines.contains('\n');
        if is_block || after_block || (!above.is_empty() && name != "meeting") {
            text.push('\n');
        }
        text.push_str(&above);
        text.push_str(&lines);
        text.push('\n');
        after_block = is_block;
    }
    text
}
