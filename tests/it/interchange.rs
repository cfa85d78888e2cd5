//! `marg themes export` and `import`: what goes out comes back the same, other programs read it, and what they write is read.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::Command;

use marg::interchange::{Entry, Standing, compare, read_csv, read_qdc, write_csv, write_qdc};
use marg::model::{Stage, ThemeKind};
use marg::yaml::new_theme;
use proptest::prelude::*;

use crate::harness::{TestWorkspace, repository, run};

fn path_of(workspace: &TestWorkspace, name: &str) -> String {
    workspace.path(name).to_str().unwrap().to_owned()
}

#[test]
fn the_sample_goes_out_and_comes_in_the_same() {
    let outside = TestWorkspace::empty();
    for ending in ["qdc", "csv"] {
        let (first, second) = (path_of(&outside, &format!("a.{ending}")), path_of(&outside, &format!("b.{ending}")));
        let _ = run(repository(), &["themes", "export", &first]).answer();
        let there = TestWorkspace::empty().file("marg.yaml", "name: Another group\n");
        let came = there.marg(&["themes", "import", &first, "--format", "json"]).json();
        assert!(came["themes"].as_array().unwrap().iter().all(|row| row["standing"] == "new"), "{came}");
        let check = there.marg(&["check", "--wrong"]);
        assert_eq!(check.code, Some(0), "{check}");
        let _ = there.marg(&["themes", "export", &second]).answer();
        assert_eq!(std::fs::read(&first).unwrap(), std::fs::read(&second).unwrap(), "{ending}");
        let again = there.marg(&["themes", "import", &first]);
        assert!(again.stderr.starts_with("0 new themes written into `themes/`, 47 the same, 0 different."), "{again}");
    }
}

/// Texts that want to break a format: its own signs, labels, line ends, formulas, letters from everywhere.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Z ]{1,12}",
        1 => prop::sample::select(vec![
            "Include: ", "\nExclude: no", "\nId: other", "\nKind: need", "\n\\Id: x", "\\", "\n- ", "\nPhrases:\n- x", "Title: ", "]]>", "<b>", "&amp;", "&#x0;", "\"", "'",
            "=1+1", "'=1", "''+x", "-2", "@x", "\t", "\n", "\n\n", "\r\n", "\r", "  ", " #", ": ", "#", "%", "---", "...", "\n---\n", "~", "null", "no", "é", "Ω", "漢字", "🔥",
            "\u{202e}", "\u{200b}", "\u{feff}", "\u{2028}", "\u{85}", "\u{7f}", "\u{1}", "\u{ffff}", "\u{a0}", ";", ",", "|", ">", "{", "[", "*", "&", "!", "`", "<<<<<<< a", "</Code>", "<!DOCTYPE x>",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn theme() -> impl Strategy<Value = marg::model::Theme> {
    let text = || prop::option::of(hostile());
    let texts = (text(), text(), text(), text(), prop::option::of(prop_oneof![Just("housing".to_owned()), Just("Needs".to_owned()), hostile()]));
    let kind = prop::sample::select(vec![ThemeKind::Barrier, ThemeKind::Need, ThemeKind::Enabler]);
    let stage = prop::option::of(prop::sample::select(vec![Stage::Emerging, Stage::Published, Stage::GuideDraft]));
    (hostile(), kind, stage, texts, prop::collection::vec(hostile(), 0..3), prop::sample::select(vec!["Same title".to_owned(), String::new()])).prop_map(
        |(title, kind, stage, (definition, include, exclude, example, parent), indicators, twin)| marg::model::Theme {
            id: String::new(),
            file: marg::source::FileId(0),
            title: if twin.is_empty() { format!("T{title}") } else { twin },
            kind,
            parent,
            definition,
            include,
            exclude,
            example,
            indicators,
            also_known_as: Vec::new(),
            stage,
            retired: None,
            guide: None,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_codebook_goes_out_and_comes_in_the_same(themes in prop::collection::vec(theme(), 1..8)) {
        let named = themes.into_iter().enumerate().map(|(n, theme)| marg::model::Theme { id: format!("theme-{n}"), also_known_as: vec![format!("earlier-{n}")], ..theme });
        let entries: Vec<Entry> = named.map(|theme| Entry::of(&theme)).collect();
        let in_order = |mut entries: Vec<Entry>| { entries.sort_by(|a, b| a.id.cmp(&b.id)); entries };
        prop_assert_eq!(in_order(read_qdc(write_qdc(&entries).as_bytes()).unwrap()), entries.clone());
        prop_assert_eq!(read_csv(write_csv(&entries).as_bytes()).unwrap(), entries.clone());
        for found in compare(entries.clone(), &[]) {
            prop_assert_eq!(&found.standing, &Standing::New);
            let theme = found.entry.theme(&found.id, found.entry.kind.unwrap());
            prop_assert!(new_theme(&theme).is_some(), "{theme:?}");
            prop_assert_eq!(Entry::of(&theme), found.entry);
        }
    }

    #[test]
    fn no_file_makes_the_readers_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "(<(/|!|\\?)?(Code|CodeBook|Description|x)?( name=\"a\"| isCodable=\"false\")*/?>|&[a-z#0-9]{0,5};|[a-z,;\n\"]{0,6}){0,30}") {
        for bytes in [&bytes[..], text.as_bytes()] {
            let _ = (read_qdc(bytes), read_csv(bytes));
        }
    }
}

const THEIRS: &str = "\u{feff}<?xml version='1.0'?>\n<c:CodeBook xmlns:c='urn:QDA-XML:codebook:0:4' origin='Other 9'><c:Codes>\n\
    <c:Code guid='{1}' name='Needs' isCodable='false' color='rgb(255,0,0)'>\n\
    <c:Code guid='x' name='Santé  mentale' color='255,0,0'><c:Description>Une d\u{e9}finition &amp; plus\nInclude: l&#39;attente</c:Description>\n\
    <c:Code name='Peur' isCodable='true'/></c:Code></c:Code>\n\
    <c:Code name='Loose' isCodable='true'><c:Description><![CDATA[a <b> c]]></c:Description></c:Code>\n\
    </c:Codes><c:Sets><c:Set guid='1' name='s'><c:Description>no</c:Description></c:Set></c:Sets></c:CodeBook>";

#[test]
fn codebooks_of_other_programs_are_read_liberally() {
    let read = read_qdc(THEIRS.as_bytes()).unwrap();
    let short: Vec<_> =
        read.iter().map(|entry| (entry.title.as_str(), entry.kind, entry.parent.as_deref(), entry.definition.as_deref(), entry.include.as_deref())).collect();
    assert_eq!(
        short,
        [
            ("Santé mentale", Some(ThemeKind::Need), None, Some("Une définition & plus"), Some("l'attente")),
            ("Peur", Some(ThemeKind::Need), Some("Santé mentale"), None, None),
            ("Loose", None, None, Some("a <b> c"), None),
        ]
    );
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(THEIRS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(read_qdc(&wide).unwrap(), read);
    let taguette = read_csv("tag;description\r\n\"a;b\";\"Two\nlines\"\r\n\r\n'=x;\r\n".as_bytes()).unwrap();
    assert_eq!(
        taguette.iter().map(|entry| (entry.title.as_str(), entry.definition.as_deref())).collect::<Vec<_>>(),
        [("a;b", Some("Two\nlines")), ("=x", None)]
    );
    let paths = read_csv(b"path,description\nhome/rent/Arrears,x\n").unwrap();
    assert_eq!((paths[0].title.as_str(), paths[0].parent.as_deref()), ("Arrears", Some("home / rent")));
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    let workspace = TestWorkspace::new();
    let said = |name: &str, bytes: &[u8]| {
        let workspace = TestWorkspace::new().file(name, bytes);
        let ran = workspace.marg(&["themes", "import", name]);
        assert!(ran.code == Some(3) || ran.code == Some(2), "{ran}");
        ran.stderr.lines().next().unwrap().to_owned()
    };
    let found = [
        said("a.qdc", b"<!DOCTYPE a [<!ENTITY b 'c'>]>\n<CodeBook/>"),
        said("a.qdc", b"<CodeBook><Codes>\n<Code isCodable='true'/></Codes></CodeBook>"),
        said("a.qdc", b"<CodeBook><Codes>\n<Code name='x'></Codes></CodeBook>"),
        said("a.qdc", b"<CodeBook><Codes><Code name='x'>"),
        said("a.qdc", b"<CodeBook/>"),
        said("a.qdc", "<Code name='x'/>".repeat(5_001).as_bytes()),
        said("a.qdc", &vec![b' '; (4 << 20) + 1]),
        said("a.csv", b"tag,description\nx,caf\xe9\n"),
        said("a.csv", b"colour,size\nred,1\n"),
        said("a.csv", b"tag,kind\nx,barrier\ny,obstacle\n"),
        said("a.csv", b"tag,kind\n,barrier\n"),
        said("a.csv", b"tag\nx\n"),
        said("a.xlsx", b"PK"),
        said("a.docx", b"PK"),
        workspace.marg(&["themes", "import", "none.csv"]).stderr.lines().next().unwrap().to_owned(),
    ];
    insta::assert_snapshot!(found.join("\n"), @r###"
    error: `a.qdc`, line 1: the file brings a document type of its own
    error: `a.qdc`, line 2: this code has no name
    error: `a.qdc`, line 2: this is not well-formed XML: ill-formed document: expected `</Code>`, but `</Codes>` was found
    error: `a.qdc`: the file ends too early
    error: `a.qdc`: there is no code in the file
    error: `a.qdc`: the file has more than 5000 entries
    error: `a.qdc` cannot be read: it is larger than 4 MB
    error: `a.csv`, line 2: a letter here is not stored as UTF-8
    error: `a.csv`, line 1: no column says what the themes are called
    error: `a.csv`, line 3: `obstacle` is no `kind`
    error: `a.csv`, line 2: this row does not say what the theme is called
    error: the file does not say of 1 theme what kind of theme it is, such as `x`
    error: `a.xlsx` is a workbook, and only its sheet can be read
    error: `a.docx` is no codebook that can be read
    error: `none.csv` cannot be read: No such file or directory (os error 2)
    "###);
}

#[test]
fn what_is_there_is_compared_and_never_written_over() {
    let csv = "tag,kind,id,definition\nFire history blocks housing,barrier,fire-history,Another meaning.\nHomelessness,need,,No home.\nPrison release,barrier,,Out on a Friday.\nPrison release!,need,,x\n漢字,need,,x\nhomes,need,visit-2,\n";
    let workspace = TestWorkspace::new().file("theirs.csv", csv);
    let before = workspace.read("themes/fire-history.yaml");
    let dry = workspace.marg(&["themes", "import", "theirs.csv", "--dry-run"]);
    insta::assert_snapshot!(dry, @r###"
    Theme             Is       Title                        Differs in
    fire-history      differs  Fire history blocks housing  definition
    homeless          same     Homelessness
    prison-release    new      Prison release
    prison-release-2  new      Prison release!
    theme-9fca3398    new      漢字
    visit-2           new      homes
    --- stderr
    4 new themes would be written into `themes/`, 1 the same, 1 different. Themes that differ were left as they are: what is there is never written over.
    "###);
    assert!(!workspace.path("themes/prison-release.yaml").exists());
    let _ = workspace.marg(&["themes", "import", "theirs.csv"]).answer();
    assert_eq!(workspace.read("themes/fire-history.yaml"), before);
    insta::assert_snapshot!(workspace.read("themes/prison-release.yaml"), @r###"
    # yaml-language-server: $schema=../schemas/theme.schema.json
    title: Prison release
    kind: barrier
    definition: Out on a Friday.
    "###);
    assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
    let unsaid = TestWorkspace::new().file("t.csv", "name\nBail hostels\n");
    assert!(unsaid.marg(&["themes", "import", "t.csv"]).stderr.contains("`--kind barrier`"));
    let _ = unsaid.marg(&["themes", "import", "t.csv", "--kind", "enabler"]).answer();
    assert!(unsaid.read("themes/bail-hostels.yaml").contains("kind: enabler"));
}

const MEETING: &str = "meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: QLM-A1\n    update: |\n      🔥 He has no fixed\n      abode, and No Fixed Abode is on file.\n\n      Second.\n    needs: [homeless]\n    enablers: [visit]\n\
    \x20   barriers: [{ theme: fires, status: live, rule: 'No fires, ever', evidence: said so }]\n    closed: { reason: moved }\n";

fn with_meeting() -> TestWorkspace {
    TestWorkspace::new()
        .file("meetings/2026-03-12-marg.yaml", MEETING)
        .file("themes/homeless.yaml", "title: Homelessness\nkind: need\nindicators: [no fixed abode]\n")
}

/// The files of an archive.
fn unpacked(path: &Path) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        files.insert(file.name().unwrap().into_owned(), text);
    }
    files
}

#[test]
fn a_project_holds_texts_people_and_passages_and_stays_out_of_the_workspace() {
    let (workspace, outside) = (with_meeting(), TestWorkspace::empty());
    for inside in ["p.qdpx", "deep/er/p.qdpx", "themes/p.qdpx"] {
        let ran = workspace.marg(&["themes", "export", inside]);
        assert!(ran.code == Some(3) && !workspace.path(inside).exists(), "{ran}");
    }
    let (one, two) = (path_of(&outside, "1.qdpx"), path_of(&outside, "2.qdpx"));
    let ran = workspace.marg(&["themes", "export", &one]);
    assert!(ran.stderr.contains("1 discussion of 1 person, 5 tagged passages. It holds what was said of them, for members"), "{ran}");
    let _ = workspace.marg(&["themes", "export", &two]).answer();
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&two).unwrap());
    let files = unpacked(Path::new(&one));
    let text = files.iter().find(|(name, _)| name.starts_with("sources/")).unwrap().1;
    assert_eq!(text, "QLM-A1 at 2026-03-12-marg\n🔥 He has no fixed abode, and No Fixed Abode is on file.\nSecond.\nRule: No fires, ever\nEvidence: said so\n");
    let project = &files["project.qde"];
    let passages: Vec<String> = project
        .split("startPosition=\"")
        .skip(1)
        .map(|rest| {
            let number = |text: &str| text.split('"').next().unwrap().parse::<usize>().unwrap();
            let (start, end) = (number(rest), number(rest.split("endPosition=\"").nth(1).unwrap()));
            text.chars().skip(start).take(end - start).collect()
        })
        .collect();
    // What helped has no phrase, so the whole text is tagged with it.
    assert_eq!(passages, [text.trim_end(), "no fixed abode", "No Fixed Abode", "Rule: No fires, ever", "Evidence: said so"]);
    assert!(project.contains("<DateValue>2026-03-12</DateValue>") && project.contains("<BooleanValue>true</BooleanValue>"));
}

#[test]
fn only_known_endings_are_written_and_an_empty_codebook_is_no_qdc() {
    let outside = TestWorkspace::empty();
    let refused = with_meeting().marg(&["themes", "export", &path_of(&outside, "x.docx")]);
    assert!(refused.code == Some(2) && refused.stderr.contains("cannot be written as"), "{refused}");
    let empty = TestWorkspace::empty().file("marg.yaml", "name: x\n");
    assert_eq!(empty.marg(&["themes", "export", &path_of(&outside, "x.qdc")]).code, Some(3));
    let _ = with_meeting().marg(&["themes", "export", &path_of(&outside, "x.xlsx")]).answer();
    assert!(std::fs::read(outside.path("x.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
#[ignore = "needs xmllint, and Python with pyrefiqda"]
fn other_programs_read_the_codebook_and_the_project() {
    let outside = TestWorkspace::empty();
    let (qdc, qdpx) = (path_of(&outside, "a.qdc"), path_of(&outside, "a.qdpx"));
    for (from, codes, texts, people) in [(repository(), 47, 59, 28), (&with_meeting().path(""), 3, 1, 1)] {
        let _ = run(from, &["themes", "export", &qdc]).answer();
        let said = run(from, &["themes", "export", &qdpx]);
        let passages: usize = said.stderr.split(", ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        std::fs::write(outside.path("project.qde"), &unpacked(Path::new(&qdpx))["project.qde"]).unwrap();
        for (schema, file) in [("codebook", "a.qdc"), ("project", "project.qde")] {
            let schema = repository().join(format!("tests/refi/{schema}.rng"));
            let output =
                Command::new("xmllint").args(["--noout", "--nonet", "--relaxng"]).arg(schema).arg(outside.path(file)).output().expect("xmllint is needed");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let output = Command::new("python3").args(["-c", READER, &qdc, &qdpx, &path_of(&outside, "extracted")]).output().expect("python3 is needed");
        assert!(output.status.success(), "Python with pyrefiqda is needed: {}", String::from_utf8_lossy(&output.stderr));
        let found = String::from_utf8(output.stdout).unwrap();
        assert_eq!(found.trim(), format!("{codes} {codes} {texts} {people} {passages}"));
        std::fs::remove_dir_all(outside.path("extracted")).unwrap();
    }
}

/// Reads both files with `pyrefiqda`, whose classes are made from the published schema and take nothing else, and counts. Each passage has
/// to lie in its text.
const READER: &str = r#"
import sys
from pyrefiqda import RefiCodebook, RefiProject
codebook = RefiCodebook.load(sys.argv[1])
project = RefiProject.load(sys.argv[2], sys.argv[3])

def codable(codes):
    return sum(int(code.is_codable) + codable(code.code) for code in codes)

passages = 0
for source in project.sources.text_source:
    text = open(f"{sys.argv[3]}/sources/{source.plain_text_path.removeprefix('internal://')}", encoding="utf-8", newline="").read()
    for passage in source.plain_text_selection:
        said = text[passage.start_position:passage.end_position]
        assert said and said == said.strip(), (source.name, said)
        passages += len(passage.coding)
print(codable(codebook.codes.code), codable(project.code_book.codes.code), len(project.sources.text_source), len(project.cases.case), passages)
"#;
