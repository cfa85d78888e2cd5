//! The text of one file, or why it is not taken.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::source::{At, FileId, Finding, Span};
use crate::yaml::codes;

/// A meeting is about 10 KB; a file a hundred times that size is refused before it is read.
pub const MAX_BYTES: u64 = 1 << 20;

/// What tells a text from any other: SHA-256, in hexadecimal.
pub(super) fn fingerprint(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a file of the workspace.
pub(super) fn read(file: FileId, path: &Path) -> Result<String, Box<Finding>> {
    let refuse = |code, why: String, hint: &str| Err(Box::new(Finding::new(code, At::File(file), why).hint(hint)));
    let unreadable = |error: &std::io::Error| {
        refuse(&codes::UNREADABLE, format!("the file cannot be opened: {error}"), "close it in other programs, or ask who may open it")
    };
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(error) => return unreadable(&error),
    };
    if !meta.is_file() {
        return refuse(&codes::LINK, "this is not an ordinary file".to_owned(), "put the file itself here");
    }
    let bytes = match read_some(path) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(&error),
    };
    if bytes.len() as u64 > MAX_BYTES {
        return refuse(
            &codes::TOO_LARGE,
            format!("the file has {} KB, and no more than {} are read", meta.len() >> 10, MAX_BYTES >> 10),
            "take out what is not part of it",
        );
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let finding = Finding::text(&codes::NOT_UTF8, file, Span::new(at, at), "a character here is not stored as UTF-8");
        Box::new(finding.hint("save the file again with the encoding UTF-8"))
    })
}

/// One byte more than is allowed tells that there is more.
fn read_some(path: &Path) -> std::io::Result<Vec<u8>> {
    read_at_most(path, MAX_BYTES)
}

fn read_at_most(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The bytes of an ordinary file that is no text, or why it is not taken.
pub(super) fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let opened = |error: std::io::Error| format!("the file cannot be opened: {error}");
    if !fs::symlink_metadata(path).map_err(opened)?.is_file() {
        return Err("this is not an ordinary file".to_owned());
    }
    let bytes = read_at_most(path, most).map_err(opened)?;
    if bytes.len() as u64 > most { Err(format!("no more than {} MB of a file are read", most >> 20)) } else { Ok(bytes) }
}

pub(super) fn read_lossy(path: &Path) -> Option<String> {
    if !fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    let bytes = read_some(path).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The text of a file that somebody named, wherever it lies; no more of it than is read of a meeting.
///
/// # Errors
///
/// When it cannot be opened, or is no text.
pub fn read_named(path: &Path) -> std::io::Result<String> {
    String::from_utf8(read_some(path)?).map_err(|_| std::io::Error::new(std::io::ErrorKind::InvalidData, "it is not stored as UTF-8"))
}
