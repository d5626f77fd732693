package phonehome

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/plugin"
	"github.com/coredns/coredns/plugin/metadata"
	"github.com/coredns/coredns/plugin/pkg/dnstest"
	"github.com/coredns/coredns/plugin/test"
	"github.com/coredns/coredns/request"

	"github.com/miekg/dns"
)

// faults is a module with names that make it trap, loop or grow.
func faults(t testing.TB) []byte {
	t.Helper()
	code, err := os.ReadFile("testdata/faults.wasm")
	if err != nil {
		t.Fatalf("cargo dev test --only coredns makes what is missing: %v", err)
	}
	return code
}

// open makes the plugin of a Corefile's block over a module; what comes next answers every question with addresses.
func open(t testing.TB, code []byte, block string) *Phonehome {
	t.Helper()
	p, err := parse(caddy.NewTestController("dns", "phonehome {\n"+block+"\n}"))
	if err != nil {
		t.Fatal(err)
	}
	p.sources.code = code
	e, err := p.sources.engine()
	if err != nil {
		t.Fatal(err)
	}
	p.engine.Store(e)
	t.Cleanup(func() { p.engine.Load().close() })
	p.Next = plugin.HandlerFunc(answer)
	return p
}

// answer points www.cname.example to where a tracker lives, and gives every other name an address.
func answer(_ context.Context, w dns.ResponseWriter, r *dns.Msg) (int, error) {
	m := new(dns.Msg).SetReply(r)
	if len(r.Question) > 0 && r.Question[0].Name == "www.cname.example." {
		m.Answer = append(m.Answer, test.CNAME("www.cname.example. 60 IN CNAME us.ad.lgsmartad.com."))
	}
	m.Answer = append(m.Answer, test.A("answer.example. 60 IN A 192.0.2.1"))
	return dns.RcodeSuccess, w.WriteMsg(m)
}

func ask(t testing.TB, p *Phonehome, name string, qtype uint16, change ...func(*dns.Msg)) (*dns.Msg, error) {
	t.Helper()
	r := new(dns.Msg)
	r.SetQuestion(name, qtype)
	for _, change := range change {
		change(r)
	}
	w := dnstest.NewRecorder(&test.ResponseWriter{})
	rcode, err := p.ServeDNS(context.Background(), w, r)
	if w.Msg == nil && err == nil && rcode != dns.RcodeSuccess {
		t.Errorf("%s: rcode %d without an answer", name, rcode)
	}
	return w.Msg, err
}

// passed is whether an answer is that of what comes next.
func passed(m *dns.Msg) bool {
	return m != nil && len(m.Answer) > 0 && m.Answer[len(m.Answer)-1].Header().Name == "answer.example."
}

func withEDNS(m *dns.Msg) { m.SetEdns0(1232, true) }

const blocking = `mode enforce
policy {
  block name=nxdomain.example answer=nxdomain
  block name=nodata.example answer=nodata
  block name=null.example answer=null_ip
  block name=refused.example answer=refused
  block name=drop.example answer=drop
  block vendor=roku
  block purpose=advertising basis=stated
  log verdict=unknown
}`

func TestBlockedAnswers(t *testing.T) {
	p := open(t, wasm, blocking)
	tests := []struct {
		name    string
		qtype   uint16
		rcode   int
		answers int
		ns      int
	}{
		{"nxdomain.example.", dns.TypeA, dns.RcodeNameError, 0, 1},
		{"NXDOMAIN.example.", dns.TypeTXT, dns.RcodeNameError, 0, 1},
		{"nodata.example.", dns.TypeA, dns.RcodeSuccess, 0, 1},
		{"null.example.", dns.TypeA, dns.RcodeSuccess, 1, 0},
		{"null.example.", dns.TypeAAAA, dns.RcodeSuccess, 1, 0},
		{"null.example.", dns.TypeHTTPS, dns.RcodeSuccess, 0, 1},
		{"null.example.", dns.TypeANY, dns.RcodeSuccess, 0, 1},
		{"refused.example.", dns.TypeA, dns.RcodeRefused, 0, 0},
	}
	for _, tc := range tests {
		for _, edns := range []bool{false, true} {
			var change []func(*dns.Msg)
			if edns {
				change = append(change, withEDNS)
			}
			m, err := ask(t, p, tc.name, tc.qtype, change...)
			if err != nil || m == nil {
				t.Fatalf("%s %d: %v, %v", tc.name, tc.qtype, m, err)
			}
			if m.Rcode != tc.rcode || len(m.Answer) != tc.answers || len(m.Ns) != tc.ns || !m.RecursionAvailable || m.Authoritative {
				t.Errorf("%s %d: unexpected answer\n%s", tc.name, tc.qtype, m)
			}
			for _, record := range append(m.Answer, m.Ns...) {
				if record.Header().Ttl != blockedTTL {
					t.Errorf("%s: TTL %d, want %d", tc.name, record.Header().Ttl, blockedTTL)
				}
			}
			opt := m.IsEdns0()
			if (opt != nil) != edns {
				t.Fatalf("%s: OPT %v, asked with EDNS %v", tc.name, opt, edns)
			}
			if edns {
				ede, ok := opt.Option[0].(*dns.EDNS0_EDE)
				if !ok || ede.InfoCode != dns.ExtendedErrorCodeBlocked || ede.ExtraText != "phonehome: unknown" {
					t.Errorf("%s: EDE %v", tc.name, opt.Option)
				}
			}
			if packed, err := m.Pack(); err != nil || len(packed) == 0 {
				t.Errorf("%s: the answer cannot be packed: %v", tc.name, err)
			}
		}
	}
}

func TestDroppedQueriesGetNoAnswer(t *testing.T) {
	if m, err := ask(t, open(t, wasm, blocking), "drop.example.", dns.TypeA); m != nil || err != nil {
		t.Errorf("got %v, %v", m, err)
	}
}

func TestTTLWhereRetriesAreKnown(t *testing.T) {
	m, _ := ask(t, open(t, wasm, blocking), "logs.roku.com.", dns.TypeA)
	if m == nil || m.Rcode != dns.RcodeNameError || m.Ns[0].Header().Ttl != blockedTTLStorm {
		t.Errorf("got\n%s", m)
	}
}

func TestObservingChangesNothing(t *testing.T) {
	p := open(t, wasm, strings.Replace(blocking, "enforce", "observe", 1))
	for _, name := range []string{"nxdomain.example.", "drop.example.", "logs.roku.com.", "example.org."} {
		if m, err := ask(t, p, name, dns.TypeA); err != nil || !passed(m) {
			t.Errorf("%s: %v, %v", name, m, err)
		}
	}
}

func TestWhatIsNoQuestionAboutANamePasses(t *testing.T) {
	p := open(t, wasm, blocking)
	changes := map[string]func(*dns.Msg){
		"chaos":             func(m *dns.Msg) { m.Question[0].Qclass = dns.ClassCHAOS },
		"class 7":           func(m *dns.Msg) { m.Question[0].Qclass = 7 },
		"no question":       func(m *dns.Msg) { m.Question = nil },
		"several questions": func(m *dns.Msg) { m.Question = append(m.Question, m.Question[0]) },
		"update":            func(m *dns.Msg) { m.Opcode = dns.OpcodeUpdate },
	}
	for what, change := range changes {
		if m, err := ask(t, p, "nxdomain.example.", dns.TypeA, change); err != nil || !passed(m) {
			t.Errorf("%s: %v, %v", what, m, err)
		}
	}
}

// Some servers answer these like any query.
func TestWhatIsAnsweredLikeAQueryIsBlockedLikeOne(t *testing.T) {
	p := open(t, wasm, blocking)
	changes := map[string]func(*dns.Msg){
		"any class": func(m *dns.Msg) { m.Question[0].Qclass = dns.ClassANY },
		"notify":    func(m *dns.Msg) { m.Opcode = dns.OpcodeNotify },
	}
	for what, change := range changes {
		if m, err := ask(t, p, "nxdomain.example.", dns.TypeA, change); err != nil || m.Rcode != dns.RcodeNameError {
			t.Errorf("%s: %v, %v", what, m, err)
		}
	}
}

func TestChain(t *testing.T) {
	const allowed = "mode enforce\npolicy {\n block purpose=advertising basis=stated\n}\n"
	if m, _ := ask(t, open(t, wasm, allowed), "www.cname.example.", dns.TypeA); !passed(m) {
		t.Errorf("off by default, got\n%s", m)
	}
	p := open(t, wasm, allowed+"chain on")
	m, err := ask(t, p, "www.cname.example.", dns.TypeA, withEDNS)
	if err != nil || m.Rcode != dns.RcodeNameError || len(m.Answer) != 0 {
		t.Fatalf("%v\n%s", err, m)
	}
	if ede := m.IsEdns0().Option[0].(*dns.EDNS0_EDE); !strings.HasSuffix(ede.ExtraText, "lg, points to us.ad.lgsmartad.com.") {
		t.Errorf("EDE %q", ede.ExtraText)
	}
	if m, _ := ask(t, p, "example.org.", dns.TypeA); !passed(m) {
		t.Errorf("without a CNAME, got\n%s", m)
	}
	observing := open(t, wasm, "chain on\n"+strings.Replace(allowed, "enforce", "observe", 1))
	if m, _ := ask(t, observing, "www.cname.example.", dns.TypeA); !passed(m) {
		t.Errorf("observing, got\n%s", m)
	}
}

func TestMetadata(t *testing.T) {
	p := open(t, wasm, blocking+"\nchain on")
	labelsOf := func(name string) map[string]string {
		ctx := metadata.ContextWithMetadata(context.Background())
		r := new(dns.Msg)
		r.SetQuestion(name, dns.TypeA)
		w := dnstest.NewRecorder(&test.ResponseWriter{})
		ctx = p.Metadata(ctx, request.Request{W: w, Req: r})
		if _, err := p.ServeDNS(ctx, w, r); err != nil {
			t.Fatal(err)
		}
		all := map[string]string{}
		for _, label := range metadata.Labels(ctx) {
			all[strings.TrimPrefix(label, "phonehome/")] = metadata.ValueFunc(ctx, label)()
		}
		return all
	}
	tests := map[string]map[string]string{
		"logs.roku.com.": {
			"vendor": "roku", "platform": "", "verdict": "legitimate", "purpose": "telemetry", "impact": "unknown", "advice": "untested",
			"action": "block", "applied": "block", "reasons": "kb.suffix", "lists": "", "confidence": "95", "points_to": "",
		},
		"example.org.":       {"verdict": "unknown", "action": "note", "applied": "none", "advice": "your_call", "reasons": "kb.none"},
		"www.cname.example.": {"vendor": "", "verdict": "unknown", "action": "block", "applied": "block", "points_to": "us.ad.lgsmartad.com"},
	}
	for name, want := range tests {
		got := labelsOf(name)
		if len(got) != len(labels)+1 {
			t.Errorf("%s: labels %v", name, got)
		}
		for label, value := range want {
			if got[label] != value {
				t.Errorf("%s: %s is %q, want %q", name, label, got[label], value)
			}
		}
	}
}

func TestAppliedTellsOfAFailure(t *testing.T) {
	p := open(t, faults(t), "guests 1")
	ctx := metadata.ContextWithMetadata(context.Background())
	r := new(dns.Msg).SetQuestion("trap.fault.test.", dns.TypeA)
	w := dnstest.NewRecorder(&test.ResponseWriter{})
	ctx = p.Metadata(ctx, request.Request{W: w, Req: r})
	if _, err := p.ServeDNS(ctx, w, r); err != nil || !passed(w.Msg) {
		t.Errorf("%v, %v", w.Msg, err)
	}
	applied, vendor := metadata.ValueFunc(ctx, "phonehome/applied")(), metadata.ValueFunc(ctx, "phonehome/vendor")()
	if applied != "failed" || vendor != "" {
		t.Errorf("applied %q, vendor %q", applied, vendor)
	}
}

func TestMixedCaseIsRememberedOnce(t *testing.T) {
	p := open(t, wasm, "guests 1")
	_, _ = ask(t, p, "logs.roku.com.", dns.TypeA)
	g, err := p.engine.Load().take()
	if err != nil {
		t.Fatal(err)
	}
	defer p.engine.Load().give(g)
	p.failClosed = true
	if m, err := ask(t, p, "LoGs.RoKu.CoM.", dns.TypeA); err != nil || !passed(m) {
		t.Errorf("a guest is needed: %v, %v", m, err)
	}
}

func TestFailOpenAndClosed(t *testing.T) {
	open1 := open(t, faults(t), "mode enforce\nguests 2")
	for range 10 {
		if m, err := ask(t, open1, "trap.fault.test.", dns.TypeA); err != nil || !passed(m) {
			t.Fatalf("open: %v, %v", m, err)
		}
	}
	closed := open(t, faults(t), "mode enforce\nfail closed\nguests 2")
	r := new(dns.Msg)
	r.SetQuestion("trap.fault.test.", dns.TypeA)
	rcode, err := closed.ServeDNS(context.Background(), dnstest.NewRecorder(&test.ResponseWriter{}), r)
	if rcode != dns.RcodeServerFailure || err == nil {
		t.Errorf("closed: %d, %v", rcode, err)
	}
	if m, err := ask(t, closed, "example.org.", dns.TypeA); err != nil || !passed(m) {
		t.Errorf("closed, afterwards: %v, %v", m, err)
	}
}

func TestReadyNeedsAGuest(t *testing.T) {
	p := open(t, wasm, "guests 1")
	if !p.Ready() {
		t.Error("not ready")
	}
	p.engine.Load().close()
	if p.Ready() {
		t.Error("ready without a guest")
	}
	if _, err := p.engine.Load().take(); !errors.Is(err, errRetired) {
		t.Errorf("a guest of a closed engine: %v", err)
	}
}
