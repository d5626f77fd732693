//! JSON, written in one place so that every surface returns the same bytes. Fields that do not apply are null or empty, never
//! absent; text is ASCII, other characters are escaped.

use std::fmt::Write;

use crate::brief::Action;
use crate::classifier::Classifier;
use crate::codes::{Class, Purpose};
use crate::explanation::{BreaksView, EvidenceView, Explanation, ListView, OwnerView, ReasonView};
use crate::pack::{EntryView, SourceView};

/// Writes one value after the other; commas are set where they belong.
#[derive(Debug, Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn comma(&mut self) {
        if !self.text.ends_with(['{', '[', ':']) && !self.text.is_empty() {
            self.text.push(',');
        }
    }

    fn key(&mut self, key: &str) -> &mut Self {
        self.comma();
        self.quoted(key);
        self.text.push(':');
        self
    }

    fn string(&mut self, value: &str) {
        self.comma();
        self.quoted(value);
    }

    /// A string, or null for an empty one.
    fn text_or_null(&mut self, value: &str) {
        if value.is_empty() { self.null() } else { self.string(value) }
    }

    fn quoted(&mut self, value: &str) {
        self.text.push('"');
        for letter in value.chars() {
            match letter {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                ' '..='~' => self.text.push(letter),
                _ => {
                    for unit in letter.encode_utf16(&mut [0; 2]) {
                        // Writing to a String does not fail.
                        let _ = write!(self.text, "\\u{unit:04x}");
                    }
                }
            }
        }
        self.text.push('"');
    }

    fn number(&mut self, value: impl Into<i64>) {
        self.comma();
        let _ = write!(self.text, "{}", value.into());
    }

    fn null(&mut self) {
        self.comma();
        self.text.push_str("null");
    }

    fn object(&mut self, fill: impl FnOnce(&mut Self)) {
        self.comma();
        self.text.push('{');
        fill(self);
        self.text.push('}');
    }

    fn array<T>(&mut self, items: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut Self, T)) {
        self.comma();
        self.text.push('[');
        for item in items {
            each(self, item);
        }
        self.text.push(']');
    }

    fn strings<'t>(&mut self, items: impl IntoIterator<Item = &'t str>) {
        self.array(items, |writer, item| writer.string(item));
    }

    fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }
}

/// One object for a name: the format of `classify --format jsonl` and `explain`.
pub(crate) fn explanation(answer: &Explanation<'_>) -> String {
    let brief = &answer.brief;
    let basis = if brief.is_inferred() { "inferred" } else { "stated" };
    let mut writer = Writer::default();
    writer.object(|out| {
        out.key("name").string(&answer.name);
        out.key("verdict").string(brief.verdict().id());
        out.key("confidence").number(brief.confidence());
        out.key("vendor").optional(answer.vendor, vendor);
        out.key("platform").optional(answer.platform, platform);
        out.key("classes").strings(answer.classes.iter().map(|class| class.id()));
        out.key("region").optional(answer.region.id(), Writer::string);
        out.key("purposes").array(&answer.purposes, |out, purpose| purpose_object(out, *purpose, basis));
        out.key("risk").array(&answer.risks, |out, risk| out.string(risk.risk.id()));
        out.key("breaks").optional(answer.breaks.as_ref(), |out, breaks| breaks_object(out, answer, breaks));
        out.key("advice").string(answer.advice.id());
        out.key("advice_text").string(&answer.advice_text);
        out.key("reasons").array(&answer.reasons, reason);
        out.key("score").optional(brief.score(), Writer::number);
        out.key("band").optional(brief.band(), |out, band| out.string(band.id()));
        out.key("action").string(brief.action().id());
        let mode = if let Action::Block(mode) = brief.action() { Some(mode) } else { None };
        out.key("answer").optional(mode, |out, mode| out.string(mode.id()));
        out.key("lists").array(&answer.lists, list);
        out.key("match").optional(answer.matched, |out, matched| {
            out.object(|out| {
                out.key("kind").string(matched.kind);
                out.key("value").string(matched.value);
            });
        });
        out.key("evidence").array(&answer.evidence, evidence);
    });
    writer.text
}

fn vendor(out: &mut Writer, owner: OwnerView<'_>) {
    out.object(|out| {
        out.key("id").string(owner.id);
        out.key("name").string(owner.name);
        out.key("parent").optional(owner.parent, Writer::string);
    });
}

fn platform(out: &mut Writer, owner: OwnerView<'_>) {
    out.object(|out| {
        out.key("id").string(owner.id);
        out.key("name").string(owner.name);
    });
}

fn purpose_object(out: &mut Writer, purpose: Purpose, basis: &str) {
    out.object(|out| {
        out.key("id").string(purpose.id());
        out.key("basis").string(basis);
    });
}

fn breaks_object(out: &mut Writer, answer: &Explanation<'_>, breaks: &BreaksView<'_>) {
    out.object(|out| {
        out.key("impact").string(answer.brief.impact().id());
        out.key("function").text_or_null(breaks.function);
        out.key("devices").text_or_null(breaks.devices);
        out.key("keeps").text_or_null(breaks.keeps);
        out.key("answers").strings(breaks.answers.iter().map(|mode| mode.id()));
        out.key("when").text_or_null(breaks.when);
        out.key("retry_storm").string(answer.brief.storm().id());
        out.key("remedy").text_or_null(breaks.remedy);
        out.key("source").optional(breaks.source, |out, source| out.string(source.id));
    });
}

fn reason(out: &mut Writer, reason: &ReasonView) {
    out.object(|out| {
        out.key("code").string(reason.code.id());
        out.key("values").object(|out| {
            for (key, value) in &reason.values {
                out.key(key).string(value);
            }
        });
        out.key("text").string(&reason.text);
    });
}

fn list(out: &mut Writer, list: &ListView) {
    out.object(|out| {
        out.key("list").string(&list.list);
        out.key("kind").string(list.kind.id());
        out.key("vendor").text_or_null(&list.vendor);
        out.key("purpose").optional(list.purpose, |out, purpose| out.string(purpose.id()));
        out.key("note").text_or_null(&list.note);
    });
}

fn evidence(out: &mut Writer, item: &EvidenceView<'_>) {
    evidence_object(out, item.source, item.kind.id(), item.date);
}

fn evidence_object(out: &mut Writer, source: SourceView<'_>, kind: &str, date: &str) {
    out.object(|out| {
        out.key("source").string(source.id);
        out.key("title").string(source.title);
        out.key("url").text_or_null(source.url);
        out.key("kind").string(kind);
        out.key("date").string(date);
    });
}

/// A number YYYYMMDD as a date, null for 0.
fn date(out: &mut Writer, number: u32) {
    let text = format!("{:04}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100);
    out.text_or_null(if number == 0 { "" } else { &text });
}

/// A size in bytes; none comes near the limit of the type.
fn size(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

impl Classifier<'_> {
    /// One JSON object of facts on what is open: release, base pack, overlays, number of policies.
    pub fn info_json(&self) -> String {
        let info = self.info();
        let mut writer = Writer::default();
        writer.object(|out| {
            out.key("release").string(env!("CARGO_PKG_VERSION"));
            out.key("version").string(info.version);
            date(out.key("date"), info.date);
            out.key("suffix_version").text_or_null(info.suffix_version);
            let counts = [
                ("suffix_rules", info.suffix_rules),
                ("entries", info.entries),
                ("patterns", info.patterns),
                ("vendors", info.vendors),
                ("platforms", info.platforms),
                ("sources", info.sources),
                ("impacts", info.impacts),
            ];
            for (key, count) in counts {
                out.key(key).number(count);
            }
            out.key("size").number(size(info.size));
            out.key("checksum").string(&format!("{:016x}", info.checksum));
            out.key("overlays").array(self.overlay_infos(), |out, overlay| {
                out.object(|out| {
                    out.key("name").string(&overlay.name);
                    out.key("kind").string(overlay.kind.id());
                    out.key("rules").number(overlay.rules);
                    out.key("skipped").number(overlay.skipped);
                    date(out.key("date"), overlay.date);
                    out.key("size").number(size(overlay.size));
                });
            });
            out.key("policies").number(size(self.policies().len()));
        });
        writer.text
    }

    /// One JSON object for an entry of the base: the format of `kb export --format jsonl`.
    pub fn entry_json(&self, entry: &EntryView<'_>) -> String {
        let (brief, detail) = (&entry.brief, &entry.detail);
        let (vendor_view, platform_view) = self.entry_owner(entry);
        let mut writer = Writer::default();
        writer.object(|out| {
            out.key("id").string(detail.id);
            out.key("match").object(|out| {
                out.key("kind").string(entry.kind.id());
                out.key("value").string(detail.value);
            });
            out.key("verdict").string(brief.verdict().id());
            out.key("confidence").number(brief.confidence());
            out.key("vendor").optional(vendor_view, vendor);
            out.key("platform").optional(platform_view, platform);
            out.key("brands").strings(detail.brands.iter().copied());
            out.key("classes")
                .strings(Class::ALL.iter().filter(|class| brief.has_class(**class)).map(|class| class.id()));
            out.key("region").optional(entry.region.id(), Writer::string);
            out.key("purposes").array(&detail.purposes, |out, purpose| purpose_object(out, *purpose, "stated"));
            out.key("contacted_by").text_or_null(detail.contacted_by);
            out.key("party").text_or_null(detail.party);
            out.key("risk").array(&detail.risks, |out, (risk, _)| out.string(risk.id()));
            out.key("breaks").object(|out| {
                let breaks = &detail.breaks;
                out.key("impact").string(brief.impact().id());
                out.key("function").text_or_null(breaks.function);
                out.key("devices").text_or_null(breaks.devices);
                out.key("keeps").text_or_null(breaks.keeps);
                out.key("answers").strings(breaks.answers.iter().map(|mode| mode.id()));
                out.key("when").text_or_null(breaks.when);
                out.key("retry_storm").string(brief.storm().id());
                out.key("remedy").text_or_null(breaks.remedy);
                let source = breaks.source.checked_sub(1).and_then(|number| self.base.source(number));
                out.key("source").optional(source, |out, source| out.string(source.id));
            });
            out.key("period_s").optional((detail.period > 0).then_some(detail.period), Writer::number);
            out.key("status").string(detail.status);
            out.key("first_seen").text_or_null(detail.first_seen);
            out.key("last_seen").text_or_null(detail.last_seen);
            out.key("evidence").array(&detail.evidence, |out, item| {
                if let Some(source) = self.base.source(item.source) {
                    evidence_object(out, source, item.kind.id(), item.date);
                }
            });
        });
        writer.text
    }
}
