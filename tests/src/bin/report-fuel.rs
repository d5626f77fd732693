//! Prints the fuel report, which `cargo dev report fuel` keeps.

use std::io::Write;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(phonehome_tests::fuel::report().as_bytes())
}
