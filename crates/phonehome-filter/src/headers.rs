//! Header maps as proxy-wasm hands them over: how many, the lengths of each name and value (32 bits, little-endian), then names and
//! values, each with an octet of zero behind it (proxy-wasm ABI 0.2.1, "Serialization").

/// The headers of a map: names and values as octets, since a value need not be text.
#[derive(Clone, Debug)]
pub(crate) struct Pairs<'m> {
    lengths: &'m [u8],
    octets: &'m [u8],
}

impl<'m> Pairs<'m> {
    /// Reads a map; a damaged one ends early.
    pub(crate) fn of(map: &'m [u8]) -> Self {
        let count = number(map).unwrap_or(0);
        let lengths = count.checked_mul(8).and_then(|length| map.get(4..)?.split_at_checked(length));
        let (lengths, octets) = lengths.unwrap_or_default();
        Self { lengths, octets }
    }
}

impl<'m> Iterator for Pairs<'m> {
    type Item = (&'m [u8], &'m [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (lengths, behind) = self.lengths.split_at_checked(8)?;
        self.lengths = behind;
        let mut piece = |length: usize| {
            let (piece, behind) = self.octets.split_at_checked(length)?;
            self.octets = behind.get(1..)?;
            Some(piece)
        };
        let name = piece(number(lengths)?)?;
        Some((name, piece(number(lengths.get(4..)?)?)?))
    }
}

fn number(octets: &[u8]) -> Option<usize> {
    let octets = octets.first_chunk::<4>()?;
    usize::try_from(u32::from_le_bytes(*octets)).ok()
}

/// The serialisation of headers.
pub fn serialized<T: AsRef<[u8]>>(headers: &[(T, T)]) -> Vec<u8> {
    let length = |length: usize| u32::try_from(length).unwrap_or(0).to_le_bytes();
    let mut out = length(headers.len()).to_vec();
    let pieces = || headers.iter().flat_map(|(name, value)| [name.as_ref(), value.as_ref()]);
    pieces().for_each(|piece| out.extend(length(piece.len())));
    for piece in pieces() {
        out.extend(piece);
        out.push(0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let headers = [(":method", "POST"), ("content-type", ""), ("a", "b")];
        let map = serialized(&headers);
        let read: Vec<_> = Pairs::of(&map).collect();
        assert_eq!(read, headers.map(|(name, value)| (name.as_bytes(), value.as_bytes())));
    }

    #[test]
    fn damaged_maps_end_early() {
        let map = serialized(&[("a", "b"), ("c", "d")]);
        for end in 0..map.len() {
            assert!(Pairs::of(&map[..end]).count() < 2, "{end}");
        }
        assert_eq!(Pairs::of(&[0xff; 40]).count(), 0);
        let mut long = map;
        long[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(Pairs::of(&long).count(), 0);
    }
}
