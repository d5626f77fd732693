//! From a policy's text to rules, with line, column and what was expected where it fails.

use super::test::{Field, Test};
use super::{MAX_POLICY, MAX_RULES, Policy, PolicyError, Rule, Verb};
use crate::classifier::Classifier;
use crate::codes::{AnswerMode, Band, Class, Impact, OverlayKind, Purpose, PurposeGroup, Reason, Risk, Storm, Verdict};
use crate::name::Name;
use crate::region::Region;

/// The terms of a condition, as errors list them.
const TERMS: &str = "one of name suffix vendor platform purpose basis class region verdict risk impact retry_storm reason band \
                     confidence list listed answer";

/// A word of a line and where it stands.
#[derive(Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    line: u32,
    column: u32,
}

impl Word<'_> {
    fn error(&self, expected: impl Into<String>) -> PolicyError {
        PolicyError { line: self.line, column: self.column, expected: expected.into(), got: self.text.to_owned() }
    }
}

/// How a condition compares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Is,
    IsNot,
    AtLeast,
}

impl Policy {
    /// Reads a policy against the vendors, platforms and overlays of a classifier.
    ///
    /// # Errors
    /// [`PolicyError`] with line, column, what was expected and what stands there.
    pub fn parse(text: &str, classifier: &Classifier<'_>) -> Result<Self, PolicyError> {
        if text.len() > MAX_POLICY {
            let got = format!("{} bytes", text.len());
            return Err(PolicyError { line: 1, column: 1, expected: format!("at most {MAX_POLICY} bytes"), got });
        }
        let mut rules = Vec::new();
        for (line, number) in text.lines().zip(1..) {
            let words = words(line, number);
            let Some((verb, conditions)) = words.split_first() else { continue };
            if rules.len() == MAX_RULES {
                return Err(verb.error(format!("at most {MAX_RULES} rules")));
            }
            rules.push(rule(*verb, conditions, classifier)?);
        }
        Ok(Self { rules })
    }
}

/// The words before a comment.
fn words(line: &str, number: u32) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (column, (at, letter)) in (1..).zip(line.char_indices().chain([(line.len(), ' ')])) {
        let starts_comment = letter == '#' && start.is_none();
        match (letter.is_whitespace(), start) {
            (true, Some((from, column))) => {
                words.push(Word { text: line.get(from..at).unwrap_or(""), line: number, column });
                start = None;
            }
            (false, None) if !starts_comment => start = Some((at, column)),
            _ => {}
        }
        if starts_comment {
            break;
        }
    }
    words
}

fn rule(verb: Word<'_>, conditions: &[Word<'_>], classifier: &Classifier<'_>) -> Result<Rule, PolicyError> {
    let kind = match verb.text {
        "allow" => Verb::Allow,
        "block" => Verb::Block,
        "log" => Verb::Log,
        _ => return Err(verb.error("allow, block or log")),
    };
    let mut rule = Rule { line: verb.line, verb: kind, tests: Vec::new(), answer: None };
    for word in conditions {
        let (term, operator, values) = split(*word)?;
        if term.text == "answer" {
            if kind != Verb::Block || operator != Operator::Is || rule.answer.is_some() {
                return Err(word.error("answer= once, in a block rule"));
            }
            let known = AnswerMode::ALL.iter().map(|mode| mode.id()).collect::<Vec<_>>().join(" ");
            rule.answer =
                Some(AnswerMode::from_id(values.text).ok_or_else(|| values.error(format!("one of {known}")))?);
        } else {
            rule.tests.push(test(term, operator, values, classifier)?);
        }
    }
    Ok(rule)
}

/// `term=values`, `term!=values` or `term>=value`.
fn split(word: Word<'_>) -> Result<(Word<'_>, Operator, Word<'_>), PolicyError> {
    let at = word.text.find('=').ok_or_else(|| word.error("TERM=VALUE, TERM!=VALUE or TERM>=VALUE"))?;
    let (left, right) = (word.text.get(..at).unwrap_or(""), word.text.get(at + 1..).unwrap_or(""));
    let (term, operator) = match (left.strip_suffix('!'), left.strip_suffix('>')) {
        (Some(term), _) => (term, Operator::IsNot),
        (_, Some(term)) => (term, Operator::AtLeast),
        _ => (left, Operator::Is),
    };
    let column = word.column + u32::try_from(left.chars().count()).unwrap_or(0) + 1;
    let values = Word { text: right, line: word.line, column };
    if right.is_empty() {
        return Err(word.error(format!("a value behind {left}=")));
    }
    Ok((Word { text: term, ..word }, operator, values))
}

/// The values between commas, each with its own column.
fn each<'t>(values: Word<'t>) -> impl Iterator<Item = Word<'t>> {
    let mut column = values.column;
    values.text.split(',').map(move |text| {
        let word = Word { text, column, ..values };
        column += u32::try_from(text.chars().count()).unwrap_or(0) + 1;
        word
    })
}

fn test(
    term: Word<'_>,
    operator: Operator,
    values: Word<'_>,
    classifier: &Classifier<'_>,
) -> Result<Test, PolicyError> {
    if operator == Operator::AtLeast {
        return match term.text {
            "confidence" => Ok(Test::ConfidenceAtLeast(percent(values)?)),
            "band" => Ok(Test::BandAtLeast(code(values, Band::ALL, Band::id)?)),
            _ => Err(term.error("confidence or band before >=")),
        };
    }
    let wanted = operator == Operator::Is;
    let field = match term.text {
        "name" => return Ok(Test::Name(wanted, names(values)?)),
        "suffix" => return Ok(Test::Suffix(wanted, names(values)?)),
        "vendor" => return Ok(Test::Vendor(wanted, vendors(values, classifier)?)),
        "platform" => return Ok(Test::Platform(wanted, platforms(values, classifier)?)),
        "region" => return Ok(Test::Region(wanted, regions(values)?)),
        "list" => return Ok(Test::List(wanted, lists(values, classifier)?)),
        "confidence" => return Ok(Test::Confidence(wanted, each(values).map(percent).collect::<Result<_, _>>()?)),
        "purpose" => Field::Purpose,
        "basis" => Field::Basis,
        "class" => Field::Class,
        "verdict" => Field::Verdict,
        "risk" => Field::Risk,
        "impact" => Field::Impact,
        "retry_storm" => Field::RetryStorm,
        "reason" => Field::Reason,
        "band" => Field::Band,
        "listed" => Field::Listed,
        _ => return Err(term.error(TERMS)),
    };
    let mut bits = 0;
    for value in each(values) {
        bits |= field_code(field, value)?;
    }
    Ok(Test::Codes(field, wanted, bits))
}

/// The bits of one value of a field of codes.
fn field_code(field: Field, value: Word<'_>) -> Result<u64, PolicyError> {
    let number = match field {
        Field::Purpose => return purposes(value),
        Field::Basis => match value.text {
            "stated" => 0,
            "inferred" => 1,
            _ => return Err(value.error("stated or inferred")),
        },
        Field::Class => code(value, Class::ALL, Class::id)?,
        Field::Verdict => code(value, Verdict::ALL, Verdict::id)?,
        Field::Risk => code(value, Risk::ALL, Risk::id)?,
        Field::Impact => code(value, Impact::ALL, Impact::id)?,
        Field::RetryStorm => code(value, Storm::ALL, Storm::id)?,
        Field::Reason => code(value, Reason::ALL, Reason::id)?,
        Field::Band => code(value, Band::ALL, Band::id)?,
        Field::Listed => code(value, OverlayKind::ALL, OverlayKind::id)?,
    };
    Ok(1 << number)
}

/// A purpose, or a group of purposes.
fn purposes(value: Word<'_>) -> Result<u64, PolicyError> {
    if let Some(group) = PurposeGroup::from_id(value.text) {
        let members = Purpose::ALL.iter().filter(|purpose| purpose.group() == group);
        return Ok(members.fold(0, |bits, purpose| bits | 1 << purpose.number()));
    }
    let groups = PurposeGroup::ALL.iter().map(|group| group.id()).collect::<Vec<_>>().join(" ");
    code(value, Purpose::ALL, Purpose::id)
        .map(|number| 1 << number)
        .map_err(|error| PolicyError { expected: format!("{} or a group: {groups}", error.expected), ..error })
}

/// A code's number by its id.
fn code<T: Copy>(value: Word<'_>, all: &[T], id: impl Fn(T) -> &'static str) -> Result<u8, PolicyError> {
    let number = all.iter().position(|code| id(*code) == value.text);
    number.and_then(|number| u8::try_from(number).ok()).ok_or_else(|| {
        let known = all.iter().map(|code| id(*code)).collect::<Vec<_>>().join(" ");
        value.error(format!("one of {known}"))
    })
}

fn percent(value: Word<'_>) -> Result<u8, PolicyError> {
    value.text.parse().ok().filter(|percent| *percent <= 100).ok_or_else(|| value.error("a whole number from 0 to 100"))
}

fn names(values: Word<'_>) -> Result<Vec<Name>, PolicyError> {
    each(values)
        .map(|value| {
            Name::parse(value.text.as_bytes()).map_err(|error| value.error(format!("a domain name ({error})")))
        })
        .collect()
}

fn regions(values: Word<'_>) -> Result<Vec<Region>, PolicyError> {
    each(values)
        .map(|value| {
            Region::from_id(value.text)
                .ok_or_else(|| value.error("a country's two letters, or eu ap na sa me af global"))
        })
        .collect()
}

/// The numbers of vendors and of all their daughters, sorted.
fn vendors(values: Word<'_>, classifier: &Classifier<'_>) -> Result<Vec<u16>, PolicyError> {
    let all: Vec<_> = classifier.vendors().collect();
    let mut numbers = Vec::new();
    for value in each(values) {
        if !all.iter().any(|vendor| vendor.id == value.text) {
            return Err(value.error("a vendor of the pack (phonehome kb export lists them)"));
        }
        // Walks up from every vendor; a cycle of parents ends after as many steps as there are vendors.
        let descends = |mut number: usize| {
            (0..all.len()).any(|_| match all.get(number) {
                Some(vendor) if vendor.id == value.text => true,
                Some(vendor) => {
                    number = vendor.parent.map_or(usize::MAX, usize::from);
                    false
                }
                None => false,
            })
        };
        numbers
            .extend((0..all.len()).filter(|number| descends(*number)).filter_map(|number| u16::try_from(number).ok()));
    }
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

fn platforms(values: Word<'_>, classifier: &Classifier<'_>) -> Result<Vec<u16>, PolicyError> {
    let find = |value: Word<'_>| {
        let number = classifier.platforms().position(|platform| platform.id == value.text);
        number
            .and_then(|number| u16::try_from(number).ok())
            .ok_or_else(|| value.error("a platform of the pack (phonehome kb export lists them)"))
    };
    let mut numbers = each(values).map(find).collect::<Result<Vec<_>, _>>()?;
    numbers.sort_unstable();
    Ok(numbers)
}

/// One bit for each overlay with one of these names.
fn lists(values: Word<'_>, classifier: &Classifier<'_>) -> Result<u64, PolicyError> {
    let names: Vec<&str> = classifier.overlays.iter().map(|overlay| overlay.name()).collect();
    let mut bits = 0;
    for value in each(values) {
        let found =
            (0..).zip(&names).filter(|(_, name)| **name == value.text).fold(0, |bits, (n, _)| bits | 1_u64 << n);
        if found == 0 {
            let known = if names.is_empty() { "none is loaded".to_owned() } else { names.join(" ") };
            return Err(value.error(format!("a loaded overlay's name ({known})")));
        }
        bits |= found;
    }
    Ok(bits)
}
