//! DNS messages in a byte stream, each behind two octets of length (RFC 1035, 4.2.2), judged by their first octets.
//!
//! Of a message only so many octets are held as are needed to judge it; the rest streams through or is left out. However many
//! connections stop in the middle of a message, each holds a few hundred octets.

/// What becomes of a message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Goes on as it is.
    Pass,
    /// Does not go on.
    Drop,
    /// Another goes on in its place.
    Replace(Vec<u8>),
}

/// One direction of a stream.
#[derive(Debug)]
pub(crate) struct Frames {
    /// Most octets of a message that are held.
    most: usize,
    /// What came of the current message so far, its length included, until it is judged.
    held: Vec<u8>,
    /// Octets that are still to come of a message that was judged.
    rest: usize,
    /// Whether they go on.
    passes: bool,
}

impl Frames {
    /// Before the first message, of which so many octets will be judged.
    pub(crate) const fn judged_by(most: usize) -> Self {
        Self { most, held: Vec::new(), rest: 0, passes: true }
    }

    /// Whether octets came that did not go on yet.
    pub(crate) const fn holds(&self) -> bool {
        !self.held.is_empty()
    }

    /// Takes what came and gives what goes on. The judge sees the first octets of each message.
    pub(crate) fn feed(&mut self, mut data: &[u8], judge: &mut impl FnMut(&[u8]) -> Fate) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.held.len() + data.len());
        while !data.is_empty() {
            if self.rest > 0 {
                let piece = take(&mut data, self.rest);
                self.rest -= piece.len();
                if self.passes {
                    out.extend_from_slice(piece);
                }
                continue;
            }
            let wanted = self.length().map_or(2, |length| 2 + length.min(self.most));
            self.held.extend_from_slice(take(&mut data, wanted - self.held.len()));
            if let Some(length) = self.length()
                && self.held.len() == 2 + length.min(self.most)
            {
                self.decide(length, judge, &mut out);
            }
        }
        out
    }

    /// Gives what is held when nothing more comes.
    pub(crate) fn end(&mut self, out: &mut Vec<u8>) {
        out.append(&mut self.held);
    }

    /// The length of the message that is held, once its two octets are there.
    fn length(&self) -> Option<usize> {
        self.held.first_chunk::<2>().map(|octets| usize::from(u16::from_be_bytes(*octets)))
    }

    fn decide(&mut self, length: usize, judge: &mut impl FnMut(&[u8]) -> Fate, out: &mut Vec<u8>) {
        let fate = judge(self.held.get(2..).unwrap_or_default());
        self.passes = fate == Fate::Pass;
        match fate {
            Fate::Pass => out.append(&mut self.held),
            Fate::Drop => {}
            Fate::Replace(message) => push(out, &message),
        }
        self.held.clear();
        self.rest = length.saturating_sub(self.most);
    }
}

/// Writes a message behind its length; one that is too long for it is left out.
pub(crate) fn push(out: &mut Vec<u8>, message: &[u8]) {
    if let Ok(length) = u16::try_from(message.len()) {
        out.extend(length.to_be_bytes());
        out.extend(message);
    }
}

/// Takes at most so many octets from the front.
fn take<'d>(data: &mut &'d [u8], most: usize) -> &'d [u8] {
    let (piece, behind) = data.split_at(most.min(data.len()));
    *data = behind;
    piece
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(messages: &[&[u8]]) -> Vec<u8> {
        let mut out = Vec::new();
        messages.iter().for_each(|message| push(&mut out, message));
        out
    }

    /// Judges by the first octet.
    fn judge(head: &[u8]) -> Fate {
        match head.first() {
            Some(b'd') => Fate::Drop,
            Some(b'r') => Fate::Replace(b"other".to_vec()),
            _ => Fate::Pass,
        }
    }

    #[test]
    fn however_it_is_cut_the_same_goes_on() {
        let long = [b'p'; 700];
        let dropped = [b'd'; 700];
        let input = framed(&[b"pass", b"", b"drop", b"replace", &long, &dropped, b"p"]);
        let expected = framed(&[b"pass", b"", b"other", &long, b"p"]);
        for size in 1..input.len() {
            let mut frames = Frames::judged_by(512);
            let pieces: Vec<Vec<u8>> = input.chunks(size).map(|piece| frames.feed(piece, &mut judge)).collect();
            assert_eq!(pieces.concat(), expected, "pieces of {size}");
            assert!(!frames.holds());
        }
    }

    #[test]
    fn little_is_held() {
        let mut frames = Frames::judged_by(16);
        let input = framed(&[&[b'p'; 60_000]]);
        for piece in input.chunks(7) {
            frames.feed(piece, &mut judge);
            assert!(frames.held.len() < 18);
        }
    }

    #[test]
    fn an_unfinished_message_goes_on_at_the_end() {
        let mut frames = Frames::judged_by(16);
        let mut out = frames.feed(&[0, 9, b'd', b'd'], &mut judge);
        assert!(out.is_empty() && frames.holds());
        frames.end(&mut out);
        assert_eq!(out, [0, 9, b'd', b'd']);
    }
}
