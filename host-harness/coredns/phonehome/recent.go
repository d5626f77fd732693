package phonehome

import (
	"hash/maphash"
	"sync/atomic"
)

// recentNames is how many answers are kept: names are asked for again and again, and remembering is ten times as fast as asking a guest.
// An answer depends on the name and on what the engine rests on, and on nothing else, so each engine keeps its own. With names of usual
// length it is some 2 MB.
const recentNames = 1 << 14

// recent keeps the last answer of each place in a table without locks: a name takes the place that its hash gives, whoever was there.
type recent struct {
	seed  maphash.Seed
	slots [recentNames]atomic.Pointer[answered]
}

// answered is a name with its short answer; it never changes.
type answered struct {
	name  string
	brief brief
}

func newRecent() *recent { return &recent{seed: maphash.MakeSeed()} }

func (r *recent) slot(name string) *atomic.Pointer[answered] {
	return &r.slots[maphash.String(r.seed, name)%recentNames]
}

// get gives the answer for a name that is remembered.
func (r *recent) get(name string, to *brief) bool {
	kept := r.slot(name).Load()
	if kept == nil || kept.name != name {
		return false
	}
	*to = kept.brief
	return true
}

func (r *recent) put(name string, b *brief) {
	r.slot(name).Store(&answered{name, *b})
}
