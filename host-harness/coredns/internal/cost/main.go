// Command cost measures what the plugin costs a whole CoreDNS, beside what people would use instead, and prints the report's second half.
//
//	cost COREDNS NAMES OVERLAY
//
// COREDNS is the server with the plugin, NAMES a file of names as resolvers are asked, OVERLAY a list of a million names.
package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
)

const (
	// rounds are asked in turns, so that a busy neighbour disturbs all alike.
	rounds = 40
	// warm is how many of them come first and do not count: a resolver that runs has seen most names before.
	warm = 8
	// batch is the queries of a round.
	batch = 25_000
	// soak is the queries of the long run.
	soak = 10_000_000
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) != 3 {
		return fmt.Errorf("usage: cost COREDNS NAMES OVERLAY")
	}
	program, overlay := arguments[0], arguments[2]
	text, err := os.ReadFile(arguments[1])
	if err != nil {
		return err
	}
	names := strings.Fields(string(text))
	if err := traffic(program, names); err != nil {
		return err
	}
	if err := memory(program, overlay); err != nil {
		return err
	}
	return long(program, names)
}

// answering is what stands behind the plugins: an answer made on the spot, so that no upstream's noise is measured.
const answering = "template IN A {\n answer \"{{ .Name }} 60 IN A 192.0.2.1\"\n}\n"

// setups are the servers, each with the one it is compared to; the first is compared to none.
var setups = []struct {
	title, plugins string
	against        int
	// blocked is whether all queries go to one name that is blocked.
	blocked bool
}{
	{"without", answering, -1, false},
	{"phonehome, observing", "phonehome {\n policy gentle\n}\n" + answering, 0, false},
	{"phonehome, observing, with metadata", "metadata\nphonehome {\n policy gentle\n}\n" + answering, 0, false},
	{"phonehome, following CNAMEs", "phonehome {\n policy gentle\n chain on\n}\n" + answering, 0, false},
	{"blocked by acl", "acl {\n block\n}\n" + answering, -1, true},
	{"blocked by hosts", "hosts {\n 0.0.0.0 logs.roku.com\n}\n" + answering, -1, true},
	{"blocked by phonehome", "phonehome {\n mode enforce\n policy {\n  block vendor=roku answer=null_ip\n }\n}\n" + answering, 5, true},
}

// traffic compares the CPU time of a query.
func traffic(program string, names []string) error {
	servers := make([]*server, len(setups))
	for i, setup := range setups {
		var err error
		if servers[i], err = start(program, setup.plugins); err != nil {
			return err
		}
		defer servers[i].stop()
	}
	packets, err := pack(names)
	if err != nil {
		return err
	}
	blocked, err := pack([]string{"logs.roku.com"})
	if err != nil {
		return err
	}
	costs := make([][]float64, len(setups))
	at, lost := 0, 0
	for round := range rounds + warm {
		for i := range setups {
			// Every round begins with another server.
			i = (i + round) % len(setups)
			queries := window(packets, at)
			if setups[i].blocked {
				queries = window(blocked, 0)
			}
			cost, missed, err := servers[i].round(queries, batch)
			if err != nil {
				return err
			}
			lost += missed
			if round >= warm {
				costs[i] = append(costs[i], cost)
			}
		}
		at += batch
	}
	fmt.Printf("\n%d rounds of %d queries over UDP in turns behind %d that do not count, no cache; CPU time of the server's process. %d answers were lost in\nall.\n\n",
		rounds, batch, warm, lost)
	fmt.Print("| server | us a query | beside | paired difference, us | 95 % of the median |\n|---|---:|---|---:|---:|\n")
	for i, setup := range setups {
		row := fmt.Sprintf("| %s | %.2f | ", setup.title, median(costs[i]))
		if setup.against < 0 {
			fmt.Println(row + "- | - | - |")
			continue
		}
		differences := make([]float64, rounds)
		for round := range differences {
			differences[round] = costs[i][round] - costs[setup.against][round]
		}
		low, high := interval(differences)
		fmt.Printf("%s%s | %+.2f | %+.2f to %+.2f |\n", row, setups[setup.against].title, median(differences), low, high)
	}
	return nil
}

// memory tells what a server takes by the number of guests, with and without a list of a million names.
func memory(program, overlay string) error {
	fmt.Print("\n| guests | MB | MB with a list of 1,000,000 names |\n|---:|---:|---:|\n")
	for _, guests := range []int{1, 2, 8} {
		var sizes []string
		for _, list := range []string{"", "overlay " + overlay + "\n"} {
			s, err := start(program, fmt.Sprintf("phonehome {\n guests %d\n%s}\n%s", guests, list, answering))
			if err != nil {
				return err
			}
			resident, err := s.resident()
			s.stop()
			if err != nil {
				return err
			}
			sizes = append(sizes, fmt.Sprintf("%.0f", resident))
		}
		fmt.Printf("| %d | %s |\n", guests, strings.Join(sizes, " | "))
	}
	return nil
}

// long asks for hours' worth of names.
func long(program string, names []string) error {
	s, err := start(program, "phonehome {\n mode enforce\n policy gentle\n}\n"+answering)
	if err != nil {
		return err
	}
	defer s.stop()
	packets, err := pack(names)
	if err != nil {
		return err
	}
	const parts = 10
	var sizes []string
	lost := 0
	for part := range parts {
		_, missed, err := s.round(window(packets, part*soak/parts), soak/parts)
		if err != nil {
			return err
		}
		lost += missed
		resident, err := s.resident()
		if err != nil {
			return err
		}
		sizes = append(sizes, fmt.Sprintf("%.0f", resident))
	}
	fmt.Printf("\nA long run of %d queries, %d answers lost; memory in MB after each tenth: %s.\n", soak, lost, strings.Join(sizes, ", "))
	return nil
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// interval is where the median lies with 95 % confidence, by order statistics (Conover, Practical Nonparametric Statistics, section 3.2).
func interval(values []float64) (low, high float64) {
	sorted := slices.Sorted(slices.Values(values))
	n := float64(len(sorted))
	half := 1.96 * math.Sqrt(n) / 2
	from, to := int(math.Floor(n/2-half)), int(math.Ceil(n/2+half))
	return sorted[max(from-1, 0)], sorted[min(to, len(sorted)-1)]
}
