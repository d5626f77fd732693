package phonehome

import (
	"bufio"
	"encoding/hex"
	"os"
	"strings"
	"testing"
)

// TestCorpus holds the plugin's classify path to the library's own answers, octet by octet. The repository's tests write the file: a
// line is a name and its short answer in hexadecimal, and its long answer.
func TestCorpus(t *testing.T) {
	path := os.Getenv("PHONEHOME_CORPUS")
	if path == "" {
		t.Skip("PHONEHOME_CORPUS names no file: the repository's tests set it")
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	e, err := newEngine(wasm, &knowledge{policy: presets["gentle"]}, limits{guests: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer e.close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	names := 0
	for ; lines.Scan(); names++ {
		cells := strings.SplitN(lines.Text(), "\t", 3)
		name, err := hex.DecodeString(cells[0])
		if err != nil || len(cells) != 3 {
			t.Fatalf("line %d: %v", names+1, err)
		}
		// Asked twice: the second answer is a remembered one.
		for range 2 {
			var b brief
			if err := e.classify(string(name), &b); err != nil || hex.EncodeToString(b[:]) != cells[1] {
				t.Errorf("%q: %x, want %s, %v", name, b, cells[1], err)
			}
		}
		if long, err := e.explain(string(name)); err != nil || string(long) != cells[2] {
			t.Errorf("%q: %s, want %s, %v", name, long, cells[2], err)
		}
	}
	if err := lines.Err(); err != nil || names < 500 {
		t.Errorf("%d names, %v", names, err)
	}
}
