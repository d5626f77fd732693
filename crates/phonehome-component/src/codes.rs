//! From the library's codes to the contract's. Generated from `codes.toml` by `cargo dev codes`; do not edit.

use crate::exports::phonehome::classifier::codes as wit;

pub(crate) fn verdict(code: phonehome::Verdict) -> wit::Verdict {
    use phonehome::Verdict as Own;
    match code {
        Own::Unknown => wit::Verdict::Unknown,
        Own::Legitimate => wit::Verdict::Legitimate,
        Own::Shared => wit::Verdict::Shared,
        Own::Risky => wit::Verdict::Risky,
        Own::Suspicious => wit::Verdict::Suspicious,
        Own::Malicious => wit::Verdict::Malicious,
    }
}

pub(crate) fn purpose(code: phonehome::Purpose) -> wit::Purpose {
    use phonehome::Purpose as Own;
    match code {
        Own::Telemetry => wit::Purpose::Telemetry,
        Own::CrashDiagnostics => wit::Purpose::CrashDiagnostics,
        Own::Analytics => wit::Purpose::Analytics,
        Own::Advertising => wit::Purpose::Advertising,
        Own::Acr => wit::Purpose::Acr,
        Own::FirmwareUpdate => wit::Purpose::FirmwareUpdate,
        Own::AppStore => wit::Purpose::AppStore,
        Own::OsUpdate => wit::Purpose::OsUpdate,
        Own::ConnectivityCheck => wit::Purpose::ConnectivityCheck,
        Own::TimeSync => wit::Purpose::TimeSync,
        Own::DnsBootstrap => wit::Purpose::DnsBootstrap,
        Own::IpGeoLookup => wit::Purpose::IpGeoLookup,
        Own::DeviceCloud => wit::Purpose::DeviceCloud,
        Own::RemoteControl => wit::Purpose::RemoteControl,
        Own::Push => wit::Purpose::Push,
        Own::Provisioning => wit::Purpose::Provisioning,
        Own::AccountAuth => wit::Purpose::AccountAuth,
        Own::Sync => wit::Purpose::Sync,
        Own::MediaRelay => wit::Purpose::MediaRelay,
        Own::CloudStorage => wit::Purpose::CloudStorage,
        Own::Content => wit::Purpose::Content,
        Own::VoiceAssistant => wit::Purpose::VoiceAssistant,
        Own::PkiLicense => wit::Purpose::PkiLicense,
    }
}

pub(crate) fn impact(code: phonehome::Impact) -> wit::Impact {
    use phonehome::Impact as Own;
    match code {
        Own::Unknown => wit::Impact::Unknown,
        Own::None => wit::Impact::None,
        Own::Degraded => wit::Impact::Degraded,
        Own::Breaks => wit::Impact::Breaks,
    }
}

pub(crate) fn retry_storm(code: phonehome::Storm) -> wit::RetryStorm {
    use phonehome::Storm as Own;
    match code {
        Own::Unknown => wit::RetryStorm::Unknown,
        Own::Known => wit::RetryStorm::Known,
        Own::Likely => wit::RetryStorm::Likely,
        Own::No => wit::RetryStorm::No,
    }
}

pub(crate) fn answer_mode(code: phonehome::AnswerMode) -> wit::AnswerMode {
    use phonehome::AnswerMode as Own;
    match code {
        Own::Nxdomain => wit::AnswerMode::Nxdomain,
        Own::NullIp => wit::AnswerMode::NullIp,
        Own::Nodata => wit::AnswerMode::Nodata,
        Own::Refused => wit::AnswerMode::Refused,
        Own::Drop => wit::AnswerMode::Drop,
    }
}

pub(crate) fn risk(code: phonehome::Risk) -> wit::Risk {
    use phonehome::Risk as Own;
    match code {
        Own::DynamicDns => wit::Risk::DynamicDns,
        Own::TunnelService => wit::Risk::TunnelService,
        Own::FreeHosting => wit::Risk::FreeHosting,
        Own::P2pOemPlatform => wit::Risk::P2pOemPlatform,
        Own::DefunctVendor => wit::Risk::DefunctVendor,
        Own::PreinfectedDevice => wit::Risk::PreinfectedDevice,
        Own::ResolverBypass => wit::Risk::ResolverBypass,
    }
}

pub(crate) fn advice(code: phonehome::Advice) -> wit::Advice {
    use phonehome::Advice as Own;
    match code {
        Own::Block => wit::Advice::Block,
        Own::SafeToBlock => wit::Advice::SafeToBlock,
        Own::CostsSomething => wit::Advice::CostsSomething,
        Own::Leave => wit::Advice::Leave,
        Own::Untested => wit::Advice::Untested,
        Own::YourCall => wit::Advice::YourCall,
    }
}

pub(crate) fn band(code: phonehome::Band) -> wit::Band {
    use phonehome::Band as Own;
    match code {
        Own::Low => wit::Band::Low,
        Own::Raised => wit::Band::Raised,
        Own::High => wit::Band::High,
    }
}

pub(crate) fn overlay_kind(code: phonehome::OverlayKind) -> wit::OverlayKind {
    use phonehome::OverlayKind as Own;
    match code {
        Own::Threat => wit::OverlayKind::Threat,
        Own::Block => wit::OverlayKind::Block,
        Own::Allow => wit::OverlayKind::Allow,
        Own::Label => wit::OverlayKind::Label,
    }
}

pub(crate) fn evidence_kind(code: phonehome::EvidenceKind) -> wit::EvidenceKind {
    use phonehome::EvidenceKind as Own;
    match code {
        Own::Doc => wit::EvidenceKind::Doc,
        Own::Code => wit::EvidenceKind::Code,
        Own::List => wit::EvidenceKind::List,
        Own::Thread => wit::EvidenceKind::Thread,
        Own::Capture => wit::EvidenceKind::Capture,
        Own::Knowledge => wit::EvidenceKind::Knowledge,
    }
}
