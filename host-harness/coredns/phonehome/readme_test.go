package phonehome_test

import (
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/forward"
	_ "github.com/coredns/coredns/plugin/log"
	_ "github.com/coredns/coredns/plugin/metadata"
	_ "github.com/coredns/coredns/plugin/view"
)

func init() {
	caddy.Quiet, dnsserver.Quiet = true, true
	at := slices.Index(dnsserver.Directives, "acl")
	dnsserver.Directives = slices.Insert(dnsserver.Directives, at, "phonehome")
}

// readme is the plugin's manual page.
func readme(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// TestReadme starts a server with every Corefile of the manual page, as CoreDNS' own test does for its plugins.
func TestReadme(t *testing.T) {
	pieces := strings.Split(readme(t), "~~~ corefile\n")[1:]
	if len(pieces) < 4 {
		t.Fatalf("only %d Corefiles", len(pieces))
	}
	for _, piece := range pieces {
		corefile, _, _ := strings.Cut(piece, "~~~")
		dnsserver.Port = strconv.Itoa(freePort(t))
		server, err := caddy.Start(text(corefile))
		if err != nil {
			t.Errorf("%v for\n%s", err, corefile)
			continue
		}
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
		server.ShutdownCallbacks()
	}
}

// freePort is a port that nobody uses for UDP.
func freePort(t *testing.T) int {
	t.Helper()
	socket, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	return socket.LocalAddr().(*net.UDPAddr).Port
}

// text is a Corefile.
type text string

func (t text) Body() []byte     { return []byte(t) }
func (text) Path() string       { return "Corefile" }
func (text) ServerType() string { return "dns" }

// TestReadmeHasItsSections holds the manual page to the form of CoreDNS' own.
func TestReadmeHasItsSections(t *testing.T) {
	at := 0
	for _, section := range []string{"# phonehome", "## Name", "## Description", "## Syntax", "## Metadata", "## Metrics", "## Ready", "## Examples"} {
		found := strings.Index(readme(t)[at:], section+"\n")
		if found < 0 {
			t.Fatalf("no section %q, or not in its place", section)
		}
		at += found
	}
}
