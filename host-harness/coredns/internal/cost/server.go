package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/miekg/dns"
)

// server is a CoreDNS as a child process.
type server struct {
	process *exec.Cmd
	folder  string
	conn    net.Conn
}

func start(program, plugins string) (*server, error) {
	folder, err := os.MkdirTemp("", "phonehome-cost-")
	if err != nil {
		return nil, err
	}
	probe, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := probe.LocalAddr().String()
	_, port, _ := net.SplitHostPort(address)
	_ = probe.Close()
	corefile := fmt.Sprintf(".:%s {\nbind 127.0.0.1\n%s}\n", port, plugins)
	if err := os.WriteFile(filepath.Join(folder, "Corefile"), []byte(corefile), 0o600); err != nil {
		return nil, err
	}
	s := &server{process: exec.Command(program, "-conf", "Corefile", "-quiet"), folder: folder}
	s.process.Dir = folder
	// One processor: what is measured is work, not waiting for a neighbour.
	s.process.Env = append(os.Environ(), "GOMAXPROCS=1")
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	if s.conn, err = net.Dial("udp", address); err != nil {
		return nil, err
	}
	probes, err := pack([]string{"ready.example"})
	if err != nil {
		return nil, err
	}
	for range 200 {
		if _, missed, err := s.round(window(probes, 0), 1); err == nil && missed == 0 {
			return s, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.stop()
	return nil, errors.New("the server does not answer:\n" + corefile)
}

func (s *server) stop() {
	_ = s.process.Process.Kill()
	_ = s.process.Wait()
	_ = os.RemoveAll(s.folder)
}

// pack makes queries.
func pack(names []string) ([][]byte, error) {
	packets := make([][]byte, 0, len(names))
	for number, name := range names {
		query := new(dns.Msg).SetQuestion(dns.Fqdn(name), dns.TypeA)
		query.Id = uint16(number)
		packet, err := query.Pack()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		packets = append(packets, packet)
	}
	return packets, nil
}

// window gives packets from one on, over and over.
func window(packets [][]byte, from int) func(int) []byte {
	return func(number int) []byte { return packets[(from+number)%len(packets)] }
}

// round sends queries, some of them at a time: microseconds of the server's CPU time for each, and how many were not answered.
func (s *server) round(query func(int) []byte, count int) (cost float64, lost int, err error) {
	const atATime = 32
	before, err := s.cpu()
	if err != nil {
		return 0, 0, err
	}
	free := make(chan struct{}, atATime)
	for range atATime {
		free <- struct{}{}
	}
	var answered atomic.Int64
	done := make(chan struct{})
	go func() {
		defer close(done)
		buffer := make([]byte, 4096)
		for answered.Load() < int64(count) {
			_ = s.conn.SetReadDeadline(time.Now().Add(500 * time.Millisecond))
			if _, err := s.conn.Read(buffer); err != nil {
				return
			}
			answered.Add(1)
			select {
			case free <- struct{}{}:
			default:
			}
		}
	}()
	for number := range count {
		select {
		case <-free:
		case <-time.After(200 * time.Millisecond):
			// Its answer was lost.
		}
		if _, err := s.conn.Write(query(number)); err != nil {
			time.Sleep(time.Millisecond)
		}
	}
	<-done
	after, err := s.cpu()
	return (after - before) * 1e6 / float64(count), count - int(answered.Load()), err
}

// cpu is the CPU time of all threads in seconds, to the nanosecond.
func (s *server) cpu() (float64, error) {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", s.process.Process.Pid))
	if err != nil || len(threads) == 0 {
		return 0, errors.Join(err, errors.New("no threads"))
	}
	var sum float64
	for _, thread := range threads {
		text, err := os.ReadFile(thread)
		if err != nil {
			return 0, err
		}
		nanoseconds, err := strconv.ParseFloat(strings.Fields(string(text))[0], 64)
		if err != nil {
			return 0, err
		}
		sum += nanoseconds / 1e9
	}
	return sum, nil
}

// resident is the memory in megabytes.
func (s *server) resident() (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0, errors.New("no VmRSS")
	}
	kilobytes, err := strconv.ParseFloat(fields[0], 64)
	return kilobytes / 1000, err
}
