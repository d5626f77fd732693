package phonehome

import (
	"fmt"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/miekg/dns"
)

func TestMetricsKeepTheRulesOfNames(t *testing.T) {
	problems, err := testutil.GatherAndLint(prometheus.DefaultGatherer)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		t.Errorf("%s: %s", problem.Metric, problem.Text)
	}
}

func TestRequestsAreCountedByCodes(t *testing.T) {
	p := open(t, wasm, blocking)
	count := func(labels ...string) float64 {
		return testutil.ToFloat64(requests.WithLabelValues(append([]string{"", ""}, labels...)...))
	}
	before := count("legitimate", "tracking", "block", "block")
	noted := count("unknown", "none", "note", "none")
	for range 3 {
		_, _ = ask(t, p, "logs.roku.com.", dns.TypeA)
	}
	_, _ = ask(t, p, "example.org.", dns.TypeA)
	if got := count("legitimate", "tracking", "block", "block") - before; got != 3 {
		t.Errorf("%v blocked requests counted", got)
	}
	if got := count("unknown", "none", "note", "none") - noted; got != 1 {
		t.Errorf("%v noted requests counted", got)
	}
}

func TestVendorsAreBounded(t *testing.T) {
	for number := range 2 * mostVendors {
		vendorCounter(fmt.Sprintf("vendor-%d", number)).Inc()
	}
	if series := testutil.CollectAndCount(vendorRequests); series > mostVendors+1 {
		t.Errorf("%d series", series)
	}
	if testutil.ToFloat64(vendorRequests.WithLabelValues("other")) == 0 {
		t.Error("nothing is counted as other")
	}
}
