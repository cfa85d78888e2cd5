//! A short mark of a text, to see later whether it still says the same.

use sha2::{Digest as _, Sha256};

/// The first 8 hex digits of SHA-256 over a text. Blanks at the end of lines and of the text mean nothing.
pub fn fingerprint(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    let digest = Sha256::digest(lines.join("\n").as_bytes());
    digest[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn blanks_at_the_end_mean_nothing_and_words_do() {
        assert_eq!(fingerprint("one \ntwo\n\n"), fingerprint("one\ntwo"));
        assert_ne!(fingerprint("one\ntwo"), fingerprint("one two"));
        assert_eq!(fingerprint("one").len(), 8);
    }
}
