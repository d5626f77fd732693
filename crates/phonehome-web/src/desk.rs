//! The desk: one classifier, the names read so far, and what can be asked about them.

use phonehome::{Classifier, Name};
use phonehome_export::{Asked, Document, Format, Plan, Scope, Settings};
use phonehome_logs::lists::{self, Event, Item, Reader, Skip, SkipReason, Summary};

use crate::facets::Facets;
use crate::filter::{self, Filter};
use crate::groups::{self, Domains, Folding, Heading};
use crate::heap::{Heap, Seen};
use crate::knowledge::Knowledge;
use crate::row::{Line, Row};
use crate::search::{self, Found};
use crate::told::{About, Corrected, DeskError, ExportWish, Info, Reading};

/// Most different names that are kept.
pub(crate) const MOST_NAMES: usize = 2_000_000;

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
    knowledge: Knowledge,
    heap: Heap,
    domains: Domains,
    /// Those of the last view.
    headings: Vec<Heading>,
    /// Lines of the lists that were read.
    lines: u64,
    open: Option<Open>,
}

impl Desk {
    /// A desk with the built-in knowledge.
    ///
    /// # Errors
    /// The built-in knowledge is damaged.
    pub fn new() -> Result<Self, DeskError> {
        let knowledge = Knowledge::default();
        Ok(Self {
            classifier: knowledge.open()?,
            knowledge,
            heap: Heap::default(),
            domains: Domains::default(),
            headings: Vec::new(),
            lines: 0,
            open: None,
        })
    }

    /// The short answers for lines of text, 32 octets each.
    pub fn classify_lines(&self, text: &str) -> Vec<u8> {
        self.classifier.classify_lines(text.as_bytes(), 0).flat_map(|brief| brief.to_bytes()).collect()
    }

    /// For lines of text, which of them a list of the user's covers: 1, else 0. The membership test alone, for large lists.
    pub fn listed_lines(&self, text: &str) -> Vec<u8> {
        self.classifier.listed_lines(text.as_bytes()).map(u8::from).collect()
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
        self.lines = self.lines.saturating_add(lines);
        Reading { lines, names: items, skipped, ..reading }
    }

    fn take(&mut self, event: Event<'_>, reading: &mut Reading) {
        match event {
            Event::Item(Item { name, line, .. }) => {
                if !self.add(&name, line) {
                    reading.dropped += 1;
                }
            }
            Event::Skip(Skip { line, reason }) => {
                reading.first_skip.get_or_insert_with(|| (line, SkipReason::to_string(&reason)));
            }
        }
    }

    fn add(&mut self, text: &[u8], line: u64) -> bool {
        if self.heap.len() >= MOST_NAMES {
            return false;
        }
        let line = u32::try_from(self.lines.saturating_add(line)).unwrap_or(u32::MAX);
        let Self { heap, classifier, .. } = self;
        match Name::parse(text) {
            Ok(name) if name.is_plain() => heap.add(name.as_bytes(), line, || classifier.classify_name(&name, 0)),
            Ok(name) => heap.add(name.to_string().as_bytes(), line, || classifier.classify_name(&name, 0)),
            Err(_) => {
                let shown = classifier.explain(text, 0).name;
                heap.add(shown.as_bytes(), line, || classifier.classify(text, 0))
            }
        }
    }

    /// Forgets all names.
    pub fn clear(&mut self) {
        (self.heap, self.domains) = (Heap::default(), Domains::default());
        self.headings.clear();
        self.lines = 0;
        self.open = None;
    }

    /// Counts over all names, and of those that fit.
    pub fn facets(&self, filter: &Filter) -> Facets {
        Facets::of(&self.heap, &self.classifier, filter)
    }

    /// The lines that fit, in order: numbers for [`Desk::lines`].
    pub fn view(&mut self, filter: &Filter) -> Vec<u32> {
        let rows = filter::rows(&self.heap, &self.classifier, filter);
        self.domains.update(&self.heap, &self.classifier);
        // Whoever looks for something sees all of it.
        let all_open = filter.narrows();
        let folding = Folding { grouping: filter.group, open: &filter.open, all_open };
        let view = groups::fold(rows, &self.heap, &self.domains, folding);
        self.headings = view.headings;
        view.lines
    }

    /// Lines of the last view, in words.
    pub fn lines(&self, numbers: &[u32]) -> Vec<Line> {
        numbers.iter().filter_map(|number| self.line(*number)).collect()
    }

    fn line(&self, number: u32) -> Option<Line> {
        match groups::Line::from_number(number) {
            groups::Line::Heading(number) => Some(Line::Heading(self.headings.get(number as usize)?.clone())),
            groups::Line::Name(id, below) => {
                self.heap.brief(id as usize)?;
                let answer = self.classifier.explain(self.heap.name(id as usize), 0);
                Some(Line::Name(Row { below, ..Row::new(self.heap.seen(id as usize).count, &answer) }))
            }
        }
    }

    /// What can be said of a name beside its long answer.
    pub fn about(&self, name: &str) -> About {
        let Seen { count, first, last } =
            self.heap.find(name.as_bytes()).map(|row| self.heap.seen(row)).unwrap_or_default();
        let parsed = Name::parse(name.as_bytes()).ok();
        let domain = parsed.and_then(|name| self.classifier.registrable(&name)).unwrap_or_default();
        let vendor =
            |id: &str| self.classifier.vendors().find(|vendor| vendor.id == id).map(|vendor| vendor.name.to_owned());
        let facts = self.classifier.explain(name.as_bytes(), 0).facts(&vendor);
        let facts = facts.into_iter().map(|(label, text)| (label.to_owned(), text)).collect();
        About { domain, count, first, last, facts }
    }

    /// Names of the knowledge that hold a text, or whose owner's name does; else what lies under the same registrable name, or is
    /// nearly what was asked. The best `most` of them.
    ///
    /// # Errors
    /// The pack is damaged.
    pub fn search(&self, text: &str, most: usize) -> Result<Found, DeskError> {
        Ok(search::search(&self.classifier, text, most)?)
    }

    /// What answers rest on.
    pub fn info(&self) -> Info {
        self.knowledge.info(&self.classifier)
    }

    /// Takes knowledge or a list from a file that phonehome built, and answers every name anew. What is no such file changes nothing.
    ///
    /// # Errors
    /// What is the matter with it.
    pub fn use_pack(&mut self, bytes: &[u8]) -> Result<Info, DeskError> {
        let (knowledge, classifier) = self.knowledge.with_pack(bytes)?;
        self.rest_on(knowledge, classifier);
        Ok(self.info())
    }

    /// Sets the policy and answers every name anew. A policy with a mistake changes nothing.
    ///
    /// # Errors
    /// The mistake, with line and column.
    pub fn set_policy(&mut self, policy: &str) -> Result<(), DeskError> {
        let (knowledge, classifier) = self.knowledge.with_policy(policy)?;
        self.rest_on(knowledge, classifier);
        Ok(())
    }

    /// Takes corrections, each text a CSV with the columns of the CSV export, and answers every name anew. Rows that nobody can read
    /// are counted; a text without any row, or without the columns, changes nothing.
    ///
    /// # Errors
    /// What a text lacks.
    pub fn set_corrections(&mut self, texts: &[String]) -> Result<Corrected, DeskError> {
        let mut corrected = Corrected::default();
        let mut corrections = Vec::new();
        for text in texts {
            let built = phonehome_pack::corrections(text.as_bytes(), "your corrections")
                .map_err(|error| DeskError::new(error.to_string()))?;
            corrected.skipped += built.iter().map(|overlay| overlay.skipped).max().unwrap_or(0);
            corrected.rules += built.iter().map(|overlay| overlay.rules).sum::<u32>();
            corrections.extend(built.into_iter().map(|overlay| overlay.bytes.into()));
        }
        let (knowledge, classifier) = self.knowledge.with_corrections(corrections)?;
        self.rest_on(knowledge, classifier);
        Ok(corrected)
    }

    fn rest_on(&mut self, knowledge: Knowledge, classifier: Classifier<'static>) {
        (self.knowledge, self.classifier) = (knowledge, classifier);
        // Another base may have another suffix list.
        self.domains = Domains::default();
        let Self { heap, classifier, .. } = self;
        heap.answer_anew(|name| classifier.classify(name, 0));
    }

    /// What the policy blocks of the names, or of the whole base, as a list.
    ///
    /// # Errors
    /// The format's name is none, or the pack is damaged.
    pub fn export(&self, wish: &ExportWish) -> Result<String, DeskError> {
        let format = Format::from_id(&wish.format)
            .ok_or_else(|| DeskError::new(format!("no format is called {:?}", wish.format)))?;
        let asked = if wish.whole_base {
            Asked::whole_base(&self.classifier)?
        } else {
            let mut asked = Asked::new();
            let names = (0..self.heap.len()).filter_map(|row| Name::parse(self.heap.name(row)).ok());
            names.for_each(|name| asked.add(&name, Scope::Exact));
            asked
        };
        let plan = Plan::new(&self.classifier, asked, 0, &mut |_| ())?;
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
