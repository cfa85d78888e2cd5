//! `marg guide`: the best-practice guide on a theme, as a draft.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::guide_after::{self, AfterArgs, ApproveArgs};
use super::guide_comments::comments;
use super::guide_status::{self, ReviewArgs, StatusArgs};
use super::guide_take::{put_aside, take};
use super::guide_trace;
use crate::analysis::guide_facts;
use crate::cli::answer::FormatArgs;
use crate::cli::args::PeriodArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::find_theme;
use crate::cli::pages::{PageArgs, render, tell_withheld, write};
use crate::documents::{checklist_documents, guide_documents, guide_gaps, short_documents};
use crate::model::{Casebook, Period, ThemeKey, hard_to_read};
use crate::release::{Audience, GuidePage, Released, release_guide};
use crate::source::n_of;

/// Write the best-practice guide on a theme, as a draft
///
/// It is made from what people wrote in the theme's file and from the evidence of the meetings, each line with the ids behind it.
/// Nothing is made up: where only a person can write, the draft shows a marked gap, and the field to write it in is listed here.
/// It is written as a page (guide-THEME.html), as text (guide-THEME.md) and for Word (guide-THEME.docx). Edit the theme's file, or the text
/// for members between its marks: `--take` puts what was changed there into the theme's file. If templates/guide.docx or templates/house.docx is there, the document for Word has
/// its styles, header and footer.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  marg guide arson-blocks-housing               For members, with the evidence
  marg guide arson-blocks-housing --for public  Without cases, agencies and small numbers
  marg guide arson-blocks-housing --checklist   One sheet to print: each step, who does it, and a box to tick
  marg guide arson-blocks-housing --short       The short version with pictures, one idea a row
  marg guide arson-blocks-housing --gaps        What is still to be written, and where
  marg guide arson-blocks-housing --trace       Each line with the files and lines behind it
  marg guide arson-blocks-housing --take FILE   What was changed in the text, into the theme's file
  marg guide arson-blocks-housing --comments FILE.docx -o comments.xlsx
                                                Comments and tracked changes of a workshop, as a list
  marg guide status                             Which statements are to be read again, since their evidence has changed"
)]
pub(in crate::cli) struct GuideArgs {
    #[command(subcommand)]
    command: Option<GuideCommand>,

    /// The theme
    #[arg(value_name = "THEME", required = true)]
    theme: Option<String>,

    /// Only list what is still to be written, and in which field
    #[arg(long)]
    gaps: bool,

    /// Write the checklist alone instead, on one sheet: checklist-THEME.html, .md and .docx
    #[arg(long, conflicts_with = "gaps")]
    checklist: bool,

    /// Write the short version with pictures instead: short-THEME.html and .md. What makes its sentences hard to read is said
    #[arg(long, conflicts_with_all = ["gaps", "checklist", "trace"])]
    short: bool,

    /// Follow every line of the members' guide that carries a figure or a claim to the files and lines behind it
    #[arg(long, conflicts_with_all = ["gaps", "checklist", "audience", "out"])]
    trace: bool,

    #[command(flatten)]
    format: FormatArgs,

    /// Put what was changed in this text of the guide into the theme's file, and show it
    ///
    /// The text is guide-THEME.md as it was written for members. What stands between its marks is taken. Shown and left as it is: a text
    /// that was changed in the theme's file as well, and what was written outside of the marks. If there is such a thing, the command ends
    /// with 1.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with_all = ["gaps", "checklist", "audience", "out"])]
    take: Option<PathBuf>,

    /// List the comments and tracked changes of this document for Word
    ///
    /// In the order of the text: comments, the replies to them, and words that were inserted, deleted or replaced, each with the section, the
    /// words it is about, who wrote it and when. The id of an entry stays the same when the document is saved again. Nothing is taken into a
    /// file.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with_all = ["gaps", "checklist", "take", "trace", "audience", "out"])]
    comments: Option<PathBuf>,

    /// With --take, only show what would be taken
    #[arg(long, requires = "take")]
    dry_run: bool,

    #[command(flatten)]
    page: PageArgs,

    #[command(flatten)]
    period: PeriodArgs,
}

#[derive(Subcommand, Debug)]
enum GuideCommand {
    /// Say of each statement whether its evidence is still what somebody read
    ///
    /// holds: the evidence says what it said when a person read the statement against it · suspect: it has changed since (an action turned
    /// out otherwise, a rule or its answer changed, a theme was merged, or something on the theme was learned not to work) · never-read:
    /// nobody has read it against its evidence yet.
    #[command(after_help = "Examples:\n  marg guide status                         Of all guides\n  marg guide status arson-blocks-housing    Of one")]
    Status(StatusArgs),
    /// Say that somebody has read a statement against its evidence
    ///
    /// It is written into the theme's file, with a fingerprint of what the evidence says today.
    #[command(after_help = "Examples:\n  marg guide review arson-blocks-housing b8t4 --by Forum")]
    Review(ReviewArgs),
    /// Approve a guide that is whole, for use from a day on
    ///
    /// Who approved it, the day and the day of its review are written into the theme's file, and the theme moves to `published`. A guide with gaps,
    /// or with a statement whose evidence has changed since somebody read it, is refused.
    #[command(after_help = "Examples:
  marg guide approve arson-blocks-housing --by \"The MaRG, Quillmere\"")]
    Approve(ApproveArgs),
    /// Say whether a guide has helped: how it went for people before it was in use, and since
    ///
    /// Compared are people who first met the barrier in two stretches of the same length, and of each only what had happened by its last day. For
    /// members: the numbers are exact.
    #[command(after_help = "Examples:
  marg guide after arson-blocks-housing --from 2025-10-01    From a day on that its file does not name")]
    After(AfterArgs),
}

pub(in crate::cli) fn run(context: &Context, args: &GuideArgs) -> Result<ExitCode, CommandError> {
    match &args.command {
        Some(GuideCommand::Status(args)) => return guide_status::status(context, args),
        Some(GuideCommand::Review(args)) => return guide_status::review(context, args),
        Some(GuideCommand::Approve(args)) => return guide_after::approve(context, args),
        Some(GuideCommand::After(args)) => return guide_after::after(context, args),
        None => {}
    }
    let loaded = context.load_sound()?;
    let theme = find_theme(loaded.casebook.names(), args.theme.as_deref().unwrap_or_default())?;
    if args.trace {
        return guide_trace::run(context, &loaded, theme, args.period.period()?, &args.format);
    }
    if let Some(file) = &args.comments {
        return comments(context, file, &args.format);
    }
    if args.format.is_given() {
        return Err(CommandError::usage("`--format` and `-o` are for `--trace` and `--comments`")
            .hint("the guide is written in its three formats; `--out DIR` says where"));
    }
    let page = page(&loaded.casebook, theme, args.period.period()?, args.page.audience());
    if let Some(file) = &args.take {
        return take(context, &loaded, &page, file, args.dry_run);
    }
    let gaps = guide_gaps(&page);
    if args.gaps {
        let lines: Vec<String> = gaps.iter().map(|gap| format!("{}: {} (field `{}`)\n", gap.section, gap.what, gap.field)).collect();
        context.ui.answer(&lines.concat());
        return Ok(ExitCode::SUCCESS);
    }
    tell_withheld(context, page.withheld());
    let make = match (args.checklist, args.short) {
        (true, _) => checklist_documents,
        (_, true) => short_documents,
        _ => guide_documents,
    };
    if args.short {
        let guide = loaded.casebook.theme(theme).guide.as_ref();
        tell_hard(context, &loaded.casebook, guide.iter().flat_map(|guide| &guide.short).map(|line| line.says.as_str()));
        if guide.is_none_or(|guide| guide.short.is_empty()) {
            context.ui.hint(&format!("the sentences are written under `short` in `themes/{}.yaml`: `- {{ says: …, picture: house }}`", page.id));
        }
    }
    let documents = render(context, &loaded.files, |templates| make(templates, &page))?;
    if let Some(text) = documents.iter().find(|document| document.name == format!("guide-{}.md", page.id) && page.audience().is_members()) {
        put_aside(context, loaded.casebook.theme(theme), text, &args.page.path_of(&loaded.files, &text.name)?)?;
    }
    let written = write(context, &loaded.files, &args.page, &documents)?;
    if !gaps.is_empty() && !args.short {
        let things = n_of(gaps.len(), "gap is", "gaps are");
        context.ui.hint(&format!("{things} left for a person to fill in `themes/{}.yaml`, or in the members' text for `--take`; `--gaps` lists them", page.id));
    }
    Ok(written)
}

/// Says what makes sentences that have a picture beside them hard to read.
pub(super) fn tell_hard<'a>(context: &Context, book: &Casebook, sentences: impl IntoIterator<Item = &'a str>) {
    for says in sentences {
        for wrong in hard_to_read(says, book.group.recording.harder_words()) {
            context.ui.warning(&format!("“{}”: {wrong}", says.trim()));
        }
    }
}

/// The guide on a theme, let out to an audience.
pub(super) fn page(book: &Casebook, theme: ThemeKey, period: Period, audience: Audience) -> Released<GuidePage> {
    release_guide(book, &guide_facts(book, theme, period), audience)
}
