//! From the model back to what the file of a theme says: every field, in the order of the format.

use super::value::{self, Value, bare, fields, list, texts};
use crate::model::{Guide, Statement, Theme};

/// What the file of a theme says. The id is the file's name and stands nowhere in it.
pub(crate) fn value_of_theme(theme: &Theme) -> Value {
    fields([
        ("title", text(Some(&theme.title))),
        ("kind", bare(Some(theme.kind))),
        ("parent", text(theme.parent.as_deref())),
        ("definition", text(theme.definition.as_deref())),
        ("include", text(theme.include.as_deref())),
        ("exclude", text(theme.exclude.as_deref())),
        ("example", text(theme.example.as_deref())),
        ("indicators", lines(&theme.indicators)),
        ("also_known_as", lines(&theme.also_known_as)),
        ("stage", bare(theme.stage)),
        (
            "retired",
            theme.retired.as_ref().map(|gone| fields([("on", bare(gone.on)), ("why", text(gone.why.as_deref())), ("use", text(gone.instead.as_deref()))])),
        ),
        ("guide", theme.guide.as_ref().map(guide)),
    ])
}

/// A text, where there is one: a blank one says nothing.
fn text(said: Option<&str>) -> Option<Value> {
    value::text(said.filter(|said| !said.is_empty()))
}

fn lines(lines: &[String]) -> Option<Value> {
    texts(lines.iter().map(String::as_str))
}

fn guide(guide: &Guide) -> Value {
    let g = guide;
    fields([
        ("audience", lines(&g.audience)),
        ("made_by", lines(&g.made_by)),
        ("legal_check", g.legal_check.as_ref().map(|check| fields([("by", text(check.by.as_deref())), ("on", bare(check.on))]))),
        ("approved_by", text(g.approved_by.as_deref())),
        ("edition", text(g.edition.as_deref())),
        ("published_on", bare(g.published_on)),
        ("review_date", bare(g.review_date)),
        ("why_this_guide", text(g.why_this_guide.as_deref())),
        ("what_people_told_us", text(g.what_people_told_us.as_deref())),
        ("what_the_law_says", text(g.what_the_law_says.as_deref())),
        ("managing_the_risk", text(g.managing_the_risk.as_deref())),
        ("questions_to_ask", text(g.questions_to_ask.as_deref())),
        ("information_sharing", text(g.information_sharing.as_deref())),
        ("when_to_escalate", text(g.when_to_escalate.as_deref())),
        ("example", text(g.example.as_deref())),
        ("example_people", bare(g.example_people)),
        ("contacts", text(g.contacts.as_deref())),
        ("how_it_was_made", text(g.how_it_was_made.as_deref())),
        ("statements", list(g.statements.iter().map(statement))),
        ("short", list(g.short.iter().map(|line| fields([("says", text(Some(&line.says))), ("picture", bare(line.picture))])))),
        ("short_signed_off_by", text(g.short_signed_off_by.as_deref())),
    ])
}

fn statement(statement: &Statement) -> Value {
    fields([
        ("id", text(statement.id.as_deref())),
        ("section", text(Some(&statement.section))),
        ("says", text(Some(&statement.says))),
        ("who", lines(&statement.who)),
        ("evidence", lines(&statement.evidence)),
        (
            "reviewed",
            statement
                .reviewed
                .as_ref()
                .map(|read| fields([("on", bare(read.on)), ("by", text(read.by.as_deref())), ("against", text(read.against.as_deref()))])),
        ),
    ])
}
