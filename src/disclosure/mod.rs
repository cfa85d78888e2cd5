//! What a reader could work out from published numbers, and what is hidden so that they cannot.
//!
//! Plain arithmetic on tables of counts; it knows nothing of meetings, people or files. A number stands on a page as it is, rounded, or
//! as `[c]`; to a reader who knows the rule each of these is an interval. A table with its totals, and the same table of earlier
//! editions, is then a flow in a network, and the least and most that a hidden number can be are two flows ([`Network`]). Where fewer
//! than three numbers are left, something beside it is hidden too, the cheapest first ([`Table::protect`]).

mod network;
mod number;
mod protect;
mod table;

pub use network::{Bounds, Network};
pub use number::{Count, CountRule, LEAST_VALUES};
pub use protect::{Protected, Stuck};
pub use table::{Earlier, Figure, Known, Part, Place, Table, Told};
