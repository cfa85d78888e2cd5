//! Tags that somebody puts on a discussion or takes off: words in, a changed discussion and sentences out.

mod beside;
mod change;
mod wish;

pub use change::{Deed, Manner, Refused, retag};
pub use wish::{Wish, wishes, wishes_of_line};
