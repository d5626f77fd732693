//! The hosts' part of the report.

use std::fmt::Write as _;

use crate::hosts::{BATCH, Hosts, Limits, Memory, Row};
use crate::measure::{Measured, Spread};
use crate::words::spread;

/// The section on all hosts.
pub(super) fn section(hosts: &Hosts, out: &mut String) {
    let _ = write!(
        out,
        "\n## Whole classify in every host\n\n\
         The same names, the built-in pack, no policy. All hosts in turn as above; wazero and V8 are processes of their own that live for\n\
         the whole run, and their CPU time counts collectors and compilers that run beside. Before the rounds that count every host\n\
         answers all names once. Every round's 32 octets of every answer were those of the library.\n\n\
         - \"a name a call\" copies a name in, calls, copies the answer out. \"lines\" does so for a text of {BATCH} lines;\n  \
         \"packed lines\" take 32 octets an answer instead of a typed record.\n\
         - component: through `phonehome-host` on a lease, its default options (epoch interruption, pool, limit of memory).\n\
         - flat module in wasmtime: `TypedFunc`, epoch interruption on, else the engine's defaults. wazero 1.12.0: compiler,\n  \
         `CallWithStack`, no watching of contexts. V8 (Node): strings, `TextEncoder.encodeInto`.\n\n\
         | host | ns a name | x native | budget | |\n|---|---:|---:|---|---|\n",
    );
    let native = hosts.rows.first().and_then(|row| row.measured.as_ref().ok());
    for row in &hosts.rows {
        line(row, native, out);
    }
    life(hosts, out);
}

fn line(row: &Row, native: Option<&Measured>, out: &mut String) {
    let (measured, native) = match (&row.measured, native) {
        (Ok(measured), Some(native)) => (measured, native),
        (Err(missing), _) => {
            let _ = writeln!(out, "| {} | not measured: {missing} | | {} | |", row.name, budget(row.limits));
            return;
        }
        (Ok(_), None) => return,
    };
    let (time, ratio, above) = (measured.time(), measured.ratio(native), measured.above(native));
    let _ = writeln!(
        out,
        "| {} | {} | {} | {} | {} |",
        row.name,
        spread(time, 0),
        spread(ratio, 2),
        budget(row.limits),
        verdict(row.limits, time, ratio, above)
    );
}

fn budget(limits: Limits) -> String {
    let Limits { ns, above, ratio } = limits;
    let parts = [
        ns.map(|ns| format!("{ns} ns")),
        above.map(|above| format!("native + {above} ns")),
        ratio.map(|ratio| format!("{ratio:.1} x native")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn verdict(limits: Limits, time: Spread, ratio: Spread, above: Spread) -> String {
    let held = [(limits.ns, time, "ns"), (limits.above, above, "ns above native"), (limits.ratio, ratio, "x native")];
    let limited = held.iter().filter_map(|(limit, measured, unit)| Some(((*limit)?, measured.middle, unit)));
    let missed: Vec<String> = limited
        .clone()
        .filter(|(limit, measured, _)| measured > limit)
        .map(|(_, measured, unit)| format!("{measured:.2} {unit}"))
        .collect();
    match (limited.count(), missed.is_empty()) {
        (0, _) => String::new(),
        (_, false) => format!("**missed**: {}", missed.join(", ")),
        _ if limits.above.is_some() => format!("met: native + {:.0} ns", above.middle),
        _ => "met".to_owned(),
    }
}

fn life(hosts: &Hosts, out: &mut String) {
    let life = &hosts.life;
    out.push_str(
        "\nAn embedded component (`phonehome-host`); milliseconds of wall clock, and what one more instance adds to the process.\n\n\
         | what | |\n|---|---:|\n",
    );
    let mut time = |what: &str, time: Spread| {
        let _ = writeln!(out, "| {what} | {} ms |", spread(time, 2));
    };
    time("open: compile, instantiate, open the pack", life.compile);
    time("open: load compiled code from the cache, instantiate, open the pack", life.cached);
    time("one more instance, with the pack inside the component", life.instance);
    time("one more instance, with the pack handed in", life.with_pack);
    time("recover: from a trapped call to the next right answer", life.recover);
    let mut memory = |what: &str, memory: Memory| {
        let _ = writeln!(
            out,
            "| memory of an idle instance, {what} | {:.0} KiB ({:.0} KiB with pages that all instances share) |",
            memory.own / 1024.0,
            memory.resident / 1024.0
        );
    };
    memory("pack inside the component", life.memory);
    memory("pack handed in", life.memory_with_pack);
}
