//! A meeting as a value without types: what its file says, in the order in which the format lists it.

/// One value of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// What people write, in quotes where it needs them.
    Text(String),
    /// A word, a number or a date: never in quotes.
    Bare(String),
    List(Vec<Self>),
    /// All fields that may stand here, in the order of the format, those that are absent too: so everybody knows where one belongs.
    Fields(Vec<Field>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) value: Option<Value>,
}

impl Value {
    /// The text of a single value.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Bare(text) => Some(text),
            Self::List(_) | Self::Fields(_) => None,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Fields(fields) = self else { return None };
        fields.iter().find(|field| field.name == name)?.value.as_ref()
    }

    /// The fields that are there.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'static str, &Self)> {
        let fields: &[Field] = if let Self::Fields(fields) = self { fields } else { &[] };
        fields.iter().filter_map(|field| Some((field.name, field.value.as_ref()?)))
    }

    /// As a person would tell it in a line.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Bare(text) => text.trim().to_owned(),
            Self::List(items) => items.iter().map(Self::shown).collect::<Vec<_>>().join("; "),
            Self::Fields(_) => self.fields().map(|(name, value)| format!("{name}: {}", value.shown())).collect::<Vec<_>>().join(", "),
        }
    }
}

/// Fields in the order in which they are named.
pub(super) fn fields<const N: usize>(fields: [(&'static str, Option<Value>); N]) -> Value {
    Value::Fields(fields.into_iter().map(|(name, value)| Field { name, value }).collect())
}

/// A text, if there is one.
pub(super) fn text(text: Option<&str>) -> Option<Value> {
    text.map(|text| Value::Text(text.to_owned()))
}

/// A word, number or date, if there is one.
pub(super) fn bare(value: Option<impl ToString>) -> Option<Value> {
    value.map(|value| Value::Bare(value.to_string()))
}

/// A list of texts; an empty one is as good as none.
pub(super) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Value> {
    list(texts.into_iter().map(|text| Value::Text(text.to_owned())))
}

/// A list; an empty one is as good as none.
pub(super) fn list(items: impl IntoIterator<Item = Value>) -> Option<Value> {
    let items: Vec<Value> = items.into_iter().collect();
    (!items.is_empty()).then_some(Value::List(items))
}
