//! Devices that are treated apart, from a plain text: an address and what to do, one device a line.

use std::fmt;
use std::net::IpAddr;

/// A client or a network of clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The address; of a network, its first.
    pub address: IpAddr,
    /// Bits of the address that count.
    pub prefix: u8,
    /// Whether everything it asks is blocked; else nothing is.
    pub is_blocked: bool,
    /// What the line says behind `#`.
    pub note: String,
}

/// The devices of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Devices(pub Vec<Device>);

/// A line that says nothing about a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceError {
    /// From 1.
    pub line: usize,
    /// What was expected, and what stands there.
    pub problem: String,
}

impl fmt::Display for DeviceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

impl std::error::Error for DeviceError {}

/// Most devices of a text.
const MAX_DEVICES: usize = 65_536;

impl Devices {
    /// Reads `ADDRESS[/PREFIX] exempt|block  # note`, one device a line.
    ///
    /// # Errors
    /// [`DeviceError`] with the first line that says something else.
    pub fn parse(text: &str) -> Result<Self, DeviceError> {
        let mut devices = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let (rule, note) = line.split_once('#').unwrap_or((line, ""));
            if rule.trim().is_empty() {
                continue;
            }
            let error = |problem| DeviceError { line: number + 1, problem };
            if devices.len() == MAX_DEVICES {
                return Err(error(format!("more than {MAX_DEVICES} devices")));
            }
            devices.push(device(rule, note.trim()).map_err(error)?);
        }
        Ok(Self(devices))
    }
}

fn device(rule: &str, note: &str) -> Result<Device, String> {
    let mut words = rule.split_whitespace();
    let (Some(network), Some(treatment), None) = (words.next(), words.next(), words.next()) else {
        return Err("expected an address and `exempt` or `block`".to_owned());
    };
    let is_blocked = match treatment {
        "exempt" => false,
        "block" => true,
        other => return Err(format!("expected `exempt` or `block`, got {other:?}")),
    };
    let (address, prefix) = network.split_once('/').map_or((network, None), |(address, bits)| (address, Some(bits)));
    let address: IpAddr = address.parse().map_err(|_| format!("expected an IP address, got {address:?}"))?;
    let bits = if address.is_ipv4() { 32 } else { 128 };
    let prefix = match prefix.map(str::parse::<u8>) {
        None => bits,
        Some(Ok(prefix)) if (1..=bits).contains(&prefix) => prefix,
        Some(_) => return Err(format!("expected a prefix from 1 to {bits} in {network:?}")),
    };
    if first_address(address, prefix) != address {
        return Err(format!(
            "{network:?} has bits behind its prefix: the network begins at {}",
            first_address(address, prefix)
        ));
    }
    Ok(Device { address, prefix, is_blocked, note: note.to_owned() })
}

/// The address with the bits behind the prefix cleared: servers refuse others.
fn first_address(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4((u32::from(address) & mask).into())
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6((u128::from(address) & mask).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_address_and_what_to_do() {
        let text = "# living room\n192.0.2.7 exempt # TV\n\n192.0.2.128/25 block\n2001:db8::/64 exempt\n";
        let devices = Devices::parse(text).unwrap().0;
        let seen: Vec<_> =
            devices.iter().map(|d| (d.address.to_string(), d.prefix, d.is_blocked, d.note.as_str())).collect();
        let expected = [("192.0.2.7", 32, false, "TV"), ("192.0.2.128", 25, true, ""), ("2001:db8::", 64, false, "")];
        assert!(seen.iter().map(|(a, p, b, n)| (a.as_str(), *p, *b, *n)).eq(expected), "{seen:?}");
    }

    #[test]
    fn other_lines_are_refused_with_their_number() {
        for line in [
            "192.0.2.7",
            "tv exempt",
            "192.0.2.7 allow",
            "192.0.2.7/33 block",
            "192.0.2.7/24 block",
            "::/0 block",
            "1 2 3",
        ] {
            let error = Devices::parse(&format!("# head\n{line}\n")).unwrap_err();
            assert_eq!(error.line, 2, "{line}");
        }
    }
}
