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
