//! The pictures of a short version: plain lines that print in one colour, drawn for this program.

use serde::Serialize;

use crate::release::Picture;

/// A picture as templates see it.
#[derive(Serialize)]
pub(in crate::documents) struct PictureView {
    /// What is drawn on a field of 48 by 48.
    drawing: &'static str,
    /// The words for somebody who does not see it.
    shows: &'static str,
}

impl PictureView {
    pub(in crate::documents) fn new(picture: Picture) -> Self {
        let (drawing, shows) = drawn(picture);
        Self { drawing, shows }
    }
}

fn drawn(picture: Picture) -> (&'static str, &'static str) {
    match picture {
        Picture::House => (r#"<path d="M6 24 24 8l18 16M11 20v20h26V20M20 40V28h8v12"/>"#, "A house"),
        Picture::Room => (r#"<path d="M8 42V8h32v34M8 30h20v12M8 34h20M32 14v10h-8V14z"/>"#, "A room with a bed and a window"),
        Picture::Person => (r#"<circle cx="24" cy="13" r="7"/><path d="M10 42c0-11 6-18 14-18s14 7 14 18"/>"#, "A person"),
        Picture::People => (
            r#"<circle cx="16" cy="15" r="6"/><circle cx="33" cy="15" r="6"/><path d="M5 41c0-10 5-16 11-16s9 4 9 8c0-4 3-8 8-8 6 0 10 6 10 16"/>"#,
            "Two people",
        ),
        Picture::Talk => (r#"<path d="M6 8h24v16H18l-6 7v-7H6zM34 18h8v14h-4v6l-6-6h-9"/>"#, "Two people talking"),
        Picture::Paper => (r#"<path d="M12 5h17l8 8v30H12zM29 5v8h8M18 20h13M18 27h13M18 34h8"/>"#, "A sheet of paper"),
        Picture::Clock => (r#"<circle cx="24" cy="24" r="18"/><path d="M24 12v12l8 6"/>"#, "A clock"),
        Picture::Phone => (r#"<rect x="14" y="4" width="20" height="40" rx="3"/><path d="M20 38h8"/>"#, "A phone"),
        Picture::Fire => (r#"<path d="M25 4c2 9 12 13 12 25a13 13 0 0 1-26 0c0-6 3-9 5-13 2 3 3 5 4 6 2-5 5-10 5-18z"/>"#, "A flame"),
        Picture::Key => (r#"<circle cx="15" cy="24" r="9"/><path d="M24 24h19v8M35 24v6"/>"#, "A key"),
        Picture::Look => (r#"<path d="M4 24c8-13 32-13 40 0-8 13-32 13-40 0z"/><circle cx="24" cy="24" r="6"/>"#, "An eye that looks"),
        Picture::Yes => (r#"<circle cx="24" cy="24" r="19"/><path d="M13 25l8 8 14-17"/>"#, "A tick, for yes"),
        Picture::No => (r#"<circle cx="24" cy="24" r="19"/><path d="M15 15l18 18M33 15 15 33"/>"#, "A cross, for no"),
        Picture::Question => (r#"<circle cx="24" cy="24" r="19"/><path d="M18 19c0-8 12-8 12 0 0 5-6 5-6 10M24 35v1"/>"#, "A question mark"),
        Picture::Law => (r#"<path d="M24 6v36M14 42h20M8 14h32M8 14 3 28h10zM40 14l-5 14h10z"/>"#, "The scales of the law"),
    }
}
