//! What people write into a document while they read it, as other programs save it. What needs those programs is ignored unless asked for.

use std::path::Path;

use marg::documents::{ReviewEntry, ReviewKind, WordAbout, read_review, word_document};

use crate::harness::{TestWorkspace, repository};
use crate::word::tool;

/// A text with two changes and two comments, as LibreOffice keeps it.
const REVIEWED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:tracked-changes>
<text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Kim</dc:creator><dc:date>2026-03-12T10:00:00</dc:date></office:change-info><text:p>fire service</text:p></text:deletion></text:changed-region>
<text:changed-region text:id="c2"><text:insertion><office:change-info><dc:creator>Kim</dc:creator><dc:date>2026-03-12T10:01:00</dc:date></office:change-info></text:insertion></text:changed-region>
<text:changed-region text:id="c3"><text:insertion><office:change-info><dc:creator>Lee</dc:creator><dc:date>2026-03-13T10:01:00</dc:date></office:change-info></text:insertion></text:changed-region>
</text:tracked-changes>
<text:h text:outline-level="2">Managing the risk</text:h>
<text:p>Ask the <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>prevention team<text:change-end text:change-id="c2"/> before <office:annotation office:name="a1"><dc:creator>Ash</dc:creator><dc:date>2026-03-14T09:00:00</dc:date><text:p>Which day?</text:p></office:annotation>the offer<office:annotation-end office:name="a1"/>.</text:p>
<text:p>Then visit<text:change-start text:change-id="c3"/> twice<text:change-end text:change-id="c3"/>.</text:p>
</office:text></office:body></office:document>"#;

fn told(entries: &[ReviewEntry]) -> Vec<(ReviewKind, &str, &str, &str)> {
    entries.iter().map(|entry| (entry.kind, entry.author.as_str(), entry.quote.trim(), entry.says.trim())).collect()
}

#[test]
#[ignore = "needs LibreOffice"]
fn what_libreoffice_saves_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (from, out) = (folder.path().join("workshop.fodt"), folder.path().to_str().unwrap());
    std::fs::write(&from, REVIEWED).unwrap();
    let profile = format!("-env:UserInstallation=file://{out}/profile");
    tool("soffice", &[&profile, "--headless", "--convert-to", "docx", "--outdir", out, from.to_str().unwrap()]);
    let read = read_review(&std::fs::read(folder.path().join("workshop.docx")).unwrap()).unwrap();
    assert_eq!(
        told(&read),
        [
            (ReviewKind::Replaced, "Kim", "fire service", "prevention team"),
            (ReviewKind::Comment, "Ash", "the offer", "Which day?"),
            (ReviewKind::Inserted, "Lee", "Then visit", "twice"),
        ]
    );
    assert!(read.iter().all(|entry| entry.section.as_deref() == Some("Managing the risk")), "{read:?}");
    assert_eq!(read[2].date, chrono::NaiveDate::from_ymd_opt(2026, 3, 13));
}

/// Adds a comment to every paragraph of a document that has words, as python-docx does; prints how many.
const COMMENTED: &str = r#"
import sys, docx
document = docx.Document(sys.argv[1])
n = 0
for paragraph in document.paragraphs:
    if paragraph.runs and paragraph.text.strip():
        n += 1
        document.add_comment(paragraph.runs, text=f"Remark {n}: {paragraph.text[:30]}", author="Kim", initials="K")
document.save(sys.argv[2])
print(n)
"#;

#[test]
#[ignore = "needs Python with python-docx"]
fn what_python_adds_to_a_document_of_ours_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("guide.docx"), folder.path().join("read.docx"));
    let about = WordAbout { title: "A guide", group: "Group of Testford", marking: "For members only." };
    let text = "# What to do\n\n## Managing the risk\n\nAsk **first**, & then visit.\n\n- The night office\n- The day office\n";
    std::fs::write(&from, word_document(text, &about, None).unwrap()).unwrap();
    let name = |path: &Path| path.to_str().unwrap().to_owned();
    let n: usize = tool("python3", &["-c", COMMENTED, &name(&from), &name(&to)]).trim().parse().unwrap();
    let read = read_review(&std::fs::read(&to).unwrap()).unwrap();
    assert_eq!(read.len(), n);
    assert!(n >= 5);
    let point = read.iter().find(|entry| entry.quote == "Ask first, & then visit.").unwrap();
    assert_eq!((point.section.as_deref(), point.kind), (Some("Managing the risk"), ReviewKind::Comment));
    assert!(read.iter().all(|entry| entry.says.contains(entry.quote.chars().take(30).collect::<String>().trim())), "{read:?}");
}

/// A document of Word with one comment, one tracked deletion and one insertion.
fn commented() -> Vec<u8> {
    use std::io::Write as _;
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let w = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let who = r#"w:author="Ash Fenn" w:date="2026-03-12T10:00:00Z""#;
    let run = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    let body = format!(
        r#"<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>{}</w:p><w:p>{}<w:commentRangeStart w:id="1"/>{}<w:commentRangeEnd w:id="1"/><w:del w:id="8" {who}><w:r><w:delText> first</w:delText></w:r></w:del>{}<w:ins w:id="9" {who}>{}</w:ins></w:p>"#,
        run("Managing the risk"),
        run("Ask the "),
        run("fire service"),
        run("."),
        run(" Then ring.")
    );
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let relation = |kind: &str, target: &str| {
        format!(r#"<Relationships xmlns="{package}/relationships"><Relationship Id="a" Type="{office}/{kind}" Target="{target}"/></Relationships>"#)
    };
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{word}"/></Types>"#
            ),
        ),
        ("_rels/.rels", relation("officeDocument", "word/document.xml")),
        ("word/_rels/document.xml.rels", relation("comments", "comments.xml")),
        ("word/document.xml", format!("<w:document {w}><w:body>{body}</w:body></w:document>")),
        ("word/comments.xml", format!(r#"<w:comments {w}><w:comment w:id="1" {who}><w:p>{}</w:p></w:comment></w:comments>"#, run("Which team?"))),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_register_is_a_table_whose_ids_stay() {
    let workspace = TestWorkspace::new().file("workshop.docx", commented()).file("notes.docx", "no document");
    let read = |more: &[&str]| workspace.marg(&[&["guide", "fires", "--comments", "workshop.docx"], more].concat());
    let said = read(&["--format", "json"]).json();
    assert_eq!(said["schema"], "marg/guide-comments/1");
    let rows = said["comments"].as_array().unwrap();
    let told: Vec<[&str; 4]> = rows.iter().map(|row| ["kind", "author", "quote", "says"].map(|key| row[key].as_str().unwrap_or_default())).collect();
    let who = "Ash Fenn";
    let wanted = [["comment", who, "fire service", "Which team?"], ["deleted", who, "first", ""], ["inserted", who, "Ask the fire service.", "Then ring."]];
    assert_eq!(told, wanted);
    assert!(rows.iter().all(|row| row["section"] == "Managing the risk" && row["date"] == "2026-03-12" && row["id"].as_str().unwrap().len() == 6));
    assert_eq!(read(&["--format", "json"]).json(), said);
    let manual = std::fs::read_to_string(repository().join("docs/json.md")).unwrap();
    let section = manual.split("\n## ").find(|section| section.starts_with("`marg/guide-comments/1`")).unwrap();
    assert!(rows[0].as_object().unwrap().keys().all(|key| section.contains(&format!("`{key}`"))), "{section}");
    let table = read(&[]);
    assert!(table.code == Some(0) && table.stdout.contains("Which team?") && table.stderr.contains("3 entries are open"), "{table}");
    assert_eq!(read(&["--format", "csv"]).answer().lines().count(), 4);
    assert_eq!((read(&["-o", "c.xlsx"]).code, workspace.path("c.xlsx").is_file()), (Some(0), true));
    let ran = workspace.marg(&["guide", "fires", "--comments", "notes.docx"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("it is not a document of Word"), "{ran}");
}
