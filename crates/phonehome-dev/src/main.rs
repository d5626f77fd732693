//! `cargo dev`: what maintainers do with phonehome. Never shipped.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks on its streams")]

mod codes;
mod kb;
mod root;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Maintainers' commands.
#[derive(Parser)]
#[command(name = "cargo dev", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes crates/phonehome/src/codes.rs from codes.toml
    Codes,
    /// The knowledge: build, check and explore it
    #[command(subcommand)]
    Kb(kb::Command),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Codes => codes::write(),
        Command::Kb(command) => kb::run(command),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
