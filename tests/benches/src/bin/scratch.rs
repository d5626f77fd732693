#![allow(warnings)]
use phonehome_benches::{workload::Workload,packs,engines::{Engine,maps,ours::{Ours,Question}},measure};
use phonehome::Classifier;
fn main(){
    let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let which = std::env::args().nth(2).unwrap_or("all".into());
    let rounds: usize = std::env::args().nth(3).map_or(9, |s| s.parse().unwrap());
    let w = Workload::new(None).unwrap();
    let rules = w.rules(n);
    let ob = packs::overlay(&rules).unwrap();
    let wo = packs::with_overlay(&ob).unwrap();
    let bb = if n<200000 && (which=="all"||which=="base") {Some(packs::base(&rules).unwrap())} else {None};
    let g = bb.as_deref().map(|b| packs::alone(b).unwrap());
    let builtin = Classifier::builtin();
    let mut e: Vec<Box<dyn Engine + '_>> = vec![];
    if which=="all"||which=="fx" { e.push(Box::new(maps::SuffixMap::<rustc_hash::FxBuildHasher>::new("fx",&rules))); }
    if which=="all"||which=="parse" { e.push(Box::new(Ours::new("parse",Question::Parse,&builtin,None))); }
    if which=="all"||which=="overlay" { e.push(Box::new(Ours::new("overlay",Question::Overlay,&wo,None))); }
    if let Some(g)=&g { e.push(Box::new(Ours::new("lookup",Question::Lookup,g,None).with_rules(&rules))); }
    if which=="all"||which=="classify" { e.push(Box::new(Ours::new("classify",Question::Classify,&builtin,None))); }
    let m = measure::run(&mut e,&w.stream,rounds).unwrap();
    for r in &m { println!("{:20} {:6.1} ({:.1}-{:.1}) ratio {:.2} ({:.2}-{:.2})", r.name, r.time().middle, r.time().least,r.time().most, r.ratio(&m[0]).middle,r.ratio(&m[0]).least,r.ratio(&m[0]).most); }
}
