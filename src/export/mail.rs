//! Drafts of e-mails, to be opened, read and sent by a person: nothing is sent from here.

use mail_builder::MessageBuilder;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;
use sha2::{Digest as _, Sha256};

use crate::release::{AgencyActionsPage, Released};

/// The draft of an e-mail to an agency, with what it undertook. Outlook opens what is marked as unsent for writing.
pub fn agency_mail(page: &Released<AgencyActionsPage>) -> Vec<u8> {
    let body = super::agency_text(page);
    let noon = page.made_on.and_hms_opt(12, 0, 0).map_or(0, |noon| noon.and_utc().timestamp());
    let hash = Sha256::digest(format!("{}\n{}\n{body}", page.group, page.agency).as_bytes());
    let id: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let message = MessageBuilder::new().header("X-Unsent", Raw::new("1")).date(Date::new(noon)).message_id(format!("{id}@marg.invalid"));
    let message = match page.agency_contact.as_deref().and_then(address) {
        Some(address) => message.to((page.agency_name.clone(), address.to_owned())),
        None => message,
    };
    let subject = format!("Actions for {} from {}", page.agency_name, page.group);
    // Writing to memory cannot fail.
    message.subject(subject).text_body(body).write_to_vec().unwrap_or_default()
}

/// The address in what a group has written down of how to reach an agency.
fn address(contact: &str) -> Option<&str> {
    let words = contact.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | ':'));
    let is_address = |word: &&str| {
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._%+-'".contains(&b));
        word.split_once('@').is_some_and(|(who, host)| plain(who) && plain(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.'))
    };
    words.map(|word| word.trim_end_matches('.')).find(is_address)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_found_in_what_people_write_down() {
        for contact in ["duty@housing.example", "Duty desk <duty@housing.example>", "0123 456, or duty@housing.example.", "mailto:duty@housing.example"] {
            assert_eq!(address(contact), Some("duty@housing.example"), "{contact}");
        }
        for none in ["Duty desk", "duty@", "@housing.example", "duty@housing", "a@b@c.example", "duty@.example"] {
            assert_eq!(address(none), None, "{none}");
        }
    }
}
