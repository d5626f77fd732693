package phonehome

import (
	"fmt"
	"os"
	"time"
)

// sources are the files and texts that an engine is made of.
type sources struct {
	limits
	// code is the module.
	code []byte
	// pack is a file with a base pack; empty: the one inside the module.
	pack string
	// overlays are files with lists, each with the name it is given; empty: the one in the file.
	overlays []file
	// policy is a text, policyFile a file with one; at most one is set.
	policy, policyFile string
	// every is how often files are looked at; 0: never.
	every time.Duration
}

// file is a file with a name of its own.
type file struct{ name, path string }

// state is how a file was found: enough to tell that it changed.
type state struct {
	size     int64
	modified time.Time
}

// paths are all files.
func (s *sources) paths() []string {
	var paths []string
	for _, path := range []string{s.pack, s.policyFile} {
		if path != "" {
			paths = append(paths, path)
		}
	}
	for _, overlay := range s.overlays {
		paths = append(paths, overlay.path)
	}
	return paths
}

// states are how the files are now; a file that is not there has the state of none.
func (s *sources) states() map[string]state {
	states := map[string]state{}
	for _, path := range s.paths() {
		if info, err := os.Stat(path); err == nil {
			states[path] = state{info.Size(), info.ModTime()}
		} else {
			states[path] = state{}
		}
	}
	return states
}

// engine reads all files and opens what they hold.
func (s *sources) engine() (*engine, error) {
	k := &knowledge{policy: s.policy}
	var err error
	read := func(path string) []byte {
		if err != nil {
			return nil
		}
		var bytes []byte
		if bytes, err = os.ReadFile(path); err == nil && len(bytes) == 0 {
			err = fmt.Errorf("%s is empty", path)
		}
		return bytes
	}
	if s.pack != "" {
		k.base = read(s.pack)
	}
	for _, overlay := range s.overlays {
		k.overlays = append(k.overlays, list{overlay.name, read(overlay.path)})
	}
	if s.policyFile != "" {
		k.policy = string(read(s.policyFile))
	}
	if err != nil {
		return nil, err
	}
	return newEngine(s.code, k, s.limits)
}

// watch looks at the files again and again until stop is closed, and has take take over what they became. What cannot be opened
// changes nothing, and is told once.
func (s *sources) watch(stop <-chan struct{}, seen map[string]state, take func(*engine)) {
	ticker := time.NewTicker(s.every)
	defer ticker.Stop()
	for {
		select {
		case <-stop:
			return
		case <-ticker.C:
		}
		now := s.states()
		if same(seen, now) {
			continue
		}
		seen = now
		e, err := s.engine()
		if err != nil {
			reloads.WithLabelValues("failure").Inc()
			log.Errorf("Files changed and cannot be used, the last good ones stay: %v", err)
			continue
		}
		take(e)
		reloads.WithLabelValues("success").Inc()
		log.Infof("Files changed and are in use: knowledge %s of %s", e.info.Version, e.info.Date)
	}
}

func same(a, b map[string]state) bool {
	for path, state := range a {
		if !b[path].modified.Equal(state.modified) || b[path].size != state.size {
			return false
		}
	}
	return true
}
