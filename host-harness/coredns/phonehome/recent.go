package phonehome

import (
	"hash/maphash"
	"sync"
)

const (
	// recentNames is how many answers are kept: names are asked for again and again, and remembering is many times as fast as asking a
	// guest. An answer depends on the name and on what the engine rests on, and on nothing else, so each engine keeps its own: 6 MB.
	recentNames = 1 << 16
	// recentLongest is the longest name that is kept, in octets.
	recentLongest = 59
	// recentShards is how many locks there are.
	recentShards = 64
)

// recent keeps the last answer of each place in a table: a name takes the place that its hash gives, whoever was there.
type recent struct {
	seed   maphash.Seed
	shards [recentShards]struct {
		sync.Mutex
		// places hold no pointers: the garbage collector has nothing to follow, which would cost more than what is saved.
		places []answered
	}
}

// answered is a name with its short answer.
type answered struct {
	length uint8
	name   [recentLongest]byte
	brief  brief
}

func newRecent() *recent {
	r := &recent{seed: maphash.MakeSeed()}
	for i := range r.shards {
		r.shards[i].places = make([]answered, recentNames/recentShards)
	}
	return r
}

// get gives the answer for a name that is remembered.
func (r *recent) get(name string, to *brief) bool {
	if len(name) > recentLongest {
		return false
	}
	hash := maphash.String(r.seed, name)
	shard := &r.shards[hash%recentShards]
	shard.Lock()
	place := &shard.places[hash/recentShards%(recentNames/recentShards)]
	found := int(place.length) == len(name) && string(place.name[:len(name)]) == name
	if found {
		*to = place.brief
	}
	shard.Unlock()
	return found && name != ""
}

func (r *recent) put(name string, b *brief) {
	if len(name) > recentLongest {
		return
	}
	hash := maphash.String(r.seed, name)
	shard := &r.shards[hash%recentShards]
	shard.Lock()
	place := &shard.places[hash/recentShards%(recentNames/recentShards)]
	place.length = uint8(len(name))
	copy(place.name[:], name)
	place.brief = *b
	shard.Unlock()
}
