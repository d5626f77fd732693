//! `cargo dev`: what maintainers do with phonehome. Never shipped.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks on its streams")]

/// Prints a line of a listing; a reader that has seen enough (`| head`) is no error.
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout().lock(), $($text)*);
    }};
}

mod clickhouse;
mod codes;
mod coredns;
mod deny;
mod dist;
mod envoy;
mod fuzz;
mod gate;
mod guests;
mod kb;
mod model;
mod report;
mod root;
mod run;
mod setup;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Maintainers' commands.
#[derive(Parser)]
#[command(name = "cargo dev", bin_name = "cargo dev", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes this machine ready: toolchain components and cargo-deny
    Setup(setup::Options),
    /// Runs every check that a change must pass
    Test(gate::Options),
    /// Builds what a release consists of into dist/
    Dist,
    /// Builds the WebAssembly component and the flat module
    Guests(guests::Options),
    /// Builds the page into web/dist: the guest, then what Vite makes of web/
    Web(web::Options),
    /// Builds CoreDNS with the plugin, as target/coredns
    Coredns(coredns::Options),
    /// Builds the filter for Envoy, as host-harness/envoy/phonehome.wasm
    Envoy(envoy::Options),
    /// Builds the page and serves it on loopback
    Serve(web::ServeOptions),
    /// Runs the benchmarks; further arguments go to `cargo bench`
    #[command(trailing_var_arg = true)]
    Bench {
        #[arg(allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Fuzzes with libFuzzer, on the nightly toolchain
    Fuzz(fuzz::Options),
    /// Writes crates/phonehome/src/codes.rs from codes.toml
    Codes(codes::Options),
    /// The knowledge: build, check and explore it
    #[command(subcommand)]
    Kb(kb::Command),
    /// The name model: train, measure, describe
    #[command(subcommand)]
    Model(model::Command),
    /// Measures, and writes what it finds to tests/reports
    #[command(subcommand)]
    Report(report::Command),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Setup(options) => setup::run(&options),
        Command::Test(options) => gate::run(&options),
        Command::Dist => dist::run(),
        Command::Guests(options) => guests::run(&options),
        Command::Web(options) => web::run(&options),
        Command::Coredns(options) => coredns::run(&options),
        Command::Envoy(options) => envoy::run(&options),
        Command::Serve(options) => web::serve(&options),
        Command::Bench { arguments } => {
            run::shown(run::cargo(&["bench", "--package", "phonehome-benches"]).args(arguments))
        }
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Codes(options) => codes::run(&options),
        Command::Kb(command) => kb::run(command),
        Command::Model(command) => model::run(command),
        Command::Report(command) => report::run(command),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
