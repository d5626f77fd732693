package phonehome_test

import (
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/dnstap"
	_ "github.com/coredns/coredns/plugin/template"

	tap "github.com/dnstap/golang-dnstap"
	"github.com/miekg/dns"
	"google.golang.org/protobuf/proto"
)

// TestLabelsInDnstap has *dnstap* send a label along with every message.
func TestLabelsInDnstap(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "tap.sock")
	input, err := tap.NewFrameStreamSockInputFromPath(socket)
	if err != nil {
		t.Fatal(err)
	}
	frames := make(chan []byte, 16)
	go input.ReadInto(frames)

	port := freePort(t)
	dnsserver.Port = strconv.Itoa(port)
	corefile := fmt.Sprintf(`. {
    bind 127.0.0.1
    metadata
    dnstap %s full {
        extra "of {/phonehome/vendor}"
    }
    phonehome
    template IN A {
        answer "{{ .Name }} 60 IN A 192.0.2.1"
    }
}
`, socket)
	server, err := caddy.Start(text(corefile))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	}()
	query := new(dns.Msg).SetQuestion("logs.roku.com.", dns.TypeA)
	if _, err := dns.Exchange(query, net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err != nil {
		t.Fatal(err)
	}
	for {
		select {
		case frame := <-frames:
			var message tap.Dnstap
			if err := proto.Unmarshal(frame, &message); err != nil {
				t.Fatal(err)
			}
			if string(message.Extra) == "of roku" {
				return
			}
		case <-time.After(20 * time.Second):
			t.Fatal("no message with the label")
		}
	}
}
