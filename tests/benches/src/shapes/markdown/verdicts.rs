//! Which harmless names the whole answer suspects.

use std::fmt::Write as _;

use phonehome::{Band, Brief, Reason, Verdict};

use super::accuracy;
use crate::shapes::Shapes;
use crate::shapes::accuracy::Flags;
use crate::shapes::sets::SHORT;
use crate::words::thousands;

/// The share of a set that the project allows itself to suspect, in percent, by what its title begins with.
const LIMITS: &[(&str, &str)] = &[
    ("hard_iot_lab", "0.2"),
    ("hard_synth_device", "0"),
    ("hard_idn", "0.2"),
    ("hard_umbrella_hashlike", "1"),
    (SHORT, "0.2"),
];

const LOOKS: [Reason; 4] = [Reason::LookTypo, Reason::LookHomograph, Reason::LookCombo, Reason::LookBrandInSubdomain];

fn is_suspected(brief: &Brief) -> bool {
    brief.verdict() == Verdict::Suspicious
}

fn by_model(brief: &Brief) -> bool {
    is_suspected(brief) && brief.band().is_some_and(|band| band.number() >= Band::Raised.number())
}

fn by_look(brief: &Brief) -> bool {
    is_suspected(brief) && LOOKS.iter().any(|reason| brief.has_reason(*reason))
}

/// The verdict `suspicious` on names that are not machine-made.
pub(super) fn sections(shapes: &Shapes, out: &mut String) {
    let flags = [Flags::of_briefs(&shapes.briefs, by_model), Flags::of_briefs(&shapes.briefs, by_look)];
    let all = Flags::of_briefs(&shapes.briefs, is_suspected);
    out.push_str(
        "\n## The verdict `suspicious` on harmless names\n\nAs `classify` gives it. `hard_` files hold what looks machine-made and is not: ids of devices and clouds, hosts of \
         content networks.\nOf the newly ranked names an unknown part is machine-made, and of the hash-like ones many are domains of unknown purpose.\n\n\
         | names | | by the name model | by a look-alike of a brand | in all, % | limit, % |\n|---|---:|---:|---:|---:|---:|\n",
    );
    let popular = ("popular of ben_test".to_owned(), shapes.sets.popular.clone());
    for (title, rows) in std::iter::once(&popular).chain(&shapes.sets.benign) {
        let [model, look] = flags.each_ref().map(|flags| flags.share(rows.iter().copied()).part);
        let share = accuracy::estimate(all.share(rows.iter().copied()).estimate(), 3);
        let limit = LIMITS.iter().find(|(start, _)| title.starts_with(start)).map_or("", |(_, limit)| limit);
        let _ = writeln!(out, "| {title} | {} | {model} | {look} | {share} | {limit} |", thousands(rows.len()));
    }
    let of_ben_test = flags[1].share(shapes.inputs.rows("ben_test").map(|(row, _)| row));
    let vendors = shapes.briefs.iter().filter(|brief| brief.vendor().is_some());
    let (known, suspected) =
        vendors.fold((0, 0), |(known, suspected), brief| (known + 1, suspected + usize::from(is_suspected(brief))));
    let _ = write!(
        out,
        "\nLook-alikes on all of ben_test: {} of {} names, {} % (limit 0.02 %).\n\
         Names with a known vendor, in all files: {}, of which suspicious: {suspected} (limit 0).\n",
        of_ben_test.part,
        thousands(of_ben_test.whole),
        accuracy::estimate(of_ben_test.estimate(), 4),
        thousands(known),
    );
}
