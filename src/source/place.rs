//! Where something stands: in which file, and at which step of its structure or at which bytes.

use std::fmt;

/// A file of the workspace, by its number in the order in which the workspace lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A stretch of a text, in bytes, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// One step down into a file: the value of a field, or the n-th entry of a list, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    Field(&'static str),
    Entry(usize),
}

/// The way from the top of a file to one value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<Step>);

impl Path {
    pub fn top() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn field(&self, name: &'static str) -> Self {
        self.then(Step::Field(name))
    }

    #[must_use]
    pub fn entry(&self, index: usize) -> Self {
        self.then(Step::Entry(index))
    }

    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(step);
        Self(steps)
    }

    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if n == 0 => write!(f, "{name}")?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Entry(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A value in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub file: FileId,
    pub path: Path,
}

impl Place {
    pub fn top(file: FileId) -> Self {
        Self { file, path: Path::top() }
    }

    #[must_use]
    pub fn field(&self, name: &'static str) -> Self {
        Self { file: self.file, path: self.path.field(name) }
    }

    #[must_use]
    pub fn entry(&self, index: usize) -> Self {
        Self { file: self.file, path: self.path.entry(index) }
    }
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The workspace as a whole.
    Workspace,
    /// A file as a whole: it cannot be read, or something about its name.
    File(FileId),
    /// A stretch of its text, known because the text was at hand when the problem was found.
    Text(FileId, Span),
    /// A value, to be looked up in the text when somebody asks to see it.
    Value(Place),
}

impl At {
    pub fn file(&self) -> Option<FileId> {
        match self {
            Self::Workspace => None,
            Self::File(file) | Self::Text(file, _) => Some(*file),
            Self::Value(place) => Some(place.file),
        }
    }
}
