package phonehome

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coredns/caddy"
)

func TestParse(t *testing.T) {
	policy := filepath.Join(t.TempDir(), "my.policy")
	if err := os.WriteFile(policy, []byte("block verdict=malicious\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		corefile string
		// wantErr is a part of the error; empty: none.
		wantErr string
	}{
		{"phonehome", ""},
		{"phonehome {\n}", ""},
		{"phonehome {\n mode enforce\n fail closed\n chain on\n guests 3\n deadline 20ms\n reload 1m\n policy gentle\n}", ""},
		{"phonehome {\n policy " + policy + "\n}", ""},
		{"phonehome {\n policy {\n  block verdict=malicious\n }\n mode observe\n}", ""},
		{"phonehome enforce", "Wrong argument count"},
		{"phonehome {\n mode block\n}", `Testfile:2 - Error during parsing: mode is "observe" or "enforce", not "block"`},
		{"phonehome {\n fail\n}", "Testfile:2 - Error during parsing: Wrong argument count"},
		{"phonehome {\n guests 0\n}", "Testfile:2 - Error during parsing: guests is a number from 1 to 256"},
		{"phonehome {\n deadline soon\n}", `"soon" is no duration`},
		{"phonehome {\n reload 1us\n}", `"1us" is no duration of at least 100ms`},
		{"phonehome {\n polcy x\n}", `Testfile:2 - Error during parsing: unknown property "polcy"`},
		{"phonehome {\n policy nosuch\n}", `"nosuch" is neither a policy of ours nor a file`},
		{"phonehome {\n policy gentle\n policy gentle\n}", "Testfile:3 - Error during parsing: a policy is given already"},
		{"phonehome {\n policy {\n  allow\n", "Unexpected EOF"},
		{"phonehome\nphonehome", "this plugin can only be used once per Server Block"},
		{"phonehome {\n mode enforce\n\n policy {\n  block verdict=malicious\n  block purpos=tracking\n }\n}", "line 6, column 7"},
		{"phonehome {\n pack /nosuch.pack\n}", "no such file"},
		{"phonehome {\n overlay mine=" + policy + "\n}", "overlay"},
	}
	for _, tc := range tests {
		c := caddy.NewTestController("dns", tc.corefile)
		p, err := parse(c)
		if err == nil {
			p.sources.guests = 1
			var e *engine
			if e, err = p.sources.engine(); err == nil {
				e.close()
			}
		}
		switch {
		case tc.wantErr == "" && err != nil:
			t.Errorf("%q: %v", tc.corefile, err)
		case tc.wantErr != "" && (err == nil || !strings.Contains(err.Error(), tc.wantErr)):
			t.Errorf("%q: got %v, want %q", tc.corefile, err, tc.wantErr)
		}
	}
}

func TestDefaults(t *testing.T) {
	p, err := parse(caddy.NewTestController("dns", "phonehome"))
	if err != nil {
		t.Fatal(err)
	}
	if p.enforce || p.failClosed || p.chain || p.sources.deadline != 0 || p.sources.every != 5*time.Second {
		t.Errorf("%+v", p)
	}
}
