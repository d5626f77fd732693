//! The command line: what can be asked, and the words of `--help`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::date::Date;
use crate::targets::Targets;
use crate::values::{FailOn, OverlayFile, parse_column, parse_date, rule_format};

const AFTER_HELP: &str = "\
Nothing is looked up on the network and nothing is sent: answers come from the knowledge inside this program, or from a file \
that you name.

Exit codes: 0 done; 1 --fail-on found something; 2 bad use or bad input.";

const EXPORT_HELP: &str = "\
A rule is written where the policy blocks. What breaks something is left out unless a line of the policy names it (name= or \
suffix=). Where a format cannot tell names apart, less is blocked, never more; the list's head says what is missing.";

/// Whose a domain name is, what it is for, how worrying it is, and what breaks if you block it
#[derive(Debug, Parser)]
#[command(name = "phonehome", version, after_help = AFTER_HELP, disable_help_subcommand = true)]
#[command(max_term_width = 100, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) open: OpenOptions,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What answers rest on.
#[derive(Args, Debug)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct OpenOptions {
    /// Take the knowledge from this pack instead of the one built in
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) pack: Option<PathBuf>,
    /// Add your own list: built by `phonehome overlay build`, or a CSV of corrections. NAME is what answers call it. Repeatable
    #[arg(long, value_name = "[NAME=]FILE", global = true)]
    pub(crate) overlay: Vec<OverlayFile>,
    /// Say what this policy would do: a preset (observe, gentle, things) or a file
    #[arg(long, value_name = "FILE|PRESET", global = true)]
    pub(crate) policy: Option<PathBuf>,
    /// Answer through this WebAssembly component instead of the library in this program: both must agree
    #[cfg(feature = "component")]
    #[arg(long, value_name = "FILE", global = true)]
    component: Option<PathBuf>,
    /// Columns that text for people may take [default: the terminal's, else 100]
    #[arg(long, value_name = "COLUMNS", global = true, value_parser = clap::value_parser!(u16).range(40..))]
    pub(crate) width: Option<u16>,
}

impl OpenOptions {
    /// The component to answer through; without the feature there is never one.
    pub(crate) fn component(&self) -> Option<&Path> {
        #[cfg(feature = "component")]
        return self.component.as_deref();
        #[cfg(not(feature = "component"))]
        None
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// One answer for each name: given here, in lists (plain names, URLs, hosts, AdGuard, RPZ, CSV), or on standard input
    Classify(ClassifyOptions),
    /// Everything known about a name, and why we say so
    Explain(ExplainOptions),
    /// Turn what a policy blocks into rules for your resolver, or into a report
    Export(ExportOptions),
    /// Work on policies
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Work on your own lists
    #[command(subcommand)]
    Overlay(OverlayCommand),
    /// The knowledge that answers come from
    #[command(subcommand)]
    Kb(KbCommand),
    /// Print the completion script for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
}

#[derive(Args, Debug)]
pub(crate) struct ClassifyOptions {
    #[command(flatten)]
    pub(crate) targets: Targets,
    /// How to answer [default: human on a terminal, else jsonl]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    #[command(flatten)]
    pub(crate) list: ListOptions,
    #[command(flatten)]
    pub(crate) fail: FailOptions,
}

/// How lists are read.
#[derive(Args, Debug)]
pub(crate) struct ListOptions {
    /// What the lists are [default: told from the first 4 KiB of each]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) list_format: Option<ListFormat>,
    /// The column of a CSV file that holds the names: its title, or its number from 1 if there is no header
    #[arg(long, value_name = "TITLE|N", value_parser = parse_column)]
    pub(crate) column: Option<phonehome_logs::lists::Column>,
}

/// What makes the exit code 1.
#[derive(Args, Debug)]
pub(crate) struct FailOptions {
    /// Exit with 1 if a name has one of these verdicts, or if --policy would block one (`blocked`)
    #[arg(long, value_name = "VERDICT|blocked", value_delimiter = ',', value_parser = FailOn::parser())]
    pub(crate) fail_on: Vec<FailOn>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for people
    Human,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header
    Tsv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// One name, URL or host:port a line; every line gets an answer
    Names,
    /// One plain domain name a line; anything else is skipped
    Domains,
    /// hosts(5)
    Hosts,
    /// AdGuard and Adblock syntax
    Adguard,
    /// A response policy zone
    Rpz,
    /// dnsmasq's configuration
    Dnsmasq,
    /// Unbound's configuration
    Unbound,
    /// Pi-hole's regular expressions
    PiholeRegex,
    /// A script for RouterOS
    Mikrotik,
    /// Rows copied from the query log of Pi-hole or AdGuard Home
    Rows,
    /// Separated values, see --column
    Csv,
}

#[derive(Args, Debug)]
pub(crate) struct ExplainOptions {
    /// Domain names or URLs
    #[arg(required = true, value_name = "NAME")]
    pub(crate) names: Vec<OsString>,
    /// How to answer
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ExplainFormat,
    #[command(flatten)]
    pub(crate) fail: FailOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// Text for people
    Human,
    /// One JSON object a line, the same as of classify
    #[value(alias = "jsonl")]
    Json,
}

/// Without names and lists: of everything the knowledge holds. Without --policy: the preset gentle.
#[derive(Args, Debug)]
#[command(after_help = EXPORT_HELP)]
pub(crate) struct ExportOptions {
    #[command(flatten)]
    pub(crate) targets: Targets,
    /// What to write
    #[arg(long, value_name = "FORMAT", value_parser = rule_format())]
    pub(crate) format: phonehome_export::Format,
    /// Write here instead of to standard output: never half a file. With --split a folder
    #[arg(short, long, value_name = "FILE|DIR")]
    pub(crate) output: Option<PathBuf>,
    /// What a name of a list covers, where the list does not say it [default: exact]
    #[arg(long = "match", value_enum, value_name = "SCOPE")]
    pub(crate) scope: Option<Scope>,
    #[command(flatten)]
    pub(crate) list: ListOptions,
    #[command(flatten)]
    pub(crate) zone: ZoneOptions,
}

/// What a response policy zone needs.
#[derive(Args, Debug)]
#[command(next_help_heading = "Options of --format rpz")]
pub(crate) struct ZoneOptions {
    /// The zone's name
    #[arg(long, value_name = "ZONE", default_value = "phonehome.rpz")]
    pub(crate) zone: String,
    /// The zone's serial number [default: one more than in the file that is replaced, at least today's date and 00]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) serial: Option<u32>,
    /// One zone a reason, since a resolver's log names the zone; needs --output
    #[arg(long, value_enum, value_name = "BY")]
    pub(crate) split: Option<Split>,
    /// Devices to treat apart, in a zone of their own: lines of `ADDRESS[/PREFIX] exempt|block`; needs --split
    #[arg(long, value_name = "FILE")]
    pub(crate) devices: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Split {
    /// threat, listed, suspicious, the groups of purposes, risky, other
    Reason,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Find mistakes in a policy, and what it would block of a list
    Check {
        /// A file, or a preset: observe, gentle, things
        #[arg(value_name = "FILE|PRESET")]
        file: PathBuf,
        /// Say what would be blocked of this list (`-`: standard input)
        #[arg(long, value_name = "LIST")]
        names: Option<PathBuf>,
        /// How to answer
        #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
        format: PolicyFormat,
        #[command(flatten)]
        list: ListOptions,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyFormat {
    /// Text for people
    Human,
    /// One JSON object for each warning and each name that would be blocked
    Jsonl,
}

#[derive(Debug, Subcommand)]
pub(crate) enum OverlayCommand {
    /// Turn a list into an overlay; each line is kept exactly, or counted and shown
    Build(BuildOptions),
}

#[derive(Args, Debug)]
pub(crate) struct BuildOptions {
    /// The list (`-`: standard input)
    #[arg(value_name = "FILE")]
    pub(crate) list: PathBuf,
    /// What the list is
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) from: OverlayFormat,
    /// What the list says of its names
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub(crate) kind: Kind,
    /// What a name covers, where the format does not say it: itself, or also what is below it
    #[arg(long = "match", value_enum, value_name = "SCOPE")]
    pub(crate) scope: Option<Scope>,
    /// The list's own date, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) date: Option<Date>,
    /// What answers call the list
    #[arg(long, value_name = "SOURCE")]
    pub(crate) name: String,
    /// The overlay to write
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Show every skipped line (the first 1000), not only the first 10
    #[arg(long)]
    pub(crate) show_skipped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OverlayFormat {
    /// hosts(5); every name by itself
    Hosts,
    /// One domain name a line; needs --match
    Domains,
    /// A response policy zone
    Rpz,
    /// AdGuard syntax
    Adguard,
    /// CSV with the columns name, and perhaps match, vendor, purpose, verdict, action, note
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Malicious names: the verdict of these is malicious
    Threat,
    /// Names you want blocked, for a policy's listed=block
    Block,
    /// Names you want let through, for a policy's listed=allow
    Allow,
    /// Your own notes on names
    Label,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scope {
    /// The name alone
    Exact,
    /// The name and everything below it
    Suffix,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KbCommand {
    /// Version, date, counts, size, checksum and licences
    Info,
    /// Print the entries
    Export {
        /// How to print
        #[arg(long, value_enum, value_name = "FORMAT", default_value = "jsonl")]
        format: ExportFormat,
        /// Only what lies at this name and below it
        #[arg(long, value_name = "NAME")]
        under: Option<String>,
    },
    /// Say what changed between two packs
    Diff {
        /// The older pack
        old: PathBuf,
        /// The newer pack
        new: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// One JSON object an entry
    Jsonl,
    /// Comma-separated values with a header
    Csv,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        super::Arguments::command().debug_assert();
    }

    #[test]
    fn the_help_offers_what_this_build_can_do() {
        let help = super::Arguments::command().render_long_help().to_string();
        assert_eq!(help.contains("--component"), cfg!(feature = "component"), "{help}");
    }
}
