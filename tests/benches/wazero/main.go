// Command wazero answers a file of names with phonehome's flat module inside wazero, once for each line "round" it reads.
//
//	wazero MODULE NAMES calls|lines
//
// It prints "ready" when it has read the names, and for every round nanoseconds of this process's CPU time a name and a checksum
// over all answers.
// The names end with LF each. "calls" asks for a name at a time, "lines" for 100.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"os"
	"syscall"
)

const (
	// What is timed at once, and what one call of "lines" answers; as in the other hosts.
	chunk, batch = 1000, 100
	briefSize    = 32
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "wazero:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 4 || (os.Args[3] != "calls" && os.Args[3] != "lines") {
		return fmt.Errorf("usage: wazero MODULE NAMES calls|lines")
	}
	wasm, err := os.ReadFile(os.Args[1])
	if err != nil {
		return err
	}
	text, err := os.ReadFile(os.Args[2])
	if err != nil {
		return err
	}
	guest, err := open(wasm)
	if err != nil {
		return err
	}
	size, answer := 1, guest.call
	if os.Args[3] == "lines" {
		size, answer = batch, guest.lines
	}
	requests, names := cut(text, size)
	fmt.Println("ready")
	for input := bufio.NewScanner(os.Stdin); input.Scan(); {
		spent, sum, err := round(requests, chunk/size, answer)
		if err != nil {
			return err
		}
		fmt.Printf("%.2f %d\n", float64(spent)/float64(names), sum)
	}
	return nil
}

// cut gives pieces of so many lines, the last LF of each left out, and how many lines there are.
func cut(text []byte, size int) (pieces [][]byte, lines int) {
	start := 0
	for at, octet := range text {
		if octet != '\n' {
			continue
		}
		if lines++; lines%size == 0 || at == len(text)-1 {
			pieces = append(pieces, text[start:at])
			start = at + 1
		}
	}
	return pieces, lines
}

// round answers all requests, so many at once between two readings of the clock.
func round(requests [][]byte, atOnce int, answer func(request, answers []byte) ([]byte, error)) (spent int64, sum uint32, err error) {
	answers := make([]byte, 0, chunk*briefSize)
	for len(requests) > 0 {
		some := requests[:min(atOnce, len(requests))]
		requests = requests[len(some):]
		answers = answers[:0]
		start := cpuTime()
		for _, request := range some {
			if answers, err = answer(request, answers); err != nil {
				return 0, 0, err
			}
		}
		spent += cpuTime() - start
		sum = add(sum, answers)
	}
	return spent, sum, nil
}

// add is FNV-1a over words of 32 bits.
func add(sum uint32, answers []byte) uint32 {
	for ; len(answers) >= 4; answers = answers[4:] {
		sum = (sum ^ binary.LittleEndian.Uint32(answers)) * 0x01000193
	}
	return sum
}

// cpuTime is what all threads of this process took, the garbage collector's too, in nanoseconds.
func cpuTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}
