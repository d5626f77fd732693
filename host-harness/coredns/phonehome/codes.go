// Code generated from the repository's sources by `cargo dev codes`; DO NOT EDIT.

package phonehome

// abiVersion is the version of the flat module's interface that this host knows.
const abiVersion = 1

// maxInput is the most octets of one input.
const maxInput = 67108864

// blockedTTL is how long a blocked answer is kept, in seconds.
const blockedTTL = 300

// blockedTTLStorm is the same for names that are asked again and again once blocked.
const blockedTTLStorm = 3600

// verdicts are the codes of a vocabulary by their numbers.
var verdicts = [...]string{
	"unknown",
	"legitimate",
	"shared",
	"risky",
	"suspicious",
	"malicious",
}

// purposes are the codes of a vocabulary by their numbers.
var purposes = [...]string{
	"telemetry",
	"crash_diagnostics",
	"analytics",
	"advertising",
	"acr",
	"firmware_update",
	"app_store",
	"os_update",
	"connectivity_check",
	"time_sync",
	"dns_bootstrap",
	"ip_geo_lookup",
	"device_cloud",
	"remote_control",
	"push",
	"provisioning",
	"account_auth",
	"sync",
	"media_relay",
	"cloud_storage",
	"content",
	"voice_assistant",
	"pki_license",
}

// impacts are the codes of a vocabulary by their numbers.
var impacts = [...]string{
	"unknown",
	"none",
	"degraded",
	"breaks",
}

// answerModes are the codes of a vocabulary by their numbers.
var answerModes = [...]string{
	"nxdomain",
	"null_ip",
	"nodata",
	"refused",
	"drop",
}

// reasons are the codes of a vocabulary by their numbers.
var reasons = [...]string{
	"kb.exact",
	"kb.suffix",
	"kb.pattern",
	"kb.inferred",
	"kb.none",
	"kb.defunct",
	"suffix.private",
	"suffix.public",
	"suffix.unlisted",
	"suffix.dynamic_dns",
	"suffix.tunnel_service",
	"suffix.free_hosting",
	"risk.p2p_oem_platform",
	"risk.defunct_vendor",
	"risk.preinfected_device",
	"risk.resolver_bypass",
	"name.invalid",
	"name.ip",
	"name.local",
	"name.reverse",
	"name.single_label",
	"name.search_suffix",
	"overlay.threat",
	"overlay.block",
	"overlay.allow",
	"overlay.label",
	"model.random",
	"look.typo",
	"look.homograph",
	"look.combo",
	"look.brand_in_subdomain",
	"tunnel.long_labels",
	"suffix.abused_tld",
}

// purposeGroups are the groups of the purposes by the purposes' numbers.
var purposeGroups = [...]string{
	"tracking",
	"tracking",
	"tracking",
	"tracking",
	"tracking",
	"updates",
	"updates",
	"updates",
	"plumbing",
	"plumbing",
	"plumbing",
	"plumbing",
	"control",
	"control",
	"control",
	"control",
	"control",
	"control",
	"carrying",
	"carrying",
	"carrying",
	"carrying",
	"carrying",
}

// groups are all groups of purposes.
var groups = [...]string{
	"tracking",
	"updates",
	"plumbing",
	"control",
	"carrying",
}

// verdictUnknown is the verdict "unknown".
const verdictUnknown = 0

// verdictLegitimate is the verdict "legitimate".
const verdictLegitimate = 1

// verdictShared is the verdict "shared".
const verdictShared = 2

// verdictRisky is the verdict "risky".
const verdictRisky = 3

// verdictSuspicious is the verdict "suspicious".
const verdictSuspicious = 4

// verdictMalicious is the verdict "malicious".
const verdictMalicious = 5

// modeNxdomain is the mode "nxdomain".
const modeNxdomain = 0

// modeNullIp is the mode "null_ip".
const modeNullIp = 1

// modeNodata is the mode "nodata".
const modeNodata = 2

// modeRefused is the mode "refused".
const modeRefused = 3

// modeDrop is the mode "drop".
const modeDrop = 4

// impactUnknown is the impact "unknown".
const impactUnknown = 0

// impactNone is the impact "none".
const impactNone = 1

// impactDegraded is the impact "degraded".
const impactDegraded = 2

// impactBreaks is the impact "breaks".
const impactBreaks = 3
