package phonehome

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"
	"github.com/prometheus/client_golang/prometheus/testutil"
)

// until waits for what another goroutine does.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

func TestFailedGuestsAreReplaced(t *testing.T) {
	before := testutil.ToFloat64(guestFailures)
	e, err := newEngine(faults(t), &knowledge{}, limits{guests: 2, deadline: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer e.close()
	var b brief
	for _, name := range []string{"trap.fault.test", "loop.fault.test", "grow.fault.test"} {
		if err := e.classify(name, &b); err == nil || errors.Is(err, errNoGuest) {
			t.Errorf("%s: %v", name, err)
		}
		until(t, "two guests again", func() bool { return e.live.Load() == 2 && len(e.guests) == 2 })
		if err := e.classify("logs.roku.com", &b); err != nil || e.vendor(b.vendor()) != "roku" {
			t.Errorf("after %s: %v", name, err)
		}
	}
	if got := testutil.ToFloat64(guestFailures) - before; got != 3 {
		t.Errorf("%v failures counted", got)
	}
}

func TestAQueryWaitsForAGuestAndNotForever(t *testing.T) {
	e, err := newEngine(wasm, &knowledge{}, limits{guests: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer e.close()
	waits := testutil.ToFloat64(poolWaits)
	g, err := e.take()
	if err != nil {
		t.Fatal(err)
	}
	var b brief
	if err := e.classify("example.org", &b); !errors.Is(err, errNoGuest) {
		t.Errorf("got %v", err)
	}
	e.give(g)
	if err := e.classify("example.org", &b); err != nil {
		t.Error(err)
	}
	g, _ = e.take()
	if err := e.classify("example.org", &b); err != nil {
		t.Errorf("a remembered name needs no guest: %v", err)
	}
	e.give(g)
	if got := testutil.ToFloat64(poolWaits) - waits; got != 1 {
		t.Errorf("%v waits counted", got)
	}
}

func TestAModuleWithImportsIsRefused(t *testing.T) {
	// (module (import "env" "f" (func)))
	code := []byte("\x00asm\x01\x00\x00\x00\x01\x04\x01\x60\x00\x00\x02\x09\x01\x03env\x01f\x00\x00")
	if _, err := newEngine(code, &knowledge{}, limits{guests: 1}); err == nil || !strings.Contains(err.Error(), "imports 1 things") {
		t.Errorf("got %v", err)
	}
	if _, err := newEngine([]byte("no module"), &knowledge{}, limits{guests: 1}); err == nil {
		t.Error("bytes that are no module were accepted")
	}
}

func TestBrokenPacks(t *testing.T) {
	for _, k := range []*knowledge{
		{base: []byte("no pack")},
		{overlays: []list{{name: "mine", bytes: []byte("no pack")}}},
		{policy: "block purpos=tracking"},
	} {
		if _, err := newEngine(wasm, k, limits{guests: 1}); err == nil {
			t.Errorf("%+v was accepted", k)
		}
	}
}

// TestFaultsAndReloadsUnderLoad asks from several goroutines while guests trap, files change and files are broken: no query fails.
func TestFaultsAndReloadsUnderLoad(t *testing.T) {
	policy := filepath.Join(t.TempDir(), "my.policy")
	write := func(text string) {
		t.Helper()
		// A whole file takes the place of the last: a half-written one is none of the reader's making.
		if err := os.WriteFile(policy+".new", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(policy+".new", policy); err != nil {
			t.Fatal(err)
		}
	}
	write("block name=a.example\n")
	p := open(t, faults(t), "mode enforce\nguests 4\nreload 100ms\npolicy "+policy)
	stop := make(chan struct{})
	go p.sources.watch(stop, p.sources.states(), p.use)
	defer close(stop)

	var asked, failed, blocked atomic.Int64
	var work sync.WaitGroup
	end := make(chan struct{})
	for worker := range 4 {
		work.Add(1)
		go func() {
			defer work.Done()
			for number := 0; ; number++ {
				select {
				case <-end:
					return
				default:
				}
				name := "logs.roku.com."
				switch {
				case worker == 0 && number%50 == 0:
					name = "trap.fault.test."
				case number%7 == 0:
					name = "a.example."
				}
				m, err := ask(t, p, name, dns.TypeA)
				asked.Add(1)
				switch {
				case err != nil || m == nil:
					failed.Add(1)
				case name == "a.example." && m.Rcode == dns.RcodeNameError:
					blocked.Add(1)
				case !passed(m):
					failed.Add(1)
				}
			}
		}()
	}
	success, failure := reloads.WithLabelValues("success"), reloads.WithLabelValues("failure")
	goodBefore, badBefore := testutil.ToFloat64(success), testutil.ToFloat64(failure)
	for round := range 3 {
		write("block name=a.example\n" + strings.Repeat("#", round+1) + "\n")
		until(t, "a reload", func() bool { return testutil.ToFloat64(success) == goodBefore+float64(round+1) })
		last := p.engine.Load()
		write(strings.Repeat("block nonsense\n", round+1))
		until(t, "a refused reload", func() bool { return testutil.ToFloat64(failure) == badBefore+float64(round+1) })
		if p.engine.Load() != last {
			t.Error("a broken policy took over")
		}
	}
	before := blocked.Load()
	until(t, "more blocked answers", func() bool { return blocked.Load() > before+100 })
	close(end)
	work.Wait()
	if failed.Load() != 0 {
		t.Errorf("%d of %d queries failed", failed.Load(), asked.Load())
	}
	t.Logf("%d queries, %d blocked", asked.Load(), blocked.Load())
}

// TestNoQueryIsLostWhenAnEngineTakesOver asks for ever new names while engines take over: with "fail closed" a lost query is an error.
func TestNoQueryIsLostWhenAnEngineTakesOver(t *testing.T) {
	p := open(t, wasm, "guests 2\nfail closed\nmode enforce\npolicy {\n block vendor=roku\n}")
	end := make(chan struct{})
	var work sync.WaitGroup
	var failed atomic.Int64
	for worker := range 3 {
		work.Add(1)
		go func() {
			defer work.Done()
			for number := worker; ; number += 3 {
				select {
				case <-end:
					return
				default:
				}
				m, err := ask(t, p, strconv.Itoa(number)+".logs.roku.com.", dns.TypeA)
				if err != nil || m == nil || m.Rcode != dns.RcodeNameError {
					failed.Add(1)
				}
			}
		}()
	}
	for range 20 {
		e, err := p.sources.engine()
		if err != nil {
			t.Fatal(err)
		}
		p.use(e)
	}
	close(end)
	work.Wait()
	if failed.Load() != 0 {
		t.Errorf("%d queries were lost", failed.Load())
	}
}

func TestARetiredEngineEndsWithItsLastGuest(t *testing.T) {
	e, err := newEngine(wasm, &knowledge{}, limits{guests: 2})
	if err != nil {
		t.Fatal(err)
	}
	g, err := e.take()
	if err != nil {
		t.Fatal(err)
	}
	e.close()
	var b brief
	if err := g.classify(t.Context(), "example.org", &b); err != nil {
		t.Errorf("a guest at work was disturbed: %v", err)
	}
	e.give(g)
	if live := e.live.Load(); live != 0 {
		t.Errorf("%d guests live on", live)
	}
	if err := g.classify(t.Context(), "example.org", &b); err == nil {
		t.Error("a guest of a retired engine still answers")
	}
}
