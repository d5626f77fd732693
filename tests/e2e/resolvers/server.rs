//! A resolver as a child process, ended with the test.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::dig::{Seen, ask};

/// How long a program may take to start or to load a list anew, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// A running resolver.
pub(crate) struct Server {
    child: Child,
    log: PathBuf,
    pub(crate) port: u16,
}

impl Server {
    /// Starts a program and waits until it answers. Where nothing answers its log is shown.
    pub(crate) fn start(folder: &Path, port: u16, program: &str, arguments: &[&str]) -> Self {
        Self::start_as(folder, port, program, arguments, &folder.join(format!("{program}.log")))
    }

    /// The same with a log of another name.
    pub(crate) fn start_as(folder: &Path, port: u16, program: &str, arguments: &[&str], log: &Path) -> Self {
        let log = log.to_owned();
        let file = File::create(&log).expect("a log");
        let child = Command::new(find(program))
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(file.try_clone().expect("a log"))
            .stderr(file)
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let server = Self { child, log, port };
        server.wait_for("ready.example", &Seen::Truth);
        server
    }

    /// Waits until a name is seen so; fails with the program's log.
    pub(crate) fn wait_for(&self, name: &str, expected: &Seen) {
        let start = Instant::now();
        loop {
            let seen = ask(self.port, name);
            if seen == *expected {
                return;
            }
            let log = || std::fs::read_to_string(&self.log).unwrap_or_default();
            assert!(start.elapsed() < PATIENCE, "{name} is seen as {seen:?}, not as {expected:?}\n{}", log());
            std::thread::sleep(PAUSE);
        }
    }

    /// Tells it to load everything anew.
    pub(crate) fn hang_up(&self) {
        run("kill", &["-HUP", &self.child.id().to_string()]);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a program to its end, which must be a good one; returns what it says.
pub(crate) fn run(program: &str, arguments: &[&str]) -> String {
    let output =
        Command::new(find(program)).args(arguments).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    said
}

/// A program of the system, which people who are not root may not have on their path.
fn find(program: &str) -> PathBuf {
    let system = Path::new("/usr/sbin").join(program);
    if system.exists() { system } else { program.into() }
}
