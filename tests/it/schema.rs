//! `marg schema`, judged by programs that share no code with this one: a validator, and the engine of VS Code's help with YAML.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value as Json, json};

use crate::harness::{TestWorkspace, repository, run};

const KINDS: [&str; 5] = ["marg", "theme", "meeting", "tagging", "plan"];

#[test]
fn it_suggests_the_names_of_the_workspace_and_writes_what_it_prints() {
    let workspace = TestWorkspace::new();
    let meeting = workspace.marg(&["schema", "meeting"]).json();
    let barrier = &meeting["$defs"]["barrier"]["properties"];
    assert_eq!(barrier["theme"]["anyOf"][0], json!({ "const": "fire-history", "description": "barrier: Fire history blocks housing" }));
    assert_eq!(barrier["at"]["anyOf"][0]["const"], "housing");
    assert_eq!(barrier["blocks"]["anyOf"][0], json!({ "const": "hostel", "description": "Hostel" }));
    assert!(workspace.marg(&["schema", "meeting", "--plain"]).json()["$defs"]["barrier"]["properties"]["at"].get("anyOf").is_none());
    assert_eq!(workspace.marg(&["schema", "--write"]).answer().lines().count(), KINDS.len());
    for kind in KINDS {
        assert_eq!(workspace.read(&format!("schemas/{kind}.schema.json")), workspace.marg(&["schema", kind]).answer());
    }
    assert_eq!(TestWorkspace::empty().marg(&["schema", "--write"]).code, Some(3));
    assert_eq!(TestWorkspace::empty().marg(&["schema"]).code, Some(2));
    assert!(TestWorkspace::empty().marg(&["schema", "theme"]).answer().contains("urn:marg:schema:theme:1"));
}

#[test]
fn what_init_makes_names_schemas_that_are_there_and_check_passes_them_over() {
    let workspace = TestWorkspace::empty();
    let _ = workspace.marg(&["init"]).answer();
    for (file, schema) in [
        ("marg.yaml", "schemas/marg.schema.json"),
        ("themes/waiting-list.yaml", "../schemas/theme.schema.json"),
        ("meetings/2026-04-09-marg.yaml", "../schemas/meeting.schema.json"),
    ] {
        assert!(workspace.read(file).starts_with(&format!("# yaml-language-server: $schema={schema}\n")), "{file}");
        assert!(workspace.path(file).parent().unwrap().join(schema).is_file(), "{file}");
    }
    assert!(workspace.read("schemas/meeting.schema.json").contains("\"mental-health-trust\""), "the names of the starter are suggested");
    assert_eq!(workspace.marg(&["check", "--strict"]).code, Some(0));
}

/// Whether the validator accepts files.
fn accepted(schema: &Path, files: &[PathBuf]) -> (bool, String) {
    let output = Command::new("check-jsonschema").arg("--schemafile").arg(schema).args(files).output().expect("check-jsonschema is needed for this test");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
}

/// The schemas of a workspace, in a folder of their own.
fn schemas(workspace: &Path, more: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for kind in KINDS {
        std::fs::write(folder.path().join(kind), run(workspace, &[&["schema", kind], more].concat()).answer()).unwrap();
    }
    folder
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn assert_accepts_all(workspace: &Path, at_least: usize, ways: &[&[&str]]) {
    for more in ways {
        let schemas = schemas(workspace, more);
        let meta = Command::new("check-jsonschema").arg("--check-metaschema").args(KINDS.map(|kind| schemas.path().join(kind))).output();
        assert!(meta.expect("check-jsonschema is needed for this test").status.success());
        let (themes, meetings) = (yaml_files(&workspace.join("themes")), yaml_files(&workspace.join("meetings")));
        assert!(themes.len() + meetings.len() >= at_least);
        let plans = yaml_files(&workspace.join("plans"));
        for (kind, files) in [("marg", vec![workspace.join("marg.yaml")]), ("theme", themes), ("meeting", meetings), ("plan", plans)] {
            for files in files.chunks(200) {
                let (ok, said) = accepted(&schemas.path().join(kind), files);
                assert!(ok, "{said}");
            }
        }
    }
}

#[test]
#[ignore = "needs check-jsonschema"]
fn every_file_of_the_sample_and_of_a_new_workspace_fits() {
    let both: [&[&str]; 2] = [&[], &["--plain"]];
    assert_accepts_all(repository(), 60, &both);
    let workspace = TestWorkspace::empty();
    let _ = workspace.marg(&["init"]).answer();
    assert_accepts_all(&workspace.path(""), 23, &both);
}

#[test]
#[ignore = "needs check-jsonschema, and the workspace generator beside the repository"]
fn every_file_of_a_generated_workspace_fits() {
    assert_accepts_all(&crate::outside::generated("M").path(""), 1_200, &[&[]]);
}

#[test]
#[ignore = "needs check-jsonschema"]
fn slips_are_refused_and_what_people_may_write_is_not() {
    let schemas = schemas(repository(), &["--plain"]);
    let files = yaml_files(&repository().join("tests/mistakes"));
    let output = Command::new("check-jsonschema").args(["-o", "json", "--schemafile"]).arg(schemas.path().join("meeting")).args(&files).output();
    let judged: Json = serde_json::from_slice(&output.expect("check-jsonschema is needed for this test").stdout).unwrap();
    let said = |name: &str| -> String {
        let all = ["errors", "parse_errors"].into_iter().flat_map(|kind| judged[kind].as_array().into_iter().flatten());
        all.filter(|error| error["filename"].as_str().unwrap().ends_with(&format!("/{name}"))).map(ToString::to_string).collect()
    };
    assert!(files.len() > 40);
    for path in &files {
        let name = path.file_name().unwrap().to_str().unwrap();
        // What a remark swallows is valid to everybody but a reader who knows what people mean.
        let is_unwise_alone = ["44-changed-after-it-was-agreed.yaml", "44-label-without-context.yaml", "45-word-that-judges.yaml"].contains(&name);
        let wanted = name.starts_with("accept") || name == "22-hash-swallows-half-a-sentence.yaml" || is_unwise_alone;
        assert_eq!(said(name).is_empty(), wanted, "{name}: {}", said(name));
    }
    for (name, says) in [
        ("09-maybe-for-yes-or-no.yaml", "'maybe' is not one of"),
        ("10-text-where-a-list-belongs.yaml", "is not of type 'array'"),
        ("12-unknown-word.yaml", "is not one of"),
        ("13-misspelt-field.yaml", "Additional properties are not allowed"),
        ("14-missing-field.yaml", "is a required property"),
        ("16-no-such-date.yaml", "is not a 'date'"),
    ] {
        assert!(said(name).contains(says), "{name}: {}", said(name));
    }
}

/// The engine of VS Code's help with YAML, spoken to as an editor does.
struct Editor {
    child: Child,
    out: BufReader<ChildStdout>,
    asked: u64,
    /// What it said about files, the last first to be looked at.
    told: Vec<Json>,
}

impl Editor {
    fn start(root: &Path) -> Self {
        let mut child = Command::new("yaml-language-server")
            .arg("--stdio")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("yaml-language-server is needed for this test");
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut editor = Self { child, out, asked: 0, told: Vec::new() };
        let can = json!({ "textDocument": { "completion": { "completionItem": { "documentationFormat": ["markdown"] } }, "hover": { "contentFormat": ["markdown"] } }, "workspace": { "configuration": true } });
        editor.ask(
            "initialize",
            &json!({ "processId": null, "rootUri": uri(root), "capabilities": can, "workspaceFolders": [{ "uri": uri(root), "name": "w" }] }),
        );
        editor.send(json!({ "method": "initialized", "params": {} }));
        editor
    }

    fn send(&mut self, mut message: Json) {
        message["jsonrpc"] = json!("2.0");
        let text = message.to_string();
        let stdin = self.child.stdin.as_mut().unwrap();
        write!(stdin, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        stdin.flush().unwrap();
    }

    fn receive(&mut self) -> Json {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.out.read_line(&mut line).unwrap() > 0, "the language server has gone");
            if line.trim().is_empty() {
                break;
            }
            if let Some(n) = line.strip_prefix("Content-Length: ") {
                length = n.trim().parse().unwrap();
            }
        }
        let mut bytes = vec![0; length];
        self.out.read_exact(&mut bytes).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    /// One message of the server's; its own questions are answered on the way.
    fn next(&mut self) -> Json {
        let message = self.receive();
        if let (Some(id), Some(method)) = (message.get("id").cloned(), message.get("method").and_then(Json::as_str)) {
            let settings = json!({ "validate": true, "completion": true, "hover": true, "schemaStore": { "enable": false } });
            let items = message["params"]["items"].as_array().cloned().unwrap_or_default();
            let answer = if method == "workspace/configuration" {
                items.iter().map(|item| if item["section"] == "yaml" { settings.clone() } else { json!({}) }).collect()
            } else {
                Json::Null
            };
            self.send(json!({ "id": id, "result": answer }));
        }
        message
    }

    fn ask(&mut self, method: &str, params: &Json) -> Json {
        self.asked += 1;
        let id = self.asked;
        self.send(json!({ "id": id, "method": method, "params": params }));
        loop {
            let message = self.next();
            if message["id"] == id && message.get("method").is_none() {
                assert!(message.get("error").is_none(), "{message}");
                return message["result"].clone();
            }
            self.told.push(message);
        }
    }

    fn open(&mut self, path: &Path, text: &str) {
        self.send(
            json!({ "method": "textDocument/didOpen", "params": { "textDocument": { "uri": uri(path), "languageId": "yaml", "version": 1, "text": text } } }),
        );
    }

    /// What it finds wrong in a file.
    fn wrong(&mut self, path: &Path) -> Vec<String> {
        loop {
            let message = self.told.pop().unwrap_or_else(|| self.next());
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri(path) {
                return message["params"]["diagnostics"].as_array().unwrap().iter().map(|found| found["message"].as_str().unwrap().to_owned()).collect();
            }
        }
    }

    /// The labels that are offered at the end of the text `at`.
    fn completes(&mut self, path: &Path, text: &str, at: &str) -> Vec<(String, String)> {
        let answer = self.ask("textDocument/completion", &json!({ "textDocument": { "uri": uri(path) }, "position": place(text, at) }));
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        let word = |value: &Json| value.as_str().or_else(|| value["value"].as_str()).unwrap_or_default().to_owned();
        items.iter().map(|item| (word(&item["label"]), word(&item["documentation"]))).collect()
    }

    fn hover(&mut self, path: &Path, text: &str, at: &str) -> String {
        self.ask("textDocument/hover", &json!({ "textDocument": { "uri": uri(path) }, "position": place(text, at) })).to_string()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// The place at the end of a piece of the text.
fn place(text: &str, piece: &str) -> Json {
    let before = &text[..text.find(piece).unwrap_or_else(|| panic!("{piece:?} is not in the text")) + piece.len()];
    json!({ "line": before.matches('\n').count(), "character": before.rsplit('\n').next().unwrap().encode_utf16().count() })
}

#[test]
#[ignore = "needs yaml-language-server"]
fn an_editor_completes_explains_and_marks_slips() {
    let workspace = TestWorkspace::empty();
    let _ = workspace.marg(&["init"]).answer();
    let path = workspace.path("meetings/2026-05-14-marg.yaml");
    let text = "# yaml-language-server: $schema=../schemas/meeting.schema.json
meeting: marg
date: 2026-05-14
status: held
required_agencies: [housing-options, an-agency-of-next-year]
cases:
  - ref: ABC-7KQ2
    barriers:
      - theme: waiting-list
        status: 
        blocks: 
        at: 
        caus
";
    let mut editor = Editor::start(&workspace.path(""));
    editor.open(&path, text);
    let labels = |offered: &[(String, String)]| offered.iter().map(|(label, _)| label.clone()).collect::<Vec<_>>();
    let statuses = labels(&editor.completes(&path, text, "        status: "));
    for status in ["live", "eased", "resolved"] {
        assert!(statuses.iter().any(|label| label == status), "{statuses:?}");
    }
    let services = editor.completes(&path, text, "blocks: ");
    assert!(services.iter().any(|(label, words)| label == "supported-accommodation" && words.contains("Supported accommodation")), "{services:?}");
    assert!(labels(&editor.completes(&path, text, "        at: ")).contains(&"mental-health-trust".to_owned()));
    assert!(labels(&editor.completes(&path, text, "        caus")).contains(&"cause".to_owned()));
    let hover = editor.hover(&path, text, "\nrequired_ag");
    assert!(hover.contains("Agencies that must be there or send what they know"), "{hover}");
    let hover = editor.hover(&path, text, "- the");
    assert!(hover.contains("barrier: Long wait for assessment or treatment"), "a name that is known is explained: {hover}");
    let hover = editor.hover(&path, text, "        blo");
    assert!(hover.contains("Which service it keeps the person from"), "{hover}");

    let good = workspace.path("meetings/2026-04-09-marg.yaml");
    editor.open(&good, &std::fs::read_to_string(&good).unwrap());
    assert_eq!(editor.wrong(&good), Vec::<String>::new());
    let bad = workspace.path("meetings/2026-06-11-marg.yaml");
    let slips = "# yaml-language-server: $schema=../schemas/meeting.schema.json\nmeeting: marg\ndate: 2026-06-11\nstatsu: held\nrequired_agencies: [an-agency-of-next-year]\nagenda:\n  - { item: Welcome, minutes: five }\n";
    editor.open(&bad, slips);
    let wrong = editor.wrong(&bad);
    assert!(wrong.len() == 2 && wrong.iter().any(|said| said.contains("statsu")) && wrong.iter().any(|said| said.contains("integer")), "{wrong:?}");
}
