//! The parts of a template, read with bounds: what unfolds to more than a letterhead can be is refused.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

/// A letterhead is a few dozen parts and a picture or two.
const MOST_PARTS: usize = 400;
const LARGEST_PART: u64 = 6 << 20;
const LARGEST: u64 = 24 << 20;

/// Name and bytes of each part.
pub(super) fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| "it is not a document of Word, or it is damaged".to_owned())?;
    if archive.len() > MOST_PARTS {
        return Err(format!("it has {} parts, and no more than {MOST_PARTS} are read", archive.len()));
    }
    let mut parts = BTreeMap::new();
    let mut left = LARGEST;
    for at in 0..archive.len() {
        let damaged = |why: String| format!("a part of it cannot be read: {why}");
        let part = archive.by_index(at).map_err(|error| damaged(error.to_string()))?;
        let name = part.name().map_err(|error| damaged(error.to_string()))?.into_owned();
        let most = LARGEST_PART.min(left);
        let mut bytes = Vec::new();
        part.take(most + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        if bytes.len() as u64 > most {
            return Err(format!(
                "its part `{name}` is larger than any letterhead: no more than {} MB are read, and {} MB in all",
                LARGEST_PART >> 20,
                LARGEST >> 20
            ));
        }
        left -= bytes.len() as u64;
        parts.insert(name.trim_start_matches('/').to_owned(), bytes);
    }
    Ok(parts)
}
