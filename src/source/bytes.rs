//! Numbers and texts as bytes, and back. Reading never trusts what it finds: whatever does not fit is nothing.

/// Bytes to be written.
#[derive(Default)]
pub struct Out(pub Vec<u8>);

impl Out {
    pub fn byte(&mut self, n: u8) {
        self.0.push(n);
    }

    pub fn short(&mut self, n: u16) {
        self.0.extend(n.to_le_bytes());
    }

    pub fn int(&mut self, n: u32) {
        self.0.extend(n.to_le_bytes());
    }

    pub fn long(&mut self, n: u64) {
        self.0.extend(n.to_le_bytes());
    }

    /// A number in as few bytes as it needs, seven bits each (LEB128): most numbers here are small.
    pub fn varint(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    /// A text of up to 65,535 bytes with its length before it.
    pub fn text(&mut self, text: &str) -> Option<()> {
        self.short(u16::try_from(text.len()).ok()?);
        self.0.extend(text.as_bytes());
        Some(())
    }
}

/// Bytes to be read.
#[derive(Clone, Copy)]
pub struct In<'b>(pub &'b [u8]);

impl<'b> In<'b> {
    pub fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[n]| n)
    }

    pub fn short(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn int(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn long(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub fn varint(&mut self) -> Option<u64> {
        let mut n = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    pub fn text(&mut self) -> Option<&'b str> {
        let length = self.short()?;
        std::str::from_utf8(self.take(usize::from(length))?).ok()
    }
}
