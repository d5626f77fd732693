//! Handles: classifiers that are open, or being put together.

use std::borrow::Cow;

use phonehome::{Classifier, NamedPack, OpenError};

use crate::codes::{Code, MAX_HANDLES};

/// What a handle stands for.
#[derive(Debug)]
pub(crate) enum State {
    /// Parts handed in so far.
    Parts(Parts),
    /// Ready to answer.
    Open(Box<Classifier<'static>>),
}

/// What a classifier will be opened with.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) base: Option<Vec<u8>>,
    pub(crate) overlays: Vec<NamedPack<'static>>,
    pub(crate) policies: Vec<String>,
}

/// The table of handles. A handle is its place and how often the place was taken, so that an old handle fits nothing.
#[derive(Debug, Default)]
pub(crate) struct Handles(Vec<Place>);

#[derive(Debug, Default)]
struct Place {
    /// Times the place was taken, from 0 to `TURNS - 1` and again from 0.
    turn: i32,
    state: Option<State>,
}

/// Handles of one place before a number comes back.
const TURNS: i32 = 1 << 20;

impl Handles {
    /// No handles.
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// A new handle over nothing.
    pub(crate) fn add(&mut self) -> Result<i32, Code> {
        let free = self.0.iter().position(|place| place.state.is_none());
        let at = match free {
            Some(at) => at,
            None if self.0.len() < MAX_HANDLES => {
                self.0.push(Place::default());
                self.0.len() - 1
            }
            None => return Err(Code::TooMany),
        };
        let place = self.0.get_mut(at).ok_or(Code::TooMany)?;
        place.turn = (place.turn + 1) % TURNS;
        place.state = Some(State::Parts(Parts::default()));
        let at = i32::try_from(at).map_err(|_| Code::TooMany)?;
        Ok(place.turn * MOST + at)
    }

    /// The classifier behind a handle.
    #[inline]
    pub(crate) fn classifier(&self, handle: i32) -> Result<&Classifier<'static>, Code> {
        match self.place(handle).and_then(|at| self.0.get(at)?.state.as_ref()) {
            Some(State::Open(classifier)) => Ok(classifier),
            _ => Err(Code::Handle),
        }
    }

    /// The parts behind a handle that is not open yet.
    pub(crate) fn parts(&mut self, handle: i32) -> Result<&mut Parts, Code> {
        match self.slot(handle)? {
            Some(State::Parts(parts)) => Ok(parts),
            _ => Err(Code::Handle),
        }
    }

    /// Opens a classifier out of its parts. When that fails the parts are gone and the handle is closed.
    pub(crate) fn open(&mut self, handle: i32) -> Result<(), (Code, String)> {
        let lost = |code: Code| (code, code.text().to_owned());
        let Parts { base, overlays, policies } = std::mem::take(self.parts(handle).map_err(lost)?);
        let policies: Vec<&str> = policies.iter().map(String::as_str).collect();
        let opened = match base {
            Some(base) => Classifier::open(Cow::Owned(base), overlays, &policies),
            None => Classifier::builtin_with(overlays, &policies),
        };
        let slot = self.slot(handle).map_err(lost)?;
        match opened {
            Ok(classifier) => {
                *slot = Some(State::Open(Box::new(classifier)));
                Ok(())
            }
            Err(error) => {
                *slot = None;
                let code = match error {
                    OpenError::Base(_) => Code::Base,
                    OpenError::Overlay(..) => Code::Overlay,
                    _ => Code::Policy,
                };
                Err((code, error.to_string()))
            }
        }
    }

    /// Forgets a handle.
    pub(crate) fn close(&mut self, handle: i32) -> Result<(), Code> {
        self.slot(handle)?.take().map(drop).ok_or(Code::Handle)
    }

    fn slot(&mut self, handle: i32) -> Result<&mut Option<State>, Code> {
        let at = self.place(handle).ok_or(Code::Handle)?;
        self.0.get_mut(at).map(|place| &mut place.state).ok_or(Code::Handle)
    }

    /// The place of a handle of this turn.
    #[inline]
    fn place(&self, handle: i32) -> Option<usize> {
        let at = usize::try_from(handle.checked_rem(MOST)?).ok()?;
        (self.0.get(at)?.turn == handle / MOST).then_some(at)
    }
}

/// Places, as a divisor of handles.
#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "a small constant")]
const MOST: i32 = MAX_HANDLES as i32;
