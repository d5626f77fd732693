//! An Envoy to be measured: started, loaded, and read from /proc.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::{envoy, run};

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running Envoy, ended when it is dropped.
pub(super) struct Envoy {
    child: Child,
    port: u16,
    /// From the start to being ready.
    pub(super) started_in: Duration,
}

/// Requests to be sent.
pub(super) struct Load<'l> {
    /// A file with the question.
    pub(super) question: &'l Path,
    pub(super) requests: u32,
    /// The status that every answer has.
    pub(super) status: u16,
}

impl Envoy {
    /// Starts it on a configuration whose name ends in the ports that it listens on.
    pub(super) fn start(configuration: &Path, workers: u32) -> Result<Self> {
        let name = configuration.file_stem().and_then(|name| name.to_str()).context("a file's name")?;
        let mut ports = name.split('-').skip(1).map(str::parse::<u16>);
        let (Some(Ok(admin)), Some(Ok(port))) = (ports.next(), ports.next()) else { bail!("no ports in {name}") };
        let folder = configuration.parent().context("a file lies in a folder")?;
        let log = File::create(configuration.with_extension("log"))?;
        let mut command = run::command(&envoy::program(), &["--disable-hot-restart", "-l", "error"]);
        command.args(["--concurrency", &workers.to_string(), "-c"]).arg(configuration).current_dir(folder);
        let start = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn().context("Envoy")?;
        let mut envoy = Self { child, port, started_in: Duration::ZERO };
        while !is_ready(admin) {
            let has_ended = envoy.child.try_wait()?.is_some();
            ensure!(!has_ended && start.elapsed() < PATIENCE, "Envoy does not start: see the log beside {name}");
            std::thread::sleep(Duration::from_millis(2));
        }
        envoy.started_in = start.elapsed();
        Ok(envoy)
    }

    /// Sends requests; processor time of each in microseconds.
    pub(super) fn load(&mut self, load: &Load<'_>) -> Result<f64> {
        let before = self.processor_time()?;
        let mut h2load = run::command("h2load", &["-c", "4", "-m", "8", "-n", &load.requests.to_string(), "-d"]);
        h2load.arg(load.question).args(["-H", "content-type: application/dns-message"]);
        let told = run::quiet(h2load.arg(format!("http://127.0.0.1:{}/dns-query", self.port)))?;
        let told = String::from_utf8_lossy(&told).into_owned();
        let class = load.status / 100;
        ensure!(
            told.contains(&format!(" {} {class}xx", load.requests)),
            "not every answer has status {}\n{told}",
            load.status
        );
        Ok((self.processor_time()? - before) / f64::from(load.requests))
    }

    /// Processor time of all its threads so far, in microseconds.
    pub(super) fn processor_time(&self) -> Result<f64> {
        let mut total = 0.0;
        for task in fs::read_dir(format!("/proc/{}/task", self.child.id())).context("threads of Envoy")? {
            let text = fs::read_to_string(task?.path().join("schedstat")).context("the kernel's accounting")?;
            let nanoseconds = text.split(' ').next().and_then(|first| first.parse::<f64>().ok());
            total += nanoseconds.context("the kernel's accounting is not as expected")? / 1e3;
        }
        Ok(total)
    }

    /// Resident memory in megabytes.
    pub(super) fn memory(&self) -> Result<f64> {
        let text = fs::read_to_string(format!("/proc/{}/status", self.child.id())).context("memory of Envoy")?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
    }
}

impl Drop for Envoy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_ready(admin: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", admin)) else { return false };
    let mut text = String::new();
    let asked = stream.write_all(b"GET /ready HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    asked.is_ok() && stream.read_to_string(&mut text).is_ok() && text.contains("LIVE")
}

/// Two ports that nobody uses, apart from those of other numbers and below those that clients are given.
pub(super) fn free_ports(number: usize) -> Result<[u16; 2]> {
    const FIRST: usize = 20_000;
    let mut free = (0..500).map(|offset| FIRST + number * 1000 + offset).filter_map(|port| u16::try_from(port).ok());
    let mut next = || free.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).context("no port is free");
    Ok([next()?, next()?])
}
