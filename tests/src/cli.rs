//! The built command `phonehome`, run in a folder of its own.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The program with its option `--component`, built by the cargo that runs the tests, beside them.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let tests = std::env::current_exe().expect("the test's own path");
        // target/debug/deps/cli-0123456789abcdef
        let folder = tests.ancestors().nth(2).expect("the profile's folder");
        let profile = if folder.ends_with("debug") { "dev" } else { "release" };
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            // The whole workspace's features, as the tests have them: so nothing but the program itself is built once more.
            .args(["build", "--quiet", "--workspace", "--bin", "phonehome", "--features", "phonehome-cli/component"])
            .args(["--profile", profile, "--target-dir"])
            .arg(folder.parent().expect("the target folder"))
            .current_dir(crate::root("."))
            .status();
        assert!(built.expect("cargo runs").success(), "the program does not build");
        folder.join(format!("phonehome{}", std::env::consts::EXE_SUFFIX))
    })
}

/// A folder for one test, removed at its end.
#[derive(Debug)]
pub struct Folder(PathBuf);

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Folder {
    /// A new, empty folder.
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("phonehome-cli-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.path(name), content).expect("a file");
        self
    }

    /// The command in this folder, without the colours that the caller's environment may ask for.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(program());
        command.current_dir(&self.0).args(arguments).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the command with nothing to read.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Run {
        Run::from(self.command(arguments).output().expect("the program runs"))
    }

    /// Runs the command with this on its standard input.
    pub fn pipe<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>, input: &[u8]) -> Run {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().expect("the program runs");
        let mut stdin = child.stdin.take().expect("standard input");
        let input = input.to_vec();
        // A program that stops reading early closes the pipe; what it says then is what the test looks at.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("the program ends");
        writer.join().expect("the writer ends");
        Run::from(output)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("an exit code"),
            out: String::from_utf8(output.stdout).expect("output in UTF-8"),
            err: String::from_utf8(output.stderr).expect("messages in UTF-8"),
        }
    }
}

impl Run {
    /// The output, after checking the exit code.
    pub fn ok(self, code: i32) -> String {
        assert_eq!(self.code, code, "{self:?}");
        self.out
    }

    /// The names in JSON lines.
    pub fn names(&self) -> Vec<String> {
        let line = |line| serde_json::from_str::<serde_json::Value>(line).expect("a line of JSON");
        self.out.lines().map(|text| line(text)["name"].as_str().expect("a name").to_owned()).collect()
    }
}
