//! Templates of the workspace's own.

use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::Path;

use super::text;
use crate::source::FileId;

/// What lies in `templates/`, in order of name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnTemplates {
    /// Name and text of each file that can be used.
    pub texts: Vec<(String, String)>,
    /// The same of documents of Word.
    pub documents: Vec<(String, Vec<u8>)>,
    /// What cannot be used, with why: a name, or nothing for the folder as a whole.
    pub odd: Vec<(String, String)>,
}

/// Reads the templates of a workspace. Links are not followed.
pub fn own_templates(root: &Path) -> OwnTemplates {
    let folder = root.join("templates");
    let mut own = OwnTemplates::default();
    if folder.is_symlink() {
        own.odd.push((String::new(), "it is a link to another place and is not followed".to_owned()));
        return own;
    }
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return own,
        Err(error) => {
            own.odd.push((String::new(), format!("what stands in it cannot be read: {error}")));
            return own;
        }
    };
    let is_seen = |name: &str| !name.starts_with('.') && !name.ends_with('~');
    for (name, entry) in entries.flatten().map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry)).filter(|(name, _)| is_seen(name)) {
        if name.ends_with(".docx") {
            match text::read_bytes(&entry.path(), LARGEST_DOCUMENT) {
                Ok(bytes) => own.documents.push((name, bytes)),
                Err(why) => own.odd.push((name, why)),
            }
            continue;
        }
        match template(&name, &entry) {
            Ok(text) => own.texts.push((name, text)),
            Err(why) => own.odd.push((name, why)),
        }
    }
    own.texts.sort();
    own.documents.sort();
    own.odd.sort();
    own
}

/// A letterhead with its pictures.
const LARGEST_DOCUMENT: u64 = 8 << 20;

fn template(name: &str, entry: &DirEntry) -> Result<String, String> {
    if [".docm", ".dotm", ".dotx", ".doc", ".odt"].iter().any(|ending| name.ends_with(ending)) {
        return Err("a template for Word is an ordinary document without macros: save it as .docx".to_owned());
    }
    if ![".html", ".md", ".css"].iter().any(|ending| name.ends_with(ending)) {
        return Err("no page is made from it: the name of a template ends in .html, .md, .css or .docx".to_owned());
    }
    // Where it is does not matter: what is wrong is said of the template by name.
    let text = text::read(FileId(0), &entry.path()).map_err(|finding| finding.message)?;
    if text.trim().is_empty() {
        return Err("there is nothing in it".to_owned());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_used_is_named_with_why() {
        let folder = tempfile::tempdir().unwrap();
        let templates = folder.path().join("templates");
        fs::create_dir_all(templates.join("guide.html")).unwrap();
        for (name, text) in [
            ("report.html", &b"<p>x"[..]),
            ("report.md", b" \n"),
            ("page.html", b"\xff\xfe"),
            ("report.html.bak", b"x"),
            (".hidden", b"x"),
            ("house.docm", b"x"),
        ] {
            fs::write(templates.join(name), text).unwrap();
        }
        fs::write(templates.join("style.css"), "x".repeat(2 << 20)).unwrap();
        let own = own_templates(folder.path());
        assert_eq!(own.texts, [("report.html".to_owned(), "<p>x".to_owned())]);
        let odd: Vec<String> = own.odd.iter().map(|(name, why)| format!("{name}: {why}")).collect();
        assert_eq!(
            odd,
            [
                "guide.html: this is not an ordinary file",
                "house.docm: a template for Word is an ordinary document without macros: save it as .docx",
                "page.html: a character here is not stored as UTF-8",
                "report.html.bak: no page is made from it: the name of a template ends in .html, .md, .css or .docx",
                "report.md: there is nothing in it",
                "style.css: the file has 2048 KB, and no more than 1024 are read",
            ]
        );
    }
}
