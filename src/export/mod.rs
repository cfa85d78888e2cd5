//! Released pages → tables for other programs.
//!
//! Takes nothing but [`Released`], as `documents` does, and cannot see a case or a meeting.

mod agency;
mod calendar;
mod edition;
mod mail;

use std::borrow::Cow;

use crate::release::{Released, ReportPage};

pub use agency::{agency_csv, agency_text};
pub use calendar::{agency_calendar, calendar, is_time_zone};
pub use edition::edition_files;
pub use mail::agency_mail;

use agency::NOT_SHOWN;

/// The barriers of a report as CSV, with the numbers as the audience may see them.
pub fn barriers_csv(page: &Released<ReportPage>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every record has the same length.
    let _ = writer.write_record(["Barrier", "People", "Still live", "Eased", "Resolved"]);
    for line in &page.barriers {
        let _ = writer.write_record([
            harmless(&line.title).as_ref(),
            &line.people.to_string(),
            &line.live.to_string(),
            &line.eased.to_string(),
            &line.resolved.to_string(),
        ]);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A text that a spreadsheet shows rather than calculates: one that begins like a formula gets an apostrophe before it
/// (OWASP, "CSV Injection").
pub fn harmless(text: &str) -> Cow<'_, str> {
    let calculates = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if calculates { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}
