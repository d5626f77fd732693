//! `cargo dev setup`: what a maintainer's machine needs. Says what it found and did; what is there already is left alone.

use anyhow::{Result, bail};
use clap::Args;

use crate::{deny, envoy, guests, run};

#[derive(Args)]
pub(crate) struct Options {
    /// Also the nightly toolchain and cargo-fuzz
    #[arg(long)]
    fuzz: bool,
    /// Also BIND, Unbound, PowerDNS Recursor, dnsmasq and Go; some start by themselves once installed
    #[arg(long)]
    resolvers: bool,
    /// Also Go, Unbound, dig and OpenSSL, for the CoreDNS plugin and its tests
    #[arg(long)]
    coredns: bool,
    /// Also Envoy below `target`, Unbound and clients for DNS and HTTP, for the filter's tests
    #[arg(long)]
    envoy: bool,
    /// Also Chromium, for the page's tests; Node and npm are expected to be there
    #[arg(long)]
    browser: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    component("rustfmt", &["--version"])?;
    component("clippy", &["clippy", "--version"])?;
    if guests::ensure_target()? {
        there(guests::TARGET);
    } else {
        println!("{}: installed", guests::TARGET);
    }
    system("git", "--version", "git")?;
    // The test of the documents shows commands a terminal.
    system("script", "--version", "bsdutils")?;
    learner()?;
    if deny::is_installed() {
        there(&format!("cargo-deny {}", deny::VERSION));
    } else {
        installing(&format!("cargo-deny {} (a few minutes)", deny::VERSION));
        deny::install()?;
    }
    if options.fuzz {
        fuzz()?;
    }
    if options.resolvers {
        resolvers()?;
    }
    if options.coredns {
        coredns()?;
    }
    if options.envoy {
        envoy()?;
    }
    if options.browser {
        browser()?;
    }
    println!("ready: `cargo dev test` runs every check");
    Ok(())
}

/// What the name model's learner runs in; its packages go below `target`.
pub(crate) fn learner() -> Result<()> {
    system("python3", "--version", "python3")?;
    system("pip3", "--version", "python3-pip")
}

/// Resolvers that lists are tried in, each with a harmless call and the package that has it.
const RESOLVERS: [(&str, &str, &str); 7] = [
    ("named", "-v", "bind9"),
    ("named-checkzone", "-v", "bind9-utils"),
    ("dig", "-v", "bind9-dnsutils"),
    ("unbound", "-V", "unbound"),
    ("pdns_recursor", "--version", "pdns-recursor"),
    ("dnsmasq", "--version", "dnsmasq-base"),
    // For AdGuard Home's engine.
    ("go", "version", "golang-go"),
];

/// Whether all resolvers are there.
pub(crate) fn has_resolvers() -> bool {
    RESOLVERS.iter().all(|(program, probe, _)| is_there(program, probe))
}

/// Installs the resolvers that are missing. Some start by themselves when they are installed, so nobody gets them unasked.
pub(crate) fn resolvers() -> Result<()> {
    RESOLVERS.iter().try_for_each(|(program, probe, package)| system(program, probe, package))
}

/// What the CoreDNS plugin is built with and tried with.
const COREDNS: [(&str, &str, &str); 4] = [
    ("go", "version", "golang-go"),
    ("unbound", "-V", "unbound"),
    ("dig", "-v", "bind9-dnsutils"),
    ("openssl", "version", "openssl"),
];

/// Whether all of it is there.
pub(crate) fn has_coredns() -> bool {
    COREDNS.iter().all(|(program, probe, _)| is_there(program, probe))
}

/// Installs what is missing of it.
pub(crate) fn coredns() -> Result<()> {
    COREDNS.iter().try_for_each(|(program, probe, package)| system(program, probe, package))
}

/// What the filter for Envoy is tried with, beside Envoy.
const ENVOY: [(&str, &str, &str); 6] = [
    ("unbound", "-V", "unbound"),
    ("dig", "-v", "bind9-dnsutils"),
    ("kdig", "--version", "knot-dnsutils"),
    ("curl", "--version", "curl"),
    ("nghttp", "--version", "nghttp2-client"),
    ("openssl", "version", "openssl"),
];

/// Whether all of it is there, and Envoy.
pub(crate) fn has_envoy() -> bool {
    envoy::is_there() && ENVOY.iter().all(|(program, probe, _)| is_there(program, probe))
}

/// Installs what is missing of it.
pub(crate) fn envoy() -> Result<()> {
    ENVOY.iter().try_for_each(|(program, probe, package)| system(program, probe, package))?;
    if envoy::is_there() {
        there("envoy");
        return Ok(());
    }
    learner()?;
    installing("envoy");
    envoy::install()
}

/// Whether there is a browser for the page's tests.
pub(crate) fn has_browser() -> bool {
    is_there("chromium", "--version")
}

/// Installs it.
pub(crate) fn browser() -> Result<()> {
    system("chromium", "--version", "chromium")
}

/// Whether a program works; those of the system may not be on the path of who is not root.
fn is_there(program: &str, probe: &str) -> bool {
    run::works(program, &[probe]) || run::works(&format!("/usr/sbin/{program}"), &[probe])
}

/// A component of the toolchain that `rust-toolchain.toml` names.
fn component(name: &str, probe: &[&str]) -> Result<()> {
    let program = if name == "clippy" { "cargo" } else { name };
    if run::works(program, probe) {
        there(name);
        return Ok(());
    }
    if !run::works("rustup", &["--version"]) {
        bail!("{name} is missing and there is no rustup to add it: install it with the Rust toolchain");
    }
    installing(name);
    run::shown(&mut run::command("rustup", &["component", "add", name]))
}

/// A program of the operating system: installed where that is possible without asking, else named.
fn system(program: &str, probe: &str, package: &str) -> Result<()> {
    if is_there(program, probe) {
        there(program);
        return Ok(());
    }
    let install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", package];
    let is_root = run::quiet(&mut run::command("id", &["-u"])).is_ok_and(|id| id.trim_ascii() == b"0");
    if !run::works("apt-get", &["--version"]) || !is_root && !run::works("sudo", &["-n", "true"]) {
        bail!("{program} is missing: install the package {package} and run this again");
    }
    installing(package);
    let privileged = |words: &[&str]| {
        let words = if is_root { words.to_vec() } else { [&["sudo", "-n"], words].concat() };
        let Some((first, rest)) = words.split_first() else { return Ok(()) };
        run::shown(run::command(first, rest).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    // A new machine may have no list of packages yet.
    privileged(&install).or_else(|_| privileged(&["apt-get", "update", "--quiet"]).and_then(|()| privileged(&install)))
}

fn fuzz() -> Result<()> {
    if run::works("rustup", &["run", "nightly", "rustc", "--version"]) {
        there("nightly toolchain");
    } else {
        installing("nightly toolchain");
        run::shown(&mut run::command("rustup", &["toolchain", "install", "nightly", "--profile", "minimal"]))?;
    }
    if run::works("cargo-fuzz", &["--version"]) {
        there("cargo-fuzz");
        return Ok(());
    }
    installing("cargo-fuzz (a few minutes)");
    run::shown(&mut run::cargo(&["install", "--quiet", "--locked", "cargo-fuzz"]))
}

fn there(what: &str) {
    println!("{what}: there");
}

fn installing(what: &str) {
    println!("{what}: installing");
}
