//! The pages of an edition: the first page, the figures, and a page a theme. The report and the guides are pages as they always are.

mod plain;

use serde::Serialize;

use super::outline::Outline;
use super::template::Templates;
use super::view::{About, Fact, Num, PageView, period};
use super::{Document, Made, guide_documents, report_documents};
use crate::release::{BY_STATE, BY_TIME, Edition, EditionPage, EditionTable, Released, TABLES, ThemePage};

pub use plain::plain_lines;

/// All pages of an edition, the first page first.
pub fn edition_documents(templates: &Templates, edition: &Edition) -> Made {
    let page = &edition.page;
    let figures = FiguresView::new(templates, page);
    let mut made = vec![
        templates.render("edition.html", &IndexView::new(templates, edition)).map(|html| Document::text("index.html", html)),
        templates.render("figures.html", &figures).map(|html| Document::text("figures.html", html)),
    ];
    let is_page = |made: &Result<Document, _>| made.as_ref().map_or(true, |document: &Document| document.name.ends_with(".html"));
    made.extend(report_documents(templates, &edition.report).into_iter().filter(is_page));
    made.extend(edition.guides.iter().flat_map(|guide| guide_documents(templates, guide)).filter(is_page));
    for theme in &page.themes {
        let html = templates.render("theme.html", &ThemeView::new(templates, page, theme));
        made.push(html.map(|html| Document::text(format!("theme-{}.html", theme.id), html)));
    }
    made
}

/// What a page is called, and its file.
#[derive(Serialize)]
struct Link {
    to: String,
    title: String,
}

#[derive(Serialize)]
struct IndexView {
    page: PageView,
    guides: Vec<Link>,
    themes: Vec<Link>,
    data: Vec<DataView>,
}

#[derive(Serialize)]
struct DataView {
    name: &'static str,
    holds: &'static str,
}

/// The tables as files, and what they hold.
const DATA: [DataView; 3] = [
    DataView { name: TABLES[BY_STATE], holds: "people who met each barrier, by whether it is still live, has eased or is resolved" },
    DataView { name: TABLES[BY_TIME], holds: "the same people, by when the barrier was first recorded for them" },
    DataView { name: TABLES[2], holds: "people for whom somebody was asked to move the barrier, by what came of it" },
];

fn about(page: &EditionPage, released: &Released<EditionPage>, kind: &str, title: String, facts: Vec<Fact>) -> AboutParts {
    let audience = released.audience();
    let period = period(Some(page.since.first_day()), Some(page.until.last_day()), audience);
    AboutParts { kind: kind.to_owned(), title, period, facts }
}

struct AboutParts {
    kind: String,
    title: String,
    period: Option<String>,
    facts: Vec<Fact>,
}

fn page_view(templates: &Templates, released: &Released<EditionPage>, parts: AboutParts, outline: &Outline) -> PageView {
    let page: &EditionPage = released;
    let about = About {
        kind: parts.kind,
        title: parts.title,
        group: &page.group,
        contact: page.contact.as_deref(),
        audience: released.audience(),
        period: parts.period,
        as_of: None,
        made_on: None,
        warning: None,
        rule: page.rule,
        facts: parts.facts,
    };
    PageView::new(templates, about, outline)
}

impl IndexView {
    fn new(templates: &Templates, edition: &Edition) -> Self {
        let released = &edition.page;
        let page: &EditionPage = released;
        let facts = vec![
            Fact::new("Meetings", edition.report.meetings.to_string()),
            Fact::new("People discussed", edition.report.people.to_string()),
            Fact::new("Barriers with numbers", if page.barriers.ids.is_empty() { "none".to_owned() } else { page.barriers.ids.len().to_string() }),
        ];
        Self {
            page: page_view(
                templates,
                released,
                about(page, released, "Report, figures and guides", "What gets in people’s way, and what helps".to_owned(), facts),
                &Outline::default(),
            ),
            guides: edition.guides.iter().map(|guide| Link { to: format!("guide-{}.html", guide.id), title: guide.title.clone() }).collect(),
            themes: page.themes.iter().map(|theme| Link { to: format!("theme-{}.html", theme.id), title: theme.title.clone() }).collect(),
            data: DATA.into(),
        }
    }
}

#[derive(Serialize)]
struct FiguresView {
    page: PageView,
    tables: Vec<TableView>,
    also_met: Vec<String>,
    /// How many people met each of those.
    also_people: String,
}

/// A table with totals in its last column and row.
#[derive(Serialize)]
struct TableView {
    id: &'static str,
    number: usize,
    title: String,
    caption: String,
    note: &'static str,
    columns: Vec<String>,
    rows: Vec<RowView>,
    /// The mark `[c]`, explained beside the table where it stands in it.
    mark: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    title: String,
    to: Option<String>,
    counts: Vec<Num>,
}

impl FiguresView {
    fn new(templates: &Templates, released: &Released<EditionPage>) -> Self {
        let page: &EditionPage = released;
        let mut outline = Outline::default();
        let tables: Vec<TableView> = tables(page).into_iter().filter(|table| !table.rows.is_empty()).collect();
        for table in &tables {
            outline.section(table.id, table.title.clone());
        }
        Self {
            page: page_view(
                templates,
                released,
                about(page, released, "Figures", "The figures, and the files that hold them".to_owned(), Vec::new()),
                &outline,
            ),
            tables: tables.into_iter().enumerate().map(|(n, table)| TableView { number: n + 1, ..table }).collect(),
            also_met: page.also_met.clone(),
            also_people: format!("1 to {}", page.rule.hide_up_to),
        }
    }
}

fn tables(page: &EditionPage) -> [TableView; 3] {
    let stretch = page.division.word();
    [
        table(
            page,
            &page.barriers,
            BY_STATE,
            "Who met a barrier, and where it stands",
            "People who met each barrier".to_owned(),
            "A person is counted once for each barrier, however often it came up. Still live, eased and resolved go by the last record. The row “Total” counts a person once for each barrier they met, so it is more than the number of people.",
        ),
        table(
            page,
            &page.barriers,
            BY_TIME,
            "When people first met it",
            format!("People by the {stretch} in which the barrier was first recorded for them"),
            "Each person stands in one column of a row: that in which the barrier was first written down for them. These are no numbers of people who were held up at that time.",
        ),
        table(
            page,
            &page.answers,
            0,
            "Who was asked to move it, and what came of it",
            "People for whom somebody was asked to move the barrier, by the last answer".to_owned(),
            "Flexed once: an exception was made for this person. Changed for all: the rule itself was changed. Waiting: asked, with no answer on record yet.",
        ),
    ]
}

fn table(page: &EditionPage, table: &EditionTable, part: usize, title: &str, caption: String, note: &'static str) -> TableView {
    let numbers = &table.numbers;
    let division = &numbers.table.parts[part];
    let columns = division.columns.len();
    let counts = |row: Option<usize>| -> Vec<Num> {
        let place = |column| crate::release::place(part, row, column);
        (0..columns).map(Some).chain([None]).map(|column| Num::new(numbers.count(place(column)), None)).collect()
    };
    let theme = |id: &String| page.themes.iter().any(|theme| theme.id == *id).then(|| format!("theme-{id}.html"));
    let mut rows: Vec<RowView> = numbers
        .table
        .rows
        .iter()
        .zip(&table.ids)
        .enumerate()
        .map(|(row, (title, id))| RowView { title: title.clone(), to: theme(id), counts: counts(Some(row)) })
        .collect();
    if !rows.is_empty() {
        rows.push(RowView { title: "Total".to_owned(), to: None, counts: counts(None) });
    }
    let marked = rows.iter().flat_map(|row| &row.counts).any(|count| count.text == "[c]");
    TableView {
        id: if part == BY_TIME {
            TABLES[BY_TIME]
        } else if division.name == TABLES[BY_STATE] {
            TABLES[BY_STATE]
        } else {
            TABLES[2]
        },
        number: 0,
        title: title.to_owned(),
        caption,
        note,
        columns: division.columns.iter().cloned().chain(["Total".to_owned()]).collect(),
        rows,
        mark: marked.then(|| format!("[c]: a number from 1 to {}, or one from which such a number could be worked out. 0 is a true 0.", page.rule.hide_up_to)),
    }
}

#[derive(Serialize)]
struct ThemeView {
    page: PageView,
    definition: Option<String>,
    include: Option<String>,
    exclude: Option<String>,
    /// Name and number.
    states: Vec<(String, String)>,
    times: Vec<(String, String)>,
    answers: Vec<(String, String)>,
    stretch: &'static str,
    guide: Option<Link>,
    /// Whether any number of the page is hidden.
    mark: Option<String>,
}

impl ThemeView {
    fn new(templates: &Templates, released: &Released<EditionPage>, theme: &ThemePage) -> Self {
        let page: &EditionPage = released;
        let row = |table: &EditionTable, part: usize, row: Option<usize>, all: &str| -> Vec<(String, String)> {
            let Some(row) = row else { return Vec::new() };
            let numbers = &table.numbers;
            let columns = numbers.table.parts[part].columns.iter().enumerate();
            let cells = columns.map(|(column, name)| (name.clone(), numbers.cell(part, row, column).to_string()));
            [(all.to_owned(), numbers.row_total(row).to_string())].into_iter().chain(cells).collect()
        };
        let states = row(&page.barriers, BY_STATE, theme.row, "People who met it");
        let times = row(&page.barriers, BY_TIME, theme.row, "People who met it").split_off(1.min(theme.row.map_or(0, |_| 1)));
        let answers = row(&page.answers, 0, theme.asked, "People for whom somebody was asked");
        let marked = states.iter().chain(&times).chain(&answers).any(|(_, count)| count == "[c]");
        let outline = Outline::default();
        Self {
            page: page_view(templates, released, about(page, released, "Theme", theme.title.clone(), Vec::new()), &outline),
            definition: theme.definition.clone(),
            include: theme.include.clone(),
            exclude: theme.exclude.clone(),
            states,
            times,
            answers,
            stretch: page.division.word(),
            guide: theme.guide.then(|| Link { to: format!("guide-{}.html", theme.id), title: theme.title.clone() }),
            mark: marked
                .then(|| format!("[c]: a number from 1 to {}, or one from which such a number could be worked out. 0 is a true 0.", page.rule.hide_up_to)),
        }
    }
}
