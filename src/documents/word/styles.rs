//! The styles that a document uses, by their names. A template of the group's own may have them under ids of its own (Word in another
//! language does), so a style is always looked up by name; those that it does not have are added.

use std::collections::BTreeMap;

/// A style as it is when nobody says otherwise.
struct Style {
    id: &'static str,
    /// Word's own name, where it has such a style.
    name: &'static str,
    kind: &'static str,
    based_on: &'static str,
    /// What stands in it, from `qFormat` on, in the order of the schema.
    xml: &'static str,
}

const fn style(id: &'static str, name: &'static str, kind: &'static str, based_on: &'static str, xml: &'static str) -> Style {
    Style { id, name, kind, based_on, xml }
}

const STYLES: &[Style] = &[
    style("Normal", "Normal", "paragraph", "", "<w:qFormat/><w:pPr><w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr>"),
    style("DefaultParagraphFont", "Default Paragraph Font", "character", "", "<w:uiPriority w:val=\"1\"/><w:semiHidden/>"),
    style(
        "TableNormal",
        "Normal Table",
        "table",
        "",
        "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>",
    ),
    style("NoList", "No List", "numbering", "", "<w:uiPriority w:val=\"99\"/><w:semiHidden/>"),
    style(
        "Heading1",
        "heading 1",
        "paragraph",
        "Normal",
        "<w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"120\" w:after=\"240\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"48\"/><w:szCs w:val=\"48\"/></w:rPr>",
    ),
    style(
        "Heading2",
        "heading 2",
        "paragraph",
        "Normal",
        "<w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"8\" w:color=\"C3C8CB\"/></w:pBdr><w:spacing w:before=\"480\" w:after=\"140\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/></w:rPr>",
    ),
    style(
        "Heading3",
        "heading 3",
        "paragraph",
        "Normal",
        "<w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"300\" w:after=\"100\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"2\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/></w:rPr>",
    ),
    style(
        "Heading4",
        "heading 4",
        "paragraph",
        "Normal",
        "<w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"80\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"3\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"23\"/><w:szCs w:val=\"23\"/></w:rPr>",
    ),
    style(
        "Heading5",
        "heading 5",
        "paragraph",
        "Normal",
        "<w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"80\"/><w:outlineLvl w:val=\"4\"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>",
    ),
    style(
        "Heading6",
        "heading 6",
        "paragraph",
        "Normal",
        "<w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"80\"/><w:outlineLvl w:val=\"5\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:i/><w:iCs/></w:rPr>",
    ),
    style("ListParagraph", "List Paragraph", "paragraph", "Normal", "<w:qFormat/><w:pPr><w:spacing w:after=\"60\"/></w:pPr>"),
    style(
        "Quote",
        "Quote",
        "paragraph",
        "Normal",
        "<w:qFormat/><w:pPr><w:pBdr><w:left w:val=\"single\" w:sz=\"36\" w:space=\"10\" w:color=\"C3C8CB\"/></w:pBdr></w:pPr>",
    ),
    style("Hyperlink", "Hyperlink", "character", "Default Paragraph Font", "<w:rPr><w:color w:val=\"1A5A8E\"/><w:u w:val=\"single\"/></w:rPr>"),
    style(
        "MargMarking",
        "Marg Marking",
        "paragraph",
        "Normal",
        "<w:pPr><w:keepLines/><w:pBdr><w:left w:val=\"single\" w:sz=\"36\" w:space=\"10\" w:color=\"12436D\"/></w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEF3F7\"/><w:spacing w:before=\"60\" w:after=\"200\"/><w:ind w:left=\"284\"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>",
    ),
    style(
        "MargCode",
        "Marg Code",
        "paragraph",
        "Normal",
        "<w:pPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEF3F7\"/></w:pPr><w:rPr><w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/></w:rPr>",
    ),
    style(
        "MargCodeWords",
        "Marg Code Words",
        "character",
        "Default Paragraph Font",
        "<w:rPr><w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/></w:rPr>",
    ),
    style(
        "MargRule",
        "Marg Rule",
        "paragraph",
        "Normal",
        "<w:pPr><w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"C3C8CB\"/></w:pBdr></w:pPr>",
    ),
    style(
        "MargCell",
        "Marg Cell",
        "paragraph",
        "Normal",
        "<w:pPr><w:spacing w:before=\"50\" w:after=\"50\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/></w:rPr>",
    ),
    style(
        "MargAfterTable",
        "Marg After Table",
        "paragraph",
        "Normal",
        "<w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/></w:pPr>",
    ),
    style(
        "MargTable",
        "Marg Table",
        "table",
        "Normal Table",
        "<w:tblPr><w:tblBorders><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"C3C8CB\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"C3C8CB\"/></w:tblBorders><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"140\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/></w:rPr><w:tblPr/><w:tcPr><w:tcBorders><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"0B0C0C\"/></w:tcBorders><w:vAlign w:val=\"bottom\"/></w:tcPr></w:tblStylePr>",
    ),
    style(
        "MargSheet",
        "Marg Sheet",
        "paragraph",
        "Normal",
        "<w:pPr><w:tabs><w:tab w:val=\"right\" w:pos=\"9638\"/></w:tabs><w:spacing w:after=\"0\"/></w:pPr><w:rPr><w:color w:val=\"505A5F\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/></w:rPr>",
    ),
];

/// The ids of the styles by their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    ids: BTreeMap<String, String>,
}

impl Styles {
    /// With what a template has; names are compared as Word does, without regard to capitals.
    pub(super) fn of(theirs: impl IntoIterator<Item = (String, String)>) -> Self {
        let theirs: BTreeMap<String, String> = theirs.into_iter().map(|(name, id)| (name.to_lowercase(), id)).collect();
        let ids = STYLES.iter().map(|style| {
            let name = style.name.to_lowercase();
            let id = theirs.get(&name).cloned().unwrap_or_else(|| free(style.id, &theirs));
            (name, id)
        });
        Self { ids: ids.collect() }
    }

    pub(super) fn id(&self, name: &str) -> &str {
        self.ids.get(&name.to_lowercase()).map_or("Normal", String::as_str)
    }

    /// The definitions of those styles that `known` does not name.
    pub(super) fn definitions(&self, known: impl Fn(&str) -> bool) -> String {
        STYLES.iter().filter(|style| !known(style.name)).map(|style| self.definition(style)).collect()
    }

    fn definition(&self, style: &Style) -> String {
        let Style { name, kind, xml, .. } = style;
        let default = if style.based_on.is_empty() { " w:default=\"1\"" } else { "" };
        let custom = if name.starts_with("Marg") { " w:customStyle=\"1\"" } else { "" };
        let based = if style.based_on.is_empty() { String::new() } else { format!("<w:basedOn w:val=\"{}\"/>", self.id(style.based_on)) };
        format!("<w:style w:type=\"{kind}\"{default}{custom} w:styleId=\"{}\"><w:name w:val=\"{name}\"/>{based}{xml}</w:style>", self.id(name))
    }
}

/// The id, unless another style of the template has it.
fn free(id: &str, theirs: &BTreeMap<String, String>) -> String {
    if theirs.values().any(|known| known == id) { format!("Marg{id}") } else { id.to_owned() }
}
