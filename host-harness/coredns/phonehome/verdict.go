package phonehome

import (
	"encoding/json"
	"math/bits"
	"strconv"
	"strings"
	"sync"
)

// verdict is what is known of one query's name, found out when it is first asked for.
type verdict struct {
	plugin *Phonehome
	name   string
	once   sync.Once
	// engine is the one that answered.
	engine *engine
	brief  brief
	err    error
	// target is the name behind a CNAME that decided instead of the query's own, and its short answer.
	target       string
	targetBrief  brief
	targetVendor string
	applied      string
	explained    sync.Once
	long         explanation
}

// explanation is what is read of the long answer.
type explanation struct {
	Advice string `json:"advice"`
	Lists  []struct {
		List string `json:"list"`
	} `json:"lists"`
}

// look classifies the name, once.
func (v *verdict) look() error {
	v.once.Do(func() {
		v.engine, v.err = v.plugin.ask(func(e *engine) error { return e.classify(v.name, &v.brief) })
	})
	return v.err
}

// explain reads the long answer, once; of a guest that fails it is empty.
func (v *verdict) explain() *explanation {
	v.explained.Do(func() {
		_, _ = v.plugin.ask(func(e *engine) error {
			text, err := e.explain(v.name)
			if err != nil {
				return err
			}
			return json.Unmarshal(text, &v.long)
		})
	})
	return &v.long
}

// decided is the short answer that decides: the name's own, or that of what it points to.
func (v *verdict) decided() *brief {
	if v.target != "" {
		return &v.targetBrief
	}
	return &v.brief
}

// What the policy wants, as numbers of actions.
const (
	actionAllow = iota
	actionNote
	actionBlock
)

// actions are what a policy may want.
var actions = [...]string{actionAllow: "allow", actionNote: "note", actionBlock: "block"}

// action is what the policy wants.
func (v *verdict) action() int {
	switch b := v.decided(); {
	case b.blocks():
		return actionBlock
	case b.noted():
		return actionNote
	}
	return actionAllow
}

// labels are what metadata tells. Of a name that could not be classified all are empty but "applied".
var labels = map[string]func(*verdict) string{
	"phonehome/vendor":     func(v *verdict) string { return v.engine.vendor(v.brief.vendor()) },
	"phonehome/platform":   func(v *verdict) string { return v.engine.platform(v.brief.platform()) },
	"phonehome/verdict":    func(v *verdict) string { return code(verdicts[:], v.brief.verdict()) },
	"phonehome/purpose":    (*verdict).purpose,
	"phonehome/impact":     func(v *verdict) string { return code(impacts[:], v.brief.impact()) },
	"phonehome/confidence": func(v *verdict) string { return strconv.Itoa(int(v.brief.confidence())) },
	"phonehome/reasons":    func(v *verdict) string { return reasonCodes(v.brief.reasons()) },
	"phonehome/action":     func(v *verdict) string { return actions[v.action()] },
	"phonehome/advice":     func(v *verdict) string { return v.explain().Advice },
	"phonehome/lists":      (*verdict).lists,
	"phonehome/points_to":  func(v *verdict) string { return strings.TrimSuffix(v.target, ".") },
}

// labelApplied is what was done, also about a name that could not be classified.
const labelApplied = "phonehome/applied"

// label is one of labels.
func (v *verdict) label(read func(*verdict) string) string {
	if v.look() != nil {
		return ""
	}
	return read(v)
}

func (v *verdict) purpose() string {
	if number, ok := v.brief.purpose(); ok {
		return purposes[number]
	}
	return ""
}

// lists are the operator's lists that cover the name. The long answer is only made where there are some.
func (v *verdict) lists() string {
	if !v.brief.hasList() {
		return ""
	}
	var names []string
	for _, list := range v.explain().Lists {
		names = append(names, list.List)
	}
	return strings.Join(names, ",")
}

func code(codes []string, number uint8) string {
	if int(number) < len(codes) {
		return codes[number]
	}
	return ""
}

func reasonCodes(set uint64) string {
	var codes []string
	for ; set != 0; set &= set - 1 {
		if number := bits.TrailingZeros64(set); number < len(reasons) {
			codes = append(codes, reasons[number])
		}
	}
	return strings.Join(codes, ",")
}
