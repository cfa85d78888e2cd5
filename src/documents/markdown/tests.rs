//! Each trap by itself, and then all of them at once.

use super::*;

fn html(text: &str) -> String {
    to_html(text, 3, &Numbers::default())
}

#[test]
fn nothing_runs_and_nothing_is_lost() {
    let page = html("<script>alert(1)</script>\n\n<name> wrote A < B, [x](javascript:alert(1)) and ![t](http://tracker.example/p.png)\n\n# Big");
    assert!(!page.contains("<script") && !page.contains("href=") && !page.contains("<img"), "{page}");
    for kept in
        ["&lt;script&gt;alert(1)", "&lt;name&gt; wrote A &lt; B", "x (javascript:alert(1)) and [picture: t (http://tracker.example/p.png)]", "<h3>Big</h3>"]
    {
        assert!(page.contains(kept), "{kept} in {page}");
    }
}

#[test]
fn links_keep_a_few_schemes() {
    assert!(is_harmless("https://example.org/a") && is_harmless("mailto:a@example.org") && is_harmless("tel:+44") && is_harmless("#part"));
    for bad in [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "//example.org",
        "http://me@example.org/",
        "http://a.example\\@b.example",
        "java\tscript:x",
        "file:///etc",
        "notes.md",
    ] {
        assert!(!is_harmless(bad), "{bad}");
    }
    assert!(html("<a@example.org>").contains("href=\"mailto:a@example.org\""));
}

#[test]
fn a_plain_text_means_itself_in_markdown() {
    for text in ["# not a heading", "1. not a list", "a | b * c _d_ [e](f) <g> & `h`", "- no\nlist", "+x", "=== y", "~~z~~", "a ~~b~~", "``` x"] {
        let page = html(&escape_markdown(text));
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert_eq!(page.trim(), format!("<p>{flat}</p>"), "{text}");
    }
}

#[test]
fn headings_stand_below_those_of_the_page_and_skip_no_level() {
    let page = html("#### Deep\n\n###### Deeper\n\nSet\n===\n\nSub\n---\n\n## Again {#x onclick=alert(1)}");
    insta::assert_snapshot!(page, @r"
    <h3>Deep</h3>
    <h4>Deeper</h4>
    <h3>Set</h3>
    <h4>Sub</h4>
    <h4>Again {#x onclick=alert(1)}</h4>
    ");
    insta::assert_snapshot!(to_markdown("Set\n===\n\nSub\n---\nx", 4, 1), @r"
    #### Set

    ##### Sub

    x
    ");
}

#[test]
fn tables_have_a_name_scope_and_no_empty_cell() {
    let numbers = Numbers::default();
    let table = "| When | **Who** |\n| :-- | --: |\n| Monday | |\n";
    insta::assert_snapshot!(to_html(table, 3, &numbers), @r#"
    <div class="scroll" role="region" tabindex="0" aria-labelledby="table-1"><table><caption id="table-1">Table 1: When, Who</caption><thead><tr><th scope="col">When</th><th scope="col"><strong>Who</strong></th></tr></thead>
    <tbody><tr><td>Monday</td><td>–</td></tr>
    </tbody></table></div>
    "#);
    assert!(to_html(table, 3, &numbers).contains("id=\"table-2\""));
    insta::assert_snapshot!(to_markdown(table, 3, 1), @r"
    | When | **Who** |
    | --- | --- |
    | Monday | – |
    ");
}

#[test]
fn notes_of_two_texts_do_not_meet() {
    let numbers = Numbers::default();
    let text = "Asked[^1], and again[^1], nowhere[^9].\n\n[^1]: In March.\n";
    insta::assert_snapshot!(to_html(text, 3, &numbers) + &to_html(text, 3, &numbers), @r##"
    <p>Asked<a href="#note-1-1">[1]</a>, and again<a href="#note-1-1">[1]</a>, nowhere[^9].</p>
    <div class="footnote" id="note-1-1"><strong>[1]</strong>
    <p>In March.</p>
    </div>
    <p>Asked<a href="#note-2-1">[1]</a>, and again<a href="#note-2-1">[1]</a>, nowhere[^9].</p>
    <div class="footnote" id="note-2-1"><strong>[1]</strong>
    <p>In March.</p>
    </div>
    "##);
    insta::assert_snapshot!(to_markdown(text, 3, 2), @r"
    Asked[^2-1], and again[^2-1], nowhere\[^9\].

    [^2-1]: In March.
    ");
}

#[test]
fn tasks_are_words_and_no_inputs() {
    insta::assert_snapshot!(html("- [x] ring\n- [ ] write\n"), @r"
    <ul>
    <li><strong>Done:</strong> ring</li>
    <li><strong>To do:</strong> write</li>
    </ul>
    ");
    assert_eq!(to_markdown("- [x] ring\n- [ ] write\n", 3, 1), "- [x] ring\n- [ ] write");
}

#[test]
fn what_a_text_leaves_open_ends_with_it() {
    for text in ["```\nnever closed", "~~~~ text\nx", "<!-- never closed", "<pre>\nx", "[a]: x\n\"never", "> - ```\n"] {
        let page = html(&format!("{}\n\nNext **part**", to_markdown(text, 3, 1)));
        assert!(page.contains("<p>Next <strong>part</strong></p>"), "{text}: {page}");
    }
}

#[test]
fn markdown_in_markdown_keeps_its_words_but_no_html() {
    assert_eq!(to_markdown("![t](http://tracker.example/p.png)", 3, 1), "\\[picture: t (http://tracker.example/p.png)\\]");
    assert_eq!(to_markdown("# A\n\n- **b** <b>x</b>\n", 3, 1), "### A\n\n- **b** &lt;b\\>x&lt;/b\\>");
    assert_eq!(to_markdown("1. one\n\n   more\n2. two\n   - deep\n", 3, 1), "1. one\n\n   more\n2. two\n\n   - deep");
    assert_eq!(to_markdown("> a\n> b\n\n[x](https://example.org/(a)) `c|d`", 3, 1), "> a\n> b\n\n[x](<https://example.org/(a)>) `c|d`");
}

#[test]
fn a_definition_that_no_link_uses_is_shown() {
    assert!(html("Text\n\n[note]: https://example.org 'kept'\n").contains("<p>[note]: https://example.org 'kept'</p>"));
    assert!(html("[Text][note]\n\n[note]: https://example.org\n").ends_with("<a href=\"https://example.org\">Text</a></p>\n"));
}

#[test]
fn what_is_nested_without_end_is_shown_as_typed() {
    for text in [">".repeat(50_000) + " word", "- ".repeat(20_000) + "word", "*".repeat(3_000) + "word" + &"*".repeat(3_000)] {
        assert!(html(&text).contains("word"));
        assert!(to_markdown(&text, 3, 1).contains("word"));
    }
}

/// Words as people see them: letters and digits of what stands between the tags or in an address.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The text of a page, with addresses; and the tags it holds.
fn taken_apart(page: &str) -> (String, Vec<String>) {
    let (mut text, mut tags) = (String::new(), Vec::new());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').expect("every tag ends");
        text = text + before + " ";
        if let Some((_, address)) = tag.split_once("href=\"") {
            text = text + address.split('"').next().unwrap() + " ";
        }
        tags.push(tag.to_owned());
        rest = after;
    }
    text += rest;
    (text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&"), tags)
}

const TAGS: [&str; 29] = [
    "p",
    "h3",
    "h4",
    "h5",
    "h6",
    "strong",
    "em",
    "del",
    "ul",
    "ol",
    "ol start",
    "li",
    "blockquote",
    "code",
    "pre",
    "a href",
    "br /",
    "hr /",
    "table",
    "thead",
    "tbody",
    "tr",
    "th scope",
    "td",
    "caption id",
    "div class",
    "div class role tabindex aria-labelledby",
    "div class id",
    "br",
];

/// Holds a text against both of its forms: every word is there, and nothing that is not ours.
#[track_caller]
fn assert_harmless_and_whole(text: &str) {
    let page = html(text);
    let (shown, tags) = taken_apart(&page);
    for tag in tags.iter().filter(|tag| !tag.starts_with('/')) {
        let mut names = vec![tag.split(' ').next().unwrap().to_owned()];
        names.extend(tag.split('"').step_by(2).filter_map(|part| Some(part.strip_suffix('=')?.rsplit(' ').next()?.to_owned())));
        let named = if tag.ends_with(" /") { (*tag).clone() } else { names.join(" ") };
        assert!(TAGS.contains(&named.as_str()), "<{tag}> is none of ours, from {text:?}");
    }
    let shown = words(&shown).join(" ");
    let (again, _) = taken_apart(&html(&to_markdown(text, 3, 1)));
    let again = words(&again).join(" ");
    for word in words(&decoded(text)) {
        assert!(shown.contains(&word), "`{word}` of {text:?} is lost in {page}");
        assert!(again.contains(&word), "`{word}` of {text:?} is lost in {}", to_markdown(text, 3, 1));
    }
}

/// Character references as the reader of a page sees them are no lost words.
fn decoded(text: &str) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded += before;
        let end = after.find(|c: char| !(c.is_alphanumeric() || c == '#')).unwrap_or(after.len());
        decoded.push(' ');
        rest = if after[end..].starts_with(';') { &after[end..] } else { after };
    }
    decoded + rest
}

#[test]
fn no_word_of_a_hostile_text_is_lost_and_nothing_in_it_is_live() {
    for text in [
        "<a href=\"javascript:alert(1)\">Click</a>",
        "[a](javascript:alert(2) \"title here\")\n[b]: data:text/html,deep\n\n[c][b]",
        "<img src=x onerror=alert(3)>\n<svg/onload=alert(4)>",
        "# T {onclick=alert(5)}",
        "| a | b |\n|---|---|\n| <script>alert(6)</script> | x |",
        "``` rust onclick=alert(7)\nlet x;\n",
        "[^x]\n\n[^x]: first <b>bold</b>\n[^x]: second",
        "<!-- hidden words -->\n\nA<!-- more -->B",
        "![alt](data:image/svg+xml,words 'named')",
        "- [ ] task <input autofocus onfocus=alert(8)>",
        "<javascript:alert(9)> <https://example.org/path?a=1&b=2>",
        "Term\n: &lt;script&gt; & &copy;",
        "</style><style>*{display:none}</style>\n</main>",
        "{{ page.title }} {% raw %} `{{ 7*7 }}`",
    ] {
        assert_harmless_and_whole(text);
    }
}

#[test]
#[ignore = "needs the file of hostile texts beside the repository"]
fn the_hostile_texts_of_others_are_whole_and_harmless_too() {
    let beside = std::env::var_os("MARG_OUTSIDE").map_or_else(|| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), std::path::PathBuf::from);
    let file = std::fs::read_to_string(beside.join("data/hostile-markdown.tsv")).expect("the file of hostile texts is needed for this test");
    let mut seen = 0;
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let payload = line.split('\t').nth(2).unwrap();
        let payload = payload.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0").replace("\\x01", "\u{1}").replace("\\x03", "\u{3}");
        assert_harmless_and_whole(&payload.replace("\\u202e", "\u{202e}").replace("\\\\", "\\"));
        seen += 1;
    }
    assert!(seen > 80);
}
