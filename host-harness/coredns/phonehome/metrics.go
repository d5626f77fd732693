package phonehome

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coredns/coredns/plugin"
	"github.com/coredns/coredns/plugin/metrics"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Labels are codes, servers and views: never a name that was asked for, never a client.
var (
	requests = promauto.NewCounterVec(prometheus.CounterOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "requests_total",
		Help:      "Counter of requests by what is known of their names, what the policy wants and what was applied.",
	}, []string{"server", "view", "verdict", "purpose_group", "action", "applied"})
	classificationDuration = promauto.NewHistogram(prometheus.HistogramOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "classification_duration_seconds",
		Help:      "Histogram of the time it takes a guest to classify a name that is not remembered, waiting for a guest included.",
		Buckets:   prometheus.ExponentialBuckets(0.25e-6, 4, 10),
	})
	vendorRequests = promauto.NewCounterVec(prometheus.CounterOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "vendor_requests_total",
		Help:      "Counter of requests by vendor; vendors that came late are counted as other.",
	}, []string{"vendor"})
	failures = promauto.NewCounterVec(prometheus.CounterOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "failed_requests_total",
		Help:      "Counter of requests whose names could not be classified.",
	}, []string{"server", "view"})
	guestFailures = promauto.NewCounter(prometheus.CounterOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "guest_failures_total",
		Help:      "Counter of guests that failed and were replaced.",
	})
	poolWaits = promauto.NewCounter(prometheus.CounterOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "pool_waits_total",
		Help:      "Counter of names that had to wait for a guest.",
	})
	reloads = promauto.NewCounterVec(prometheus.CounterOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "reloads_total",
		Help:      "Counter of reloads of files, by result: success or failure.",
	}, []string{"result"})
	packDate = promauto.NewGauge(prometheus.GaugeOpts{
		Namespace: plugin.Namespace,
		Subsystem: pluginName,
		Name:      "pack_timestamp_seconds",
		Help:      "Gauge of the date of the knowledge.",
	})
)

// setPackDate tells the date of the knowledge, where it has one.
func setPackDate(date string) {
	if day, err := time.Parse(time.DateOnly, date); err == nil {
		packDate.Set(float64(day.Unix()))
	}
}

// mostVendors is how many vendors have a counter of their own: those that come first, and whatever is asked often comes early.
const mostVendors = 100

// vendorCounters are the counters of vendors by id.
var vendorCounters = struct {
	sync.RWMutex
	byID map[string]prometheus.Counter
}{byID: map[string]prometheus.Counter{}}

func vendorCounter(id string) prometheus.Counter {
	all := &vendorCounters
	all.RLock()
	counter := all.byID[id]
	all.RUnlock()
	if counter != nil {
		return counter
	}
	all.Lock()
	defer all.Unlock()
	if counter = all.byID[id]; counter == nil {
		label := id
		if len(all.byID) >= mostVendors {
			label = "other"
		}
		counter = vendorRequests.WithLabelValues(label)
		all.byID[id] = counter
	}
	return counter
}

// place is where a table keeps the counter of a request.
type place struct{ verdict, group, action, applied int }

var applied = [...]string{appliedNone, appliedBlock}

// table holds the counters of a server and view: looking labels up at every request would take longer than classifying.
type table struct {
	server, view string
	counters     [len(verdicts)][len(groups) + 1][len(actions)][len(applied)]atomic.Pointer[prometheus.Counter]
}

// tables are the tables by server and view.
var tables sync.Map

type serverAndView struct{ server, view string }

func tableOf(ctx context.Context) *table {
	at := serverAndView{metrics.WithServer(ctx), metrics.WithView(ctx)}
	found, ok := tables.Load(at)
	if !ok {
		found, _ = tables.LoadOrStore(at, &table{server: at.server, view: at.view})
	}
	return found.(*table)
}

func (t *table) counter(at place) prometheus.Counter {
	kept := &t.counters[at.verdict][at.group][at.action][at.applied]
	if counter := kept.Load(); counter != nil {
		return *counter
	}
	group := "none"
	if at.group < len(groups) {
		group = groups[at.group]
	}
	counter := requests.WithLabelValues(t.server, t.view, verdicts[at.verdict], group, actions[at.action], applied[at.applied])
	kept.Store(&counter)
	return counter
}

// groupPlaces are the places of purposes' groups in a table.
var groupPlaces = func() (places [len(purposes)]int) {
	for purpose, group := range purposeGroups {
		for place, id := range groups {
			if id == group {
				places[purpose] = place
			}
		}
	}
	return places
}()

// countFailure counts a request whose name could not be classified.
func countFailure(ctx context.Context) {
	failures.WithLabelValues(metrics.WithServer(ctx), metrics.WithView(ctx)).Inc()
}

// count counts a request when it is known what becomes of it.
func count(ctx context.Context, v *verdict) {
	b := v.decided()
	at := place{verdict: min(int(b.verdict()), len(verdicts)-1), group: len(groups), action: v.action()}
	if number, ok := b.purpose(); ok {
		at.group = groupPlaces[number]
	}
	if v.applied == appliedBlock {
		at.applied = 1
	}
	tableOf(ctx).counter(at).Inc()
	if vendor := v.engine.vendor(v.brief.vendor()); vendor != "" {
		vendorCounter(vendor).Inc()
	}
}
