//! A million rules: asked, decided, written in each format, by criterion.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark stops where it fails; criterion's macros carry no docs"
)]

use std::fmt;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use phonehome::{Classifier, Name};
use phonehome_benches::workload::Workload;
use phonehome_export::{Asked, Document, Format, Plan, Scope, Settings};

const RULES: usize = 1_000_000;

/// Takes text and keeps its length.
struct Sink(usize);

impl fmt::Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

fn million(criterion: &mut Criterion) {
    let policy = "block verdict=unknown,legitimate,shared,risky,suspicious";
    let classifier = Classifier::builtin_with(Vec::new(), &[policy]).unwrap();
    let rules = Workload::new(None).unwrap().rules(RULES);
    let names: Vec<Name> = rules.iter().filter_map(|rule| Name::parse(rule.as_bytes()).ok()).collect();
    let ask = || {
        let mut asked = Asked::new();
        names.iter().for_each(|name| asked.add(name, Scope::Exact));
        asked
    };
    let plan = Plan::new(&classifier, ask(), 0, &mut |_| ()).unwrap();
    let settings = Settings::default();
    let mut group = criterion.benchmark_group("a million rules");
    group.sample_size(10).throughput(Throughput::Elements(names.len() as u64));
    group.bench_function("ask", |bench| bench.iter(|| ask().len()));
    group.bench_function("decide", |bench| {
        let decide = |asked| Plan::new(&classifier, asked, 0, &mut |_| ()).unwrap().allowed;
        bench.iter_batched(ask, decide, BatchSize::PerIteration);
    });
    for format in Format::ALL {
        group.bench_function(format!("write {}", format.id()), |bench| {
            bench.iter(|| {
                let mut sink = Sink(0);
                let document = Document::new(&classifier, &plan, *format, &settings);
                document.write(&mut sink, &mut |_| ()).unwrap();
                sink.0
            });
        });
    }
    group.finish();
}

criterion_group!(benches, million);
criterion_main!(benches);
