package phonehome

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/coredns/coredns/plugin"
	"github.com/coredns/coredns/plugin/metadata"
	"github.com/coredns/coredns/plugin/test"
	"github.com/coredns/coredns/request"

	"github.com/miekg/dns"
)

// nothing is a plugin that does nothing: what is left of a query's cost is ours.
var nothing = plugin.HandlerFunc(func(context.Context, dns.ResponseWriter, *dns.Msg) (int, error) { return dns.RcodeSuccess, nil })

func question(name string) *dns.Msg {
	r := new(dns.Msg)
	r.SetQuestion(name, dns.TypeA)
	return r
}

// BenchmarkServeDNS is one query by kind of name. The budget is 700 ns above "without".
func BenchmarkServeDNS(b *testing.B) {
	w := &test.ResponseWriter{}
	serve := func(name string, h plugin.Handler, r *dns.Msg) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = h.ServeDNS(context.Background(), w, r)
			}
		})
	}
	serve("without", nothing, question("logs.roku.com."))
	p := open(b, wasm, "policy gentle")
	p.Next = nothing
	serve("remembered", p, question("logs.roku.com."))
	// Names that nobody asked for before.
	fresh := func(name string, below string) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			r := question(below)
			for number := 0; b.Loop(); number++ {
				r.Question[0].Name = strconv.Itoa(number) + "." + below
				_, _ = p.ServeDNS(context.Background(), w, r)
			}
		})
	}
	fresh("known", "logs.roku.com.")
	fresh("unknown", "www.example.org.")
	enforcing := open(b, wasm, blocking)
	serve("blocked", enforcing, question("nxdomain.example."))
}

// BenchmarkStream is a query of names as resolvers are asked, one after the other. `cargo dev report coredns` gives the file.
func BenchmarkStream(b *testing.B) {
	text, err := os.ReadFile(os.Getenv("PHONEHOME_STREAM"))
	if err != nil {
		b.Skip("PHONEHOME_STREAM names no file")
	}
	names := strings.Fields(string(text))
	for i, name := range names {
		names[i] = name + "."
	}
	p := open(b, wasm, "policy gentle")
	p.Next = nothing
	w, r := &test.ResponseWriter{}, question(".")
	b.ReportAllocs()
	for number := 0; b.Loop(); number++ {
		r.Question[0].Name = names[number%len(names)]
		_, _ = p.ServeDNS(context.Background(), w, r)
	}
}

// BenchmarkMetadata is one query with the labels set and one of them read.
func BenchmarkMetadata(b *testing.B) {
	p := open(b, wasm, "policy gentle")
	p.Next = nothing
	state := request.Request{W: &test.ResponseWriter{}, Req: question("logs.roku.com.")}
	b.ReportAllocs()
	for b.Loop() {
		ctx := p.Metadata(metadata.ContextWithMetadata(context.Background()), state)
		_, _ = p.ServeDNS(ctx, state.W, state.Req)
		metadata.ValueFunc(ctx, "phonehome/vendor")()
	}
}

// BenchmarkGuests is what opening a guest takes.
func BenchmarkGuests(b *testing.B) {
	for b.Loop() {
		e, err := newEngine(wasm, &knowledge{}, limits{guests: 1})
		if err != nil {
			b.Fatal(err)
		}
		e.close()
	}
}
