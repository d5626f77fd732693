//! Answers to blocked questions, built with the crate `domain`.

use domain::base::iana::{ExtendedErrorCode, OptRcode, Rcode, Rtype};
use domain::base::message_builder::{AdditionalBuilder, PushError};
use domain::base::name::Name;
use domain::base::opt::exterr::ExtendedError;
use domain::base::wire::Composer;
use domain::base::{MessageBuilder, Serial, StaticCompressor, Ttl};
use domain::dep::octseq::Str;
use domain::dep::octseq::array::Array;
use domain::rdata::{A, Aaaa, Soa};
use phonehome::AnswerMode;

use crate::question::{Edns, Question};

/// Room for an answer: the longest question, a SOA record and the longest reason, padded.
const ROOM: usize = 1024;
/// Octets to whose multiples answers are padded (RFC 8467, 4.1).
const PADDED_TO: usize = 468;
/// Octets of an option's code and length.
const OPTION_HEADER: usize = 4;
/// What we say of the largest UDP answer (DNS Flag Day 2020); nothing is ever sent by UDP here.
const UDP_PAYLOAD: u16 = 1232;
/// Most octets of the reason.
pub(crate) const MOST_REASON: usize = 160;

/// `phonehome.invalid` and `hostmaster.phonehome.invalid` in wire form.
const NAME_SERVER: &[u8] = b"\x09phonehome\x07invalid\0";
const MAILBOX: &[u8] = b"\x0ahostmaster\x09phonehome\x07invalid\0";

/// The answer in a mode that has one, for a client that may cache it for so many seconds; the reason goes to clients with EDNS, as an
/// extended error (RFC 8914). `None` where the mode has none.
pub(crate) fn blocked(question: &Question<'_>, mode: AnswerMode, ttl: u32, reason: &str) -> Option<Vec<u8>> {
    let rcode = match mode {
        AnswerMode::Drop => return None,
        AnswerMode::Refused => Rcode::REFUSED,
        AnswerMode::Nxdomain => Rcode::NXDOMAIN,
        AnswerMode::NullIp | AnswerMode::Nodata => Rcode::NOERROR,
    };
    build(question, mode, rcode, Ttl::from_secs(ttl), reason).ok()
}

fn build(
    question: &Question<'_>,
    mode: AnswerMode,
    rcode: Rcode,
    ttl: Ttl,
    reason: &str,
) -> Result<Vec<u8>, PushError> {
    let target = StaticCompressor::new(Array::<ROOM>::default());
    let builder = MessageBuilder::from_target(target).map_err(|_| PushError::ShortBuf)?;
    let mut answer = builder.start_answer(question.message, rcode)?;
    answer.header_mut().set_ra(true);
    let Some(Ok(asked)) = question.message.question().next() else { return Err(PushError::ShortBuf) };
    let is_null_ip = mode == AnswerMode::NullIp;
    match question.qtype {
        Rtype::A if is_null_ip => answer.push((asked.qname(), ttl, A::from_octets(0, 0, 0, 0)))?,
        Rtype::AAAA if is_null_ip => answer.push((asked.qname(), ttl, Aaaa::new([0; 16].into())))?,
        _ => {}
    }
    let has_answer = answer.counts().ancount() > 0;
    let mut authority = answer.authority();
    if rcode != Rcode::REFUSED && !has_answer {
        // Says how long a client may remember that there is nothing (RFC 2308, section 3).
        authority.push((asked.qname(), ttl, soa(ttl)?))?;
    }
    let mut additional = authority.additional();
    if let Some(edns) = question.edns {
        push_opt(&mut additional, edns, rcode, reason)?;
    }
    Ok(additional.finish().as_slice().to_vec())
}

fn soa(ttl: Ttl) -> Result<Soa<Name<&'static [u8]>>, PushError> {
    let name = |wire| Name::from_octets(wire).map_err(|_| PushError::ShortBuf);
    let [refresh, retry, expire] = [3600, 600, 86_400].map(Ttl::from_secs);
    Ok(Soa::new(name(NAME_SERVER)?, name(MAILBOX)?, Serial(1), refresh, retry, expire, ttl))
}

fn push_opt<T: Composer>(
    additional: &mut AdditionalBuilder<T>,
    edns: Edns,
    rcode: Rcode,
    reason: &str,
) -> Result<(), PushError> {
    let reason = reason.get(..MOST_REASON.min(reason.len())).unwrap_or_default();
    let text = Str::from_utf8(reason.as_bytes()).map_err(|_| PushError::ShortBuf)?;
    let error = ExtendedError::new(ExtendedErrorCode::BLOCKED, Some(text)).map_err(|_| PushError::ShortBuf)?;
    additional.opt(|opt| {
        opt.set_udp_payload_size(UDP_PAYLOAD);
        opt.set_rcode(OptRcode::from(rcode));
        opt.set_dnssec_ok(edns.dnssec_ok);
        opt.push(&error)?;
        if edns.padding {
            let length = opt.as_target().as_ref().len() + OPTION_HEADER;
            let missing = length.next_multiple_of(PADDED_TO) - length;
            opt.padding(u16::try_from(missing).unwrap_or(0))?;
        }
        Ok(())
    })
}
