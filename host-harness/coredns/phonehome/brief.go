package phonehome

import (
	"encoding/binary"
	"math/bits"
)

// briefSize is the length of a short answer.
const briefSize = 32

// brief is the short answer of the module; ABI.md gives the layout.
type brief [briefSize]byte

func (b *brief) verdict() uint8    { return b[0] }
func (b *brief) confidence() uint8 { return b[1] }

// blocks is whether the policy blocks the name.
func (b *brief) blocks() bool { return b[2]&3 == 1 }

// noted is whether a "log" line of the policy matched.
func (b *brief) noted() bool { return b[2]&4 != 0 }

// mode is the answer that a blocked question gets.
func (b *brief) mode() uint8 {
	if mode := b[2] >> 3 & 7; mode > 0 {
		return mode - 1
	}
	return modeNxdomain
}

func (b *brief) impact() uint8 { return b[3] & 3 }

// ttl is how long a blocked answer is kept, in seconds.
func (b *brief) ttl() uint32 {
	const stormKnown = 1
	if b[3]>>2&3 == stormKnown {
		return blockedTTLStorm
	}
	return blockedTTL
}

func (b *brief) vendor() uint16   { return binary.LittleEndian.Uint16(b[4:]) }
func (b *brief) platform() uint16 { return binary.LittleEndian.Uint16(b[6:]) }
func (b *brief) reasons() uint64  { return binary.LittleEndian.Uint64(b[16:]) }

// purpose is the number of the most important purpose, and whether there is one.
func (b *brief) purpose() (int, bool) {
	return int(b[27]), int(b[27]) < len(purposes)
}

// hasReason is whether a reason with this code is among the answer's.
func (b *brief) hasReason(code string) bool {
	for set := b.reasons(); set != 0; set &= set - 1 {
		if number := bits.TrailingZeros64(set); number < len(reasons) && reasons[number] == code {
			return true
		}
	}
	return false
}

// hasList is whether a list of the operator's covers the name.
func (b *brief) hasList() bool {
	for _, kind := range [...]string{"threat", "block", "allow", "label"} {
		if b.hasReason("overlay." + kind) {
			return true
		}
	}
	return false
}
