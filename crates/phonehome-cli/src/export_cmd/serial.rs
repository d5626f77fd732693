//! Serial numbers of zones. A server that sees no larger one keeps what it has.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::Path;

use crate::date::Date;
use crate::error::Error;

/// Today's date and two zeros: the custom of RFC 1912, 2.2.
pub(super) fn of_today() -> u32 {
    Date::today().number() * 100
}

/// The number given, else one above that of the zone file to be replaced, and never below today's.
pub(super) fn next(path: &Path, given: Option<u32>) -> Result<u32, Error> {
    let file = match (given, File::open(path)) {
        (Some(given), _) => return Ok(given),
        (None, Ok(file)) => BufReader::new(file),
        (None, Err(error)) if error.kind() == ErrorKind::NotFound => return Ok(of_today()),
        (None, Err(error)) => return Err(Error::file(path, error)),
    };
    let old = file.lines().map_while(Result::ok).find_map(|line| serial_of(&line));
    Ok(old.map_or_else(of_today, |old| after(old, of_today())))
}

/// The number after the old one in the arithmetic of RFC 1982, where numbers begin anew after the largest.
fn after(old: u32, today: u32) -> u32 {
    let is_ahead = today.wrapping_sub(old) < 1 << 31 && today != old;
    if is_ahead { today } else { old.wrapping_add(1) }
}

/// The serial number of a line as phonehome writes it: `@ IN SOA mname rname serial ...`.
fn serial_of(line: &str) -> Option<u32> {
    let mut words = line.split_whitespace();
    words.by_ref().find(|word| *word == "SOA")?;
    words.nth(2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_rises() {
        assert_eq!(
            serial_of("@ IN SOA localhost. hostmaster.localhost. 2026112500 3600 600 604800 300"),
            Some(2_026_112_500)
        );
        assert_eq!(serial_of("@ IN NS localhost."), None);
        assert_eq!(after(2_026_112_400, 2_026_112_500), 2_026_112_500);
        assert_eq!(after(2_026_112_500, 2_026_112_500), 2_026_112_501);
        assert_eq!(after(2_026_112_777, 2_026_112_500), 2_026_112_778);
        assert_eq!(after(u32::MAX, 2_026_112_500), 2_026_112_500, "numbers begin anew");
    }
}
