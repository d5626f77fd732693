package phonehome

import (
	"net"

	"github.com/coredns/coredns/request"

	"github.com/miekg/dns"
)

// block gives the answer that the policy wants. A dropped query gets none.
func (p *Phonehome) block(w dns.ResponseWriter, r *dns.Msg, v *verdict) error {
	b := v.decided()
	if b.mode() == modeDrop {
		return nil
	}
	m := new(dns.Msg).SetReply(r)
	m.RecursionAvailable = true
	state := request.Request{W: w, Req: r}
	switch b.mode() {
	case modeRefused:
		m.Rcode = dns.RcodeRefused
	case modeNullIp:
		m.Answer = nullAddress(r.Question[0], b.ttl())
	case modeNxdomain:
		m.Rcode = dns.RcodeNameError
	}
	if m.Rcode != dns.RcodeRefused && len(m.Answer) == 0 {
		m.Ns = []dns.RR{soa(r.Question[0].Name, b.ttl())}
	}
	// Mirrors the query's OPT record, where it has one.
	if state.SizeAndDo(m) {
		opt := m.IsEdns0()
		opt.Option = append(opt.Option, &dns.EDNS0_EDE{InfoCode: dns.ExtendedErrorCodeBlocked, ExtraText: v.why()})
	}
	state.Scrub(m)
	return w.WriteMsg(m)
}

// why tells a client in a few words why its question is blocked.
func (v *verdict) why() string {
	b := v.decided()
	text := pluginName + ": " + code(verdicts[:], b.verdict())
	if number, ok := b.purpose(); ok {
		text += ", " + purposes[number]
	}
	vendor, end := v.engine.vendor(b.vendor()), ""
	if v.target != "" {
		vendor, end = v.targetVendor, ", points to "+v.target
	}
	if vendor != "" {
		text += ", " + vendor
	}
	return text + end
}

// nullAddress is the address nobody has, for questions about addresses; others have no such answer.
func nullAddress(question dns.Question, ttl uint32) []dns.RR {
	header := dns.RR_Header{Name: question.Name, Rrtype: question.Qtype, Class: dns.ClassINET, Ttl: ttl}
	switch question.Qtype {
	case dns.TypeA:
		return []dns.RR{&dns.A{Hdr: header, A: net.IPv4zero}}
	case dns.TypeAAAA:
		return []dns.RR{&dns.AAAA{Hdr: header, AAAA: net.IPv6zero}}
	}
	return nil
}

// soa says how long a client may remember that there is nothing (RFC 2308, section 3).
func soa(name string, ttl uint32) dns.RR {
	return &dns.SOA{
		Hdr:     dns.RR_Header{Name: name, Rrtype: dns.TypeSOA, Class: dns.ClassINET, Ttl: ttl},
		Ns:      "phonehome.invalid.",
		Mbox:    "hostmaster.phonehome.invalid.",
		Serial:  1,
		Refresh: 3600,
		Retry:   600,
		Expire:  86400,
		Minttl:  ttl,
	}
}
