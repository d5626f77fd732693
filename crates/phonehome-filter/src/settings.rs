//! The configuration of a plugin: JSON, whose schema is the structures of this file. `host-harness/envoy/README.md` tells it to people.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use phonehome::{Classifier, NamedPack};
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

/// What a plugin is to do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where names come from.
    #[serde(rename = "use")]
    pub usage: Use,
    /// Whether the policy is acted on.
    #[serde(default)]
    pub mode: Mode,
    /// What becomes of what cannot be read.
    #[serde(default)]
    pub fail: Fail,
    /// What is blocked; without one nothing is.
    #[serde(default)]
    pub policy: Policy,
    /// Operators' lists.
    #[serde(default)]
    pub overlays: Vec<Overlay>,
    /// With `sni`: the cluster that gets blocked connections, instead of closing them.
    pub sinkhole: Option<String>,
    /// With `doh` and `authority`: the response header that tells what is known of the name.
    pub response_header: Option<String>,
    /// The queue that decisions go to, or come from.
    pub events: Option<Events>,
}

/// Where names come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Questions of DNS over HTTPS.
    Doh,
    /// Questions of DNS over TCP and TLS.
    DnsTcp,
    /// The server's name in a TLS handshake.
    Sni,
    /// The host of a request to a forward proxy.
    Authority,
    /// The queue of other plugins' decisions.
    Events,
}

impl Use {
    /// As it stands in configurations and metrics.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Doh => "doh",
            Self::DnsTcp => "dns_tcp",
            Self::Sni => "sni",
            Self::Authority => "authority",
            Self::Events => "events",
        }
    }
}

/// Whether the policy is acted on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Only told.
    #[default]
    Observe,
    /// Done.
    Enforce,
}

/// What becomes of what cannot be read, where the mode is to enforce.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fail {
    /// It passes.
    #[default]
    Open,
    /// It is refused.
    Closed,
}

/// A policy.
#[derive(Debug, PartialEq, Eq)]
pub enum Policy {
    /// One that has a name.
    Named(String),
    /// Its lines.
    Lines(Vec<String>),
}

impl Default for Policy {
    fn default() -> Self {
        Self::Lines(Vec::new())
    }
}

impl Policy {
    /// The key of a line, from 1.
    fn place(&self, line: u32) -> String {
        match self {
            Self::Lines(_) => format!("policy[{}]", line.saturating_sub(1)),
            Self::Named(_) => "policy".to_owned(),
        }
    }

    /// Whether nothing is said.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Lines(lines) if lines.is_empty())
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => write!(f, "policy {name}"),
            Self::Lines(lines) => write!(f, "policy of {} lines", lines.len()),
        }
    }
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameOrLines;
        impl<'de> Visitor<'de> for NameOrLines {
            type Value = Policy;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a policy's name, or an array of its lines")
            }

            fn visit_str<E>(self, name: &str) -> Result<Policy, E> {
                Ok(Policy::Named(name.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut lines: A) -> Result<Policy, A::Error> {
                let mut all = Vec::new();
                while let Some(line) = lines.next_element()? {
                    all.push(line);
                }
                Ok(Policy::Lines(all))
            }
        }
        deserializer.deserialize_any(NameOrLines)
    }
}

/// An operator's list that `phonehome overlay build` made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// What it is called; without it, its own name.
    pub name: Option<String>,
    /// The file's octets in base64.
    pub base64: Option<String>,
    /// The name of one that is inside the module.
    pub embedded: Option<String>,
}

/// The queue of decisions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// The queue's name.
    pub queue: String,
    /// The `vm_id` of the plugin that reads it.
    pub vm_id: Option<String>,
    /// Whether clients' addresses are told.
    #[serde(default)]
    pub clients: bool,
}

/// What lies inside the module beside the knowledge.
#[derive(Clone, Copy, Debug, Default)]
pub struct Embedded {
    /// Policies by name.
    pub policies: &'static [(&'static str, &'static str)],
    /// Overlays by name.
    pub overlays: &'static [(&'static str, &'static [u8])],
}

/// Why a configuration cannot be used: where, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// The key, such as `overlays[0].base64`; `None` for the whole.
    pub path: Option<String>,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "configuration, at {path}: {}", self.problem),
            None => write!(f, "configuration: {}", self.problem),
        }
    }
}

impl std::error::Error for SettingsError {}

fn wrong<T>(path: impl Into<String>, problem: impl fmt::Display) -> Result<T, SettingsError> {
    Err(SettingsError { path: Some(path.into()), problem: problem.to_string() })
}

fn unusable<T>(problem: impl fmt::Display) -> Result<T, SettingsError> {
    Err(SettingsError { path: None, problem: problem.to_string() })
}

impl Settings {
    /// Reads a configuration.
    ///
    /// # Errors
    /// [`SettingsError`] tells the key that is unknown, missing, or has a value it may not have.
    pub fn parse(json: &[u8]) -> Result<Self, SettingsError> {
        let mut deserializer = serde_json::Deserializer::from_slice(json);
        let settings: Self =
            serde_path_to_error::deserialize(&mut deserializer).or_else(|error| match error.path().to_string() {
                // Nothing that can be named: the whole, or no JSON.
                path if matches!(path.as_str(), "." | "?") => unusable(error.inner()),
                path => wrong(path, error.inner()),
            })?;
        deserializer.end().or_else(unusable)?;
        settings.check()?;
        Ok(settings)
    }

    /// What the structure alone cannot say.
    fn check(&self) -> Result<(), SettingsError> {
        let is = |usages: &[Use]| usages.contains(&self.usage);
        if self.sinkhole.is_some() && !is(&[Use::Sni]) {
            return wrong("sinkhole", "only with \"use\": \"sni\"");
        }
        if let Some(header) = &self.response_header {
            if !is(&[Use::Doh, Use::Authority]) {
                return wrong("response_header", "only with \"use\": \"doh\" or \"authority\"");
            }
            let is_token = |octet: u8| octet.is_ascii_lowercase() || octet.is_ascii_digit() || octet == b'-';
            if header.is_empty() || !header.bytes().all(is_token) {
                return wrong("response_header", "lower-case letters, digits and hyphens make a header's name");
            }
        }
        match &self.events {
            None if is(&[Use::Events]) => wrong("events", "missing: it names the queue to read"),
            Some(events) if !is(&[Use::Events]) && events.vm_id.is_none() => {
                wrong("events.vm_id", "missing: the vm_id of the plugin that reads the queue")
            }
            _ => Ok(()),
        }
    }

    /// Opens the classifier that they describe.
    ///
    /// # Errors
    /// [`SettingsError`] names what does not open, with the policy's line and column.
    pub(crate) fn classifier(&self, embedded: &Embedded) -> Result<Classifier<'static>, SettingsError> {
        let overlays = self.overlays.iter().enumerate().map(|(n, overlay)| overlay.open(n, embedded));
        let overlays = overlays.collect::<Result<Vec<_>, _>>()?;
        let policy = match &self.policy {
            Policy::Lines(lines) => Cow::Owned(lines.join("\n")),
            Policy::Named(name) => match embedded.policies.iter().find(|(known, _)| known == name) {
                Some((_, text)) => Cow::Borrowed(*text),
                None => {
                    let known: Vec<&str> = embedded.policies.iter().map(|(name, _)| *name).collect();
                    return wrong("policy", format_args!("there is no policy {name:?} but {}", known.join(", ")));
                }
            },
        };
        Classifier::builtin_with(overlays, &[&policy]).or_else(|error| match error {
            phonehome::OpenError::Policy(_, error) => wrong(self.policy.place(error.line), error),
            phonehome::OpenError::Overlay(n, error) => wrong(format!("overlays[{n}]"), error),
            error => unusable(error),
        })
    }
}

impl Overlay {
    fn open(&self, number: usize, embedded: &Embedded) -> Result<NamedPack<'static>, SettingsError> {
        let bytes = match (&self.base64, &self.embedded) {
            (Some(text), None) => match STANDARD.decode(text) {
                Ok(bytes) => Cow::Owned(bytes),
                Err(error) => return wrong(format!("overlays[{number}].base64"), error),
            },
            (None, Some(name)) => match embedded.overlays.iter().find(|(known, _)| known == name) {
                Some((_, bytes)) => Cow::Borrowed(*bytes),
                None => {
                    let problem = format_args!("this module has no overlay {name:?} inside").to_string();
                    return wrong(format!("overlays[{number}].embedded"), problem);
                }
            },
            _ => return wrong(format!("overlays[{number}]"), "has either \"base64\" or \"embedded\""),
        };
        let name = self.name.clone().or_else(|| self.embedded.clone());
        Ok(NamedPack { name, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> String {
        let opened = Settings::parse(json.as_bytes()).and_then(|settings| {
            let policies = &[("gentle", "block purpose=tracking\n")];
            settings.classifier(&Embedded { policies, overlays: &[] }).map(|_| ())
        });
        opened.unwrap_err().to_string()
    }

    #[test]
    fn what_is_usual() {
        let settings = Settings::parse(br#"{"use": "doh"}"#).unwrap();
        assert_eq!((settings.usage, settings.mode, settings.fail), (Use::Doh, Mode::Observe, Fail::Open));
        assert!(settings.classifier(&Embedded::default()).is_ok());
    }

    #[test]
    fn errors_name_the_place() {
        let cases = [
            ("", "configuration: EOF"),
            ("[]", "configuration: invalid length"),
            ("{}", "configuration: missing field `use`"),
            (r#"{"use": "doh"} x"#, "configuration: trailing characters"),
            (r#"{"use": "dns"}"#, "at use: unknown variant `dns`, expected one of `doh`"),
            (r#"{"use": "doh", "polcy": []}"#, "at polcy: unknown field `polcy`, expected one of"),
            (r#"{"use": "doh", "policy": 7}"#, "at policy: invalid type: integer `7`, expected a policy's name"),
            (r#"{"use": "doh", "policy": ["", "block purpos=x"]}"#, "at policy[1]: line 2, column 7: expected"),
            (r#"{"use": "doh", "policy": "strict"}"#, "at policy: there is no policy \"strict\" but gentle"),
            (r#"{"use": "doh", "overlays": [{"base64": "!"}]}"#, "at overlays[0].base64: Invalid"),
            (r#"{"use": "doh", "overlays": [{"base64": "AAAA"}]}"#, "at overlays[0]: "),
            (r#"{"use": "doh", "overlays": [{"name": "x"}]}"#, "at overlays[0]: has either"),
            (r#"{"use": "doh", "overlays": [{"embedded": "x"}]}"#, "at overlays[0].embedded: this module has no"),
            (r#"{"use": "doh", "sinkhole": "x"}"#, "at sinkhole: only with"),
            (r#"{"use": "sni", "response_header": "x"}"#, "at response_header: only with"),
            (r#"{"use": "doh", "response_header": "X y"}"#, "at response_header: lower-case"),
            (r#"{"use": "events"}"#, "at events: missing"),
            (r#"{"use": "sni", "events": {"queue": "q"}}"#, "at events.vm_id: missing"),
        ];
        for (json, expected) in cases {
            let told = error(json);
            assert!(told.contains(expected), "{json}: {told}");
        }
    }
}
