// Code generated from the repository's sources by `cargo dev codes`; DO NOT EDIT.

package phonehome

// presets are the policies that have a name.
var presets = map[string]string{
	"gentle": "" +
		"# gentle: blocks tracking that our entries state (never what is only guessed from a name), where reports say that nothing or\n" +
		"# little is lost; where nobody has tested, only hosts that do nothing but advertise, recognise what is on screen or measure.\n" +
		"# Hosts that also update, steer or keep a device online stay open.\n" +
		"#\n" +
		"# corpus: blocks 66 of 799 names; 0 break something, 20 cost something, 14 cost nothing in a test,\n" +
		"# corpus: 32 have an entry but nobody has tested them, 0 have no entry.\n" +
		"allow  listed=allow\n" +
		"block  listed=threat                                                     answer=refused\n" +
		"block  listed=block\n" +
		"block  verdict=legitimate,shared purpose=tracking basis=stated impact=none,degraded purpose!=updates,plumbing,control,carrying\n" +
		"block  verdict=legitimate,shared purpose=advertising,acr,analytics basis=stated impact=unknown purpose!=telemetry,crash_diagnostics,updates,plumbing,control,carrying\n",
	"observe": "" +
		"# observe: blocks nothing, notes what deserves a look. For the first weeks, and for anyone who only wants to know.\n" +
		"#\n" +
		"# corpus: blocks nothing.\n" +
		"log    verdict=risky,suspicious,malicious,unknown\n",
	"things": "" +
		"# things: for a network that holds nothing but things (cameras, plugs, TVs; no phones, no computers). Makers' own names and\n" +
		"# rented clouds pass; what anyone can register, what looks odd and what we do not know is refused. Expect to add `allow`\n" +
		"# lines for makers that our base lacks: run it in observe mode first and read what it would block.\n" +
		"#\n" +
		"# corpus: blocks 184 of 799 names; 1 break something, 0 cost something, 0 cost nothing in a test,\n" +
		"# corpus: 60 have an entry but nobody has tested them, 123 have no entry.\n" +
		"allow  listed=allow\n" +
		"block  listed=threat                                                     answer=refused\n" +
		"block  listed=block\n" +
		"allow  reason=name.local,name.reverse,name.single_label\n" +
		"block  verdict=risky,suspicious,malicious                                answer=refused\n" +
		"block  verdict=shared risk=resolver_bypass\n" +
		"allow  verdict=legitimate,shared\n" +
		"block  verdict=unknown\n",
}
