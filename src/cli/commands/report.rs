//! `marg report`: the report on a period.

use std::process::ExitCode;

use clap::Args;

use crate::analysis::{overview, trail};
use crate::cli::args::PeriodArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::pages::{PageArgs, render, tell_withheld, write};
use crate::documents::{Document, report_documents};
use crate::export::barriers_csv;
use crate::model::Period;
use crate::release::{Audience, Released, ReportPage, release_report};
use crate::workspace::Loaded;

/// Write the report: what gets in the way, how it changed, who was asked, what worked, what to do next
///
/// It is written as a page (report.html), as text (report.md) and as a table (report-barriers.csv). For the board and the public it
/// holds no cases, no agencies, and no sentence that nobody has marked as shareable; small numbers are hidden.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg report                              For members, into the folder out/
  marg report --for board --since 2025-Q3  For the board, from July 2025 on
  marg report --for public --out share     For everybody, into a folder of your own")]
pub(in crate::cli) struct ReportArgs {
    #[command(flatten)]
    page: PageArgs,

    #[command(flatten)]
    period: PeriodArgs,
}

pub(in crate::cli) fn run(context: &Context, args: &ReportArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound_for_figures()?;
    let page = page(&loaded, args.period.period()?, args.page.audience());
    tell_withheld(context, page.withheld());
    let mut documents = render(context, &loaded.files, |templates| report_documents(templates, &page))?;
    documents.push(Document::text("report-barriers.csv", barriers_csv(&page)));
    write(context, &loaded.files, &args.page, &documents)
}

/// The report on a period, let out to an audience.
pub(super) fn page(loaded: &Loaded, period: Period, audience: Audience) -> Released<ReportPage> {
    let book = &loaded.casebook;
    let facts = overview(book, period);
    let period = Period { since: facts.barriers.since, until: facts.barriers.until };
    let trail = trail(book, period, |meeting| loaded.files.path(meeting.file).to_owned());
    release_report(book, &facts, &trail, audience)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::NaiveDate;

    use super::*;
    use crate::documents::Templates;
    use crate::workspace::{Clock, Keep, Progress, Reading, load};

    #[test]
    fn what_is_not_kept_in_memory_is_not_missed() {
        let clock = Clock { given: NaiveDate::from_ymd_opt(2026, 3, 26), now: NaiveDate::default() };
        let read = |keep| load(Path::new(env!("CARGO_MANIFEST_DIR")), &Reading { clock, keep, cache: false, progress: Progress(None) });
        let (all, less) = (read(Keep::Everything), read(Keep::WithoutAccounts));
        for audience in [Audience::Members, Audience::Board, Audience::Public] {
            let pages = [&all, &less].map(|loaded| page(loaded, Period::default(), audience));
            let texts =
                pages.each_ref().map(|page| report_documents(&Templates::new(&[]).0, page).into_iter().map(|made| made.unwrap().contents).collect::<Vec<_>>());
            assert!(texts[0] == texts[1], "{audience}");
            assert_eq!(pages[0].withheld(), pages[1].withheld());
        }
    }
}
