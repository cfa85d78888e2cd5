//! What is around the text when the group has no template of its own: A4, the letters of the pages, the marking on every sheet, and
//! the number of the page.

use super::WordAbout;
use super::house::{HouseStyle, Numbering, W};
use super::package::{OFFICE, Part, Relation};
use super::styles::Styles;
use super::xml::{HEAD, words};

const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The usual settings: nothing is asked when the document is opened, and it is laid out as Word does since 2013. Whether left and
/// right sheets differ is said here and not where they are.
pub(super) fn settings(even_and_odd: bool) -> String {
    let sheets = if even_and_odd { "<w:evenAndOddHeaders/>" } else { "" };
    format!(
        "{HEAD}<w:settings xmlns:w=\"{W}\"><w:defaultTabStop w:val=\"720\"/>{sheets}<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"en-GB\"/></w:settings>"
    )
}

/// A4 with margins of 20 mm, and what is left between them.
pub(super) const SHEET: &str = "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1418\" w:right=\"1134\" w:bottom=\"1247\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>";
pub(super) const WIDTH: usize = 11906 - 2 * 1134;
const SHEETS: &str = "<w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:footerReference w:type=\"default\" r:id=\"rId3\"/>";

pub(super) fn frame(about: &WordAbout<'_>) -> HouseStyle {
    let styles = Styles::of([]);
    let root = format!("xmlns:w=\"{W}\" xmlns:r=\"{OFFICE}\"");
    let defaults = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"Arial\" w:cs=\"Arial\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/><w:lang w:val=\"en-GB\" w:eastAsia=\"en-GB\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>";
    let style_sheet = format!("{HEAD}<w:styles xmlns:w=\"{W}\">{defaults}{}</w:styles>", styles.definitions(|_| false));
    let sheet = |words: String| format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>{words}</w:p>", styles.id("Marg Sheet"));
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", words(text));
    let bold = format!("<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>{}</w:t></w:r>", words(about.marking));
    let field = |name: &str| format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    let numbers = format!("{}<w:r><w:tab/></w:r>{}{}{}{}", run(about.group), run("Page "), field("PAGE"), run(" of "), field("NUMPAGES"));
    HouseStyle {
        main: "word/document.xml".to_owned(),
        section: format!("{SHEETS}{SHEET}"),
        width: WIDTH,
        numbering: Numbering::default(),
        numbers_headings: false,
        even_and_odd: false,
        relations: vec![
            Relation::part("rId1", "styles", "styles.xml"),
            Relation::part("rId2", "header", "header1.xml"),
            Relation::part("rId3", "footer", "footer1.xml"),
        ],
        parts: vec![
            Part::new("word/styles.xml", &format!("{KIND}.styles+xml"), style_sheet),
            Part::new("word/header1.xml", &format!("{KIND}.header+xml"), format!("{HEAD}<w:hdr {root}>{}</w:hdr>", sheet(bold))),
            Part::new("word/footer1.xml", &format!("{KIND}.footer+xml"), format!("{HEAD}<w:ftr {root}>{}</w:ftr>", sheet(numbers))),
        ],
        root,
        styles,
    }
}

/// The properties of the document, for those who search for it and those who have it read to them. No day and no author: the same
/// record makes the same document.
pub(super) fn properties(about: &WordAbout<'_>) -> String {
    let namespaces = "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";
    let WordAbout { title, group, marking } = about;
    format!(
        "{HEAD}<cp:coreProperties {namespaces}><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>",
        words(title),
        words(marking),
        words(group)
    )
}
