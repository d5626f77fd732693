//! Names that hold a device's or a tenant's id below a name of its cloud: made by machines and honest. Templates of our own.

use std::collections::BTreeSet;

use super::random::Random;

/// Names of each template.
const EACH: usize = 46;

/// `%h12`: twelve hexadecimal digits; `%a`: letters and digits, `%d`: digits, `%l`: letters, `%r00`: a region.
const TEMPLATES: [&str; 24] = [
    "%a14-ats.iot.%r00.amazonaws.com",
    "%a10.execute-api.%r00.amazonaws.com",
    "%l08-%d10.%r00.elb.amazonaws.com",
    "%l06-%h08.s3.%r00.amazonaws.com",
    "ec2-%d02-%d02-%d02-%d02.%r00.compute.amazonaws.com",
    "d%a13.cloudfront.net",
    "192-168-1-%d02.%h32.plex.direct",
    "%a16.myfritz.net",
    "%l06-%h12.azure-devices.net",
    "%l04%h12.blob.core.windows.net",
    "%l05-%h04.%r00.azurecontainer.io",
    "r%d01---sn-%a08-%a04.googlevideo.com",
    "%h08-%h04-%h04-%h04-%h12.ngrok.app",
    "%h12.ngrok-free.app",
    "%a32.ui.nabu.casa",
    "%h32.balena-devices.com",
    "%h32.s1.eu.hivemq.cloud",
    "e%d05.dsc%l01.akamaiedge.net",
    "a%d04.g%d01.akamai.net",
    "%l02%d08.hik-connect.com",
    "%h24.keenetic.io",
    "%l06%d04.synology.me",
    "%h12.eu.quickconnect.to",
    "%l03%h06.asuscomm.com",
];

const REGIONS: &str = "eu-west-1 eu-central-1 us-east-1 us-west-2 ap-southeast-1 ap-northeast-1";

/// Names with an id in them, each once.
pub(in crate::model) fn device_ids(seed: u64) -> Vec<String> {
    let mut random = Random::new(seed);
    let mut seen = BTreeSet::new();
    let mut names = Vec::new();
    for template in TEMPLATES {
        let mut left = EACH;
        while left > 0 {
            let name = filled(template, &mut random);
            if seen.insert(name.clone()) {
                names.push(name);
                left -= 1;
            }
        }
    }
    names
}

fn filled(template: &str, random: &mut Random) -> String {
    let mut parts = template.split('%');
    let mut name = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (kind, rest) = part.split_at_checked(3).unwrap_or((part, ""));
        let length = kind.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or(0);
        name += &match kind.as_bytes().first() {
            Some(b'h') => random.text("0123456789abcdef", length),
            Some(b'a') => random.text("abcdefghijklmnopqrstuvwxyz0123456789", length),
            Some(b'd') => random.text("123456789", length),
            Some(b'l') => random.text("abcdefghijklmnopqrstuvwxyz", length),
            _ => random.word(REGIONS).to_owned(),
        };
        name += rest;
    }
    name
}
