//! The classifier: one base pack, overlays and policies, and the road from bytes to a [`Brief`].

use std::borrow::Cow;

use crate::brief::Brief;
use crate::codes::{OverlayKind, Reason, Risk, Verdict};
use crate::hash::Chain;
use crate::infer;
use crate::lines::Lines;
use crate::name::{self, Name, NameError};
use crate::pack::{Base, Overlay, OverlayInfo, PackError, PackInfo};
use crate::pack::{EntryView, Owner, SourceView};
use crate::policy::{Facts, Policy, PolicyError};
use crate::region::Region;
use crate::shape::{self, Subject};
use crate::suffix::{PublicSuffix, public_suffix};

/// Most overlays of one classifier: hits are kept as bits of one word.
pub const MAX_OVERLAYS: usize = 64;

/// An overlay's bytes and the name to show for it (`None`: the name in the file).
#[derive(Clone, Debug)]
pub struct NamedPack<'a> {
    /// The operator's name for the list.
    pub name: Option<String>,
    /// The overlay.
    pub bytes: Cow<'a, [u8]>,
}

/// Opening a classifier failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenError {
    /// The base pack.
    Base(PackError),
    /// The overlay with this number, from 0.
    Overlay(usize, PackError),
    /// The policy with this number, from 0.
    Policy(usize, PolicyError),
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Base(error) => write!(f, "base pack: {error}"),
            Self::Overlay(number, error) => write!(f, "overlay {}: {error}", number + 1),
            Self::Policy(number, error) => write!(f, "policy {}: {error}", number + 1),
        }
    }
}

impl std::error::Error for OpenError {}

/// Answers for names. Immutable, and cheap to share behind a reference: every call is `&self`.
///
/// ```
/// # #[cfg(feature = "data")] {
/// let classifier = phonehome::Classifier::builtin();
/// let brief = classifier.classify(b"logs.roku.com", 0);
/// assert_eq!(brief.verdict(), phonehome::Verdict::Legitimate);
/// assert!(brief.has_purpose(phonehome::Purpose::Telemetry));
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Classifier<'a> {
    pub(crate) base: Base<'a>,
    pub(crate) overlays: Vec<Overlay<'a>>,
    policies: Vec<Policy>,
}

/// Room for reading one name after the other: see [`Classifier::classify_with`].
#[derive(Clone, Debug)]
pub struct Scratch {
    name: Name,
    chain: Chain,
}

impl Scratch {
    /// Nothing read yet.
    pub const fn new() -> Self {
        Self { name: Name::blank(), chain: Chain::new() }
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

/// A short answer with what a log wants to tell beside it; see [`Classifier::judge`].
#[derive(Clone, Copy, Debug)]
pub struct Judgement {
    /// The short answer.
    pub brief: Brief,
    /// Overlays that cover the name: bit n for the one with number n.
    pub lists: u64,
    /// The line of the policy that decided, from 1.
    pub policy_line: Option<u32>,
}

/// The label of a name that somebody chose, and what it hangs under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChosenLabel<'n> {
    /// The label.
    pub label: &'n [u8],
    /// The name's last label.
    pub top: &'n [u8],
    /// Labels of the suffix that it hangs under.
    pub suffix_labels: usize,
}

/// Everything that one walk finds out about a name: `classify` keeps the brief, `explain` puts the rest into words.
#[derive(Clone, Debug)]
pub(crate) struct Finding<'n> {
    pub(crate) brief: Brief,
    pub(crate) region: Region,
    pub(crate) guess: Option<infer::Guess<'n>>,
    pub(crate) public_suffix: Option<PublicSuffix>,
    /// Overlays that hit, one bit each.
    pub(crate) lists: u64,
    /// Line of the policy that decided, from 1.
    pub(crate) line: Option<u32>,
    /// What was judged by its shape.
    pub(crate) subject: Option<Subject>,
}

impl<'a> Classifier<'a> {
    /// Opens a base pack with overlays and policies.
    ///
    /// # Errors
    /// [`OpenError`] names the part that is at fault, what was expected and what was found.
    pub fn open(base: Cow<'a, [u8]>, overlays: Vec<NamedPack<'a>>, policies: &[&str]) -> Result<Self, OpenError> {
        let base = Base::open(base).map_err(OpenError::Base)?;
        if overlays.len() > MAX_OVERLAYS {
            return Err(OpenError::Overlay(MAX_OVERLAYS, PackError::TooManyOverlays { most: MAX_OVERLAYS }));
        }
        let overlays = overlays
            .into_iter()
            .enumerate()
            .map(|(n, pack)| Overlay::open(pack.bytes, pack.name).map_err(|error| OpenError::Overlay(n, error)))
            .collect::<Result<Vec<_>, _>>()?;
        let mut classifier = Self { base, overlays, policies: Vec::new() };
        for (n, text) in policies.iter().enumerate() {
            let policy = Policy::parse(text, &classifier).map_err(|error| OpenError::Policy(n, error))?;
            classifier.policies.push(policy);
        }
        Ok(classifier)
    }

    /// The short answer for a name in presentation form, under the policy with this number.
    ///
    /// Never fails: what is not a domain name is `unknown` with a reason. A number without a policy means the empty policy,
    /// which allows everything. No allocation; the time is bounded by the length of the name.
    pub fn classify(&self, name: &[u8], policy: usize) -> Brief {
        self.classify_with(&mut Scratch::new(), name, policy)
    }

    /// [`Classifier::classify`] in the room of a caller who has many names: some hundred octets need not be cleared for each.
    #[inline]
    pub fn classify_with(&self, scratch: &mut Scratch, name: &[u8], policy: usize) -> Brief {
        match scratch.name.read(name) {
            Ok(()) => self.find(&scratch.name, policy, &mut scratch.chain).brief,
            Err(error) => Self::not_a_name(error),
        }
    }

    /// One short answer for each line of a text, empty lines too. Lines end with LF; a CR before it is dropped; after a final LF
    /// there is no further line.
    pub fn classify_lines<'t>(&'t self, text: &'t [u8], policy: usize) -> impl Iterator<Item = Brief> + 't {
        let mut scratch = Scratch::new();
        Lines::of(text).map(move |line| self.classify_with(&mut scratch, line, policy))
    }

    /// The short answer for a name already read, such as one from wire form.
    pub fn classify_name(&self, name: &Name, policy: usize) -> Brief {
        self.find(name, policy, &mut Chain::new()).brief
    }

    /// The short answer for a name already read, with the overlays that cover it and the policy's line that decided. As cheap as
    /// [`Classifier::classify_name`].
    pub fn judge(&self, name: &Name, policy: usize) -> Judgement {
        let Finding { brief, lists, line, .. } = self.find(name, policy, &mut Chain::new());
        Judgement { brief, lists, policy_line: line }
    }

    /// The entry that answers for a name, by its number in the base pack: the lookup alone.
    pub fn lookup(&self, name: &Name) -> Option<u32> {
        self.base.lookup(name, &self.base.hashes(name, &mut Chain::new())).map(|hit| hit.entry)
    }

    /// What the name model judges of a name, were no vendor's entry to vouch for it: the label that somebody chose.
    pub fn chosen_label<'n>(&self, name: &'n Name) -> Option<ChosenLabel<'n>> {
        let mut chain = Chain::new();
        let hashes = self.base.hashes(name, &mut chain);
        let entry = self.base.lookup(name, &hashes);
        let child = entry.and_then(|hit| child_of_risky(name, &self.base.entry(hit.entry)?.brief, hit.anchor));
        let subject = child.or_else(|| {
            let suffix = public_suffix(self.base.suffix_table(), &hashes);
            let mut brief = Brief::unknown();
            self.place_unknown(name, suffix, &mut brief);
            own_choice(name, &brief, suffix)
        });
        subject.filter(|subject| subject.is_scored).map(|subject| ChosenLabel {
            label: subject.label(name).1,
            top: shape::top(name),
            suffix_labels: subject.suffix_labels(name),
        })
    }

    /// The name model alone: log-odds in hundredths, as if no vendor's entry covered the name.
    pub fn shape_score(&self, name: &Name) -> Option<i16> {
        let chosen = self.chosen_label(name)?;
        self.base.model()?.score(chosen.label, chosen.top, chosen.suffix_labels).map(|score| score.hundredths)
    }

    /// Whether a rule of the overlay with this number covers a name: the membership test alone.
    pub fn overlay_covers(&self, overlay: usize, name: &Name) -> bool {
        self.overlays.get(overlay).is_some_and(|overlay| overlay.find(name).is_some())
    }

    /// For each line of a text, as in [`Classifier::classify_lines`], whether a rule of any overlay covers the name on it: the
    /// membership test alone.
    pub fn listed_lines<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = bool> + 't {
        let mut scratch = Scratch::new();
        Lines::of(text).map(move |line| {
            let Scratch { name, chain } = &mut scratch;
            name.read(line).is_ok() && self.overlays.iter().any(|overlay| overlay.find_in(name, chain).is_some())
        })
    }

    /// The registrable name (eTLD+1 by the ICANN section), canonical; `None` when the name is itself a public suffix.
    pub fn registrable(&self, name: &Name) -> Option<String> {
        let mut chain = Chain::new();
        let hashes = self.base.hashes(name, &mut chain);
        public_suffix(self.base.suffix_table(), &hashes).registrable.map(|start| name.tail(start))
    }

    pub(crate) fn not_a_name(error: NameError) -> Brief {
        let mut brief = Brief::unknown();
        brief.add_reason(if error == NameError::Address { Reason::NameIp } else { Reason::NameInvalid });
        brief
    }

    /// The walk: base, overlays, policy.
    #[inline]
    pub(crate) fn find<'n>(&self, name: &'n Name, policy: usize, chain: &mut Chain) -> Finding<'n> {
        let mut finding = Finding {
            brief: Brief::unknown(),
            region: Region::NONE,
            guess: None,
            public_suffix: None,
            lists: 0,
            line: None,
            subject: None,
        };
        let hashes = self.base.hashes(name, chain);
        let mut answer = None;
        match self.base.lookup(name, &hashes) {
            Some(hit) => {
                if let Some(entry) = self.base.entry(hit.entry) {
                    finding.brief = entry.brief;
                    finding.region = if hit.region == Region::NONE { entry.region } else { hit.region };
                    answer = entry.answer;
                }
                self.guess(name, hit.anchor, &mut finding);
                finding.subject = child_of_risky(name, &finding.brief, hit.anchor);
            }
            None => {
                let suffix = public_suffix(self.base.suffix_table(), &hashes);
                self.place_unknown(name, suffix, &mut finding.brief);
                finding.public_suffix = Some(suffix);
                finding.subject = own_choice(name, &finding.brief, suffix);
                if let Some(top) = hashes.shortest_first().next()
                    && finding.subject.is_some()
                    && self.base.is_abused(top.hash)
                {
                    finding.brief.add_reason(Reason::SuffixAbusedTld);
                }
            }
        }
        if let Some(subject) = finding.subject {
            shape::judge(&self.base, name, subject, &mut finding.brief);
        }
        if !self.overlays.is_empty() {
            self.consult_overlays(name, &mut finding);
        }
        if let Some(policy) = self.policies.get(policy) {
            let facts = Facts { name, brief: finding.brief, region: finding.region, lists: finding.lists };
            let decision = policy.decide(&facts, answer);
            decision.mark(&mut finding.brief);
            finding.line = decision.line;
        }
        finding
    }

    /// Purposes from words of the name, when a vendor's entry states none.
    #[inline]
    fn guess<'n>(&self, name: &'n Name, anchor: usize, finding: &mut Finding<'n>) {
        let brief = &mut finding.brief;
        if !may_guess(brief) || anchor == 0 {
            return;
        }
        let guess = infer::guess(&self.base, name.as_bytes().get(..anchor).unwrap_or(&[]));
        if finding.region == Region::NONE {
            finding.region = guess.region;
        }
        if let Some(first) = guess.purposes.iter().flatten().next() {
            brief.purposes = guess.purposes.iter().flatten().fold(0, |bits, purpose| bits | 1 << purpose.number());
            brief.first_purpose = first.number();
            brief.confidence = brief.confidence.saturating_sub(INFERRED_LESS);
            brief.add_reason(Reason::KbInferred);
        }
        finding.guess = Some(guess);
    }

    /// The reason why nothing is known.
    fn place_unknown(&self, name: &Name, suffix: PublicSuffix, brief: &mut Brief) {
        if let Some(local) = name::local_suffix(name) {
            brief.add_reason(Reason::NameLocal);
            if self.inner_name(name, local.start).is_some() {
                brief.add_reason(Reason::NameSearchSuffix);
            }
        } else if name::is_reverse(name) {
            brief.add_reason(Reason::NameReverse);
        } else if name.label_count() == 1 && suffix.icann.is_none() {
            brief.add_reason(Reason::NameSingleLabel);
        } else {
            brief.add_reason(if suffix.icann.is_none() {
                Reason::SuffixUnlisted
            } else if suffix.private.is_some() {
                Reason::SuffixPrivate
            } else if suffix.registrable.is_none() {
                Reason::SuffixPublic
            } else {
                Reason::KbNone
            });
        }
    }

    /// The public name to which a client's resolver appended a local search suffix.
    pub(crate) fn inner_name(&self, name: &Name, suffix_start: usize) -> Option<Name> {
        let end = suffix_start.checked_sub(1)?;
        let inner = Name::parse(name.as_bytes().get(..end)?).ok()?;
        let mut chain = Chain::new();
        let hashes = self.base.hashes(&inner, &mut chain);
        public_suffix(self.base.suffix_table(), &hashes).registrable.map(|_| inner)
    }

    fn consult_overlays(&self, name: &Name, finding: &mut Finding<'_>) {
        for (number, overlay) in self.overlays.iter().enumerate() {
            let Some(hit) = overlay.find(name) else { continue };
            let brief = &mut finding.brief;
            match overlay.kind() {
                OverlayKind::Threat => {
                    brief.verdict = Verdict::Malicious.number();
                    brief.confidence = ONE_MAINTAINED_SOURCE;
                }
                // Between lists the first given wins; a base fact is never hidden.
                OverlayKind::Label => {
                    if let Some(label) = overlay.label(hit).filter(|_| !brief.has_reason(Reason::OverlayLabel)) {
                        self.apply_label(label, brief);
                    }
                }
                OverlayKind::Block | OverlayKind::Allow => {}
            }
            brief.add_reason(overlay.kind().reason());
            finding.lists |= 1 << number;
        }
    }

    /// An operator's label speaks where the base is silent: what an entry states stays, and only a guess gives way.
    fn apply_label(&self, label: crate::pack::Label<'_>, brief: &mut Brief) {
        if let Some(purpose) = label.purpose.filter(|_| brief.is_inferred() || brief.purposes == 0) {
            brief.purposes = 1 << purpose.number();
            brief.first_purpose = purpose.number();
            if brief.is_inferred() {
                brief.reasons &= !(1 << Reason::KbInferred.number());
                brief.confidence += INFERRED_LESS;
            }
        }
        if brief.vendor().is_none() {
            let number = self.base.vendors().position(|vendor| vendor.id == label.vendor);
            brief.vendor = number.and_then(|number| u16::try_from(number).ok()).unwrap_or(brief.vendor);
        }
    }

    /// Facts on the base pack.
    pub fn info(&self) -> PackInfo<'_> {
        self.base.info()
    }

    /// Facts on the overlays, in the order given.
    pub fn overlay_infos(&self) -> Vec<OverlayInfo> {
        self.overlays.iter().map(Overlay::info).collect()
    }

    /// The policies, by their numbers.
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// The vendors of the base pack, in the order of their numbers.
    pub fn vendors(&self) -> impl Iterator<Item = Owner<'_>> {
        self.base.vendors()
    }

    /// The platforms of the base pack, in the order of their numbers.
    pub fn platforms(&self) -> impl Iterator<Item = Owner<'_>> {
        self.base.platforms()
    }

    /// The vendor with a number of a [`Brief`] of this classifier.
    pub fn vendor(&self, number: u16) -> Option<Owner<'_>> {
        self.base.vendor(number)
    }

    /// The platform with a number of a [`Brief`] of this classifier.
    pub fn platform(&self, number: u16) -> Option<Owner<'_>> {
        self.base.platform(number)
    }

    /// The sources that the base pack's entries cite.
    pub fn sources(&self) -> impl Iterator<Item = SourceView<'_>> {
        (0..self.info().sources).filter_map(|number| self.base.source(number))
    }

    /// The entries of the base pack, in the order of their numbers.
    pub fn entries(&self) -> impl Iterator<Item = EntryView<'_>> {
        (0..self.base.entry_count()).filter_map(|number| self.base.entry_view(number))
    }
}

/// What is judged of a name that no entry covers: what its owner chose under a public suffix. Under a suffix of the private
/// section (clouds, hosting) machines choose names, so they are compared with brands and not scored.
#[inline]
fn own_choice(name: &Name, brief: &Brief, suffix: PublicSuffix) -> Option<Subject> {
    if brief.has_reason(Reason::SuffixPrivate) {
        return suffix.private.filter(|start| *start > 0).map(|suffix| Subject { suffix, is_scored: false });
    }
    if brief.has_reason(Reason::KbNone) {
        return suffix.icann.map(|suffix| Subject { suffix, is_scored: !is_service(name) });
    }
    // Domain generators use top-level domains outside the DNS of ICANN too (.bit, .bazar).
    let top = name.labels_from_right().next()?.start;
    (brief.has_reason(Reason::SuffixUnlisted) && top > 0).then(|| Subject { suffix: top, is_scored: !is_service(name) })
}

/// Whether a label names a service (RFC 8552): such names follow a protocol, and nobody made them up.
#[inline]
fn is_service(name: &Name) -> bool {
    name.as_bytes().contains(&b'_') && name.labels_from_right().any(|label| label.bytes.starts_with(b"_"))
}

/// Whether purposes below an entry may be guessed from words: a maker's names for which it states none.
#[inline]
pub(crate) fn may_guess(brief: &Brief) -> bool {
    brief.purposes == 0 && brief.vendor().is_some() && brief.verdict == Verdict::Legitimate.number()
}

/// Whether names below an entry are judged by their shape, since anyone may register there.
#[inline]
pub(crate) fn is_open_ground(brief: &Brief) -> bool {
    brief.verdict == Verdict::Risky.number() && brief.vendor().is_none()
}

/// What is judged of a name under an entry: only where anyone may register, and scored only where people choose the names: under
/// a maker's dynamic DNS, whose entry states classes, devices call themselves by their numbers.
#[inline]
fn child_of_risky(name: &Name, brief: &Brief, anchor: usize) -> Option<Subject> {
    (is_open_ground(brief) && anchor > 0).then(|| {
        let is_chosen = brief.has_risk(Risk::DynamicDns) && brief.classes == 0;
        Subject { suffix: anchor, is_scored: is_chosen && !is_service(name) }
    })
}

/// Confidence of one maintained source; a threat list is one.
const ONE_MAINTAINED_SOURCE: u8 = 75;
/// What a guessed purpose costs in confidence.
const INFERRED_LESS: u8 = 20;

#[cfg(feature = "data")]
impl Classifier<'static> {
    /// Opens the knowledge of this release, without overlays and policies.
    ///
    /// # Panics
    /// Never in a release: a test opens the committed pack.
    pub fn builtin() -> Self {
        Self::builtin_with(Vec::new(), &[])
            .unwrap_or_else(|error| unreachable!("the committed pack does not open: {error}"))
    }

    /// Opens the knowledge of this release with overlays and policies.
    ///
    /// # Errors
    /// As [`Classifier::open`].
    pub fn builtin_with(overlays: Vec<NamedPack<'static>>, policies: &[&str]) -> Result<Self, OpenError> {
        Self::open(Cow::Borrowed(phonehome_data::PACK), overlays, policies)
    }
}
