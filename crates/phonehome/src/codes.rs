//! The vocabulary. Generated from `codes.toml` by `cargo dev codes`; do not edit.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// How worrying a name is.
    Verdict {
        /// Nothing is known about the name. Not the same as safe.
        Unknown = "unknown", "not in our base";
        /// A known vendor's or platform's own infrastructure; an advertising host is one too.
        Legitimate = "legitimate", "maker's own";
        /// CDN, cloud, NTP pool, PKI: the operator is known, the tenant is not.
        Shared = "shared", "rented cloud or CDN";
        /// Known infrastructure with a documented abuse problem; it may be one's own.
        Risky = "risky", "anyone can register here";
        /// The name alone has the shape of a DGA, a DNS tunnel or a vendor's look-alike.
        Suspicious = "suspicious", "odd-looking";
        /// On a `threat` overlay that the operator loaded.
        Malicious = "malicious", "on a threat list";
    }
}

vocabulary! {
    /// Purposes as people group them.
    PurposeGroup {
        /// tracking
        Tracking = "tracking", "tracking";
        /// updates
        Updates = "updates", "updates";
        /// plumbing
        Plumbing = "plumbing", "plumbing";
        /// control
        Control = "control", "control";
        /// content
        Carrying = "carrying", "content";
    }
}

vocabulary! {
    /// What a name is for.
    Purpose {
        /// The device reports its own state, use or events to its maker.
        Telemetry = "telemetry", "usage and health reports";
        /// Crash dumps, error reports, remote logs for repair.
        CrashDiagnostics = "crash_diagnostics", "crash reports";
        /// Measurement of the user's behaviour, by the maker or a third party.
        Analytics = "analytics", "usage measurement";
        /// Choosing, fetching, counting advertisements.
        Advertising = "advertising", "advertising";
        /// Automatic content recognition: what is on the TV screen.
        Acr = "acr", "watching what is on screen";
        /// Check for or download of the device's own firmware.
        FirmwareUpdate = "firmware_update", "firmware updates";
        /// Catalogue, installation and update of apps on the device.
        AppStore = "app_store", "app store";
        /// Update of a general operating system (phone, PC, TV system of another maker).
        OsUpdate = "os_update", "system updates";
        /// "Am I online?", captive-portal probe.
        ConnectivityCheck = "connectivity_check", "am-I-online check";
        /// NTP or an HTTP clock.
        TimeSync = "time_sync", "clock";
        /// Finding addresses outside plain DNS: DoH, HTTPDNS, server dispatch by address.
        DnsBootstrap = "dns_bootstrap", "finding servers outside DNS";
        /// Own public address, country, location by address.
        IpGeoLookup = "ip_geo_lookup", "location by address";
        /// The standing command channel of the device: MQTT, XMPP, CoAP, long poll.
        DeviceCloud = "device_cloud", "device cloud";
        /// The app's or voice cloud's API to steer devices.
        RemoteControl = "remote_control", "app and remote control";
        /// Notification service towards app or device.
        Push = "push", "notifications";
        /// Registration, pairing, configuration, choice of region or server.
        Provisioning = "provisioning", "set-up and pairing";
        /// Sign-in, tokens, account.
        AccountAuth = "account_auth", "sign-in";
        /// The user's own data between devices: backup, gallery, contacts, find-my.
        Sync = "sync", "your data between devices";
        /// Live audio or video between device and app: P2P, STUN/TURN, relay.
        MediaRelay = "media_relay", "live audio and video";
        /// Recorded clips, files, object storage.
        CloudStorage = "cloud_storage", "recordings and files";
        /// Streaming, pictures, EPG, skills, static files.
        Content = "content", "streaming and pictures";
        /// Speech to the cloud and back.
        VoiceAssistant = "voice_assistant", "voice assistant";
        /// OCSP, CRL, certificates, DRM, licence checks.
        PkiLicense = "pki_license", "certificates and licences";
    }
}

vocabulary! {
    /// Device classes as people group them.
    ClassGroup {
        /// TV
        Tv = "tv", "TV";
        /// camera
        Camera = "camera", "camera";
        /// console
        Console = "console", "console";
        /// voice
        Voice = "voice", "voice";
        /// smart home
        SmartHome = "smart_home", "smart home";
        /// appliance
        Appliance = "appliance", "appliance";
        /// network
        Network = "network", "network";
        /// printer
        Printer = "printer", "printer";
        /// phone/computer
        PhoneComputer = "phone_computer", "phone/computer";
        /// other
        Other = "other", "other";
    }
}

vocabulary! {
    /// What kind of device uses a name.
    Class {
        /// TV
        Tv = "tv", "TV";
        /// streaming player
        Streamer = "streamer", "streaming player";
        /// set-top box
        SetTopBox = "set_top_box", "set-top box";
        /// speaker
        Speaker = "speaker", "speaker";
        /// voice assistant
        VoiceAssistant = "voice_assistant", "voice assistant";
        /// game console
        Console = "console", "game console";
        /// camera
        Camera = "camera", "camera";
        /// doorbell
        Doorbell = "doorbell", "doorbell";
        /// smart-home hub
        Hub = "hub", "smart-home hub";
        /// smart plug
        Plug = "plug", "smart plug";
        /// light
        Light = "light", "light";
        /// thermostat
        Thermostat = "thermostat", "thermostat";
        /// appliance
        Appliance = "appliance", "appliance";
        /// robot vacuum
        Vacuum = "vacuum", "robot vacuum";
        /// lock
        Lock = "lock", "lock";
        /// sensor
        Sensor = "sensor", "sensor";
        /// garage door
        Garage = "garage", "garage door";
        /// energy system
        Energy = "energy", "energy system";
        /// printer
        Printer = "printer", "printer";
        /// network storage
        Nas = "nas", "network storage";
        /// router
        Router = "router", "router";
        /// phone
        Phone = "phone", "phone";
        /// tablet
        Tablet = "tablet", "tablet";
        /// computer
        Computer = "computer", "computer";
        /// wearable
        Wearable = "wearable", "wearable";
        /// health device
        Health = "health", "health device";
        /// toy
        Toy = "toy", "toy";
        /// VR headset
        Vr = "vr", "VR headset";
        /// car
        Car = "car", "car";
        /// other device
        Other = "other", "other device";
    }
}

vocabulary! {
    /// What blocking a name costs.
    Impact {
        /// nobody has reported
        Unknown = "unknown", "nobody has reported";
        /// nothing you would miss
        None = "none", "nothing you would miss";
        /// something gets worse
        Degraded = "degraded", "something gets worse";
        /// something stops working
        Breaks = "breaks", "something stops working";
    }
}

vocabulary! {
    /// Whether a blocked device retries without pause.
    Storm {
        /// not known
        Unknown = "unknown", "not known";
        /// retries hard when blocked
        Known = "known", "retries hard when blocked";
        /// probably retries hard when blocked
        Likely = "likely", "probably retries hard when blocked";
        /// does not retry hard
        No = "no", "does not retry hard";
    }
}

vocabulary! {
    /// How a blocked query is answered.
    AnswerMode {
        /// NXDOMAIN
        Nxdomain = "nxdomain", "NXDOMAIN";
        /// 0.0.0.0 and ::
        NullIp = "null_ip", "0.0.0.0 and ::";
        /// NODATA
        Nodata = "nodata", "NODATA";
        /// REFUSED
        Refused = "refused", "REFUSED";
        /// no answer
        Drop = "drop", "no answer";
    }
}

vocabulary! {
    /// Why known infrastructure is risky.
    Risk {
        /// dynamic DNS: anyone may point a name here; it may be your own
        DynamicDns = "dynamic_dns", "dynamic DNS: anyone may point a name here; it may be your own";
        /// tunnel service: a private machine published through someone else's; it may be your own
        TunnelService = "tunnel_service", "tunnel service: a private machine published through someone else's; it may be your own";
        /// free hosting: anyone may put pages or files here; it may be your own
        FreeHosting = "free_hosting", "free hosting: anyone may put pages or files here; it may be your own";
        /// camera cloud with a public record of weak access control
        P2pOemPlatform = "p2p_oem_platform", "camera cloud with a public record of weak access control";
        /// the service has shut down; the name may change hands
        DefunctVendor = "defunct_vendor", "the service has shut down; the name may change hands";
        /// called by devices sold with malware on board
        PreinfectedDevice = "preinfected_device", "called by devices sold with malware on board";
        /// lets a device look names up past your resolver
        ResolverBypass = "resolver_bypass", "lets a device look names up past your resolver";
    }
}

vocabulary! {
    /// The one piece of advice on blocking.
    Advice {
        /// block it
        Block = "block", "block it";
        /// safe to block
        SafeToBlock = "safe_to_block", "safe to block";
        /// costs something
        CostsSomething = "costs_something", "costs something";
        /// leave it
        Leave = "leave", "leave it";
        /// untested
        Untested = "untested", "untested";
        /// your call
        YourCall = "your_call", "your call";
    }
}

vocabulary! {
    /// The name model's score in words.
    Band {
        /// low
        Low = "low", "low";
        /// raised
        Raised = "raised", "raised";
        /// high
        High = "high", "high";
    }
}

vocabulary! {
    /// What an operator's list says of its names.
    OverlayKind {
        /// threat list
        Threat = "threat", "threat list";
        /// block list
        Block = "block", "block list";
        /// allow list
        Allow = "allow", "allow list";
        /// own label
        Label = "label", "own label";
    }
}

vocabulary! {
    /// What a fact rests on.
    EvidenceKind {
        /// maker's documentation
        Doc = "doc", "maker's documentation";
        /// source code
        Code = "code", "source code";
        /// maintained list
        List = "list", "maintained list";
        /// public thread
        Thread = "thread", "public thread";
        /// traffic capture
        Capture = "capture", "traffic capture";
        /// general knowledge, unchecked
        Knowledge = "knowledge", "general knowledge, unchecked";
    }
}

vocabulary! {
    /// Why an answer is what it is.
    Reason {
        /// our base has an entry for exactly {match}
        KbExact = "kb.exact", "our base has an entry for exactly {match}";
        /// our base has an entry for {match} and everything below it
        KbSuffix = "kb.suffix", "our base has an entry for {match} and everything below it";
        /// the name fits the family {match}
        KbPattern = "kb.pattern", "the name fits the family {match}";
        /// the purpose is guessed from the word "{token}" in the name
        KbInferred = "kb.inferred", "the purpose is guessed from the word \"{token}\" in the name";
        /// nothing in our base covers this name, which does not make it safe
        KbNone = "kb.none", "nothing in our base covers this name, which does not make it safe";
        /// the service behind this name has ended
        KbDefunct = "kb.defunct", "the service behind this name has ended";
        /// anyone can get a name under {suffix} (private section of the public suffix list)
        SuffixPrivate = "suffix.private", "anyone can get a name under {suffix} (private section of the public suffix list)";
        /// {suffix} is itself a public suffix, not a registered name
        SuffixPublic = "suffix.public", "{suffix} is itself a public suffix, not a registered name";
        /// our public suffix list knows no top-level domain .{suffix}
        SuffixUnlisted = "suffix.unlisted", "our public suffix list knows no top-level domain .{suffix}";
        /// dynamic DNS: anyone may point a name here; it may be your own
        SuffixDynamicDns = "suffix.dynamic_dns", "dynamic DNS: anyone may point a name here; it may be your own";
        /// tunnel service: publishes a private machine; it may be your own
        SuffixTunnelService = "suffix.tunnel_service", "tunnel service: publishes a private machine; it may be your own";
        /// free hosting: anyone may publish here; it may be your own
        SuffixFreeHosting = "suffix.free_hosting", "free hosting: anyone may publish here; it may be your own";
        /// camera cloud with a public record of weak access control
        RiskP2pOemPlatform = "risk.p2p_oem_platform", "camera cloud with a public record of weak access control";
        /// the service has shut down, so the name may change hands
        RiskDefunctVendor = "risk.defunct_vendor", "the service has shut down, so the name may change hands";
        /// devices sold with malware on board call this name
        RiskPreinfectedDevice = "risk.preinfected_device", "devices sold with malware on board call this name";
        /// a device can look names up here past your resolver
        RiskResolverBypass = "risk.resolver_bypass", "a device can look names up here past your resolver";
        /// not a domain name: {problem}
        NameInvalid = "name.invalid", "not a domain name: {problem}";
        /// an IP address, not a domain name
        NameIp = "name.ip", "an IP address, not a domain name";
        /// a name of the local network (.{suffix}); the public DNS does not know it
        NameLocal = "name.local", "a name of the local network (.{suffix}); the public DNS does not know it";
        /// a reverse lookup of an IP address
        NameReverse = "name.reverse", "a reverse lookup of an IP address";
        /// a single word without a domain
        NameSingleLabel = "name.single_label", "a single word without a domain";
        /// {inner} with a search suffix appended by the client: usually noise
        NameSearchSuffix = "name.search_suffix", "{inner} with a search suffix appended by the client: usually noise";
        /// on the threat list {list}
        OverlayThreat = "overlay.threat", "on the threat list {list}";
        /// on the block list {list}
        OverlayBlock = "overlay.block", "on the block list {list}";
        /// on the allow list {list}
        OverlayAllow = "overlay.allow", "on the allow list {list}";
        /// labelled by {list}
        OverlayLabel = "overlay.label", "labelled by {list}";
        /// "{label}" looks machine-made: {why}
        ModelRandom = "model.random", "\"{label}\" looks machine-made: {why}";
        /// "{label}" is one slip away from {vendor}'s "{brand}" and not known to be theirs
        LookTypo = "look.typo", "\"{label}\" is one slip away from {vendor}'s \"{brand}\" and not known to be theirs";
        /// "{label}" reads as {vendor}'s "{brand}" but is spelt with other characters
        LookHomograph = "look.homograph", "\"{label}\" reads as {vendor}'s \"{brand}\" but is spelt with other characters";
        /// {vendor}'s "{brand}" stands beside the word "{lure}" in a name not known to be theirs
        LookCombo = "look.combo", "{vendor}'s \"{brand}\" stands beside the word \"{lure}\" in a name not known to be theirs";
        /// {vendor}'s "{brand}" stands in front of {domain}, which is not known to be theirs
        LookBrandInSubdomain = "look.brand_in_subdomain", "{vendor}'s \"{brand}\" stands in front of {domain}, which is not known to be theirs";
        /// the part in front of {domain} is long and looks like data: the shape of a DNS tunnel
        TunnelLongLabels = "tunnel.long_labels", "the part in front of {domain} is long and looks like data: the shape of a DNS tunnel";
        /// many names under .{suffix} are registered for abuse, which says little about this one
        SuffixAbusedTld = "suffix.abused_tld", "many names under .{suffix} are registered for abuse, which says little about this one";
    }
}

impl Purpose {
    /// The group people know the purpose by.
    pub const fn group(self) -> PurposeGroup {
        match self {
            Purpose::Telemetry => PurposeGroup::Tracking,
            Purpose::CrashDiagnostics => PurposeGroup::Tracking,
            Purpose::Analytics => PurposeGroup::Tracking,
            Purpose::Advertising => PurposeGroup::Tracking,
            Purpose::Acr => PurposeGroup::Tracking,
            Purpose::FirmwareUpdate => PurposeGroup::Updates,
            Purpose::AppStore => PurposeGroup::Updates,
            Purpose::OsUpdate => PurposeGroup::Updates,
            Purpose::ConnectivityCheck => PurposeGroup::Plumbing,
            Purpose::TimeSync => PurposeGroup::Plumbing,
            Purpose::DnsBootstrap => PurposeGroup::Plumbing,
            Purpose::IpGeoLookup => PurposeGroup::Plumbing,
            Purpose::DeviceCloud => PurposeGroup::Control,
            Purpose::RemoteControl => PurposeGroup::Control,
            Purpose::Push => PurposeGroup::Control,
            Purpose::Provisioning => PurposeGroup::Control,
            Purpose::AccountAuth => PurposeGroup::Control,
            Purpose::Sync => PurposeGroup::Control,
            Purpose::MediaRelay => PurposeGroup::Carrying,
            Purpose::CloudStorage => PurposeGroup::Carrying,
            Purpose::Content => PurposeGroup::Carrying,
            Purpose::VoiceAssistant => PurposeGroup::Carrying,
            Purpose::PkiLicense => PurposeGroup::Carrying,
        }
    }
}

impl Purpose {
    /// Completes "Block it? You lose ..." when no entry says it better.
    pub const fn loss(self) -> &'static str {
        match self {
            Purpose::Telemetry => "the maker's reports on the device",
            Purpose::CrashDiagnostics => "crash and error reports",
            Purpose::Analytics => "measurement of how you use it",
            Purpose::Advertising => "advertisements",
            Purpose::Acr => "recognition of what is on the screen",
            Purpose::FirmwareUpdate => "firmware updates",
            Purpose::AppStore => "installing and updating apps",
            Purpose::OsUpdate => "system updates",
            Purpose::ConnectivityCheck => "the device's belief that it is online",
            Purpose::TimeSync => "the right time",
            Purpose::DnsBootstrap => "finding servers outside plain DNS",
            Purpose::IpGeoLookup => "knowing its public address or country",
            Purpose::DeviceCloud => "the device's standing link to its cloud",
            Purpose::RemoteControl => "control from the app or a voice service",
            Purpose::Push => "notifications",
            Purpose::Provisioning => "setting up or re-pairing the device",
            Purpose::AccountAuth => "signing in",
            Purpose::Sync => "backup and sync of your own data",
            Purpose::MediaRelay => "live audio or video away from home",
            Purpose::CloudStorage => "recordings and files in the cloud",
            Purpose::Content => "streams, pictures or programme data",
            Purpose::VoiceAssistant => "the voice assistant",
            Purpose::PkiLicense => "certificate or licence checks",
        }
    }
}

impl Class {
    /// The group people know the class by.
    pub const fn group(self) -> ClassGroup {
        match self {
            Class::Tv => ClassGroup::Tv,
            Class::Streamer => ClassGroup::Tv,
            Class::SetTopBox => ClassGroup::Tv,
            Class::Speaker => ClassGroup::Voice,
            Class::VoiceAssistant => ClassGroup::Voice,
            Class::Console => ClassGroup::Console,
            Class::Camera => ClassGroup::Camera,
            Class::Doorbell => ClassGroup::Camera,
            Class::Hub => ClassGroup::SmartHome,
            Class::Plug => ClassGroup::SmartHome,
            Class::Light => ClassGroup::SmartHome,
            Class::Thermostat => ClassGroup::SmartHome,
            Class::Appliance => ClassGroup::Appliance,
            Class::Vacuum => ClassGroup::Appliance,
            Class::Lock => ClassGroup::SmartHome,
            Class::Sensor => ClassGroup::SmartHome,
            Class::Garage => ClassGroup::SmartHome,
            Class::Energy => ClassGroup::SmartHome,
            Class::Printer => ClassGroup::Printer,
            Class::Nas => ClassGroup::Network,
            Class::Router => ClassGroup::Network,
            Class::Phone => ClassGroup::PhoneComputer,
            Class::Tablet => ClassGroup::PhoneComputer,
            Class::Computer => ClassGroup::PhoneComputer,
            Class::Wearable => ClassGroup::Other,
            Class::Health => ClassGroup::Other,
            Class::Toy => ClassGroup::Other,
            Class::Vr => ClassGroup::Other,
            Class::Car => ClassGroup::Other,
            Class::Other => ClassGroup::Other,
        }
    }
}

/// Region words of host names and the region each stands for, by first letter, then longest first.
pub(crate) const REGION_WORDS: &[(&str, &str)] = &[
    ("ap-northeast-1", "jp"),
    ("ap-northeast-2", "kr"),
    ("ap-northeast-3", "jp"),
    ("ap-southeast-1", "sg"),
    ("ap-southeast-2", "au"),
    ("ap-southeast-3", "id"),
    ("ap-southeast-4", "au"),
    ("af-south-1", "za"),
    ("ap-south-1", "in"),
    ("ap-south-2", "in"),
    ("ap-east-1", "hk"),
    ("apac", "ap"),
    ("asia", "ap"),
    ("aic", "na"),
    ("af", "af"),
    ("ap", "ap"),
    ("au", "au"),
    ("ay", "cn"),
    ("br", "br"),
    ("cn-northwest-1", "cn"),
    ("ca-central-1", "ca"),
    ("cn-hangzhou", "cn"),
    ("cn-shanghai", "cn"),
    ("cn-shenzhen", "cn"),
    ("cn-beijing", "cn"),
    ("cn-north-1", "cn"),
    ("ca-west-1", "ca"),
    ("ca", "ca"),
    ("cn", "cn"),
    ("de", "de"),
    ("eu-central-1", "eu"),
    ("eu-central-2", "eu"),
    ("europe-west1", "eu"),
    ("eu-central", "eu"),
    ("eu-north-1", "eu"),
    ("eu-south-1", "eu"),
    ("eu-south-2", "eu"),
    ("eu-west-1", "eu"),
    ("eu-west-2", "eu"),
    ("eu-west-3", "eu"),
    ("eu-west", "eu"),
    ("euc1", "eu"),
    ("euw1", "eu"),
    ("eic", "eu"),
    ("eu1", "eu"),
    ("eu2", "eu"),
    ("ew1", "eu"),
    ("es", "es"),
    ("eu", "eu"),
    ("fe", "ap"),
    ("fr", "fr"),
    ("global", "global"),
    ("gb", "gb"),
    ("hk", "hk"),
    ("il-central-1", "il"),
    ("intl", "global"),
    ("ind", "in"),
    ("id", "id"),
    ("ie", "ie"),
    ("in", "in"),
    ("it", "it"),
    ("jp", "jp"),
    ("kic", "ap"),
    ("kr", "kr"),
    ("latam", "sa"),
    ("me-central-1", "ae"),
    ("me-south-1", "bh"),
    ("me", "me"),
    ("na1", "na"),
    ("na", "na"),
    ("nl", "nl"),
    ("pl", "pl"),
    ("ru", "ru"),
    ("sa-east-1", "br"),
    ("sgp", "sg"),
    ("sa", "sa"),
    ("se", "se"),
    ("sg", "sg"),
    ("tw", "tw"),
    ("us-central1", "us"),
    ("us-central", "us"),
    ("us-east-1", "us"),
    ("us-east-2", "us"),
    ("us-west-1", "us"),
    ("us-west-2", "us"),
    ("us-east1", "us"),
    ("us-east", "us"),
    ("us-west", "us"),
    ("ueaz", "us"),
    ("use1", "us"),
    ("use2", "us"),
    ("usw1", "us"),
    ("usw2", "us"),
    ("ue1", "us"),
    ("us1", "us"),
    ("us2", "us"),
    ("us3", "us"),
    ("usa", "us"),
    ("uw2", "us"),
    ("uk", "gb"),
    ("us", "us"),
    ("weaz", "eu"),
    ("we", "eu"),
    ("ww", "global"),
];
