//! Words that all reports share.

use crate::measure::Spread;

/// Processor and system, as far as the system says.
pub(crate) fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, model)| model));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{}, {threads} hardware threads, {} on {}",
        model.unwrap_or("unknown"),
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

/// `5 (4 to 6)`.
pub(crate) fn spread(spread: Spread, digits: usize) -> String {
    let Spread { middle, least, most } = spread;
    format!("{middle:.digits$} ({least:.digits$} to {most:.digits$})")
}

/// `1,000,000`.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let (first, rest) = digits.split_at(digits.len() % 3);
    let groups = rest.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let first = (!first.is_empty()).then(|| first.to_owned());
    first.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}
