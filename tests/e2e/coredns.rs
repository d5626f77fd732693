//! CoreDNS with the plugin, Unbound behind it: answers, labels and actions are those of the library, over every transport.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "resolvers/cases.rs"]
#[expect(dead_code, reason = "what the tests of resolvers need beside")]
mod cases;
#[path = "coredns/corpus.rs"]
mod corpus;
#[path = "resolvers/dig.rs"]
mod dig;
#[path = "resolvers/programs.rs"]
#[expect(dead_code, reason = "the other resolvers")]
mod programs;
#[path = "resolvers/server.rs"]
#[expect(dead_code, reason = "what the tests of resolvers need beside")]
mod server;
#[path = "coredns/serving.rs"]
mod serving;
#[path = "resolvers/upstream.rs"]
mod upstream;
