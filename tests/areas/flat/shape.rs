//! The module as a file: what it exports, that it imports nothing, the memory it starts with; and the tables of `ABI.md`.

use std::collections::BTreeMap;

use phonehome::Brief;
use phonehome_tests::flat::{self, Flat, PAGE};
use phonehome_tests::{guests, root};

fn document() -> String {
    std::fs::read_to_string(root("crates/phonehome-abi/ABI.md")).unwrap()
}

/// The functions in the tables of `ABI.md`, each with how many numbers it takes.
fn documented() -> BTreeMap<String, usize> {
    let text = document();
    let cells =
        text.lines().filter_map(|line| line.strip_prefix("| `ph")?.split(" |").next().map(|cell| format!("ph{cell}")));
    let calls = cells.flat_map(|cell| cell.split(", `").map(|call| call.replace('`', "")).collect::<Vec<_>>());
    calls
        .map(|call| match call.strip_suffix(')').and_then(|call| call.split_once('(')) {
            Some((name, "")) => (name.to_owned(), 0),
            Some((name, arguments)) => (name.to_owned(), arguments.split(", ").count()),
            // A function over a column takes the buffer's address and the number of rows.
            None => (call, 2),
        })
        .collect()
}

#[test]
fn nothing_is_imported() {
    assert!(flat::imports().is_empty(), "{:?}", flat::imports());
}

#[test]
fn the_exports_are_those_of_the_document() {
    let mut wanted = documented();
    assert!(wanted.contains_key("ph_platform") && wanted.contains_key("phonehome_json"), "{wanted:?}");
    // Those that ClickHouse's convention demands.
    wanted.extend([("clickhouse_create_buffer".to_owned(), 1), ("clickhouse_destroy_buffer".to_owned(), 1)]);
    let found = flat::functions();
    assert!(
        found.iter().all(|(name, _, results)| (*results == 0) == (name == "clickhouse_destroy_buffer")),
        "{found:?}"
    );
    assert_eq!(found.into_iter().map(|(name, parameters, _)| (name, parameters)).collect::<BTreeMap<_, _>>(), wanted);
}

#[test]
fn the_start_memory_is_a_small_stack_and_the_data() {
    let data = guests::module().len();
    let pages = Flat::new().pages();
    // The data lie in the module, so a stack of 2 pages and the module's size is an upper bound, loose by the code: about 4
    // pages. Without the stack's flag the linker reserves 16 pages instead of 2, which is 14 more and breaks the bound.
    let most = 2 + data.div_ceil(PAGE);
    assert!(pages <= most, "{pages} pages at the start, {most} at most: is the linker's flag for the stack lost?");
    assert!(pages * PAGE > phonehome_data::PACK.len(), "{pages} pages hold no pack");
}

/// The rows of the document's table of fields: offset, octets, field.
fn fields() -> Vec<(usize, usize, String)> {
    let text = std::fs::read_to_string(root("crates/phonehome/src/brief.md")).unwrap();
    assert!(document().contains(&text), "ABI.md shows the library's table");
    let rows = text.lines().skip(2).map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
    rows.map(|cells| {
        let bits: usize = cells[2][1..].parse().unwrap();
        (cells[1].parse().unwrap(), bits / 8, cells[3].trim_matches('`').to_owned())
    })
    .collect()
}

#[test]
fn fields_lie_where_the_table_says() {
    let bytes: [u8; Brief::SIZE] = std::array::from_fn(|at| DISTINCT[at]);
    let brief = Brief::from_bytes(&bytes);
    let mut end = 0;
    for (offset, octets, field) in fields() {
        assert_eq!(offset, end, "{field} follows without a gap");
        end += octets;
        let mut raw = [0; 8];
        raw[..octets].copy_from_slice(&bytes[offset..end]);
        let number = u64::from_le_bytes(raw);
        let read = match field.as_str() {
            "verdict" => brief.verdict().number().into(),
            "confidence" => brief.confidence().into(),
            "action" => match brief.action() {
                phonehome::Action::Allow => 0,
                phonehome::Action::Block(mode) => {
                    1 | u64::from(brief.logged()) << 2 | u64::from(mode.number() + 1) << 3
                }
            },
            "breaks" => {
                let band = brief.band().map_or(0, |band| u64::from(band.number()) + 1);
                u64::from(brief.impact().number()) | u64::from(brief.storm().number()) << 2 | band << 4
            }
            "vendor" => brief.vendor().unwrap().into(),
            "platform" => brief.platform().unwrap().into(),
            "purposes" => brief.purpose_bits().into(),
            "classes" => brief.class_bits().into(),
            "reasons" => brief.reason_bits(),
            "score" => brief.score().unwrap().cast_unsigned().into(),
            "risks" => brief.risk_bits().into(),
            "first_purpose" => brief.first_purpose().unwrap().number().into(),
            "entry" => brief.entry().unwrap().into(),
            _ => panic!("{field} is a new field"),
        };
        assert_eq!(read, number, "{field} at {offset}");
    }
    assert_eq!(end, Brief::SIZE);
}

/// A brief with another value in every field: risky; 77; block, logged, nodata; breaks, likely, raised; and first purpose 9.
const DISTINCT: [u8; Brief::SIZE] = [
    3, 77, 0b01_1101, 0b10_1011, 0x11, 0x01, 0x12, 0x02, 0x21, 0x22, 0x23, 0x04, 0x31, 0x32, 0x33, 0x05, 0x41, 0x42,
    0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x51, 0xfe, 0x61, 9, 0x71, 0x72, 0x73, 0x74,
];

#[test]
fn a_host_reads_the_first_octets_by_the_table() {
    // What the document's first example asks, read as a host would: a legitimate name of Tuya's device cloud.
    let (mut flat, handle) = super::opened();
    let bytes = flat.classify(handle, b"a1.tuyaeu.com", 0).unwrap();
    let vendor = i32::from(u16::from_le_bytes([bytes[4], bytes[5]]));
    assert_eq!(bytes[0], 1);
    assert_eq!(flat.said("ph_vendor", &[handle, vendor]).unwrap(), "tuya");
}
