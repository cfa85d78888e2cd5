//! Addresses that lead out of a document. Word refuses a whole document for one address that it cannot read, so only those of a plain
//! form stay links.

use std::fmt::Write as _;

/// The address as it may stand in the package; nothing for one that is not to be a link.
pub(super) fn address(url: &str) -> Option<String> {
    let lower = url.to_ascii_lowercase();
    let plain = if let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")) {
        is_host(rest.split(['/', '?', '#']).next().unwrap_or_default())
    } else if let Some(rest) = lower.strip_prefix("mailto:") {
        is_mailbox(rest.split('?').next().unwrap_or_default())
    } else {
        lower.strip_prefix("tel:").is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b"+-.()".contains(&b)))
    };
    (plain && url.len() <= 2000).then(|| encoded(url))
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let label = |label: &str| {
        !label.is_empty()
            && label.len() < 64
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let is_port = |port: &str| port.parse::<u16>().is_ok();
    name.len() < 254 && name.split('.').all(label) && port.is_none_or(is_port)
}

fn is_mailbox(mailbox: &str) -> bool {
    let plain = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._+-".contains(&b));
    mailbox.split_once('@').is_some_and(|(name, host)| plain(name) && is_host(host))
}

/// Everything but the signs of an address (RFC 3986, section 2) as bytes in hexadecimal; a per cent sign that begins none, too.
fn encoded(url: &str) -> String {
    let bytes = url.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let mut text = String::with_capacity(url.len());
    let mut fragment = false;
    for (at, b) in bytes.iter().enumerate() {
        let stays = match b {
            b'%' => is_hex(at + 1) && is_hex(at + 2),
            // A second one is no address any more.
            b'#' => !std::mem::replace(&mut fragment, true),
            b => b.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(b),
        };
        if stays {
            text.push(char::from(*b));
        } else {
            let _ = write!(text, "%{b:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_that_word_could_stumble_over_is_none() {
        for url in ["http://", "https://[::bad", "http://a..b/", "http://a:99999/", "mailto:", "mailto:a@@b", "tel:", "tel:x", "javascript:x", "#part", "a/b"] {
            assert_eq!(address(url), None, "{url}");
        }
        assert_eq!(address("https://a.example/ä b%zz%41#x#y").as_deref(), Some("https://a.example/%C3%A4%20b%25zz%41#x%23y"));
        assert_eq!(address("mailto:desk@a.example?subject=x").as_deref(), Some("mailto:desk@a.example?subject=x"));
        assert_eq!(address("tel:+44-20").as_deref(), Some("tel:+44-20"));
    }
}
