//! Numbers and texts as bytes, and back. Reading never trusts what it finds: whatever does not fit is nothing.

/// Bytes to be written.
#[derive(Default)]
pub(super) struct Out(pub(super) Vec<u8>);

impl Out {
    pub(super) fn byte(&mut self, n: u8) {
        self.0.push(n);
    }

    pub(super) fn short(&mut self, n: u16) {
        self.0.extend(n.to_le_bytes());
    }

    pub(super) fn int(&mut self, n: u32) {
        self.0.extend(n.to_le_bytes());
    }

    pub(super) fn long(&mut self, n: u64) {
        self.0.extend(n.to_le_bytes());
    }

    /// A text of up to 65,535 bytes with its length before it.
    pub(super) fn text(&mut self, text: &str) -> Option<()> {
        self.short(u16::try_from(text.len()).ok()?);
        self.0.extend(text.as_bytes());
        Some(())
    }
}

/// Bytes to be read.
#[derive(Clone, Copy)]
pub(super) struct In<'b>(pub(super) &'b [u8]);

impl<'b> In<'b> {
    pub(super) fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[n]| n)
    }

    pub(super) fn short(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn int(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn long(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub(super) fn text(&mut self) -> Option<&'b str> {
        let length = self.short()?;
        std::str::from_utf8(self.take(usize::from(length))?).ok()
    }
}
