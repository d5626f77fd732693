//! The learner: `model/fit.py` with its pinned packages, fed and read through files.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::{root, run};

const SCRIPT: &str = "crates/phonehome-dev/model/fit.py";
const REQUIREMENTS: &str = "crates/phonehome-dev/model/requirements.txt";
/// Where the pinned packages lie, below the root.
const PACKAGES: &str = "target/model-python";

/// A folder through which library and learner exchange arrays.
pub(super) struct Learner {
    folder: PathBuf,
}

impl Learner {
    /// Makes the folder empty and the packages ready.
    pub(super) fn new(name: &str) -> Result<Self> {
        let folder = root::path("target").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        packages()?;
        Ok(Self { folder })
    }

    /// Runs a job of the script.
    pub(super) fn run(&self, job: &str) -> Result<()> {
        let mut command = run::command("python3", &[SCRIPT, job]);
        command.arg(&self.folder).env("PYTHONPATH", root::path(PACKAGES));
        // One thread: sums in one order give the same bits every time.
        for variable in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"] {
            command.env(variable, "1");
        }
        run::shown(&mut command)
    }

    pub(super) fn write(&self, file: &str, bytes: impl AsRef<[u8]>) -> Result<()> {
        fs::write(self.folder.join(file), bytes).with_context(|| format!("cannot write {file}"))
    }

    pub(super) fn read(&self, file: &str) -> Result<Vec<u8>> {
        fs::read(self.folder.join(file)).with_context(|| format!("the learner wrote no {file}"))
    }

    pub(super) fn read_signed(&self, file: &str) -> Result<Vec<i8>> {
        Ok(self.read(file)?.into_iter().map(u8::cast_signed).collect())
    }

    pub(super) fn read_words(&self, file: &str) -> Result<Vec<i32>> {
        let bytes = self.read(file)?;
        let (words, rest) = bytes.as_chunks::<4>();
        ensure!(rest.is_empty(), "{file} ends inside a number");
        Ok(words.iter().map(|word| i32::from_le_bytes(*word)).collect())
    }
}

/// Installs the pinned packages into `target/`, once for each list of them.
fn packages() -> Result<()> {
    let wanted = fs::read(root::path(REQUIREMENTS)).with_context(|| format!("cannot read {REQUIREMENTS}"))?;
    let folder = root::path(PACKAGES);
    let stamp = folder.join("installed.txt");
    if fs::read(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    println!("installing the learner's packages into {PACKAGES}");
    let install =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore", "--upgrade"];
    let mut command = run::command("python3", &install);
    run::quiet(command.args(["--target", PACKAGES, "--requirement", REQUIREMENTS]))?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}
