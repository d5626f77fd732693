//! Writes the seeds of a fuzz target into a folder: `fuzz-seeds TARGET FOLDER`.

use std::path::PathBuf;
use std::{env, fs, io};

use phonehome_tests::oracles;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let (Some(target), Some(folder)) = (arguments.next(), arguments.next().map(PathBuf::from)) else {
        return Err(io::Error::other("usage: fuzz-seeds TARGET FOLDER"));
    };
    let oracle = oracles::ALL.iter().find(|oracle| oracle.name == target);
    let oracle = oracle.ok_or_else(|| io::Error::other(format!("no oracle is called {target}")))?;
    fs::create_dir_all(&folder)?;
    for (number, seed) in (oracle.seeds)().iter().enumerate() {
        fs::write(folder.join(format!("seed-{number}")), seed)?;
    }
    Ok(())
}
