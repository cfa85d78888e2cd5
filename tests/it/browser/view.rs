//! The five ways in which people meet a page.

use serde_json::{Value as Json, json};

pub(super) struct View {
    pub(super) name: &'static str,
    width: u32,
    height: u32,
    media: &'static str,
    dark: bool,
    forced_colours: bool,
    /// Whether axe is asked too: measured, it finds nothing in the other views that it did not find in these.
    pub(super) axe: bool,
}

const DESKTOP: View = View { name: "desktop", width: 1280, height: 900, media: "screen", dark: false, forced_colours: false, axe: true };

/// 320 by 256 is a small phone, and a screen of 1280 at 400 % (WCAG 1.4.10). Paper is A4 less its margins: 178 mm, 673 px.
pub(super) const VIEWS: [View; 5] = [
    DESKTOP,
    View { name: "phone", width: 320, height: 256, ..DESKTOP },
    View { name: "dark", dark: true, ..DESKTOP },
    View { name: "forced-colours", forced_colours: true, axe: false, ..DESKTOP },
    View { name: "paper", width: 673, height: 952, media: "print", axe: false, ..DESKTOP },
];

impl View {
    pub(super) fn metrics(&self) -> Json {
        json!({ "width": self.width, "height": self.height, "deviceScaleFactor": 1, "mobile": false })
    }

    pub(super) fn media(&self) -> Json {
        let scheme = if self.dark { "dark" } else { "light" };
        let forced = if self.forced_colours { "active" } else { "none" };
        json!({ "media": self.media, "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "forced-colors", "value": forced },
        ] })
    }
}
