//! Exports in the real programs: BIND, Unbound, PowerDNS Recursor and dnsmasq load each list, and `dig` sees what they do;
//! AdGuard Home is asked through its engine.
//!
//! They listen on loopback and ask an upstream of the test's own, which answers every name: what does not get its address was
//! blocked.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "resolvers/adguard.rs"]
mod adguard;
#[path = "resolvers/cases.rs"]
mod cases;
#[path = "resolvers/dig.rs"]
mod dig;
#[path = "resolvers/local_zones.rs"]
mod local_zones;
#[path = "resolvers/pihole.rs"]
mod pihole;
#[path = "resolvers/policy_zones.rs"]
mod policy_zones;
#[path = "resolvers/programs.rs"]
mod programs;
#[path = "resolvers/recipes.rs"]
mod recipes;
#[path = "resolvers/server.rs"]
mod server;
#[path = "resolvers/upstream.rs"]
mod upstream;
