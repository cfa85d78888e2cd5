//! Reading XML of others: well-formed, without a DTD, and nothing that only a DTD could explain.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Calls `each` with every event and its bytes in the text.
pub(super) fn scan<'t>(text: &'t str, mut each: impl FnMut(&Event<'t>, Range<usize>)) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open = 0_usize;
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| format!("a part of it is no XML: {error}"))?;
        match &event {
            Event::DocType(_) => return Err("it holds a document type definition, which no letterhead needs".to_owned()),
            Event::GeneralRef(name) if !name.is_char_ref() && !["lt", "gt", "amp", "quot", "apos"].contains(&&**name) => {
                return Err(format!("it holds an entity `{}`, which no letterhead needs", &**name));
            }
            Event::Start(tag) => {
                open += 1;
                well_formed(tag)?;
            }
            Event::Empty(tag) => well_formed(tag)?,
            Event::End(_) => open = open.saturating_sub(1),
            Event::Eof if open > 0 => return Err("a part of it is no XML: it ends too early".to_owned()),
            Event::Eof => return Ok(()),
            _ => {}
        }
        each(&event, from..reader.buffer_position() as usize);
    }
}

fn well_formed(tag: &BytesStart<'_>) -> Result<(), String> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| format!("a part of it is no XML: {error}"))?;
        quick_xml::escape::unescape(&attribute.value).map_err(|error| format!("a part of it is no XML: {error}"))?;
    }
    Ok(())
}

/// The value of an attribute.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = tag.try_get_attribute(name).ok()??.value;
    quick_xml::escape::unescape(&value).ok().map(std::borrow::Cow::into_owned)
}

/// The bytes of a part as a text.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).map_err(|_| "a part of it is not stored as UTF-8".to_owned())
}
