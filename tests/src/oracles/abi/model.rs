//! What each call of the interface must do, by the library and a list of handles.

use phonehome::{Classifier, MAX_POLICY, NamedPack, OpenError};
use phonehome_abi::{Code, MAX_HANDLES};

use super::named;

/// The input buffer is never smaller once it is there.
const LEAST_INPUT: usize = 4096;
/// Most octets of a list's name.
const MAX_LIST_NAME: usize = 255;

/// Everything that a host can know.
#[derive(Default)]
pub(super) struct Model {
    input: Vec<u8>,
    /// Every handle that was handed out, in order.
    pub(super) handles: Vec<(i32, State)>,
}

pub(super) enum State {
    Parts(Parts),
    Open(Box<Classifier<'static>>),
    Closed,
}

#[derive(Default)]
pub(super) struct Parts {
    base: Option<Vec<u8>>,
    overlays: Vec<NamedPack<'static>>,
    policies: Vec<String>,
}

/// The number and, where there is one, the output; or the codes of which one is right.
type Wanted = Result<(i32, Option<Vec<u8>>), Vec<Code>>;

impl Default for State {
    fn default() -> Self {
        Self::Parts(Parts::default())
    }
}

impl Model {
    pub(super) fn is_full(&self) -> bool {
        self.handles.iter().filter(|(_, state)| !matches!(state, State::Closed)).count() == MAX_HANDLES
    }

    pub(super) fn write(&mut self, bytes: &[u8]) {
        let len = bytes.len().max(LEAST_INPUT).max(self.input.len());
        self.input.resize(len, 0);
        self.input[..bytes.len()].copy_from_slice(bytes);
    }

    /// What a call must return; the model then stands where the module does.
    pub(super) fn call(&mut self, export: &str, arguments: &[i32]) -> Wanted {
        let (&handle, rest) = arguments.split_first().expect("a handle");
        let input = &mut self.input;
        let text = |len: i32| usize::try_from(len).ok().and_then(|len| input.get(..len)).map(<[u8]>::to_vec);
        let state = self.handles.iter_mut().find(|(known, _)| *known == handle).map(|(_, state)| state);
        match (export, state, rest) {
            ("ph_close", Some(state @ (State::Parts(_) | State::Open(_))), []) => {
                *state = State::Closed;
                Ok((0, None))
            }
            ("ph_open", Some(state @ State::Parts(_)), []) => state.open(),
            ("ph_base", Some(State::Parts(parts)), &[len]) => {
                parts.base = Some(text(len).ok_or_else(length)?);
                input.clear();
                Ok((0, None))
            }
            ("ph_overlay", Some(State::Parts(parts)), &[name_len, len]) => {
                let bytes = text(len).ok_or_else(length)?;
                let name_len = usize::try_from(name_len).map_err(|_| length())?;
                if name_len > MAX_LIST_NAME.min(bytes.len()) {
                    return Err(length());
                }
                parts.overlays.push(named(&bytes, name_len));
                input.clear();
                Ok((parts.overlays.len() as i32 - 1, None))
            }
            ("ph_policy", Some(State::Parts(parts)), &[len]) => {
                let text = text(len).filter(|text| text.len() <= MAX_POLICY).ok_or_else(length)?;
                parts.policies.push(String::from_utf8_lossy(&text).into_owned());
                Ok((parts.policies.len() as i32 - 1, None))
            }
            ("ph_info", Some(State::Open(classifier)), []) => said(classifier.info_json()),
            ("ph_vendor" | "ph_platform", Some(State::Open(classifier)), &[number]) => {
                let number = u16::try_from(number).map_err(|_| vec![Code::Number])?;
                let owner = if export == "ph_vendor" { classifier.vendor(number) } else { classifier.platform(number) };
                said(owner.ok_or_else(|| vec![Code::Number])?.id.to_owned())
            }
            ("ph_classify" | "ph_classify_lines" | "ph_explain", Some(State::Open(classifier)), &[len, policy]) => {
                answer(export, classifier, &text(len).ok_or_else(length)?, policy)
            }
            // Which of two mistakes is named first is open.
            _ => Err(vec![Code::Handle, Code::Length]),
        }
    }
}

impl State {
    fn open(&mut self) -> Wanted {
        let Self::Parts(Parts { base, overlays, policies }) = std::mem::replace(self, Self::Closed) else {
            return Err(vec![Code::Handle]);
        };
        let policies: Vec<&str> = policies.iter().map(String::as_str).collect();
        let opened = match base {
            Some(base) => Classifier::open(base.into(), overlays, &policies),
            None => Classifier::builtin_with(overlays, &policies),
        };
        match opened {
            Ok(classifier) => {
                *self = Self::Open(Box::new(classifier));
                Ok((0, None))
            }
            Err(error) => {
                let code = match error {
                    OpenError::Base(_) => Code::Base,
                    OpenError::Overlay(..) => Code::Overlay,
                    _ => Code::Policy,
                };
                Ok((code as i32, Some(error.to_string().into_bytes())))
            }
        }
    }
}

fn answer(export: &str, classifier: &Classifier<'_>, text: &[u8], policy: i32) -> Wanted {
    let policy = usize::try_from(policy).unwrap_or(usize::MAX);
    match export {
        "ph_classify" => Ok((0, Some(classifier.classify(text, policy).to_bytes().to_vec()))),
        "ph_classify_lines" => {
            let briefs: Vec<_> = classifier.classify_lines(text, policy).map(|brief| brief.to_bytes()).collect();
            Ok((briefs.len() as i32, Some(briefs.concat())))
        }
        _ => said(classifier.explain(text, policy).to_json()),
    }
}

fn said(text: String) -> Wanted {
    Ok((text.len() as i32, Some(text.into_bytes())))
}

fn length() -> Vec<Code> {
    vec![Code::Length]
}
