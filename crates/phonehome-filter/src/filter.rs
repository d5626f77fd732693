//! Everything in one virtual machine: contexts by the numbers that the host gives them.

use std::collections::BTreeMap;

use crate::authority::Authority;
use crate::dns_tcp::DnsTcp;
use crate::doh::Doh;
use crate::host::{Flow, Host, Level};
use crate::plugin::Plugin;
use crate::settings::{Embedded, Use};
use crate::sni;

/// The plugins of a virtual machine and their streams.
#[derive(Debug)]
pub struct Filter {
    embedded: Embedded,
    plugins: BTreeMap<u32, Plugin>,
    streams: BTreeMap<u32, Stream>,
}

/// A stream: an HTTP request, or a connection.
#[derive(Debug)]
struct Stream {
    /// The context of its plugin.
    plugin: u32,
    state: State,
}

#[derive(Debug)]
enum State {
    Doh(Doh),
    DnsTcp(Box<DnsTcp>),
    Sni,
    Authority(Authority),
    /// Of a plugin that looks at no streams.
    Nothing,
}

/// Names of places, for who looks for a mistake.
const HTTP: &str = "an HTTP filter";
const NETWORK: &str = "a network filter";

impl Filter {
    /// Without any context.
    pub const fn new(embedded: Embedded) -> Self {
        Self { embedded, plugins: BTreeMap::new(), streams: BTreeMap::new() }
    }

    /// A new context: a stream's, if the context of its plugin is given, else a plugin's, which begins when it is configured.
    pub fn create(&mut self, context: u32, plugin: u32) {
        let Some(usage) = self.plugins.get(&plugin).map(|plugin| plugin.settings.usage) else { return };
        let state = match usage {
            Use::Doh => State::Doh(Doh::default()),
            Use::DnsTcp => State::DnsTcp(Box::new(DnsTcp::new())),
            Use::Sni => State::Sni,
            Use::Authority => State::Authority(Authority::default()),
            Use::Events => State::Nothing,
        };
        self.streams.insert(context, Stream { plugin, state });
    }

    /// Configures a plugin; whether it can be used so. What is wrong is told, and a former configuration stays.
    pub fn configure(&mut self, host: &impl Host, context: u32) -> bool {
        match Plugin::configure(host, &self.embedded) {
            Ok(plugin) => {
                self.plugins.insert(context, plugin);
                true
            }
            Err(error) => {
                host.log(Level::Error, &format!("phonehome: {error}"));
                false
            }
        }
    }

    /// Forgets a context.
    pub fn delete(&mut self, context: u32) {
        self.streams.remove(&context);
        self.plugins.remove(&context);
    }

    /// A stream and its plugin.
    fn stream(&mut self, context: u32) -> Option<(&mut State, &mut Plugin)> {
        let stream = self.streams.get_mut(&context)?;
        let plugin = self.plugins.get_mut(&stream.plugin)?;
        Some((&mut stream.state, plugin))
    }

    /// The headers of a request; `ends`: there is no body.
    pub fn request_headers(&mut self, host: &impl Host, context: u32, ends: bool) -> Flow {
        match self.stream(context) {
            Some((State::Doh(doh), plugin)) => doh.request_headers(host, plugin, ends),
            Some((State::Authority(authority), plugin)) => authority.request_headers(host, plugin),
            Some((_, plugin)) => {
                plugin.misplaced(host, HTTP);
                Flow::Continue
            }
            None => Flow::Continue,
        }
    }

    /// So many octets of a request's body; `ends`: the last ones.
    pub fn request_body(&mut self, host: &impl Host, context: u32, size: usize, ends: bool) -> Flow {
        match self.stream(context) {
            Some((State::Doh(doh), plugin)) => doh.request_body(host, plugin, size, ends),
            _ => Flow::Continue,
        }
    }

    /// A request's trailers.
    pub fn request_trailers(&mut self, host: &impl Host, context: u32) -> Flow {
        match self.stream(context) {
            Some((State::Doh(doh), plugin)) => doh.request_trailers(host, plugin),
            _ => Flow::Continue,
        }
    }

    /// The headers of a response, whoever gives it.
    pub fn response_headers(&mut self, host: &impl Host, context: u32) {
        match self.stream(context) {
            Some((State::Doh(doh), plugin)) => doh.response_headers(host, plugin),
            Some((State::Authority(authority), plugin)) => authority.response_headers(host, plugin),
            _ => {}
        }
    }

    /// A new connection.
    pub fn new_connection(&mut self, host: &impl Host, context: u32) -> Flow {
        match self.stream(context) {
            Some((State::Sni, plugin)) => sni::new_connection(host, plugin),
            Some((State::Doh(_) | State::Authority(_) | State::Nothing, plugin)) => {
                plugin.misplaced(host, NETWORK);
                Flow::Continue
            }
            _ => Flow::Continue,
        }
    }

    /// So many octets from the client; `ends`: the last ones.
    pub fn downstream(&mut self, host: &impl Host, context: u32, size: usize, ends: bool) -> Flow {
        match self.stream(context) {
            Some((State::DnsTcp(dns), plugin)) => dns.downstream(host, plugin, size, ends),
            _ => Flow::Continue,
        }
    }

    /// So many octets from the server behind; `ends`: the last ones.
    pub fn upstream(&mut self, host: &impl Host, context: u32, size: usize, ends: bool) -> Flow {
        match self.stream(context) {
            Some((State::DnsTcp(dns), plugin)) => dns.upstream(host, plugin, size, ends),
            _ => Flow::Continue,
        }
    }

    /// Something lies in a queue that a plugin made.
    pub fn queue_ready(&mut self, host: &impl Host, context: u32, queue: u32) {
        if let Some(plugin) = self.plugins.get(&context) {
            plugin.read_events(host, queue);
        }
    }
}

#[cfg(test)]
mod tests;
