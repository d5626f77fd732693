//! Single calls of the library, by criterion. The comparison with other engines is `cargo dev report speed`.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark stops where it fails; criterion's macros carry no docs"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use phonehome::{Classifier, Name};
use phonehome_benches::packs;
use phonehome_benches::workload::{STREAM, Workload};

const KNOWN: &[u8] = b"device-metrics-us.amazon.com";
const UNKNOWN: &[u8] = b"static.7.some-shop.co.uk";

fn calls(criterion: &mut Criterion) {
    let classifier = Classifier::builtin();
    let (known, unknown) = (Name::parse(KNOWN).unwrap(), Name::parse(UNKNOWN).unwrap());
    assert!(classifier.lookup(&known).is_some() && classifier.lookup(&unknown).is_none());
    criterion.bench_function("parse", |bench| bench.iter(|| Name::parse(black_box(KNOWN))));
    criterion.bench_function("lookup/known", |bench| bench.iter(|| classifier.lookup(black_box(&known))));
    criterion.bench_function("lookup/unknown", |bench| bench.iter(|| classifier.lookup(black_box(&unknown))));
    criterion.bench_function("classify/known", |bench| bench.iter(|| classifier.classify(black_box(KNOWN), 0)));
    criterion.bench_function("classify/unknown", |bench| bench.iter(|| classifier.classify(black_box(UNKNOWN), 0)));
    criterion.bench_function("explain", |bench| bench.iter(|| classifier.explain(black_box(KNOWN), 0)));
    criterion.bench_function("open", |bench| bench.iter(Classifier::builtin));
}

fn stream(criterion: &mut Criterion) {
    let workload = Workload::new(None).unwrap();
    let names: Vec<&[u8]> = workload.stream.blocks().flat_map(|block| block.names()).collect();
    let overlay = packs::overlay(&workload.rules(100_000)).unwrap();
    let (builtin, listed) = (Classifier::builtin(), packs::with_overlay(&overlay).unwrap());
    let mut group = criterion.benchmark_group("stream");
    group.sample_size(10).throughput(Throughput::Elements(STREAM as u64));
    group.bench_function("classify", |bench| {
        bench.iter(|| names.iter().filter(|name| builtin.classify(name, 0).entry().is_some()).count());
    });
    group.bench_function("overlay of 100,000", |bench| {
        bench.iter(|| {
            let parsed = names.iter().filter_map(|name| Name::parse(name).ok());
            parsed.filter(|name| listed.overlay_covers(0, name)).count()
        });
    });
    group.finish();
}

criterion_group!(benches, calls, stream);
criterion_main!(benches);
