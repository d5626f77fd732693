// Asks AdGuard Home's own engine (GPL-3.0: used by this test alone, never shipped). Reads a list from the file named by the
// argument and names from standard input, and prints "block", "allow" or "none" for each name.
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/AdguardTeam/urlfilter"
	"github.com/AdguardTeam/urlfilter/filterlist"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	list := filterlist.NewString(&filterlist.StringConfig{RulesText: string(text), ID: 1})
	storage, err := filterlist.NewRuleStorage([]filterlist.Interface{list})
	if err != nil {
		panic(err)
	}
	engine := urlfilter.NewDNSEngine(storage)
	fmt.Fprintln(os.Stderr, engine.RulesCount)
	names := bufio.NewScanner(os.Stdin)
	for names.Scan() {
		result, found := engine.Match(names.Text())
		switch {
		case !found:
			fmt.Println("none")
		case result.NetworkRule != nil && result.NetworkRule.Whitelist:
			fmt.Println("allow")
		default:
			fmt.Println("block")
		}
	}
}
