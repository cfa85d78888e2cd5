//! Tera: the built-in templates, what a workspace puts in their place, and what is wrong with that.
//!
//! There are two instances, since HTML and Markdown each have their own escape. In both, a value is escaped unless it went through
//! the filter `markdown`, which is for the texts that people write in Markdown. Templates are text of the workspace, values never are.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use super::markdown::{Numbers, escape_markdown, to_html, to_markdown};
use super::{HouseStyle, RenderError};
use crate::source::mark_as_yours;

/// The built-in templates: name and text.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("page.html", include_str!("../../templates/page.html")),
    ("page.md", include_str!("../../templates/page.md")),
    ("parts.html", include_str!("../../templates/parts.html")),
    ("style.css", include_str!("../../templates/style.css")),
    ("report.html", include_str!("../../templates/report.html")),
    ("report.md", include_str!("../../templates/report.md")),
    ("guide.html", include_str!("../../templates/guide.html")),
    ("guide.md", include_str!("../../templates/guide.md")),
    ("checklist.html", include_str!("../../templates/checklist.html")),
    ("checklist.md", include_str!("../../templates/checklist.md")),
    ("roadmap.html", include_str!("../../templates/roadmap.html")),
    ("roadmap.md", include_str!("../../templates/roadmap.md")),
    ("short.html", include_str!("../../templates/short.html")),
    ("short.md", include_str!("../../templates/short.md")),
    ("cop.html", include_str!("../../templates/cop.html")),
    ("cop.md", include_str!("../../templates/cop.md")),
    ("cop-evidence.html", include_str!("../../templates/cop-evidence.html")),
    ("cop-evidence.md", include_str!("../../templates/cop-evidence.md")),
    ("cop-series.html", include_str!("../../templates/cop-series.html")),
    ("cop-series.md", include_str!("../../templates/cop-series.md")),
    ("edition.html", include_str!("../../templates/edition.html")),
    ("figures.html", include_str!("../../templates/figures.html")),
    ("theme.html", include_str!("../../templates/theme.html")),
    ("case.html", include_str!("../../templates/case.html")),
    ("case.md", include_str!("../../templates/case.md")),
    ("minutes.html", include_str!("../../templates/minutes.html")),
    ("minutes.md", include_str!("../../templates/minutes.md")),
    ("sar.html", include_str!("../../templates/sar.html")),
    ("sar.md", include_str!("../../templates/sar.md")),
    ("room.html", include_str!("../../templates/room.html")),
    ("discussion.html", include_str!("../../templates/discussion.html")),
    ("discussion.md", include_str!("../../templates/discussion.md")),
];

/// Documents for Word whose styles, header and footer are taken: for everything, or for one kind of page.
pub const HOUSES: &[&str] = &["house.docx", "guide.docx", "minutes.docx"];

/// Something wrong with a template of the workspace, which was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateProblem {
    pub name: String,
    /// What the engine says, with the line and a mark under the place; nothing for a template that no page is made from.
    pub why: Option<String>,
}

/// All templates, ready to use.
pub struct Templates {
    html: Tera,
    markdown: Tera,
    style: String,
    /// By their names.
    houses: BTreeMap<String, HouseStyle>,
    /// Whether pages lie beside others, with a first one that leads to all.
    edition: bool,
    html_numbers: Arc<Numbers>,
    markdown_numbers: Arc<AtomicUsize>,
}

impl Templates {
    /// The built-in templates, with those of a workspace (name and text) in the place of the ones they are named after. A broken
    /// one is said and left out; the rest works.
    pub fn new(own: &[(String, String)]) -> (Self, Vec<TemplateProblem>) {
        let mut problems = unknown_names(own);
        let (html_numbers, markdown_numbers) = (Arc::new(Numbers::default()), Arc::new(AtomicUsize::new(0)));
        let mut html = engine(".html", tera::escape_html);
        let numbers = Arc::clone(&html_numbers);
        html.register_filter("markdown", move |text: &str, kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            Ok(Value::safe_string(&to_html(text, top(&kwargs)?, &numbers)))
        });
        let mut markdown = engine(".md", escape_into);
        let numbers = Arc::clone(&markdown_numbers);
        markdown.register_filter("markdown", move |text: &str, kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            Ok(Value::safe_string(&to_markdown(text, top(&kwargs)?, numbers.fetch_add(1, Ordering::Relaxed) + 1)))
        });
        markdown.register_filter("yours", |text: &str, kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let (name, line) = (kwargs.get::<String>("name")?.unwrap_or_default(), kwargs.get::<bool>("line")?.unwrap_or(false));
            Ok(Value::safe_string(&mark_as_yours(&name, text, line)))
        });
        add(&mut html, ".html", own, &mut problems);
        add(&mut markdown, ".md", own, &mut problems);
        let style = own.iter().find(|(name, _)| name == "style.css").map_or_else(|| built_in("style.css").to_owned(), |(_, text)| text.clone());
        (Self { html, markdown, style, houses: BTreeMap::new(), edition: false, html_numbers, markdown_numbers }, problems)
    }

    /// With the documents of a workspace (name and bytes) whose styles are taken. One that cannot be used is said and left out.
    #[must_use]
    pub fn with_documents(mut self, own: &[(String, Vec<u8>)]) -> (Self, Vec<TemplateProblem>) {
        let mut problems = Vec::new();
        for (name, bytes) in own {
            let read = if HOUSES.contains(&name.as_str()) { HouseStyle::read(bytes).map_err(Some) } else { Err(None) };
            match read {
                Ok(house) => drop(self.houses.insert(name.clone(), house)),
                Err(why) => problems.push(TemplateProblem { name: name.clone(), why }),
            }
        }
        (self, problems)
    }

    /// For the pages of an edition, which lead to one another.
    #[must_use]
    pub fn of_an_edition(self) -> Self {
        Self { edition: true, ..self }
    }

    pub(super) fn is_edition(&self) -> bool {
        self.edition
    }

    /// What is around the text of a kind of document, where the workspace says so.
    pub fn house(&self, kind: &str) -> Option<&HouseStyle> {
        self.houses.get(&format!("{kind}.docx")).or_else(|| self.houses.get("house.docx"))
    }

    /// The style sheet of pages.
    pub(super) fn style(&self) -> &str {
        &self.style
    }

    pub(super) fn render(&self, name: &str, view: &impl Serialize) -> Result<String, RenderError> {
        let failed = |error: tera::Error| {
            let why = error.to_string();
            RenderError { name: place(&why).unwrap_or(name).to_owned(), why }
        };
        let context = Context::from_serialize(view).map_err(failed)?;
        let engine = if name.ends_with(".html") { &self.html } else { &self.markdown };
        self.html_numbers.begin();
        self.markdown_numbers.store(0, Ordering::Relaxed);
        let mut page = Bounded::default();
        let rendered = engine.render_to(name, &context, &mut page);
        if page.full {
            return Err(RenderError { name: name.to_owned(), why: format!("what it writes does not end: {MAX_PAGE} bytes are no page") });
        }
        rendered.map(|()| tidy(&String::from_utf8_lossy(&page.bytes))).map_err(failed)
    }
}

/// The template in which an error stands, as the engine's own report says.
fn place(why: &str) -> Option<&str> {
    let (name, _) = why.split_once("--> ")?.1.split_once(':')?;
    Some(name.strip_prefix("builtin/").unwrap_or(name))
}

/// The level of a text's highest headings: below a section's heading, unless the template says otherwise.
fn top(kwargs: &Kwargs) -> TeraResult<usize> {
    Ok(kwargs.get::<i64>("top")?.map_or(3, |top| top.clamp(1, 6).unsigned_abs() as usize))
}

fn built_in(name: &str) -> &'static str {
    BUILT_IN.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text)
}

/// Templates of the workspace that neither stand in the place of a built-in one nor are named by another of its own.
fn unknown_names(own: &[(String, String)]) -> Vec<TemplateProblem> {
    let known = |name: &str| BUILT_IN.iter().any(|(known, _)| *known == name);
    let named = |name: &str| own.iter().any(|(_, text)| text.contains(&format!("\"{name}\"")) || text.contains(&format!("'{name}'")));
    let unknown = own.iter().filter(|(name, _)| !known(name) && !named(name));
    unknown.map(|(name, _)| TemplateProblem { name: name.clone(), why: None }).collect()
}

fn engine(ending: &'static str, escape: tera::EscapeFn) -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on([ending]);
    tera.set_escape_fn(escape);
    tera.set_fallback_prefixes(["builtin/"]).expect("prefixes are set before templates are added");
    tera
}

fn add(tera: &mut Tera, ending: &str, own: &[(String, String)], problems: &mut Vec<TemplateProblem>) {
    let ours = BUILT_IN.iter().filter(|(name, _)| name.ends_with(ending)).map(|(name, text)| (format!("builtin/{name}"), *text));
    tera.add_raw_templates(ours).expect("the built-in templates are in order: a test renders them all");
    let own: Vec<&(String, String)> = own.iter().filter(|(name, _)| name.ends_with(ending)).collect();
    // They may name one another, so they go in together; if that fails, one by one, so that the report names each that is broken.
    if tera.add_raw_templates(own.iter().map(|(name, text)| (name, text))).is_ok() {
        return;
    }
    let mut left = own;
    loop {
        let before = left.len();
        let mut failed = Vec::new();
        left.retain(|(name, text)| match tera.add_raw_template(name, text) {
            Ok(()) => false,
            Err(error) => {
                failed.push(TemplateProblem { name: name.clone(), why: Some(error.to_string()) });
                true
            }
        });
        // One that came too early, before the one it names, gets another chance.
        if left.len() == before || left.is_empty() {
            problems.extend(failed);
            return;
        }
    }
}

/// No page is larger than this: a template that writes without end is stopped here.
const MAX_PAGE: usize = 64 << 20;

#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_PAGE {
            self.full = true;
            return Err(io::Error::other("the page is too large"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn escape_into(text: &str, output: &mut dyn Write) -> io::Result<()> {
    output.write_all(escape_markdown(text).as_bytes())
}

/// No more than one blank line at a time, none at the beginning, and one line end at the end.
pub(super) fn tidy(text: &str) -> String {
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
