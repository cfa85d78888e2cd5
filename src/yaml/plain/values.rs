//! The values of a file, handed to serde as they are read: no tree is built, and texts are borrowed where they stand.

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::cursor::{Cursor, Start, Step, Text};

/// The quick reader is not sure; why does not matter, for the full reader will say.
#[derive(Debug)]
pub(super) struct GiveUp;

impl fmt::Display for GiveUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not plain enough")
    }
}

impl std::error::Error for GiveUp {}

impl Error for GiveUp {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// The files nest at most five deep; the full reader counts for itself.
const MAX_DEPTH: usize = 10;

/// Where a value stands: in what, and in which column that begins.
#[derive(Clone, Copy)]
enum Within {
    Top,
    Mapping(usize),
    List(usize),
    /// In a flow list or mapping, inside a block of this column.
    Flow(usize),
}

/// A value that has not been read yet.
pub(super) struct Value<'c, 'de> {
    cursor: &'c mut Cursor<'de>,
    within: Within,
    depth: usize,
}

impl<'c, 'de> Value<'c, 'de> {
    pub(super) fn top(cursor: &'c mut Cursor<'de>) -> Self {
        Self { cursor, within: Within::Top, depth: 0 }
    }

    fn start(&mut self) -> Step<Start> {
        if self.depth > MAX_DEPTH {
            return Err(GiveUp);
        }
        match self.within {
            Within::Top => match self.cursor.next_line() {
                Some(0) => Ok(Start::Mapping(0)),
                _ => Err(GiveUp),
            },
            Within::Mapping(column) => self.cursor.start(column, false),
            // `- name: value` begins a mapping in the column of its first name.
            Within::List(column) if self.cursor.has_key() => Ok(Start::Mapping(column)),
            Within::List(column) => self.cursor.start(column, true),
            Within::Flow(column) => Ok(match self.cursor.flow_space(column)? {
                b'[' => Start::FlowList,
                b'{' => Start::FlowMapping,
                _ => Start::Text,
            }),
        }
    }

    /// The column that what belongs to this value must stand further in than.
    fn column(&self) -> usize {
        match self.within {
            Within::Top => 0,
            Within::Mapping(column) | Within::Flow(column) => column,
            // At least as far in as the dash, which is two columns before its text or more.
            Within::List(column) => column.saturating_sub(2),
        }
    }

    /// The text that has begun.
    fn text(&mut self) -> Step<Text<'de>> {
        match self.within {
            Within::Flow(_) => self.cursor.flow_text(),
            _ => self.cursor.block_text(self.column()),
        }
    }

    fn in_flow(&self) -> bool {
        matches!(self.within, Within::Flow(_))
    }

    fn begun<V: Visitor<'de>>(mut self, start: Start, visitor: V) -> Step<V::Value> {
        let (depth, column, in_flow) = (self.depth + 1, self.column(), self.in_flow());
        match start {
            Start::Nothing => visitor.visit_unit(),
            Start::Text => match self.text()?.words {
                std::borrow::Cow::Borrowed(words) => visitor.visit_borrowed_str(words),
                std::borrow::Cow::Owned(words) => visitor.visit_string(words),
            },
            Start::List(below) => visitor.visit_seq(BlockList { cursor: self.cursor, column: below, depth }),
            Start::Mapping(below) => {
                let inline = matches!(self.within, Within::List(_));
                visitor.visit_map(BlockMapping { cursor: self.cursor, column: below, inline, depth })
            }
            Start::FlowList | Start::FlowMapping => {
                self.cursor.take();
                let closing = if start == Start::FlowList { b']' } else { b'}' };
                let mut flow = Flow { cursor: self.cursor, column, closing, first: true, depth };
                let value = if start == Start::FlowList { visitor.visit_seq(&mut flow)? } else { visitor.visit_map(&mut flow)? };
                if !in_flow {
                    flow.cursor.end_line()?;
                }
                Ok(value)
            }
        }
    }
}

impl<'de> Deserializer<'de> for Value<'_, 'de> {
    type Error = GiveUp;

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Step<V::Value> {
        let start = self.start()?;
        self.begun(start, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Step<V::Value> {
        match self.start()? {
            Start::Nothing => visitor.visit_none(),
            start => visitor.visit_some(Begun { value: self, start }),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(mut self, visitor: V) -> Step<V::Value> {
        let start = self.start()?;
        Begun { value: self, start }.deserialize_u32(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(mut self, visitor: V) -> Step<V::Value> {
        let start = self.start()?;
        Begun { value: self, start }.deserialize_string(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Step<V::Value> {
        let start = self.start()?;
        Begun { value: self, start }.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(mut self, visitor: V) -> Step<V::Value> {
        let start = self.start()?;
        Begun { value: self, start }.deserialize_map(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Step<V::Value> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char str bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct
        enum identifier ignored_any
    }
}

/// A value of which is known how it begins.
struct Begun<'c, 'de> {
    value: Value<'c, 'de>,
    start: Start,
}

impl<'de> Deserializer<'de> for Begun<'_, 'de> {
    type Error = GiveUp;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Step<V::Value> {
        self.value.begun(self.start, visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(mut self, visitor: V) -> Step<V::Value> {
        number(&mut self.value, self.start).and_then(|number| visitor.visit_u32(number))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Step<V::Value> {
        self.only(|start| start == Start::Text, visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Step<V::Value> {
        self.only(|start| matches!(start, Start::List(_) | Start::FlowList), visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Step<V::Value> {
        self.only(|start| matches!(start, Start::Mapping(_) | Start::FlowMapping), visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Step<V::Value> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char str bytes byte_buf option unit unit_struct newtype_struct tuple tuple_struct
        enum identifier ignored_any
    }
}

impl<'de> Begun<'_, 'de> {
    /// Serde's structs would take a list for a mapping, and much else for a text; files do not mean that.
    fn only<V: Visitor<'de>>(self, fits: impl Fn(Start) -> bool, visitor: V) -> Step<V::Value> {
        if fits(self.start) { self.value.begun(self.start, visitor) } else { Err(GiveUp) }
    }
}

/// A number in the way everybody writes it: `15`, not `0x0F`, `015` or `1_5`.
fn number(value: &mut Value<'_, '_>, start: Start) -> Step<u32> {
    if start != Start::Text {
        return Err(GiveUp);
    }
    let text = value.text()?;
    let usual = text.plain && text.words.bytes().all(|b| b.is_ascii_digit()) && (text.words.len() == 1 || !text.words.starts_with('0'));
    if usual { text.words.parse().map_err(|_| GiveUp) } else { Err(GiveUp) }
}

struct BlockList<'c, 'de> {
    cursor: &'c mut Cursor<'de>,
    column: usize,
    depth: usize,
}

impl<'de> SeqAccess<'de> for BlockList<'_, 'de> {
    type Error = GiveUp;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Step<Option<S::Value>> {
        match self.cursor.next_line() {
            Some(column) if column == self.column && self.cursor.has_dash(column) => {
                let column = self.cursor.take_dash(column)?;
                seed.deserialize(Value { cursor: self.cursor, within: Within::List(column), depth: self.depth }).map(Some)
            }
            // Whoever holds the list sees whether this line belongs there.
            _ => Ok(None),
        }
    }
}

struct BlockMapping<'c, 'de> {
    cursor: &'c mut Cursor<'de>,
    column: usize,
    /// The first name stands right here, behind a dash.
    inline: bool,
    depth: usize,
}

impl<'de> MapAccess<'de> for BlockMapping<'_, 'de> {
    type Error = GiveUp;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Step<Option<S::Value>> {
        if !std::mem::take(&mut self.inline) {
            match self.cursor.next_line() {
                Some(column) if column == self.column => self.cursor.skip_columns(column),
                Some(column) if column > self.column => return Err(GiveUp),
                _ => return Ok(None),
            }
        }
        let key = self.cursor.key()?;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Step<S::Value> {
        seed.deserialize(Value { cursor: self.cursor, within: Within::Mapping(self.column), depth: self.depth })
    }
}

struct Flow<'c, 'de> {
    cursor: &'c mut Cursor<'de>,
    /// Of the block it stands in.
    column: usize,
    closing: u8,
    first: bool,
    depth: usize,
}

impl Flow<'_, '_> {
    /// Moves to the next entry; false at the closing sign, which is taken.
    fn next(&mut self) -> Step<bool> {
        let mut sign = self.cursor.flow_space(self.column)?;
        if !std::mem::take(&mut self.first) && sign != self.closing {
            if sign != b',' {
                return Err(GiveUp);
            }
            self.cursor.take();
            sign = self.cursor.flow_space(self.column)?;
        }
        if sign == self.closing {
            self.cursor.take();
        }
        Ok(sign != self.closing)
    }
}

impl<'de> SeqAccess<'de> for &mut Flow<'_, 'de> {
    type Error = GiveUp;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Step<Option<S::Value>> {
        if !self.next()? {
            return Ok(None);
        }
        seed.deserialize(Value { cursor: self.cursor, within: Within::Flow(self.column), depth: self.depth }).map(Some)
    }
}

impl<'de> MapAccess<'de> for &mut Flow<'_, 'de> {
    type Error = GiveUp;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Step<Option<S::Value>> {
        if !self.next()? {
            return Ok(None);
        }
        let key = self.cursor.key()?;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Step<S::Value> {
        seed.deserialize(Value { cursor: self.cursor, within: Within::Flow(self.column), depth: self.depth })
    }
}
