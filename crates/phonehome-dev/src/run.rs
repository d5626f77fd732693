//! Running other programs from the repository's root: shown, quiet, or as a filter.

use std::ffi::OsStr;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::root;

/// A program that will run in the repository's root.
pub(crate) fn command(program: &str, arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root::path(""));
    command
}

/// `cargo` with these arguments, by the toolchain that runs this tool.
pub(crate) fn cargo(arguments: &[impl AsRef<OsStr>]) -> Command {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    command(&program, arguments)
}

/// Runs a command whose output the maintainer sees; fails when it does.
pub(crate) fn shown(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot run {}", line(command)))?;
    ensure!(status.success(), "{} failed ({status})", line(command));
    Ok(())
}

/// Runs a command silently and returns what it printed; a failure carries its error output.
pub(crate) fn quiet(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run {}", line(command)))?;
    printed(command, output)
}

/// Runs a command that reads a text and prints another.
pub(crate) fn filter(program: &str, arguments: &[&str], input: &str) -> Result<String> {
    let mut command = command(program, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot run {}", line(&command)))?;
    // rustfmt reads everything before it writes, so one side after the other cannot block.
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes()).with_context(|| format!("cannot write to {program}"))?;
    }
    let output = child.wait_with_output()?;
    let text = printed(&command, output)?;
    String::from_utf8(text).with_context(|| format!("{program} printed something that is no text"))
}

/// Whether a program can be started and answers `--version` or another harmless call.
pub(crate) fn works(program: &str, arguments: &[&str]) -> bool {
    quiet(&mut command(program, arguments)).is_ok()
}

fn printed(command: &Command, output: Output) -> Result<Vec<u8>> {
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("{} failed ({})\n{}", line(command), output.status, complaint.trim_end());
    }
    Ok(output.stdout)
}

/// A command as people would type it.
pub(crate) fn line(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let words = std::iter::once(program.file_name().unwrap_or_default()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_the_command_and_its_complaint() {
        let error = quiet(&mut command("ls", &["no-such-file-here"])).unwrap_err().to_string();
        assert!(error.starts_with("ls no-such-file-here failed (exit status: 2)\n"), "{error}");
        assert!(error.contains("No such file"), "{error}");
    }

    #[test]
    fn a_filter_gives_what_the_program_prints() {
        assert_eq!(filter("tr", &["a-z", "A-Z"], "abc\n").unwrap(), "ABC\n");
    }
}
