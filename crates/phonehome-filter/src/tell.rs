//! The response header that tells what is known of a name, where it was asked for.

use crate::decision::Decision;
use crate::host::Host;
use crate::plugin::Plugin;

/// What the response's header will tell, until the response comes.
#[derive(Debug, Default)]
pub(crate) struct Tell(Option<String>);

impl Tell {
    /// Keeps a decision's label.
    pub(crate) fn keep(&mut self, plugin: &Plugin, decision: Decision) {
        self.0 = plugin.settings.response_header.is_some().then_some(decision.label);
    }

    /// The response is there.
    pub(crate) fn response_headers(&mut self, host: &impl Host, plugin: &Plugin) {
        if let (Some(name), Some(label)) = (&plugin.settings.response_header, self.0.take()) {
            host.add_response_header(name, &label);
        }
    }
}
