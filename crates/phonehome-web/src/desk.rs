//! The desk: one classifier, the names read so far, and what can be asked about them.

use phonehome::{Action, Classifier, Impact, Name, NamedPack, OpenError, PolicyError};
use phonehome_export::{Asked, Document, Format, Plan, Scope, Settings};
use phonehome_logs::lists::{self, Event, Item, Reader, Skip, SkipReason, Summary};
use serde::{Deserialize, Serialize};

use crate::facets::{self, Facets, Filter};
use crate::heap::Heap;
use crate::row::Row;

/// Most different names that are kept.
pub(crate) const MOST_NAMES: usize = 2_000_000;

/// Why something could not be done, in words, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeskError {
    /// What is the matter.
    pub message: String,
    /// Line of a policy, from 1.
    pub line: Option<u32>,
    /// Column of a policy in characters, from 1.
    pub column: Option<u32>,
}

impl DeskError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), line: None, column: None }
    }

    fn policy(error: &PolicyError) -> Self {
        let message = format!("expected {}, got {:?}", error.expected, error.got);
        Self { message, line: Some(error.line), column: Some(error.column) }
    }
}

impl From<OpenError> for DeskError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Policy(_, error) => Self::policy(&error),
            other => Self::new(other.to_string()),
        }
    }
}

/// What a list gave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// What the list was taken for.
    pub format: String,
    /// Lines.
    pub lines: u64,
    /// Names.
    pub names: u64,
    /// Lines that were not kept.
    pub skipped: u64,
    /// The first of them, and why.
    pub first_skip: Option<(u64, String)>,
    /// Names that found no room.
    pub dropped: u64,
}

/// What a policy would do to the names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WouldBlock {
    /// Different names.
    pub names: u32,
    /// Those that would be blocked.
    pub blocked: u32,
    /// Of these, those that break something.
    pub breaks: u32,
    /// Of these, those that make something worse.
    pub degrades: u32,
    /// Of these, those that nobody has tested.
    pub untested: u32,
}

/// What corrections came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Corrected {
    /// Rules of all kinds.
    pub rules: u32,
    /// Rows that nobody can read.
    pub skipped: u64,
}

/// What to export.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct ExportWish {
    /// The format's name.
    pub format: String,
    /// The zone's name.
    pub zone: String,
    /// The zone's serial number.
    pub serial: u32,
    /// What the policy is called.
    pub policy: String,
    /// Everything that the knowledge holds, instead of the names read.
    pub whole_base: bool,
}

impl Default for ExportWish {
    fn default() -> Self {
        let Settings { policy, zone, serial, .. } = Settings::default();
        Self { format: "hosts".to_owned(), zone, serial, policy, whole_base: false }
    }
}

/// A list that is being read.
#[derive(Debug)]
struct Open {
    reader: Reader,
    reading: Reading,
}

/// Everything behind a page.
#[derive(Debug)]
pub struct Desk {
    classifier: Classifier<'static>,
    /// A pack of the user's own.
    pack: Option<Vec<u8>>,
    policy: String,
    /// Overlays made of the user's corrections.
    overlays: Vec<Vec<u8>>,
    heap: Heap,
    open: Option<Open>,
}

impl Desk {
    /// A desk with the built-in knowledge, or a pack of the user's.
    ///
    /// # Errors
    /// What is the matter with the pack.
    pub fn new(pack: Option<Vec<u8>>) -> Result<Self, DeskError> {
        let classifier = classifier(pack.as_deref(), &[], "")?;
        let (policy, overlays) = (String::new(), Vec::new());
        Ok(Self { classifier, pack, policy, overlays, heap: Heap::default(), open: None })
    }

    /// The classifier.
    pub fn classifier(&self) -> &Classifier<'static> {
        &self.classifier
    }

    /// The short answers for lines of text, 32 octets each.
    pub fn classify_lines(&self, text: &str) -> Vec<u8> {
        self.classifier.classify_lines(text.as_bytes(), 0).flat_map(|brief| brief.to_bytes()).collect()
    }

    /// The long answer as the JSON object that every surface hands out.
    pub fn explain_json(&self, name: &str) -> String {
        self.classifier.explain(name.as_bytes(), 0).to_json()
    }

    /// Begins a list; what it is, is told from its first bytes unless said.
    ///
    /// # Errors
    /// The format's name is none.
    pub fn begin(&mut self, head: &[u8], format: Option<&str>) -> Result<(), DeskError> {
        let format = match format {
            None => lists::sniff(head),
            Some(id) => {
                lists::Format::from_id(id).ok_or_else(|| DeskError::new(format!("no list format is called {id:?}")))?
            }
        };
        let reading = Reading { format: format.id().to_owned(), ..Reading::default() };
        self.open = Some(Open { reader: Reader::new(format), reading });
        Ok(())
    }

    /// Takes the next piece of the list.
    pub fn feed(&mut self, piece: &[u8]) {
        if let Some(mut open) = self.open.take() {
            let Open { reader, reading } = &mut open;
            reader.feed(piece, &mut |event| self.take(event, reading));
            self.open = Some(open);
        }
    }

    /// Ends the list, also before its end.
    pub fn finish(&mut self) -> Reading {
        let Some(Open { reader, mut reading }) = self.open.take() else { return Reading::default() };
        let Summary { lines, items, skipped, .. } = reader.finish(&mut |event| self.take(event, &mut reading));
        Reading { lines, names: items, skipped, ..reading }
    }

    fn take(&mut self, event: Event<'_>, reading: &mut Reading) {
        match event {
            Event::Item(Item { name, .. }) => {
                if !self.add(&name) {
                    reading.dropped += 1;
                }
            }
            Event::Skip(Skip { line, reason }) => {
                reading.first_skip.get_or_insert_with(|| (line, SkipReason::to_string(&reason)));
            }
        }
    }

    fn add(&mut self, text: &[u8]) -> bool {
        if self.heap.len() >= MOST_NAMES {
            return false;
        }
        let Self { heap, classifier, .. } = self;
        match Name::parse(text) {
            Ok(name) if name.is_plain() => heap.add(name.as_bytes(), || classifier.classify_name(&name, 0)),
            Ok(name) => heap.add(name.to_string().as_bytes(), || classifier.classify_name(&name, 0)),
            Err(_) => {
                let shown = classifier.explain(text, 0).name;
                heap.add(shown.as_bytes(), || classifier.classify(text, 0))
            }
        }
    }

    /// Forgets all names.
    pub fn clear(&mut self) {
        self.heap = Heap::default();
        self.open = None;
    }

    /// Counts over all names.
    pub fn facets(&self) -> Facets {
        Facets::of(&self.heap, &self.classifier)
    }

    /// The rows that fit, in order.
    pub fn view(&self, filter: &Filter) -> Vec<u32> {
        facets::view(&self.heap, &self.classifier, filter)
    }

    /// Rows in words.
    pub fn rows(&self, ids: &[u32]) -> Vec<Row> {
        let row = |id: &u32| {
            let name = self.heap.name(*id as usize);
            let answer = self.classifier.explain(name, 0);
            Row::new(*id, self.heap.count(*id as usize), &answer)
        };
        ids.iter().filter(|id| (**id as usize) < self.heap.len()).map(row).collect()
    }

    /// Names of the knowledge that hold a text, or whose owner's name does: those that begin with it first. A name with a dot finds
    /// what lies below it.
    ///
    /// # Errors
    /// The pack is damaged.
    pub fn search(&self, text: &str, most: usize) -> Result<Vec<Row>, DeskError> {
        let text = text.trim().to_ascii_lowercase();
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let names = self.classifier.entry_names().map_err(|error| DeskError::new(error.to_string()))?;
        let mut found: Vec<(u8, String)> = Vec::new();
        for name in names.into_iter().map(|(name, _)| name.to_string()) {
            let by_name = name.find(&text);
            let rank = match by_name {
                Some(0) => 0,
                Some(at) if name.as_bytes().get(at - 1) == Some(&b'.') => 1,
                Some(_) => 2,
                None if self.owner_of(&name).to_ascii_lowercase().contains(&text) => 3,
                None => continue,
            };
            found.push((rank, name));
        }
        found.sort();
        found.truncate(most);
        let row = |(_, name): &(u8, String)| Row::new(u32::MAX, 0, &self.classifier.explain(name.as_bytes(), 0));
        Ok(found.iter().map(row).collect())
    }

    /// Whose a name is, in the name people know.
    fn owner_of(&self, name: &str) -> &str {
        let brief = self.classifier.classify(name.as_bytes(), 0);
        let vendor = brief.vendor().and_then(|vendor| self.classifier.vendor(vendor));
        let owner = vendor.or_else(|| brief.platform().and_then(|platform| self.classifier.platform(platform)));
        owner.map_or("", |owner| owner.name)
    }

    /// Sets the policy and answers every name anew. A policy with a mistake changes nothing.
    ///
    /// # Errors
    /// The mistake, with line and column.
    pub fn set_policy(&mut self, policy: &str) -> Result<WouldBlock, DeskError> {
        self.classifier = classifier(self.pack.as_deref(), &self.overlays, policy)?;
        policy.clone_into(&mut self.policy);
        self.answer_anew();
        Ok(self.would_block())
    }

    /// Takes corrections, each text a CSV with the columns of the CSV export, and answers every name anew. Rows that nobody can read
    /// are counted; a text without any row, or without the columns, changes nothing.
    ///
    /// # Errors
    /// What a text lacks.
    pub fn set_corrections(&mut self, texts: &[String]) -> Result<Corrected, DeskError> {
        let mut corrected = Corrected::default();
        let mut overlays = Vec::new();
        for text in texts {
            let built = phonehome_pack::corrections(text.as_bytes(), "your corrections")
                .map_err(|error| DeskError::new(error.to_string()))?;
            corrected.skipped += built.iter().map(|overlay| overlay.skipped).max().unwrap_or(0);
            corrected.rules += built.iter().map(|overlay| overlay.rules).sum::<u32>();
            overlays.extend(built.into_iter().map(|overlay| overlay.bytes));
        }
        self.classifier = classifier(self.pack.as_deref(), &overlays, &self.policy)?;
        self.overlays = overlays;
        self.answer_anew();
        Ok(corrected)
    }

    fn answer_anew(&mut self) {
        let Self { heap, classifier, .. } = self;
        heap.answer_anew(|name| classifier.classify(name, 0));
    }

    fn would_block(&self) -> WouldBlock {
        let mut sums =
            WouldBlock { names: u32::try_from(self.heap.len()).unwrap_or(u32::MAX), ..WouldBlock::default() };
        let briefs = (0..self.heap.len()).filter_map(|row| self.heap.brief(row));
        for brief in briefs.filter(|brief| brief.action() != Action::Allow) {
            sums.blocked += 1;
            match brief.impact() {
                Impact::Breaks => sums.breaks += 1,
                Impact::Degraded => sums.degrades += 1,
                Impact::Unknown => sums.untested += 1,
                Impact::None => {}
            }
        }
        sums
    }

    /// What the policy blocks of the names, or of the whole base, as a list.
    ///
    /// # Errors
    /// The format's name is none, or the pack is damaged.
    pub fn export(&self, wish: &ExportWish) -> Result<String, DeskError> {
        let format = Format::from_id(&wish.format)
            .ok_or_else(|| DeskError::new(format!("no format is called {:?}", wish.format)))?;
        let damaged = |error: phonehome::OrderedError| DeskError::new(error.to_string());
        let asked = if wish.whole_base {
            Asked::whole_base(&self.classifier).map_err(damaged)?
        } else {
            let mut asked = Asked::new();
            let names = (0..self.heap.len()).filter_map(|row| Name::parse(self.heap.name(row)).ok());
            names.for_each(|name| asked.add(&name, Scope::Exact));
            asked
        };
        let plan = Plan::new(&self.classifier, asked, 0, &mut |_| ()).map_err(damaged)?;
        let settings = Settings {
            policy: wish.policy.clone(),
            zone: wish.zone.clone(),
            serial: wish.serial,
            ..Settings::default()
        };
        let mut text = String::new();
        Document::new(&self.classifier, &plan, format, &settings)
            .write(&mut text, &mut |_| ())
            .map_err(|_| DeskError::new("the list could not be written"))?;
        Ok(text)
    }
}

fn classifier(pack: Option<&[u8]>, overlays: &[Vec<u8>], policy: &str) -> Result<Classifier<'static>, DeskError> {
    let named = |bytes: &Vec<u8>| NamedPack { name: None, bytes: bytes.clone().into() };
    let overlays = overlays.iter().map(named).collect();
    Ok(match pack {
        Some(bytes) => Classifier::open(bytes.to_vec().into(), overlays, &[policy])?,
        None => Classifier::builtin_with(overlays, &[policy])?,
    })
}
