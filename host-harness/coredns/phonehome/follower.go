package phonehome

import (
	"strings"

	"github.com/miekg/dns"
)

// mostTargets is how many CNAMEs of an answer are judged: longer chains are broken ones.
const mostTargets = 16

// follower looks at where an answer's CNAMEs point before the answer goes out.
type follower struct {
	dns.ResponseWriter
	plugin  *Phonehome
	request *dns.Msg
	verdict *verdict
}

// WriteMsg implements the dns.ResponseWriter interface.
func (f *follower) WriteMsg(response *dns.Msg) error {
	if !f.pointsToBlocked(response) || !f.plugin.enforce {
		return f.ResponseWriter.WriteMsg(response)
	}
	f.verdict.applied = appliedBlock
	return f.plugin.block(f.ResponseWriter, f.request, f.verdict)
}

// pointsToBlocked notes the first target that the policy blocks. A name on an "allow" list of the operator's may point anywhere.
func (f *follower) pointsToBlocked(response *dns.Msg) bool {
	v := f.verdict
	if v.brief.blocks() || v.brief.hasReason("overlay.allow") {
		return false
	}
	targets := 0
	for _, record := range response.Answer {
		cname, ok := record.(*dns.CNAME)
		if !ok {
			continue
		}
		if targets++; targets > mostTargets {
			break
		}
		var b brief
		e, err := f.plugin.ask(func(e *engine) error { return e.classify(strings.ToLower(cname.Target), &b) })
		if err == nil && b.blocks() {
			v.target, v.targetBrief, v.targetVendor = cname.Target, b, e.vendor(b.vendor())
			return true
		}
	}
	return false
}
