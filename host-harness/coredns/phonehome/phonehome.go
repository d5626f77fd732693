// Package phonehome is a CoreDNS plugin that tells whose a name is, what for, how worrying, and what breaks if it is blocked; and that
// blocks by a policy, if it is asked to.
package phonehome

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"

	"github.com/coredns/coredns/plugin"
	"github.com/coredns/coredns/plugin/metadata"
	clog "github.com/coredns/coredns/plugin/pkg/log"
	"github.com/coredns/coredns/request"

	"github.com/miekg/dns"
)

const pluginName = "phonehome"

var log = clog.NewWithPlugin(pluginName)

// Phonehome is the plugin of one server block.
type Phonehome struct {
	Next plugin.Handler

	// enforce acts on what the policy says; else it is only told.
	enforce bool
	// failClosed answers SERVFAIL where a name cannot be classified; else the query passes as if the plugin were not there.
	failClosed bool
	// chain judges what the CNAMEs of an answer point to as well.
	chain bool

	engine  atomic.Pointer[engine]
	sources *sources
}

// What was done about a query.
const (
	appliedNone   = "none"
	appliedBlock  = "block"
	appliedFailed = "failed"
)

// key is where the context keeps the verdict.
type key struct{}

// Name implements the plugin.Handler interface.
func (p *Phonehome) Name() string { return pluginName }

// Ready implements the ready.Readiness interface: some guest can answer.
func (p *Phonehome) Ready() bool {
	e := p.engine.Load()
	return e != nil && e.live.Load() > 0
}

// ask asks the engine of the moment; where another takes over in between, that one.
func (p *Phonehome) ask(do func(*engine) error) (*engine, error) {
	const tries = 3
	var e *engine
	err := errRetired
	for range tries {
		e = p.engine.Load()
		if err = do(e); !errors.Is(err, errRetired) {
			break
		}
	}
	return e, err
}

// judged is the verdict on a query, not looked at yet; nil for questions that are none about a name on the Internet.
func (p *Phonehome) judged(r *dns.Msg) *verdict {
	if len(r.Question) != 1 || r.Opcode == dns.OpcodeUpdate {
		return nil
	}
	// CoreDNS answers notifications like queries, and there are resolvers that answer "any class" with what they know of the Internet.
	if class := r.Question[0].Qclass; class != dns.ClassINET && class != dns.ClassANY {
		return nil
	}
	// Many clients mix cases against forgery, and each mixture would be remembered for itself.
	return &verdict{plugin: p, name: strings.ToLower(r.Question[0].Name), applied: appliedNone}
}

// Metadata implements the metadata.Provider interface. Nothing is classified before a label is read.
func (p *Phonehome) Metadata(ctx context.Context, state request.Request) context.Context {
	v := p.judged(state.Req)
	if v == nil {
		return ctx
	}
	for name, read := range labels {
		metadata.SetValueFunc(ctx, name, func() string { return v.label(read) })
	}
	metadata.SetValueFunc(ctx, labelApplied, func() string { return v.applied })
	return context.WithValue(ctx, key{}, v)
}

// ServeDNS implements the plugin.Handler interface.
func (p *Phonehome) ServeDNS(ctx context.Context, w dns.ResponseWriter, r *dns.Msg) (int, error) {
	v, _ := ctx.Value(key{}).(*verdict)
	if v == nil {
		v = p.judged(r)
	}
	if v == nil {
		return plugin.NextOrFailure(pluginName, p.Next, ctx, w, r)
	}
	if err := v.look(); err != nil {
		countFailure(ctx)
		v.applied = appliedFailed
		if p.failClosed {
			return dns.RcodeServerFailure, plugin.Error(pluginName, err)
		}
		return plugin.NextOrFailure(pluginName, p.Next, ctx, w, r)
	}
	if p.enforce && v.brief.blocks() {
		v.applied = appliedBlock
		count(ctx, v)
		return dns.RcodeSuccess, p.block(w, r, v)
	}
	if !p.chain {
		count(ctx, v)
		return plugin.NextOrFailure(pluginName, p.Next, ctx, w, r)
	}
	follower := &follower{ResponseWriter: w, plugin: p, request: r, verdict: v}
	rcode, err := plugin.NextOrFailure(pluginName, p.Next, ctx, follower, r)
	count(ctx, v)
	return rcode, err
}
