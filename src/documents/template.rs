//! Tera: the built-in templates, what a workspace puts in their place, and what is wrong with that.
//!
//! There are two instances, since HTML and Markdown each have their own escape. In both, a value is escaped unless it went through
//! the filter `markdown`, which is for the texts that people write in Markdown. Templates are text of the workspace, values never are.

use std::io::Write;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};

use super::RenderError;
use super::markdown::{escape_markdown, to_html, to_markdown};

/// The built-in templates: name and text.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("page.html", include_str!("../../templates/page.html")),
    ("style.css", include_str!("../../templates/style.css")),
    ("report.html", include_str!("../../templates/report.html")),
    ("report.md", include_str!("../../templates/report.md")),
    ("guide.html", include_str!("../../templates/guide.html")),
    ("guide.md", include_str!("../../templates/guide.md")),
];

/// Something wrong with a template of the workspace, which was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateProblem {
    pub name: String,
    /// What the engine says, with the line and a mark under the place.
    pub why: String,
}

/// All templates, ready to use.
pub struct Templates {
    html: Tera,
    markdown: Tera,
    style: String,
}

impl Templates {
    /// The built-in templates, with those of a workspace (name and text) in the place of the ones they are named after. A broken
    /// one is said and left out; the rest works.
    pub fn new(own: &[(String, String)]) -> (Self, Vec<TemplateProblem>) {
        let mut problems = Vec::new();
        let html = engine(".html", tera::escape_html, html_filter, own, &mut problems);
        let markdown = engine(".md", escape_into, markdown_filter, own, &mut problems);
        let style = own.iter().find(|(name, _)| name == "style.css").map_or_else(|| built_in("style.css").to_owned(), |(_, text)| text.clone());
        (Self { html, markdown, style }, problems)
    }

    /// The style sheet of pages.
    pub(super) fn style(&self) -> &str {
        &self.style
    }

    pub(super) fn render(&self, name: &str, view: &impl Serialize) -> Result<String, RenderError> {
        let failed = |error: tera::Error| RenderError { name: name.to_owned(), why: error.to_string() };
        let context = Context::from_serialize(view).map_err(failed)?;
        let engine = if name.ends_with(".html") { &self.html } else { &self.markdown };
        engine.render(name, &context).map(|text| tidy(&text)).map_err(failed)
    }
}

fn built_in(name: &str) -> &'static str {
    BUILT_IN.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text)
}

type MarkdownFilter = fn(&str, Kwargs, &State<'_>) -> Value;

fn engine(ending: &'static str, escape: tera::EscapeFn, filter: MarkdownFilter, own: &[(String, String)], problems: &mut Vec<TemplateProblem>) -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on([ending]);
    tera.set_escape_fn(escape);
    tera.register_filter("markdown", filter);
    tera.set_fallback_prefixes(["builtin/"]).expect("prefixes are set before templates are added");
    let ours = BUILT_IN.iter().filter(|(name, _)| name.ends_with(ending)).map(|(name, text)| (format!("builtin/{name}"), *text));
    tera.add_raw_templates(ours).expect("the built-in templates are in order: a test renders them all");
    for (name, text) in own.iter().filter(|(name, _)| name.ends_with(ending)) {
        if let Err(error) = tera.add_raw_template(name, text) {
            problems.push(TemplateProblem { name: name.clone(), why: error.to_string() });
        }
    }
    tera
}

fn html_filter(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&to_html(text))
}

fn markdown_filter(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&to_markdown(text))
}

fn escape_into(text: &str, output: &mut dyn Write) -> std::io::Result<()> {
    output.write_all(escape_markdown(text).as_bytes())
}

/// No more than one blank line at a time, none at the beginning, and one line end at the end.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && blank) {
            tidied.push_str(line);
            tidied.push('\n');
        }
        blank = line.is_empty();
    }
    tidied.trim_end().to_owned() + "\n"
}
