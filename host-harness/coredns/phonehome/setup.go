package phonehome

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/plugin"
)

func init() { plugin.Register(pluginName, setup) }

const (
	// defaultReload is how often files are looked at.
	defaultReload = 5 * time.Second
	// mostGuests bounds the memory: every guest has its own copy of the packs.
	mostGuests = 256
)

func setup(c *caddy.Controller) error {
	p, err := parse(c)
	if err != nil {
		return plugin.Error(pluginName, err)
	}
	seen := p.sources.states()
	e, err := p.sources.engine()
	if err != nil {
		return plugin.Error(pluginName, c.Err(err.Error()))
	}
	p.engine.Store(e)
	setPackDate(e.info.Date)

	stop := make(chan struct{})
	var watching sync.WaitGroup
	c.OnStartup(func() error {
		if p.sources.every > 0 && len(seen) > 0 {
			watching.Go(func() { p.sources.watch(stop, seen, p.use) })
		}
		return nil
	})
	c.OnShutdown(func() error {
		close(stop)
		// It may be opening an engine, which is to be closed as well.
		watching.Wait()
		p.engine.Load().close()
		return nil
	})
	dnsserver.GetConfig(c).AddPlugin(func(next plugin.Handler) plugin.Handler {
		p.Next = next
		return p
	})
	return nil
}

// use has another engine answer; queries that are being answered end with the old one.
func (p *Phonehome) use(e *engine) {
	setPackDate(e.info.Date)
	p.engine.Swap(e).close()
}

func parse(c *caddy.Controller) (*Phonehome, error) {
	s := &sources{code: wasm, every: defaultReload, limits: limits{guests: runtime.GOMAXPROCS(0)}}
	p := &Phonehome{sources: s}
	root := dnsserver.GetConfig(c).Root
	for first := true; c.Next(); first = false {
		if !first {
			return nil, plugin.ErrOnce
		}
		if len(c.RemainingArgs()) > 0 {
			return nil, c.ArgErr()
		}
		for c.NextBlock() {
			if err := p.property(c, root); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

// property reads one line of the block.
func (p *Phonehome) property(c *caddy.Controller, root string) error {
	s := p.sources
	name := c.Val()
	args := c.RemainingArgs()
	if name == "policy" && len(args) == 0 && c.NextArg() && c.Val() == "{" {
		return s.inlinePolicy(c)
	}
	if len(args) != 1 {
		return c.ArgErr()
	}
	arg := args[0]
	// choice is for properties of two values.
	choice := func(to *bool, yes, no string) error {
		if arg != yes && arg != no {
			return c.Errf("%s is %q or %q, not %q", name, no, yes, arg)
		}
		*to = arg == yes
		return nil
	}
	switch name {
	case "mode":
		return choice(&p.enforce, "enforce", "observe")
	case "fail":
		return choice(&p.failClosed, "closed", "open")
	case "chain":
		return choice(&p.chain, "on", "off")
	case "policy":
		return s.namedPolicy(c, arg, root)
	case "pack":
		s.pack = path(root, arg)
	case "overlay":
		overlay := file{path: arg}
		if given, path, ok := strings.Cut(arg, "="); ok {
			overlay = file{given, path}
		}
		overlay.path = path(root, overlay.path)
		s.overlays = append(s.overlays, overlay)
	case "guests":
		number, err := strconv.Atoi(arg)
		if err != nil || number < 1 || number > mostGuests {
			return c.Errf("guests is a number from 1 to %d, not %q", mostGuests, arg)
		}
		s.guests = number
	case "deadline":
		return duration(c, &s.deadline, arg, time.Millisecond)
	case "reload":
		if arg == "off" {
			s.every = 0
			return nil
		}
		return duration(c, &s.every, arg, 100*time.Millisecond)
	default:
		return c.Errf("unknown property %q", name)
	}
	return nil
}

// path is where a file lies: below the server's root, as for other plugins.
func path(root, path string) string {
	if filepath.IsAbs(path) || root == "" {
		return path
	}
	return filepath.Join(root, path)
}

func duration(c *caddy.Controller, to *time.Duration, text string, least time.Duration) error {
	d, err := time.ParseDuration(text)
	if err != nil || d < least {
		return c.Errf("%q is no duration of at least %s", text, least)
	}
	*to = d
	return nil
}

// namedPolicy takes one of our own policies by its name, else a file.
func (s *sources) namedPolicy(c *caddy.Controller, arg, root string) error {
	if s.policy != "" || s.policyFile != "" {
		return c.Err("a policy is given already")
	}
	if text, ok := presets[arg]; ok {
		s.policy = text
		return nil
	}
	s.policyFile = path(root, arg)
	if _, err := os.Stat(s.policyFile); err != nil {
		return c.Errf("%q is neither a policy of ours nor a file: %v", arg, err)
	}
	return nil
}

// inlinePolicy reads a policy out of the Corefile. Its lines keep their numbers, so that a mistake is told by the Corefile's line.
func (s *sources) inlinePolicy(c *caddy.Controller) error {
	if s.policy != "" || s.policyFile != "" {
		return c.Err("a policy is given already")
	}
	var text strings.Builder
	for line := 1; c.Next(); {
		if c.Val() == "}" {
			s.policy = text.String()
			return nil
		}
		if c.Line() > line {
			text.WriteString(strings.Repeat("\n", c.Line()-line))
			line = c.Line()
		} else {
			text.WriteString(" ")
		}
		text.WriteString(c.Val())
	}
	return c.EOFErr()
}
