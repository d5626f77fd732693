package phonehome

import (
	"context"
	_ "embed" // for the module
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tetratelabs/wazero"
)

// wasm is the flat module with the knowledge inside: `cargo dev coredns` puts it here.
//
//go:embed phonehome.wasm
var wasm []byte

// list is an overlay built by `phonehome overlay build`.
type list struct {
	// name is what the list is called; empty: what its file says.
	name  string
	bytes []byte
}

// knowledge is what answers rest on.
type knowledge struct {
	// base is a base pack; nil: the one inside the module.
	base     []byte
	overlays []list
	policy   string
}

// size is the octets of all packs.
func (k *knowledge) size() int {
	size := len(k.base)
	for _, list := range k.overlays {
		size += len(list.bytes)
	}
	return size
}

// packInfo is what is read of the module's description of what is open.
type packInfo struct {
	// Date is the day of the knowledge, yyyy-mm-dd.
	Date    string `json:"date"`
	Version string `json:"version"`
}

// limits is what an engine may take.
type limits struct {
	// guests is how many names are answered at a time.
	guests int
	// deadline ends a call; 0: none, since the module's time is bounded by construction.
	deadline time.Duration
}

// engine is one edition of the knowledge, open in some guests. It answers from several goroutines.
type engine struct {
	limits
	knowledge *knowledge
	runtime   wazero.Runtime
	compiled  wazero.CompiledModule
	guests    chan *guest
	// retired is closed when another engine has taken over.
	retired chan struct{}
	retire  sync.Once
	// live counts guests that exist, free or not.
	live               atomic.Int32
	vendors, platforms []string
	info               packInfo
	recent             *recent
}

// compilations keeps compiled code, so that a reload compiles nothing anew.
var compilations = sync.OnceValue(wazero.NewCompilationCache)

// newEngine opens the knowledge in all guests.
func newEngine(code []byte, k *knowledge, l limits) (*engine, error) {
	ctx := context.Background()
	// The module's start memory and 1 MiB, every pack twice, and room for answers: what ABI.md asks for, and as much again.
	const page, startPages = 65536, 256
	pages := uint32(startPages + (2*k.size()+page-1)/page*2)
	config := wazero.NewRuntimeConfig().WithCompilationCache(compilations()).WithMemoryLimitPages(min(pages, 65536)).
		WithCloseOnContextDone(l.deadline > 0)
	e := &engine{
		limits:    l,
		knowledge: k,
		runtime:   wazero.NewRuntimeWithConfig(ctx, config),
		guests:    make(chan *guest, l.guests),
		retired:   make(chan struct{}),
		recent:    newRecent(),
	}
	if err := e.open(ctx, code); err != nil {
		return nil, errors.Join(err, e.runtime.Close(ctx))
	}
	return e, nil
}

func (e *engine) open(ctx context.Context, code []byte) error {
	compiled, err := e.runtime.CompileModule(ctx, code)
	if err != nil {
		return fmt.Errorf("the module cannot be compiled: %w", err)
	}
	if imports := len(compiled.ImportedFunctions()) + len(compiled.ImportedMemories()); imports != 0 {
		return fmt.Errorf("the module imports %d things; it must import nothing", imports)
	}
	e.compiled = compiled
	for range e.limits.guests {
		g, err := newGuest(ctx, e.runtime, compiled, e.knowledge)
		if err != nil {
			return err
		}
		if e.live.Add(1) == 1 {
			if err := e.describe(ctx, g); err != nil {
				return err
			}
		}
		e.guests <- g
	}
	return nil
}

// describe reads what is open: its date, and the names behind numbers.
func (e *engine) describe(ctx context.Context, g *guest) error {
	c := &caller{ctx: ctx, module: g.module}
	c.checked("ph_info", uint64(g.handle))
	if err := json.Unmarshal([]byte(c.output()), &e.info); err != nil {
		return fmt.Errorf("the module's description cannot be read: %w", err)
	}
	ids := func(function string) []string {
		var all []string
		for number := uint64(0); c.err == nil; number++ {
			if c.call(function, uint64(g.handle), number) < 0 {
				break
			}
			all = append(all, c.output())
		}
		return all
	}
	e.vendors, e.platforms = ids("ph_vendor"), ids("ph_platform")
	return c.err
}

// classify gives the short answer for a name: a remembered one, else that of a guest.
func (e *engine) classify(name string, to *brief) error {
	if e.recent.get(name, to) {
		return nil
	}
	start := time.Now()
	if err := e.with(func(ctx context.Context, g *guest) error { return g.classify(ctx, name, to) }); err != nil {
		return err
	}
	classificationDuration.Observe(time.Since(start).Seconds())
	e.recent.put(name, to)
	return nil
}

// explain gives the long answer for a name as JSON.
func (e *engine) explain(name string) (text []byte, err error) {
	err = e.with(func(ctx context.Context, g *guest) error {
		text, err = g.explain(ctx, name)
		return err
	})
	return text, err
}

// vendor is the id behind a vendor's number; empty: none.
func (e *engine) vendor(number uint16) string { return at(e.vendors, number) }

// platform is the id behind a platform's number; empty: none.
func (e *engine) platform(number uint16) string { return at(e.platforms, number) }

func at(ids []string, number uint16) string {
	if int(number) < len(ids) {
		return ids[number]
	}
	return ""
}
