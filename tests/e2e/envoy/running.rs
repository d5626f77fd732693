//! An example of `host-harness/envoy` as it is written, on ports that are free, with a resolver behind it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use phonehome_tests::cli::Folder;
use phonehome_tests::ports::free_port;
use phonehome_tests::root;

/// How long a program may take to start or to notice something, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(20);
/// The ports that the examples and their resolver name.
const PORTS: [u16; 14] =
    [5300, 8054, 9901, 10053, 10080, 10128, 10129, 10443, 10445, 10446, 10447, 10448, 10449, 10853];
/// The line of the examples' policies that blocks, to be replaced by others.
const BLOCK_LINE: &str = "\"block purpose=tracking basis=stated impact!=breaks\",";

/// How an example is changed before it starts.
pub(crate) struct Setup<'s> {
    pub(crate) example: &'s str,
    /// Texts and what stands in their place; each must be there.
    pub(crate) changes: Vec<(String, String)>,
    pub(crate) workers: u32,
}

impl<'s> Setup<'s> {
    pub(crate) fn of(example: &'s str) -> Self {
        Self { example, changes: Vec::new(), workers: 1 }
    }

    /// Puts one text in the place of another.
    pub(crate) fn change(mut self, from: &str, to: &str) -> Self {
        self.changes.push((from.to_owned(), to.to_owned()));
        self
    }

    /// Blocks by these lines instead.
    pub(crate) fn policy(self, lines: &[&str]) -> Self {
        let lines: Vec<String> = lines.iter().map(|line| format!("\"{line}\",")).collect();
        self.change(BLOCK_LINE, &lines.join("\n                        "))
    }

    pub(crate) fn start(self) -> Running {
        Running::start(&self)
    }

    /// What Envoy says where it does not start.
    pub(crate) fn refused(self) -> String {
        let place = Place::of(&self);
        let mut envoy = spawn(&mut envoy(1), &place.example, "envoy");
        let start = Instant::now();
        while envoy.try_wait().unwrap().is_none() {
            if start.elapsed() > PATIENCE {
                let _ = envoy.kill();
                panic!("Envoy starts");
            }
            std::thread::sleep(PAUSE);
        }
        fs::read_to_string(place.example.join("envoy.log")).unwrap()
    }
}

/// Envoy and Unbound, ended with the test.
pub(crate) struct Running {
    pub(crate) folder: Folder,
    pub(crate) example: PathBuf,
    ports: BTreeMap<u16, u16>,
    envoy: Child,
    unbound: Child,
}

impl Running {
    fn start(setup: &Setup<'_>) -> Self {
        let Place { folder, example, ports } = Place::of(setup);
        let mut unbound = Command::new(unbound_program());
        let unbound = spawn(unbound.args(["-d", "-c", "unbound.conf"]), &folder.path(""), "unbound");
        let envoy = spawn(envoy(setup.workers).args(["--file-flush-interval-msec", "50"]), &example, "envoy");
        let mut running = Self { folder, example, ports, envoy, unbound };
        running.wait("Envoy answers", |running| running.admin("/ready").contains("LIVE"));
        running.wait("Unbound answers", |running| {
            let port = running.port(5300).to_string();
            let words = ["+tries=1", "+time=1", "+short", "@127.0.0.1", "-p", &port, "ready.example"];
            run(Command::new("dig").args(words)).contains("127.0.0.1")
        });
        running
    }

    /// The port that stands for one of the examples'.
    pub(crate) fn port(&self, written: u16) -> u16 {
        self.ports[&written]
    }

    /// A text of the examples with the ports of now.
    pub(crate) fn with_ports(&self, text: &str) -> String {
        with_ports(text, &self.ports)
    }

    /// What Envoy and the filter say.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.example.join("envoy.log")).unwrap()
    }

    /// Waits until something holds.
    pub(crate) fn wait(&mut self, what: &str, mut holds: impl FnMut(&mut Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            let ended = self.envoy.try_wait().unwrap();
            assert!(ended.is_none() && start.elapsed() < PATIENCE, "not so: {what} ({ended:?})\n{}", self.log());
            std::thread::sleep(PAUSE);
        }
    }

    /// What Envoy's own interface says, `""` before it is there.
    pub(crate) fn admin(&self, path: &str) -> String {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port(9901))) else { return String::new() };
        let mut text = String::new();
        let _ = stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes());
        let _ = stream.read_to_string(&mut text);
        text
    }

    /// The sum of the metrics whose names have all these parts.
    pub(crate) fn counted(&self, parts: &[&str]) -> u64 {
        let stats = self.admin("/stats");
        let lines = stats.lines().filter(|line| parts.iter().all(|part| line.contains(part)));
        lines.filter_map(|line| line.rsplit_once(": ")?.1.trim().parse::<u64>().ok()).sum()
    }

    /// Asks with dig: the transport's words, a port of the examples, what to ask.
    pub(crate) fn dig(&self, transport: &[&str], port: u16, words: &[&str]) -> String {
        let port = self.port(port).to_string();
        run(Command::new("dig").args(["+tries=1", "+time=5", "@127.0.0.1", "-p", &port]).args(transport).args(words))
    }

    /// The same with kdig.
    pub(crate) fn kdig(&self, transport: &[&str], port: u16, words: &[&str]) -> String {
        let port = self.port(port).to_string();
        run(Command::new("kdig").args(["+retry=0", "+time=5", "@127.0.0.1", "-p", &port]).args(transport).args(words))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for child in [&mut self.envoy, &mut self.unbound] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Everything that an example needs, in a folder of its own.
struct Place {
    folder: Folder,
    example: PathBuf,
    ports: BTreeMap<u16, u16>,
}

impl Place {
    fn of(setup: &Setup<'_>) -> Self {
        let folder = Folder::new();
        let ports: BTreeMap<u16, u16> = PORTS.into_iter().map(|port| (port, free_port())).collect();
        let example = folder.path(setup.example);
        copy(&root("host-harness/envoy").join(setup.example), &example, &ports, &setup.changes);
        let resolver = fs::read_to_string(root("host-harness/envoy/unbound.conf")).unwrap();
        folder.file("unbound.conf", with_ports(&resolver, &ports));
        for module in ["phonehome.wasm", "faults.wasm"] {
            std::os::unix::fs::symlink(root("host-harness/envoy").join(module), folder.path(module)).unwrap();
        }
        certificate(&folder);
        Self { folder, example, ports }
    }
}

/// Envoy with so many workers, on the configuration in the folder that it runs in.
fn envoy(workers: u32) -> Command {
    let mut envoy = Command::new(program());
    envoy.args(["-c", "envoy.yaml", "--disable-hot-restart", "--concurrency", &workers.to_string()]);
    envoy.args(["-l", "warning", "--component-log-level", "wasm:info"]);
    envoy
}

/// Envoy: the one that the environment names, else what `cargo dev setup --envoy` installed, else one on the path.
fn program() -> PathBuf {
    let installed = root("target/envoy/envoy/_bin/envoy");
    match std::env::var_os("ENVOY") {
        Some(program) => program.into(),
        None if installed.exists() => installed,
        None => "envoy".into(),
    }
}

fn unbound_program() -> PathBuf {
    let system = Path::new("/usr/sbin/unbound");
    if system.exists() { system.into() } else { "unbound".into() }
}

fn spawn(command: &mut Command, folder: &Path, name: &str) -> Child {
    let log = File::create(folder.join(format!("{name}.log"))).expect("a log");
    command.current_dir(folder).stdin(Stdio::null()).stdout(log.try_clone().expect("a log")).stderr(log);
    command.spawn().unwrap_or_else(|error| panic!("{name}: {error}; `cargo dev setup --envoy` installs it"))
}

/// Runs a program to its end; what it printed.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

fn with_ports(text: &str, ports: &BTreeMap<u16, u16>) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    // The last character ends a number.
    for character in text.chars().chain(['\n']) {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        match digits.parse().ok().and_then(|port| ports.get(&port)) {
            Some(port) => out.push_str(&port.to_string()),
            None => out.push_str(&digits),
        }
        digits.clear();
        out.push(character);
    }
    out.pop();
    out
}

fn copy(from: &Path, to: &Path, ports: &BTreeMap<u16, u16>, changes: &[(String, String)]) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target, ports, changes);
            continue;
        }
        let mut text = with_ports(&fs::read_to_string(entry.path()).unwrap(), ports);
        if entry.file_name() == "envoy.yaml" {
            for (from, to) in changes {
                assert!(text.contains(from), "{} lacks {from:?}", entry.path().display());
                text = text.replace(from, to);
            }
        }
        fs::write(target, text).unwrap();
    }
}

/// A certificate, as the README says it is made.
fn certificate(folder: &Folder) {
    let readme = fs::read_to_string(root("host-harness/envoy/README.md")).unwrap();
    let line = readme.lines().find(|line| line.starts_with("openssl ")).expect("the README tells how");
    let told = run(Command::new("sh").args(["-c", line]).current_dir(folder.path("")));
    assert!(folder.path("cert.pem").exists(), "{told}");
}
