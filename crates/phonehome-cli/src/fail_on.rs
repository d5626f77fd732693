//! `--fail-on`: whether an answer is a finding.

use phonehome::{Brief, OverlayKind, Verdict};

use crate::args::{FailOptions, OpenOptions};
use crate::engine::Engine;
use crate::error::Error;
use crate::exit_code::Exit;
use crate::values::FailOn;

/// Watches answers go by.
#[derive(Debug)]
pub(crate) struct Watch<'o> {
    wanted: &'o [FailOn],
    found: bool,
}

impl<'o> Watch<'o> {
    /// Refuses what could never find anything: a gate that cannot close is worse than none.
    pub(crate) fn new(options: &'o FailOptions, open: &OpenOptions, engine: &Engine) -> Result<Self, Error> {
        let wanted = options.fail_on.as_slice();
        if wanted.contains(&FailOn::Blocked) && open.policy.is_none() {
            return Err(Error::new("--fail-on blocked finds nothing without --policy"));
        }
        let has_threats = engine.overlays().iter().any(|overlay| overlay.kind == OverlayKind::Threat);
        if wanted.contains(&FailOn::Verdict(Verdict::Malicious)) && !has_threats {
            return Err(Error::new("--fail-on malicious finds nothing without a threat list: give one by --overlay"));
        }
        Ok(Self { wanted, found: false })
    }

    /// Looks at one answer.
    pub(crate) fn look(&mut self, brief: &Brief) {
        self.found |= self.wanted.iter().any(|wanted| wanted.holds(brief));
    }

    /// The exit code so far.
    pub(crate) fn exit(&self) -> Exit {
        Exit::found(self.found)
    }
}
