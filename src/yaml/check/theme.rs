//! A file of `themes/`.

use super::desk::{Desk, Here};
use super::{CheckedFile, Vocabulary};
use crate::model::{Guide, LegalCheck, Retired, Reviewed, ShortLine, Statement, Theme, ThemeKind};
use crate::source::{FileId, Finding};
use crate::yaml::raw::{RawGuide, RawRetired, RawShortLine, RawStatement, RawTheme};

/// One theme; `id` is the name of its file.
pub fn check_theme(file: FileId, id: &str, raw: RawTheme, findings: Vec<Finding>) -> CheckedFile<Theme> {
    let names = Vocabulary::default();
    let mut desk = Desk::new(file, &names, findings);
    let top = Here::top();
    let title = desk.needed(raw.title, top, "title", "a theme has a short title in plain words");
    let kind = desk.needed_word::<ThemeKind>(raw.kind.as_deref(), &top, "kind");
    let stage = desk.word(raw.stage.as_deref(), top.field("stage"));
    let retired = raw.retired.map(|raw| retired(&mut desk, raw, &top.field("retired")));
    let guide = raw.guide.map(|raw| guide(&mut desk, raw, &top.field("guide")));
    let theme = kind.map(|kind| Theme {
        id: id.to_owned(),
        file,
        title: title.trim().to_owned(),
        kind,
        parent: raw.parent,
        definition: raw.definition,
        include: raw.include,
        exclude: raw.exclude,
        example: raw.example,
        indicators: raw.indicators.0,
        also_known_as: raw.also_known_as.0,
        stage,
        retired,
        guide,
    });
    CheckedFile { value: theme, findings: desk.findings }
}

fn retired(desk: &mut Desk<'_>, raw: RawRetired, here: &Here<'_>) -> Retired {
    Retired { on: desk.date(raw.on, here.field("on")), why: raw.why, instead: raw.instead.filter(|id| !id.is_empty()) }
}

fn guide(desk: &mut Desk<'_>, raw: RawGuide, here: &Here<'_>) -> Guide {
    Guide {
        audience: raw.audience.0,
        made_by: raw.made_by.0,
        legal_check: raw.legal_check.map(|check| LegalCheck { by: check.by, on: desk.date(check.on, here.field("legal_check").field("on")) }),
        approved_by: raw.approved_by,
        edition: raw.edition,
        published_on: desk.date(raw.published_on, here.field("published_on")),
        review_date: desk.date(raw.review_date, here.field("review_date")),
        why_this_guide: raw.why_this_guide,
        what_people_told_us: raw.what_people_told_us,
        what_the_law_says: raw.what_the_law_says,
        managing_the_risk: raw.managing_the_risk,
        questions_to_ask: raw.questions_to_ask,
        information_sharing: raw.information_sharing,
        when_to_escalate: raw.when_to_escalate,
        example: raw.example,
        example_people: raw.example_people,
        contacts: raw.contacts,
        how_it_was_made: raw.how_it_was_made,
        statements: raw.statements.0.into_iter().enumerate().map(|(n, raw)| statement(desk, raw, n, &here.field("statements").entry(n))).collect(),
        short: raw.short.0.into_iter().enumerate().map(|(n, raw)| short_line(desk, raw, &here.field("short").entry(n))).collect(),
        short_signed_off_by: raw.short_signed_off_by,
    }
}

fn short_line(desk: &mut Desk<'_>, raw: RawShortLine, here: &Here<'_>) -> ShortLine {
    ShortLine {
        says: desk.needed(raw.says, *here, "says", "one idea in one short sentence"),
        picture: desk.word(raw.picture.as_deref(), here.field("picture")),
    }
}

fn statement(desk: &mut Desk<'_>, raw: RawStatement, nth: usize, here: &Here<'_>) -> Statement {
    Statement {
        nth,
        id: desk.id(raw.id, here),
        section: desk.needed(raw.section, *here, "section", "say where in the guide the sentence stands, such as `what-works`"),
        says: desk.needed(raw.says, *here, "says", "a statement is a sentence"),
        who: raw.who.0,
        evidence: raw.evidence.0,
        reviewed: raw.reviewed.map(|reviewed| Reviewed {
            on: desk.date(reviewed.on, here.field("reviewed").field("on")),
            by: reviewed.by,
            against: reviewed.against,
        }),
    }
}
