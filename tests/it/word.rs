//! Documents for Word, as other programs see them. What needs those programs is ignored unless asked for.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use marg::documents::{WordAbout, word_document};

use crate::harness::{TestWorkspace, repository, run, without_marks};
use crate::outside;

const ABOUT: WordAbout<'_> = WordAbout { title: "A title", group: "Group of Testford", marking: "For members only." };

/// The text of every part of a document, one after another.
pub(crate) fn parts_of(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut all = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

/// Documents of the sample: minutes, an agenda, one agency's part, a guide and its checklist.
fn sample(folder: &Path) -> Vec<PathBuf> {
    let out = folder.to_str().unwrap();
    for arguments in [&["2026-03-12"][..], &["2026-04-09"], &["2025-12-04"], &["2026-03-12", "--for", "northfield-housing"]] {
        let _ = run(repository(), &[&["minutes"], arguments, &["--out", out]].concat()).answer();
    }
    for what in [&[][..], &["--checklist"]] {
        let _ = run(repository(), &[&["guide", "arson-blocks-housing", "--out", out], what].concat()).answer();
    }
    let mut made: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    made.retain(|path| path.extension().is_some_and(|ending| ending == "docx"));
    made.sort();
    assert_eq!(made.len(), 6);
    made
}

/// Texts of others that want to run or break out, from the file beside the repository, a few hundred in one document and each alone.
fn hostile() -> Vec<String> {
    let listed = std::fs::read_to_string(outside::beside("data/hostile-markdown.tsv")).unwrap();
    let payload = |line: &str| {
        let escaped = line.split('\t').nth(2)?;
        let plain = [("\\\\", "\u{f8ff}"), ("\\n", "\n"), ("\\t", "\t"), ("\\0", "\0"), ("\\x01", "\u{1}"), ("\\x03", "\u{3}"), ("\\u202e", "\u{202e}")];
        Some(plain.iter().fold(escaped.to_owned(), |text, (from, to)| text.replace(from, to)).replace('\u{f8ff}', "\\"))
    };
    let texts: Vec<String> = listed.lines().filter(|line| !line.starts_with('#')).filter_map(payload).collect();
    assert!(texts.len() > 50);
    texts
}

pub(crate) fn tool(name: &str, arguments: &[&str]) -> String {
    let output = Command::new(name).args(arguments).output().unwrap_or_else(|error| panic!("{name} is needed for this test: {error}"));
    assert!(output.status.success(), "{name}: {}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn assert_valid(document: &Path) {
    let said: serde_json::Value = serde_json::from_str(&tool("ooxml-validator", &[document.to_str().unwrap()])).unwrap();
    assert!(said["ok"] == true && said["errors"].as_array().is_some_and(Vec::is_empty), "{}: {said}", document.display());
}

/// The words of the document's pages, as LibreOffice lays them out.
fn printed(document: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let out = folder.path().to_str().unwrap();
    tool("soffice", &[&profile, "--headless", "--convert-to", "pdf", "--outdir", out, document.to_str().unwrap()]);
    let pdf = folder.path().join(document.file_name().unwrap()).with_extension("pdf");
    tool("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"])
}

/// Letters and digits alone, so that it does not matter where lines and words are broken.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn the_same_record_makes_the_same_document() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (a, b) in sample(one.path()).iter().zip(sample(two.path())) {
        assert!(std::fs::read(a).unwrap() == std::fs::read(b).unwrap(), "{}", a.display());
    }
}

#[test]
fn a_template_of_word_that_cannot_be_used_is_said_and_the_built_in_one_is_taken() {
    let workspace = TestWorkspace::new()
        .file("meetings/m.yaml", "meeting: marg\ndate: 2026-03-12\n")
        .file("templates/minutes.docx", "no document")
        .file("templates/letter.docx", "x")
        .file("templates/house.docm", "x");
    let ran = workspace.marg(&["minutes", "m"]);
    assert_eq!(ran.code, Some(0));
    insta::assert_snapshot!(ran.stderr, @r"
    warning: `templates/letter.docx` is used for nothing: no page is made from a template of this name
    warning: `templates/minutes.docx` cannot be used, so the built-in one was taken
    it is not a document of Word, or it is damaged
    warning: `templates/house.docm` cannot be used, so the built-in one was taken
    a template for Word is an ordinary document without macros: save it as .docx
    Written for members. Open out/minutes-m.html in a browser.
    ");
    assert!(parts_of(&workspace.path("out/minutes-m.docx")).contains("For members of the meeting only."));
    insta::assert_snapshot!(workspace.marg(&["template", "check"]), @r"
    wrong: `templates/letter.docx`
    no page is made from a template of this name

    wrong: `templates/minutes.docx`
    it is not a document of Word, or it is damaged

    wrong: `templates/house.docm`
    a template for Word is an ordinary document without macros: save it as .docx

    --- stderr
    3 things are wrong with the templates.
    --- exit 1
    ");
    let list = workspace.marg(&["template", "list"]).answer();
    insta::assert_snapshot!(list.lines().filter(|line| line.contains(".docx")).collect::<Vec<_>>().join("\n"), @r"
    guide.docx         built-in  put a document of this name into templates/
    house.docx         built-in  put a document of this name into templates/
    letter.docx        nothing   no document is made from a template of this name
    minutes.docx       built-in  templates/ has one that cannot be used
    ");
}

#[test]
fn a_document_that_marg_made_can_be_the_template_of_others() {
    let document = word_document("# Letterhead", &WordAbout { group: "Quillmere letterhead", ..ABOUT }, None).unwrap();
    let workspace = TestWorkspace::new().file("meetings/m.yaml", "meeting: marg\ndate: 2026-03-12\n").file("templates/house.docx", document);
    let ran = workspace.marg(&["minutes", "m"]);
    assert!(!ran.stderr.contains("warning"), "{ran}");
    let parts = parts_of(&workspace.path("out/minutes-m.docx"));
    assert!(parts.contains("Quillmere letterhead") && parts.contains("Minutes of 12 March 2026") && !parts.contains(">Letterhead<"));
}

#[test]
#[ignore = "needs ooxml-validator (npm)"]
fn every_document_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path()).iter().for_each(|document| assert_valid(document));
    let texts = hostile();
    // One alone for each would take long: a document of all, and one of every tenth.
    let all = texts.join("\n\n---\n\n");
    let house = marg::documents::HouseStyle::read(&word_document("x", &ABOUT, None).unwrap()).unwrap();
    for (nth, (text, house)) in
        [(all.as_str(), None), (&all, Some(&house))].into_iter().chain(texts.iter().step_by(10).map(|text| (text.as_str(), None))).enumerate()
    {
        let path = folder.path().join(format!("hostile-{nth}.docx"));
        std::fs::write(&path, word_document(text, &ABOUT, house).unwrap()).unwrap();
        assert_valid(&path);
    }
}

#[test]
#[ignore = "needs LibreOffice Writer and pdftotext"]
fn every_word_of_the_text_edition_is_on_the_pages_of_the_document() {
    let folder = tempfile::tempdir().unwrap();
    for document in sample(folder.path()) {
        let printed = letters(&printed(&document));
        let text = without_marks(&std::fs::read_to_string(document.with_extension("md")).unwrap());
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let lost: BTreeSet<&str> = words.filter(|word| !printed.contains(word)).collect();
        assert!(lost.is_empty(), "{}: {lost:?}", document.display());
    }
}

#[test]
#[ignore = "needs LibreOffice Writer, pdftotext and the file of hostile texts beside the repository"]
fn no_word_of_a_hostile_text_is_lost_on_paper() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.docx");
    let texts = hostile();
    std::fs::write(&path, word_document(&texts.join("\n\n***\n\n"), &ABOUT, None).unwrap()).unwrap();
    let printed = letters(&printed(&path));
    let words: BTreeSet<String> =
        texts.iter().flat_map(|text| text.split(|c: char| !c.is_ascii_alphabetic())).filter(|word| word.len() > 3).map(str::to_owned).collect();
    // The names of entities are what they stand for by then.
    let entities = ["quot", "amp", "nbsp", "colon", "apos", "Tab", "NewLine", "lpar", "rpar", "sol", "newline"];
    let lost: Vec<&String> = words.iter().filter(|word| !printed.contains(word.as_str()) && !entities.contains(&word.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
#[ignore = "needs python-docx (pip)"]
fn another_reader_finds_headings_lists_and_tables() {
    let folder = tempfile::tempdir().unwrap();
    let made = sample(folder.path());
    let document = made.iter().find(|path| path.to_string_lossy().contains("minutes-2025-12-04")).unwrap();
    let script = "import sys, docx\nd = docx.Document(sys.argv[1])\nh = [p for p in d.paragraphs if p.style.name.startswith('Heading')]\n\
                  print(d.core_properties.title, '|', d.core_properties.language, '|', len(h) > 5, '|', len(d.tables) > 1, '|', h[0].text)";
    let said = tool("python3", &["-c", script, document.to_str().unwrap()]);
    assert_eq!(said.trim(), "Minutes of 4 December 2025 | en-GB | True | True | Minutes of 4 December 2025");
}
