package phonehome

import (
	"context"
	"strings"
	"testing"

	"github.com/coredns/coredns/plugin/pkg/dnstest"
	"github.com/coredns/coredns/plugin/test"

	"github.com/miekg/dns"
)

// FuzzQuery serves whatever the server would hand over of a packet: it never fails, and a guest never traps.
func FuzzQuery(f *testing.F) {
	for _, name := range []string{".", "a1.tuyaeu.com.", `\000\255\046x.example.`, strings.Repeat("a.", 127), strings.Repeat("x", 63) + ".com."} {
		for _, qtype := range []uint16{dns.TypeA, dns.TypeANY, dns.TypeHTTPS, 65535} {
			r := new(dns.Msg)
			r.SetQuestion(name, qtype)
			if packet, err := r.Pack(); err == nil {
				f.Add(packet)
			}
		}
	}
	p := open(f, wasm, blocking+"\nfail closed\nchain on")
	f.Fuzz(func(t *testing.T, packet []byte) {
		r := new(dns.Msg)
		if r.Unpack(packet) != nil {
			return
		}
		w := dnstest.NewRecorder(&test.ResponseWriter{})
		if rcode, err := p.ServeDNS(context.Background(), w, r); err != nil || rcode == dns.RcodeServerFailure {
			t.Fatalf("%d, %v for\n%s", rcode, err, r)
		}
		if w.Msg != nil {
			if _, err := w.Msg.Pack(); err != nil {
				t.Fatalf("%v for\n%s", err, w.Msg)
			}
		}
	})
}

// TestNamesOfEveryOctet asks for names with every octet value in them, and the longest one.
func TestNamesOfEveryOctet(t *testing.T) {
	p := open(t, wasm, blocking+"\nfail closed")
	for value := range 256 {
		wire := []byte{3, 'a', byte(value), 'b', 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 0}
		name, _, err := dns.UnpackDomainName(wire, 0)
		if err != nil {
			t.Fatal(err)
		}
		if m, err := ask(t, p, name, dns.TypeA); err != nil || !passed(m) {
			t.Errorf("%s: %v, %v", name, m, err)
		}
	}
	longest := strings.Repeat(`\255`, 63) + "." + strings.Repeat(strings.Repeat(`\255`, 61)+".", 3) + "a."
	if m, err := ask(t, p, longest, dns.TypeA); err != nil || !passed(m) {
		t.Errorf("the longest name: %v, %v", m, err)
	}
}
