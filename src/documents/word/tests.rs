use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::*;

const ABOUT: WordAbout<'_> = WordAbout { title: "Minutes of 12 March", group: "Group & Co", marking: "For members only." };

/// Name and text of each part.
pub(super) fn unpacked(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let read = |at: usize| {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(read).collect()
}

fn made(markdown: &str) -> Vec<(String, String)> {
    unpacked(&document(markdown, &ABOUT, None).unwrap())
}

fn part(markdown: &str, name: &str) -> String {
    made(markdown).into_iter().find(|(known, _)| known == name).unwrap().1
}

/// What stands between the first and the last tag of the body, a paragraph a line, without the sheet.
fn body(markdown: &str) -> String {
    let text = part(&format!("**For members only.**\n\n{markdown}"), "word/document.xml");
    let inside = text.split_once("</w:p>").unwrap().1.split_once("<w:sectPr>").unwrap().0;
    inside.replace("</w:p><w:", "</w:p>\n<w:").replace("<w:tr>", "\n<w:tr>")
}

/// The words of the text as a reader sees them, with a blank between paragraphs.
fn words(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let mut words = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(text) => words += &text,
            Event::GeneralRef(name) => words += &quick_xml::escape::unescape(&format!("&{};", &*name)).unwrap(),
            Event::End(tag) if tag.name().as_ref() == "w:p" => words.push(' '),
            Event::Empty(tag) if ["w:br", "w:tab"].contains(&tag.name().as_ref()) => words.push(' '),
            Event::Eof => return words,
            _ => {}
        }
    }
}

#[test]
fn a_small_document_in_whole() {
    let names: Vec<String> = made("x").into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names.join(" "),
        "[Content_Types].xml _rels/.rels docProps/core.xml marg/numbering.xml marg/settings.xml word/_rels/document.xml.rels word/document.xml word/footer1.xml \
         word/header1.xml word/styles.xml"
    );
    insta::assert_snapshot!(body("# Minutes\n\nOne **bold**, *soft* and `code`.\n\n## 1. Next\n\n> Said & done"), @r#"
    <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t xml:space="preserve">Minutes</w:t></w:r></w:p>
    <w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t xml:space="preserve">One </w:t></w:r><w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">bold</w:t></w:r><w:r><w:t xml:space="preserve">, </w:t></w:r><w:r><w:rPr><w:i/><w:iCs/></w:rPr><w:t xml:space="preserve">soft</w:t></w:r><w:r><w:t xml:space="preserve"> and </w:t></w:r><w:r><w:rPr><w:rStyle w:val="MargCodeWords"/></w:rPr><w:t xml:space="preserve">code</w:t></w:r><w:r><w:t xml:space="preserve">.</w:t></w:r></w:p>
    <w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t xml:space="preserve">1. Next</w:t></w:r></w:p>
    <w:p><w:pPr><w:pStyle w:val="Quote"/><w:ind w:left="397" w:firstLine="0"/></w:pPr><w:r><w:t xml:space="preserve">Said &amp; done</w:t></w:r></w:p>
    "#);
    assert!(part("x", "docProps/core.xml").contains("<dc:title>Minutes of 12 March</dc:title>"));
    assert!(part("x", "word/header1.xml").contains("For members only.") && part("x", "word/footer1.xml").contains("Group &amp; Co"));
}

#[test]
fn lists_count_anew_and_tables_repeat_their_head() {
    insta::assert_snapshot!(body("1. a\n   - deep\n2. b\n\nThen\n\n7. c\n\n| What | When |\n| --- | ---: |\n| This | 2 |\n"), @r#"
    <w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="397" w:hanging="397"/></w:pPr><w:r><w:t xml:space="preserve">a</w:t></w:r></w:p>
    <w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr><w:ind w:left="794" w:hanging="397"/></w:pPr><w:r><w:t xml:space="preserve">deep</w:t></w:r></w:p>
    <w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="397" w:hanging="397"/></w:pPr><w:r><w:t xml:space="preserve">b</w:t></w:r></w:p>
    <w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t xml:space="preserve">Then</w:t></w:r></w:p>
    <w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr><w:ind w:left="397" w:hanging="397"/></w:pPr><w:r><w:t xml:space="preserve">c</w:t></w:r></w:p>
    <w:tbl><w:tblPr><w:tblStyle w:val="MargTable"/><w:tblW w:w="9638" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="4819"/><w:gridCol w:w="4819"/></w:tblGrid>
    <w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:tcW w:w="4819" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="MargCell"/><w:keepNext/></w:pPr><w:r><w:t xml:space="preserve">What</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="4819" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="MargCell"/><w:keepNext/><w:jc w:val="right"/></w:pPr><w:r><w:t xml:space="preserve">When</w:t></w:r></w:p></w:tc></w:tr>
    <w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="4819" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="MargCell"/></w:pPr><w:r><w:t xml:space="preserve">This</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="4819" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="MargCell"/><w:jc w:val="right"/></w:pPr><w:r><w:t xml:space="preserve">2</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:pPr><w:pStyle w:val="MargAfterTable"/></w:pPr></w:p>
    "#);
    insta::assert_snapshot!(part("1. a\n\nThen\n\n7. c", "marg/numbering.xml").split_once("<w:num ").unwrap().1, @r#"w:numId="1"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>"#);
}

#[test]
fn a_marking_that_the_text_lost_is_put_at_its_head() {
    let text = part("# Minutes\n\nWords", "word/document.xml");
    assert_eq!(words(&text).trim(), "For members only. Minutes Words");
    assert_eq!(words(&part("# Minutes\n\n**For members only.**", "word/document.xml")).matches("For members only.").count(), 1);
}

#[test]
fn links_lead_out_and_those_that_cannot_are_words() {
    let text = "[a](https://a.example/x) <desk@a.example> [b](javascript:x) [c](https://[::bad)";
    let links = part(text, "word/_rels/document.xml.rels");
    assert!(links.contains("Target=\"https://a.example/x\" TargetMode=\"External\"") && links.matches("External").count() == 1, "{links}");
    assert_eq!(words(&part(text, "word/document.xml")).trim(), "For members only. a desk@a.example b (javascript:x) c (https://[::bad)");
}

/// Texts that want to run, hide, break out of their place, or be too deep to be shown.
fn hostile() -> Vec<String> {
    let deep = |sign: &str, text: &str| format!("{}{text}", sign.repeat(40));
    let mut texts: Vec<String> = [
        "</w:t></w:r><w:p>x",
        "<script>alert(1)</script>",
        "]]>",
        "&#x202e;gnp.exe\u{202e}",
        "a\u{0}b\u{1b}c\u{fffe}d\u{ffff}e\u{7f}",
        "- \n- \n  1. 999999999. x",
        "999999999. high\n1000000000. higher",
        "- # heading in an item\n- > quoted\n  > - again\n- ```\n  code\n\ttab\n  ```",
        "| a |\n| - |\n| `x` |\n\n| b |\n| - |",
        "- | a |\n  | - |\n  | 1 |",
        "[^1]\n\n[^1]: note\n\n    - with a list",
        "![alt](https://a.example/x.png \"title\")",
        "***\n---\n\n# \n\n##### five\n\n###### six",
        "[x]: https://unused.example\n\ntext",
        "- [ ] to do\n- [x] done",
        "~~gone~~ ***all*** <b>raw</b> <https://a.example/?a=1&b=2>",
        "> > > deep\n>\n> 1. x\n>    2. y",
        "",
        "\n\n",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.extend([deep("> ", "quoted"), deep("- ", "listed"), "x".repeat(5000)]);
    texts
}

#[test]
fn whatever_people_type_every_part_is_well_formed_and_no_word_is_lost() {
    for text in hostile() {
        for (name, xml) in made(&text) {
            let mut reader = Reader::from_str(&xml);
            reader.config_mut().check_end_names = true;
            while reader.read_event().unwrap_or_else(|error| panic!("{name} of {text:?}: {error}")) != Event::Eof {}
            assert!(!xml.chars().any(|c| matches!(c, '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{202e}' | '\u{fffe}' | '\u{ffff}')), "{name} of {text:?}");
        }
        let seen: String = words(&part(&text, "word/document.xml"));
        let of_text = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2 && !word.contains("202e"));
        for word in of_text.filter(|word| word.chars().any(char::is_alphabetic)) {
            assert!(seen.contains(word), "`{word}` of {text:?} is not in {seen:?}");
        }
        assert!(document(&text, &ABOUT, None).unwrap() == document(&text, &ABOUT, None).unwrap());
    }
}

/// A template as Word in German would write it: ids of its own, numbered headings, a header and an even footer with a picture.
fn template(change: impl Fn(&str, &str) -> Option<String>) -> Vec<u8> {
    let w = format!(
        "xmlns:w=\"{}\" xmlns:r=\"{}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"\"",
        house::W,
        package::OFFICE
    );
    let relation = |id: &str, kind: &str, target: &str| format!("<Relationship Id=\"{id}\" Type=\"{}/{kind}\" Target=\"{target}\"/>", package::OFFICE);
    let relations = |inside: String| format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>");
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let over = |part: &str, kind: &str| format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{word}.{kind}+xml\"/>");
    let kinds = [
        over("main", "document.main"),
        over("styles", "styles"),
        over("header1", "header"),
        over("footer1", "footer"),
        over("numbering", "numbering"),
        over("settings", "settings"),
    ]
    .concat();
    let style = |id: &str, name: &str, more: &str| format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{more}</w:style>");
    let parts: Vec<(&str, String)> = vec![
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{kinds}</Types>"
            ),
        ),
        ("_rels/.rels", relations(relation("rId1", "officeDocument", "word/main.xml"))),
        (
            "word/_rels/main.xml.rels",
            relations(
                [
                    relation("a", "styles", "styles.xml"),
                    relation("b", "header", "header1.xml"),
                    relation("c", "footer", "/word/footer1.xml"),
                    relation("d", "numbering", "numbering.xml"),
                    relation("e", "settings", "settings.xml"),
                ]
                .concat(),
            ),
        ),
        (
            "word/main.xml",
            format!(
                "<w:document {w}><w:body><w:p><w:r><w:t>What stood here</w:t></w:r></w:p><w:sectPr><w:headerReference w:type=\"default\" r:id=\"b\"/><w:footerReference w:type=\"even\" r:id=\"c\"/><w:type w:val=\"continuous\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1000\" w:right=\"1500\" w:bottom=\"1000\" w:left=\"1500\" w:header=\"500\" w:footer=\"500\" w:gutter=\"0\"/><w:cols w:num=\"2\"/></w:sectPr></w:body></w:document>"
            ),
        ),
        (
            "word/styles.xml",
            format!(
                "<w:styles {w}>{}{}</w:styles>",
                style("Standard", "Normal", ""),
                style("berschrift1", "heading 1", "<w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr>")
            ),
        ),
        ("word/header1.xml", format!("<w:hdr {w}><w:p><w:r><w:t>Quillmere letterhead</w:t></w:r></w:p></w:hdr>")),
        ("word/_rels/header1.xml.rels", relations(relation("p", "image", "media/crest.png"))),
        ("word/footer1.xml", format!("<w:ftr {w}><w:p><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r></w:p></w:ftr>")),
        ("word/media/crest.png", "not really a picture".to_owned()),
        (
            "word/numbering.xml",
            format!("<w:numbering {w}><w:abstractNum w:abstractNumId=\"3\"/><w:num w:numId=\"7\"><w:abstractNumId w:val=\"3\"/></w:num></w:numbering>"),
        ),
        ("word/settings.xml", format!("<w:settings {w}><w:evenAndOddHeaders/></w:settings>")),
        ("word/unused.xml", "<x/>".to_owned()),
    ];
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let text = change(name, &text).unwrap_or(text);
        if !text.is_empty() {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_template_lends_its_styles_header_footer_and_sheet_and_no_text() {
    let house = HouseStyle::read(&template(|_, _| None)).unwrap();
    let parts = unpacked(&document("# Minutes\n\n1. one\n\n**For members only.**", &ABOUT, Some(&house)).unwrap());
    let part = |name: &str| parts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()).unwrap_or_default();
    let main = part("word/main.xml");
    assert_eq!(words(&main).trim(), "For members only. Minutes one", "the marking comes first");
    assert!(main.contains("<w:pStyle w:val=\"berschrift1\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>"), "no second number: {main}");
    assert!(main.contains("w:left=\"1500\"") && !main.contains("w:cols") && !main.contains("continuous") && main.contains("mc:Ignorable"), "{main}");
    assert!(
        part("word/header1.xml").contains("Quillmere letterhead") && part("word/media/crest.png").contains("picture") && part("word/unused.xml").is_empty()
    );
    assert!(part("word/styles.xml").contains("w:styleId=\"berschrift1\"") && part("word/styles.xml").contains("<w:basedOn w:val=\"Standard\"/>"));
    assert_eq!(part("word/styles.xml").matches("w:val=\"heading 1\"").count(), 1);
    assert!(part("marg/numbering.xml").contains("w:numId=\"7\"") && part("marg/numbering.xml").contains("<w:num w:numId=\"8\"><w:abstractNumId w:val=\"9\"/>"));
    assert!(part("marg/settings.xml").contains("evenAndOddHeaders"));
}

#[test]
fn a_template_that_is_broken_or_wants_to_do_more_is_refused_and_why_is_said() {
    let why = |part: &'static str, from: &'static str, to: &'static str| {
        let bytes = template(|name, text| {
            assert!(name != part || text.contains(from), "{part} holds no {from}");
            (name == part).then(|| text.replace(from, to))
        });
        HouseStyle::read(&bytes).map(|_| ()).unwrap_err()
    };
    let refused = [
        HouseStyle::read(b"no zip at all").map(|_| ()).unwrap_err(),
        why("[Content_Types].xml", "document.main+xml", "document.macroEnabled.main+xml"),
        why("[Content_Types].xml", "wordprocessingml.document.main", "spreadsheetml.sheet.main"),
        why("_rels/.rels", "schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument"),
        why("word/main.xml", "<w:document", "<!DOCTYPE w:document [<!ENTITY a \"b\">]><w:document"),
        why("word/main.xml", "What stood here", "&a;"),
        why("word/main.xml", "</w:body>", ""),
        why("word/main.xml", "r:id=\"b\"", "r:id=\"zz\""),
        why("word/styles.xml", "<w:name ", "<w:nome "),
        why("word/_rels/main.xml.rels", "/styles\"", "/other\""),
        why("word/_rels/main.xml.rels", "header1.xml", "../../header9.xml"),
        why("word/_rels/header1.xml.rels", "Target=\"media/crest.png\"", "Target=\"https://a.example/x.png\" TargetMode=\"External\""),
        why("word/_rels/header1.xml.rels", "/image\"", "/oleObject\""),
        why("word/footer1.xml", " PAGE ", " DDEAUTO c:\\\\x "),
    ];
    insta::assert_snapshot!(refused.join("\n"), @r"
    it is not a document of Word, or it is damaged
    it holds macros: save it as an ordinary document (.docx) without them
    it is not a document of Word
    it was saved as “Strict Open XML”: save it as an ordinary Word document
    it holds a document type definition, which no letterhead needs
    it holds an entity `a`, which no letterhead needs
    a part of it is no XML: ill-formed document: expected `</w:body>`, but `</w:document>` was found
    a header or footer of it is missing (`zz`)
    there are no styles in it
    there are no styles in it
    its part `header9.xml` is missing
    it loads something from another place, perhaps a picture: put it into the document
    its header or footer holds something beside text and pictures
    a field of its header or footer (DDE) would load or run something
    ");
}

#[test]
fn a_template_that_unfolds_without_end_is_refused() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for n in 0..6 {
        writer.start_file(format!("word/{n}.xml"), options).unwrap();
        std::io::Write::write_all(&mut writer, &vec![b' '; 5 << 20]).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 100_000);
    assert!(HouseStyle::read(&bytes).map(|_| ()).unwrap_err().contains("larger than any letterhead"));
}
