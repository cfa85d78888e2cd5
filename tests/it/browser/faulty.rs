//! Pages with one fault each: a test of accessibility that cannot go red is worth nothing.
//!
//! Some lie outside the repository, named after their fault. The others are made here of a page of our own, so that the guard stands
//! wherever the repository does.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use sha2::{Digest, Sha256};

use super::{Fault, assert_none, faults};
use crate::harness::{repository, run};
use crate::outside;

/// How a page of ours is spoilt.
enum Spoil {
    /// By a rule at the end of its style; the policy is made to fit, as the program would.
    Style(&'static str),
    /// By a piece of HTML at the end of its main part.
    Html(&'static str),
    /// By both.
    Both(&'static str, &'static str),
    /// By a piece of HTML in a page without a policy, which stops nothing.
    Bare(&'static str),
    /// By one text in the place of another.
    Text(&'static str, &'static str),
}

use Spoil::{Bare, Both, Html, Style, Text};

/// What is done to the page, and what has to be said about it.
const SPOILT: &[(&str, Spoil, &str)] = &[
    // What is seen.
    ("pale-text", Style("main p{color:#999}"), "text-contrast"),
    ("pale-text-for-axe", Style("main p{color:#999}"), "color-contrast"),
    ("pale-in-the-dark", Style("@media screen and (prefers-color-scheme:dark){main p{color:#444}}"), "[dark] text-contrast"),
    ("pale-on-paper", Style("@media print{main p{color:#bbb}}"), "[paper] text-contrast"),
    ("white-on-a-ground-that-is-not-printed", Both(".x{background:#12436d;color:#fff}", "<p class=\"x\">White on blue</p>"), "[paper] text-contrast"),
    ("tiny", Both(".x{font-size:8px}", "<p class=\"x\">Small print</p>"), "tiny-text"),
    ("too-wide-for-a-phone", Both(".x{width:600px}", "<p class=\"x\">wide</p>"), "[phone] overflow"),
    ("too-wide-for-paper", Both("@media print{.x{width:800px}}", "<div class=\"x\">wide</div>"), "[paper] overflow"),
    (
        "scrolls-on-paper",
        Both(".x{overflow-x:auto}.x p{min-width:1000px}", "<div class=\"x\" role=\"region\" tabindex=\"0\" aria-label=\"x\"><p>wide</p></div>"),
        "cut-on-paper",
    ),
    ("closed-on-paper", Html("<details><summary>More</summary><p>text</p></details>"), "closed-on-paper"),
    ("clipped", Both(".x{height:1.5em;overflow:hidden}", LONG), "clipped"),
    ("clipped-when-spaced", Both(".x{width:16em;height:5em;line-height:1.1;overflow:hidden}", LONG), "text-spacing, clipped"),
    ("lost-on-a-phone", Both("@media (max-width:30rem){.x{display:none}}", LONG), "[phone] lost"),
    ("lost-on-paper", Both("@media print{.x{display:none}}", LONG), "[paper] lost"),
    ("nothing-says-what-is-not-on-paper", Style(".on-paper{display:none!important}"), "[paper] lost"),
    ("lost-in-the-dark", Both("@media screen and (prefers-color-scheme:dark){.x{opacity:0}}", LONG), "[dark] lost"),
    ("link-by-colour-alone", Both(".x{text-decoration:none}", "<p>Read <a class=\"x\" href=\"#main\">the text</a> again.</p>"), "link-look"),
    ("squeezed", Both(".x{width:3rem}", LONG), "squeezed"),
    // Where the keyboard goes.
    ("no-focus", Style("*:focus-visible{outline:none!important;background:inherit!important;box-shadow:none!important}"), "[desktop] focus-visible"),
    ("no-focus-in-forced-colours", Style("*:focus-visible{outline:none!important;box-shadow:0 0 0 4px #000!important}"), "[forced-colours] focus-visible"),
    ("pale-focus", Style("*:focus-visible{outline:3px solid #eee!important;background:inherit!important}"), "[desktop] focus-visible"),
    ("skip-link-out-of-sight", Style(".skip:focus{position:absolute!important;left:-99rem!important;top:0!important}"), "focus-hidden"),
    ("skip-link-to-nowhere", Text("href=\"#main\"", "href=\"#mian\""), "skip-link"),
    ("tabindex-5", Html("<p tabindex=\"5\">first</p>"), "tabindex"),
    ("tabindex-5-walked", Html("<p tabindex=\"5\">first</p>"), "keyboard-order"),
    (
        "scrolls-without-keyboard",
        Both(".x{overflow-x:auto}.x p{min-width:1900px}", "<div class=\"x\" role=\"region\" aria-label=\"x\"><p>wide</p></div>"),
        "scroll-region",
    ),
    (
        "scrolls-without-name",
        Both(".x{overflow-x:auto}.x p{min-width:1900px}", "<div class=\"x\" role=\"region\" tabindex=\"0\"><p>wide</p></div>"),
        "scroll-region",
    ),
    (
        "small-target",
        Both(
            ".x a{display:inline-block;width:12px;height:12px;font-size:10px;line-height:10px}",
            "<div class=\"x\"><a href=\"mailto:a@example.org\">1</a><a href=\"mailto:b@example.org\">2</a><a href=\"mailto:c@example.org\">3</a></div>",
        ),
        "target-size",
    ),
    // Charts.
    ("chart-without-name", Html("<svg viewBox=\"0 0 9 9\" width=\"90\" role=\"img\"><rect width=\"9\" height=\"9\"/></svg>"), "svg-name"),
    (
        "chart-without-role",
        Html("<svg viewBox=\"0 0 9 9\" width=\"90\"><title>x</title><rect width=\"9\" height=\"9\" fill=\"#fff\" class=\"ground\"/></svg>"),
        "svg-name",
    ),
    (
        "pale-label",
        Html("<svg viewBox=\"0 0 90 20\" width=\"90\" role=\"img\"><title>x</title><text y=\"15\" fill=\"#bbb\" font-size=\"15\">Label</text></svg>"),
        "svg-text-contrast",
    ),
    (
        "pale-bar",
        Html("<svg viewBox=\"0 0 90 20\" width=\"90\" role=\"img\"><title>x</title><rect width=\"50\" height=\"20\" fill=\"#e8eef3\"/></svg>"),
        "svg-mark-contrast",
    ),
    (
        "pale-line",
        Html(
            "<svg viewBox=\"0 0 90 20\" width=\"90\" role=\"img\"><title>x</title><polyline points=\"0,0 90,20\" fill=\"none\" stroke=\"#ddd\" stroke-width=\"3\"/></svg>",
        ),
        "svg-mark-contrast",
    ),
    (
        "black-chart-in-the-dark",
        Html("<svg viewBox=\"0 0 90 20\" width=\"90\" role=\"img\"><title>x</title><rect width=\"50\" height=\"20\" fill=\"#111\"/></svg>"),
        "[dark] svg-mark-contrast",
    ),
    (
        "label-on-its-bar",
        Html(
            "<svg viewBox=\"0 0 90 20\" width=\"90\" role=\"img\"><title>x</title><rect width=\"90\" height=\"20\" fill=\"#12436d\"/><text x=\"5\" y=\"15\" fill=\"#000\" font-size=\"15\">7</text></svg>",
        ),
        "svg-text-contrast",
    ),
    (
        "labels-over-each-other",
        Html(
            "<svg viewBox=\"0 0 300 20\" width=\"300\" role=\"img\"><title>x</title><text y=\"15\" font-size=\"15\" fill=\"#777\">Council housing</text><text x=\"40\" y=\"15\" font-size=\"15\" fill=\"#777\">Hospital</text></svg>",
        ),
        "overlap",
    ),
    (
        "label-cut-off",
        Html(
            "<svg viewBox=\"0 0 60 20\" width=\"60\" role=\"img\"><title>x</title><text y=\"15\" font-size=\"15\" fill=\"#777\">Agencies unsure who may share</text></svg>",
        ),
        "clipped",
    ),
    (
        "label-shrunk",
        Html("<svg viewBox=\"0 0 900 90\" width=\"90\" role=\"img\"><title>x</title><text y=\"50\" font-size=\"15\" fill=\"#777\">Apr</text></svg>"),
        "tiny-text",
    ),
    // Tables.
    ("no-caption", Html("<table><thead><tr><th scope=\"col\">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"), "caption"),
    ("no-column-headers", Html("<table><caption>c</caption><tbody><tr><th scope=\"row\">A</th><td>1</td></tr></tbody></table>"), "column-headers"),
    ("bad-scope", Html("<table><caption>c</caption><thead><tr><th scope=\"column\">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"), "scope"),
    ("no-scope", Html("<table><caption>c</caption><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"), "scope"),
    ("empty-cell", Html("<table><caption>c</caption><thead><tr><th scope=\"col\">A</th></tr></thead><tbody><tr><td></td></tr></tbody></table>"), "empty-cell"),
    (
        "colour-alone",
        Both(
            ".x{background:#12436d}",
            "<table><caption>c</caption><thead><tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr></thead><tbody><tr><th scope=\"row\">r</th><td class=\"x\"></td></tr></tbody></table>",
        ),
        "empty-cell",
    ),
    (
        "bar-without-number",
        Html(
            "<table><caption>c</caption><thead><tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr></thead><tbody><tr><th scope=\"row\">r</th><td><svg aria-hidden=\"true\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\" fill=\"#777\"/></svg></td></tr></tbody></table>",
        ),
        "empty-cell",
    ),
    (
        "ragged",
        Html("<table><caption>c</caption><thead><tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"),
        "ragged-row",
    ),
    // What the page says about itself.
    ("no-lang", Text(" lang=\"en-GB\"", ""), "lang"),
    ("no-title", Text("<title>", "<title></title><!-- "), "title"),
    ("no-zoom", Text("width=device-width", "user-scalable=no, width=device-width"), "meta-viewport"),
    ("no-main", Text("<main id", "<div id"), "main"),
    ("unknown-role", Html("<p role=\"buton\">x</p>"), "aria-roles"),
    ("hidden-but-reached", Html("<p aria-hidden=\"true\"><a href=\"#main\">x</a></p>"), "aria-hidden-focus"),
    ("unclosed", Html("<p>a <b>b</p>"), "[vnu]"),
    ("two-mains", Html("<main>again</main>"), "main"),
    ("two-h1", Html("<h1>Again</h1>"), "heading"),
    ("heading-skipped", Html("<h2>Two</h2><h5>Five</h5>"), "heading"),
    ("heading-empty", Html("<h2></h2>"), "heading"),
    ("same-id-twice", Html("<p id=\"main\">x</p>"), "duplicate-id"),
    ("named-by-nothing", Html("<section aria-labelledby=\"nope\"><h2>x</h2></section>"), "reference"),
    ("list-without-list", Html("<li>alone</li>"), "listitem"),
    ("picture-without-words", Html("<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\">"), "image-alt"),
    (
        "role-on-a-row",
        Html("<table><caption>c</caption><thead><tr role=\"row\"><th scope=\"col\">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"),
        "[vnu]",
    ),
    ("obsolete", Html("<center>middle</center>"), "[vnu]"),
    ("stray-end", Html("</section>"), "[vnu]"),
    ("div-in-p", Html("<p>a<div>b</div></p>"), "[vnu]"),
    ("misspelt-style", Style("caption{text-algin:left}"), "[vnu]"),
    // Where links lead.
    ("broken-contents", Html("<nav aria-label=\"x\"><a href=\"#agencys\">Agencies</a></nav>"), "broken-link"),
    ("broken-neighbour", Html("<p><a href=\"minutes-1999-01-01.html\">minutes</a></p>"), "broken-link"),
    ("script-link", Html("<p><a href=\"javascript:alert(1)\">x</a></p>"), "link-scheme"),
    ("link-without-words", Html("<p><a href=\"#main\"></a></p>"), "link-name"),
    // What must not be there at all.
    ("no-policy", Text(POLICY, "name=\"policy\""), "policy"),
    ("bare-picture", Bare("<img alt=\"x\" src=\"https://collector.invalid/x.png\">"), "request"),
    ("bare-console", Bare("<script>console.error('boo')</script>"), "console"),
    ("bare-exception", Bare("<script>nosuch()</script>"), "exception"),
    ("bare-dialog", Bare("<script>alert(1)</script>"), "dialog"),
    ("bare-navigation", Bare("<script>setTimeout(() => open('https://collector.invalid/'), 1)</script>"), "self-contained"),
    ("bare-trap", Bare("<p tabindex=\"0\" onkeydown=\"event.preventDefault()\">trap</p><p tabindex=\"0\">after</p>"), "keyboard-order"),
    ("script", Html("<script>document.title='mine'</script>"), "self-contained"),
    ("script-is-stopped", Html("<script>document.title='mine'</script>"), "console"),
    ("inline-style", Html("<p style=\"color:red\">x</p>"), "self-contained"),
    ("handler", Html("<p onclick=\"x()\">x</p>"), "self-contained"),
    ("frame", Html("<iframe title=\"x\" src=\"data:text/html,x\"></iframe>"), "self-contained"),
    ("form", Html("<form action=\"https://collector.invalid/\"><button>Go</button></form>"), "self-contained"),
    ("remote-picture", Html("<img alt=\"x\" src=\"https://collector.invalid/x.png\">"), "self-contained"),
    ("remote-picture-is-stopped", Html("<img alt=\"x\" src=\"https://collector.invalid/x.png\">"), "console"),
    ("remote-font", Style("@font-face{font-family:q;src:url(https://collector.invalid/q.woff2)}h1{font-family:q}"), "console"),
    ("remote-style", Style("body{background:url(https://collector.invalid/q.png)}"), "self-contained"),
    ("neighbour-picture", Html("<img alt=\"x\" src=\"x.png\">"), "self-contained"),
    ("refresh", Html("<meta http-equiv=\"refresh\" content=\"900\">"), "self-contained"),
];

const POLICY: &str = "http-equiv=\"Content-Security-Policy\"";
const LONG: &str =
    "<p class=\"x\">A long wait comes first. The next two are about people who are passed around: no one named person, and the story told again.</p>";

impl Spoil {
    fn apply(&self, page: &str) -> String {
        let (style, html) = match self {
            Style(rule) => (*rule, ""),
            Html(html) | Bare(html) => ("", *html),
            Both(rule, html) => (*rule, *html),
            Text(from, to) => {
                assert!(page.contains(from), "no `{from}` in the page");
                return page.replacen(from, to, 1);
            }
        };
        let spoilt = page.replacen("</style>", &format!("{style}</style>"), 1).replacen("</main>", &format!("{html}</main>"), 1);
        assert_ne!(spoilt, page);
        if matches!(self, Bare(_)) { spoilt.replacen(POLICY, "name=\"policy\"", 1) } else { allow_style(&spoilt) }
    }
}

/// The page with the hash of its style in its policy.
fn allow_style(page: &str) -> String {
    let between = |from: &str, to: &str| page.split_once(from).unwrap().1.split_once(to).unwrap().0;
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(between("<style>", "</style>")));
    page.replacen(between("'sha256-", "'"), &hash, 1)
}

#[track_caller]
fn assert_caught<'a>(faults: &[Fault], expected: impl Iterator<Item = (&'a Path, &'a str)>) {
    let said = |page: &Path| faults.iter().filter(|fault| fault.page == page).map(ToString::to_string).collect::<Vec<_>>();
    let missed = expected.filter(|(page, word)| !said(page).iter().any(|fault| fault.split_once(' ').unwrap().1.contains(word)));
    let missed: Vec<String> = missed.map(|(page, word)| format!("{}: nobody says `{word}`\n  {}", page.display(), said(page).join("\n  "))).collect();
    assert!(missed.is_empty(), "{} faults were not caught\n{}", missed.len(), missed.join("\n"));
}

#[test]
#[ignore = "needs Chromium, Java, axe-core and vnu-jar"]
fn every_fault_put_into_a_page_of_ours_is_caught() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    let _ = run(repository(), &["guide", "arson-blocks-housing", "--out", out.to_str().unwrap()]).answer();
    let clean = out.join("guide-arson-blocks-housing.html");
    let page = std::fs::read_to_string(&clean).unwrap();
    let mut pages = vec![clean.clone()];
    for (name, spoil, _) in SPOILT {
        let path = out.join(format!("{name}.html"));
        std::fs::write(&path, spoil.apply(&page)).unwrap();
        pages.push(path);
    }
    let faults = faults(&pages);
    assert_none(&faults.iter().filter(|fault| fault.page == clean).cloned().collect::<Vec<_>>());
    assert_caught(&faults, pages[1..].iter().map(PathBuf::as_path).zip(SPOILT.iter().map(|(_, _, word)| *word)));
}

/// The pages beside the repository: the beginning of the name, and what has to be said.
const OUTSIDE: &[(&str, &str)] = &[
    ("01-low-contrast", "color-contrast"),
    ("03-no-lang", "lang"),
    ("05-dup-id", "duplicate-id"),
    ("06-table-no-th", "column-headers"),
    ("08-fixed-width", "[phone] overflow"),
    ("09b-remote-img-with-csp", "console"),
    ("10-remote-font", "request"),
    ("12-console-error", "console"),
    ("14-stray-end-tag", "[vnu]"),
    ("15-svg-no-name", "svg-name"),
    ("17-small-target", "target-size"),
    ("19-no-title", "title"),
    ("20-bad-labelledby", "reference"),
    ("22-pale-bars", "svg-mark-contrast"),
    ("24-scroll-no-tabindex", "scroll-region"),
    ("25-tabindex-5", "tabindex"),
    ("27-skip-broken", "skip-link"),
    ("29-div-in-p", "[vnu]"),
    ("30-css-typo", "[vnu]"),
    ("32-toc-broken-link", "broken-link"),
    ("34-clip-text", "clipped"),
    ("35-colour-only-heat", "empty-cell"),
    ("37-missing-caption", "caption"),
    ("39-bad-scope", "scope"),
    ("40-js-link", "link-scheme"),
];

#[test]
#[ignore = "needs Chromium, Java, axe-core and vnu-jar, and the faulty pages beside the repository"]
fn every_faulty_page_from_outside_is_caught_and_the_clean_one_passes() {
    let folder = outside::beside("data/faulty-pages");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    let (clean, faulty): (Vec<PathBuf>, Vec<PathBuf>) = pages.iter().cloned().partition(|page| name(page).starts_with("00-clean"));
    assert!(clean.len() == 1 && !faulty.is_empty(), "{}", folder.display());
    let faults = faults(&pages);
    assert_none(&faults.iter().filter(|fault| clean.contains(&fault.page)).cloned().collect::<Vec<_>>());
    assert_caught(&faults, faulty.iter().map(|page| (page.as_path(), expected(page))));
}

fn name(page: &Path) -> &str {
    page.file_stem().unwrap().to_str().unwrap()
}

fn expected(page: &Path) -> &'static str {
    let found = OUTSIDE.iter().find(|(start, _)| *start == name(page));
    found.unwrap_or_else(|| panic!("{} is new: say in `OUTSIDE` what has to be said about it", page.display())).1
}
