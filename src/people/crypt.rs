//! Sealing and opening, in the format of age-encryption.org/v1.

use std::io::{self, Write as _};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::{ExposeSecret as _, SecretString};
use age::{DecryptError, Decryptor, Encryptor, Identity, scrypt, x25519};
use zeroize::Zeroizing;

/// Why something was not opened. None of it says what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("it is sealed for others: no key here opens it")]
    Stranger,
    #[error("it is damaged, or was changed by somebody who could not open it: nothing of it is used")]
    Damaged,
    #[error("it is not sealed by `age`")]
    NotSealed,
    #[error("the passphrase is not right")]
    Passphrase,
    #[error("it is protected by a passphrase, and nobody is there to ask for it")]
    NobodyToAsk,
    #[error("it holds no key that this program knows")]
    NoKey,
}

/// Why something was not sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("there is nobody to seal it for")]
    Nobody,
    #[error("the seal could not be made: {0}")]
    Failed(io::Error),
}

/// Whom something is sealed for: their public keys, `age1…`.
pub struct Recipients(Vec<x25519::Recipient>);

impl Recipients {
    /// Nothing when one of them is no public key.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        keys.into_iter().map(|key| key.trim().parse().ok()).collect::<Option<Vec<_>>>().map(Self)
    }
}

/// Whether a text is somebody's public key.
pub fn is_recipient(text: &str) -> bool {
    text.parse::<x25519::Recipient>().is_ok()
}

/// Somebody's own keys.
pub struct Keys(Vec<x25519::Identity>);

impl Keys {
    /// Reads a file of keys; `passphrase` is asked for only where the file is protected by one.
    ///
    /// # Errors
    ///
    /// When there is no key in it, or the passphrase is wrong or cannot be asked for.
    pub fn read(file: &[u8], passphrase: impl FnOnce() -> Option<Zeroizing<String>>) -> Result<Self, OpenError> {
        if !looks_sealed(file) {
            return Self::of_text(file);
        }
        let decryptor = Decryptor::new(ArmoredReader::new(file)).map_err(|_| OpenError::Damaged)?;
        if !decryptor.is_scrypt() {
            return Err(OpenError::NoKey);
        }
        let passphrase = passphrase().ok_or(OpenError::NobodyToAsk)?;
        let mut identity = scrypt::Identity::new(SecretString::from(passphrase.as_str().to_owned()));
        // As much work as the program `age` takes on.
        identity.set_max_work_factor(22);
        let plain = decrypted(decryptor, &identity, file.len()).map_err(|error| if error == OpenError::Stranger { OpenError::Passphrase } else { error })?;
        Self::of_text(&plain)
    }

    fn of_text(text: &[u8]) -> Result<Self, OpenError> {
        let text = std::str::from_utf8(text).map_err(|_| OpenError::NoKey)?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys: Option<Vec<x25519::Identity>> = lines.map(|line| line.parse().ok()).collect();
        keys.filter(|keys| !keys.is_empty()).map(Self).ok_or(OpenError::NoKey)
    }

    /// The public keys that belong to them.
    pub fn public(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|key| key.to_public().to_string())
    }
}

/// A new key as the text of a file, protected by a passphrase if one is given, and the public key that belongs to it.
///
/// # Errors
///
/// When the passphrase could not be put to use.
pub fn new_key(passphrase: Option<&str>) -> Result<(Zeroizing<Vec<u8>>, String), SealError> {
    let key = x25519::Identity::generate();
    let public = key.to_public().to_string();
    let text = Zeroizing::new(format!("# public key: {public}\n{}\n", key.to_string().expose_secret()).into_bytes());
    let Some(passphrase) = passphrase else { return Ok((text, public)) };
    let encryptor = Encryptor::with_user_passphrase(SecretString::from(passphrase.to_owned()));
    Ok((Zeroizing::new(armored(encryptor, &text).map_err(SealError::Failed)?), public))
}

/// Seals for all of these: each of them can open it alone.
///
/// # Errors
///
/// When there is nobody to seal it for.
pub fn seal(plain: &[u8], recipients: &Recipients) -> Result<Vec<u8>, SealError> {
    let encryptor = Encryptor::with_recipients(recipients.0.iter().map(|key| key as &dyn age::Recipient)).map_err(|_| SealError::Nobody)?;
    armored(encryptor, plain).map_err(SealError::Failed)
}

fn armored(encryptor: Encryptor, plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut sealed = encryptor.wrap_output(ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?)?;
    sealed.write_all(plain)?;
    sealed.finish()?.finish()
}

/// Opens what was sealed for one of these keys: all of it or nothing.
///
/// # Errors
///
/// See [`OpenError`].
pub fn open(sealed: &[u8], keys: &Keys) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    if !looks_sealed(sealed) {
        return Err(OpenError::NotSealed);
    }
    let decryptor = Decryptor::new(ArmoredReader::new(sealed)).map_err(|_| OpenError::Damaged)?;
    if decryptor.is_scrypt() {
        return Err(OpenError::Stranger);
    }
    let mut reader = decryptor.decrypt(keys.0.iter().map(|key| key as &dyn Identity)).map_err(|error| of(&error))?;
    read_all(&mut reader, sealed.len())
}

fn decrypted(decryptor: Decryptor<ArmoredReader<io::BufReader<&[u8]>>>, identity: &dyn Identity, room: usize) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let mut reader = decryptor.decrypt(std::iter::once(identity)).map_err(|error| of(&error))?;
    read_all(&mut reader, room)
}

/// Plaintext is shorter than what it was sealed as: with that much room it never moves, and leaves no copy behind.
fn read_all(reader: &mut impl io::Read, room: usize) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let mut plain = Zeroizing::new(Vec::with_capacity(room));
    reader.read_to_end(&mut plain).map_err(|_| OpenError::Damaged)?;
    Ok(plain)
}

fn of(error: &DecryptError) -> OpenError {
    match error {
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => OpenError::Stranger,
        _ => OpenError::Damaged,
    }
}

fn looks_sealed(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii_start();
    text.starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----") || text.starts_with(b"age-encryption.org/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> (Keys, String) {
        let (file, public) = new_key(None).unwrap();
        (Keys::read(&file, || None).unwrap(), public)
    }

    fn opened(sealed: &[u8], keys: &Keys) -> Result<Vec<u8>, OpenError> {
        open(sealed, keys).map(|plain| plain.to_vec())
    }

    #[test]
    fn each_of_those_it_was_sealed_for_opens_it_and_nobody_else() {
        let ((one, first), (two, second), (stranger, _)) = (key(), key(), key());
        let sealed = seal(b"what is said", &Recipients::of([first.as_str(), second.as_str()]).unwrap()).unwrap();
        assert_eq!((opened(&sealed, &one), opened(&sealed, &two)), (Ok(b"what is said".to_vec()), Ok(b"what is said".to_vec())));
        assert_eq!(opened(&sealed, &stranger), Err(OpenError::Stranger));
        assert_eq!(opened(b"plain", &one), Err(OpenError::NotSealed));
        assert!(matches!(seal(b"x", &Recipients::of([]).unwrap()), Err(SealError::Nobody)));
        assert!(Recipients::of(["age1nobody"]).is_none() && !is_recipient("age1nobody") && is_recipient(&first));
    }

    #[test]
    fn any_byte_changed_and_any_end_cut_off_is_refused() {
        let (keys, public) = key();
        let sealed = seal(&b"what is said ".repeat(20), &Recipients::of([public.as_str()]).unwrap()).unwrap();
        let end = sealed.trim_ascii_end().len();
        for at in (0..end).filter(|at| !sealed[*at].is_ascii_whitespace()) {
            let mut changed = sealed.clone();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert!(opened(&changed, &keys).is_err(), "byte {at}");
            assert!(opened(&sealed[..at], &keys).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn a_key_with_a_passphrase_asks_for_it() {
        let (file, public) = new_key(Some("correct horse")).unwrap();
        assert!(!file.windows(14).any(|part| part == b"AGE-SECRET-KEY"));
        let read = |passphrase: Option<&str>| Keys::read(&file, || passphrase.map(|text| Zeroizing::new(text.to_owned()))).map(|keys| keys.public().next());
        assert_eq!(read(Some("correct horse")), Ok(Some(public)));
        assert_eq!((read(Some("battery")), read(None)), (Err(OpenError::Passphrase), Err(OpenError::NobodyToAsk)));
        assert_eq!(Keys::read(b"# nothing\n", || None).err(), Some(OpenError::NoKey));
    }
}
