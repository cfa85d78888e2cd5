//! Released pages → tables for other programs.
//!
//! Takes nothing but [`Released`], as `documents` does, and cannot see a case or a meeting.

use crate::release::{Released, ReportPage};

/// The barriers of a report as CSV, with the numbers as the audience may see them.
pub fn barriers_csv(page: &Released<ReportPage>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every record has the same length.
    let _ = writer.write_record(["Barrier", "People", "Still live", "Eased", "Resolved"]);
    for line in &page.barriers {
        let _ = writer.write_record([&line.title, &line.people.to_string(), &line.live.to_string(), &line.eased.to_string(), &line.resolved.to_string()]);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
