//! Texts that a `#` cut short, in files that read well otherwise.

use super::AT_MOST;
use super::line::{Line, quoted_short, shown};
use crate::source::{FileId, Finding, Span, line_range};
use crate::yaml::codes;
use crate::yaml::tree::{self, Node, Value};

/// Plain values that a ` #` with a letter or digit right after it cut short: `what: Call Room #12 about the key`.
pub(in crate::yaml) fn lost_after_hash(file: FileId, text: &str) -> Vec<Finding> {
    let suspects: Vec<usize> = text.match_indices(" #").map(|(at, _)| at + 1).filter(|at| text[at + 1..].starts_with(char::is_alphanumeric)).collect();
    if suspects.is_empty() {
        return Vec::new();
    }
    let Ok(root) = tree::parse(text) else { return Vec::new() };
    let mut plain = Vec::new();
    plain_values(&root, &mut plain);
    plain.sort_unstable();
    let mut findings: Vec<Finding> = Vec::new();
    for hash in suspects {
        if findings.len() == AT_MOST {
            break;
        }
        let Some(value) = plain.get(plain.partition_point(|span| span.end <= hash).wrapping_sub(1)) else { continue };
        let between = text.get(value.end..hash).unwrap_or("-");
        if between.chars().all(|c| c == ' ' || c == '\t') {
            findings.push(lost(file, text, *value, hash));
        }
    }
    findings
}

fn plain_values(node: &Node, found: &mut Vec<Span>) {
    match &node.value {
        Value::Scalar { plain: true, text } if !text.is_empty() => found.push(node.span),
        Value::Scalar { .. } => {}
        Value::List(items) => items.iter().for_each(|item| plain_values(item, found)),
        Value::Mapping(fields) => fields.iter().for_each(|(_, value)| plain_values(value, found)),
    }
}

fn lost(file: FileId, text: &str, value: Span, hash: usize) -> Finding {
    let range = line_range(text, hash);
    let end = range.end;
    let rest = &text[hash..end];
    let line = Line::of(&text[range.clone()]);
    let start = value.start.max(range.start);
    let whole = text.get(start..end).unwrap_or(rest).trim_end();
    let mended = line.with(start - range.start..end - range.start, &quoted_short(whole));
    let word: String = rest.chars().take_while(|c| !c.is_whitespace()).take(20).collect();
    Finding::text(
        &codes::LOST_AFTER_HASH,
        file,
        Span::new(hash, end),
        format!("the text ends before `{word}`: what stands after a space and `#` is taken for a remark"),
    )
    .hint(format!("put the text in quotes: {}", shown(&mended)))
    .hint("if it is a remark, put a space after the sign: `# like this`")
}
