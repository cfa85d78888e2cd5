//! A quick reader for the plain part of YAML that nearly every file keeps to; the full reader stands behind it.
//!
//! Full readers of YAML spend most of a large workspace's time on what these files never use. This one knows block mappings and
//! lists, flow lists and mappings, plain and quoted texts on one line, and block texts. It takes a file only when it understands
//! every byte of it, and gives up at once otherwise: then the full reader decides, so giving up is never wrong and only slower.
//! What it takes it must read as the full reader does: a test holds the two side by side over files changed at random.

mod cursor;
#[cfg(test)]
mod tests;
mod values;

use serde::de::DeserializeOwned;

use cursor::Cursor;

/// The file's struct, or nothing where the full reader has to decide.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut cursor = Cursor::new(text)?;
    let value = T::deserialize(values::Value::top(&mut cursor)).ok()?;
    cursor.is_at_end().then_some(value)
}
