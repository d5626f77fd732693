//! Random numbers that are the same on every run, and mutations made with them.

/// Marsaglia's xorshift64.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Starts from a seed; 0 is replaced, for the generator would stay there.
    pub fn new(seed: u64) -> Self {
        Self(if seed == 0 { 0x9e37_79b9_7f4a_7c15 } else { seed })
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below a limit that is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        // The low bits of a xorshift are its weakest.
        ((self.number() >> 16) % limit as u64) as usize
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of the items of a list that is not empty.
    pub fn pick<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        &items[self.below(items.len())]
    }

    /// So many random octets.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| (self.number() >> 24) as u8).collect()
    }

    /// Changes bytes in one of the ways that fuzzers change them.
    pub fn mutate(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        match self.below(7) {
            0 | 1 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            2 if at < bytes.len() => bytes[at] = *self.pick(&[0, 1, 0x7f, 0x80, 0xff, b'.', b'\n', b'=']),
            3 => bytes.truncate(at),
            4 if at < bytes.len() => {
                let end = (at + 1 + self.below(16)).min(bytes.len());
                bytes.drain(at..end);
            }
            5 if at < bytes.len() => {
                let end = (at + 1 + self.below(16)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = self.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            6 if at + 4 <= bytes.len() => {
                let number = *self.pick(&[0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX]);
                bytes[at..at + 4].copy_from_slice(&u32::to_le_bytes(number));
            }
            _ => {
                let count = 1 + self.below(8);
                let piece = self.bytes(count);
                bytes.splice(at..at, piece);
            }
        }
    }
}
