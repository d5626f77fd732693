//! `kb new`: a template for a vendor's file, so that adding one takes minutes.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use phonehome::Name;

use super::sources::SOURCES;
use crate::root;

#[derive(Args)]
pub(crate) struct Options {
    /// The vendor's slug: lower case, digits, hyphens
    vendor: String,
    /// A domain that is the vendor's own; more with further --domain
    #[arg(long, required = true)]
    domain: Vec<String>,
    /// The name people know; by default the slug in capitals
    #[arg(long)]
    name: Option<String>,
}

pub(super) fn run(options: &Options) -> Result<()> {
    ensure!(is_slug(&options.vendor), "{:?} is no slug: use lower case, digits and hyphens", options.vendor);
    let domains = options.domain.iter().map(|domain| canonical(domain)).collect::<Result<Vec<_>>>()?;
    let release: toml::Table = toml::from_str(&root::read(&format!("{SOURCES}/release.toml"))?)?;
    let date = release.get("date").and_then(toml::Value::as_str).unwrap_or("2026-01-01");
    let name = options.name.clone().unwrap_or_else(|| capitals(&options.vendor));
    let path = format!("{SOURCES}/vendors/{}.toml", options.vendor);
    match OpenOptions::new().write(true).create_new(true).open(root::path(&path)) {
        Ok(mut file) => file.write_all(template(&options.vendor, &name, &domains, date).as_bytes())?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!("{path} is there already: edit it"),
        Err(error) => return Err(error).with_context(|| format!("cannot write {path}")),
    }
    println!("{path} is written: fill it in, then `cargo dev kb check`, `cargo dev kb why NAME`, `cargo dev kb build`");
    Ok(())
}

fn is_slug(text: &str) -> bool {
    let inner = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    text.starts_with(|letter: char| letter.is_ascii_alphanumeric()) && text.chars().all(inner)
}

fn canonical(domain: &str) -> Result<String> {
    let name = Name::parse(domain.as_bytes()).with_context(|| format!("{domain:?} is no domain name"))?;
    ensure!(name.is_plain() && name.label_count() > 1, "{domain:?} is no vendor's domain");
    Ok(name.to_string())
}

/// `acme-home` as `Acme Home`.
fn capitals(slug: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    };
    slug.split('-').map(word).collect::<Vec<_>>().join(" ")
}

/// A file that passes the checks as it stands: the vendor owns its domains, on mere knowledge.
fn template(vendor: &str, name: &str, domains: &[String], date: &str) -> String {
    let mut text = format!(
        "# {name}: what it makes. DATA.md explains every field.\n\n\
         [[vendor]]\nid = {vendor:?}\nname = {name:?}\n# parent = \"...\"  # the slug of the company that owns it\n\n\
         # A source that this file alone cites; several files share those of references.toml.\n\
         # [[source]]\n# id = \"{vendor}-ports\"\n# title = \"Ports and hosts used by ...\"\n# url = \"https://...\"\n\
         # licence = \"facts\"\n# date = \"{date}\"  # of the version you read\n\n\
         # The vendor's own domains. Cite a source and raise the confidence: until then answers are a guess.\n"
    );
    for (n, domain) in domains.iter().enumerate() {
        let number = if n == 0 { String::new() } else { format!("-{}", n + 1) };
        text.push_str(&format!(
            "[[entry]]\nid = \"{vendor}-domain{number}\"\nmatch = {{ kind = \"suffix\", value = {domain:?} }}\n\
             vendor = {vendor:?}\nparty = \"first\"\nconfidence = \"low\"\n\
             evidence = [{{ source = \"general-knowledge\", kind = \"knowledge\", date = {date:?} }}]\n\n"
        ));
    }
    let domain = domains.first().map_or("example.com", String::as_str);
    text.push_str(&format!(
        "# Hosts with a purpose of their own, and what blocking them costs (only with a source).\n\
         # [[entry]]\n# id = \"{vendor}-telemetry\"\n# match = {{ kind = \"exact\", value = \"log.{domain}\" }}\n\
         # classes = [\"camera\"]  # only what the evidence names\n# purposes = [\"telemetry\"]\n\
         # contacted_by = \"device\"\n# confidence = \"medium\"\n\
         # evidence = [{{ source = \"{vendor}-ports\", kind = \"doc\", date = \"{date}\" }}]\n#\n\
         # [entry.breaks]\n# impact = \"none\"\n# answers = [\"nxdomain\"]\n# source = \"{vendor}-ports\"\n\n\
         # Families of names: the last labels are fixed.\n\
         # [[entry]]\n# id = \"{vendor}-regional-cloud\"\n\
         # match = {{ kind = \"pattern\", value = \"api-{{region}}.{domain}\" }}\n\
         # matches = [\"api-eu.{domain}\", \"api-us.{domain}\"]\n\
         # rejects = [\"api.{domain}\", \"api-eu.x.{domain}\"]\n# purposes = [\"device_cloud\"]\n\
         # confidence = \"medium\"\n# evidence = [{{ source = \"{vendor}-ports\", kind = \"doc\", date = \"{date}\" }}]\n"
    ));
    text
}

#[cfg(test)]
mod tests {
    use phonehome_pack::{Knowledge, SourceText};

    use super::super::sources;
    use super::*;

    fn problems(text: String) -> Vec<String> {
        let mut files = sources::texts().unwrap();
        files.push(SourceText { path: "vendors/zz-acme.toml".to_owned(), text });
        let result = Knowledge::read(files);
        result.err().into_iter().flatten().map(|problem| problem.to_string()).collect()
    }

    fn acme() -> String {
        let domains = ["zz-acme.com", "zz-acme.co.uk"].map(str::to_owned);
        template("zz-acme", "Acme", &domains, "2026-11-24")
    }

    #[test]
    fn the_template_passes_the_checks_as_it_stands() {
        assert_eq!(problems(acme()), Vec::<String>::new());
    }

    #[test]
    fn the_template_passes_the_checks_with_its_comments_taken_away() {
        let is_toml = |line: &str| line.starts_with("# [") || line.contains(" = ");
        let text: Vec<String> = acme()
            .lines()
            .filter(|line| !line.contains("# parent"))
            .map(|line| if is_toml(line) { line.trim_start_matches("# ").to_owned() } else { line.to_owned() })
            .collect();
        let text = text.join("\n").replace("https://...", "https://example.com/ports");
        assert!(text.contains("\n[entry.breaks]\n"), "{text}");
        assert_eq!(problems(text), Vec::<String>::new());
    }

    #[test]
    fn slugs_and_names() {
        assert!(is_slug("acme-2"));
        assert!(!is_slug("Acme") && !is_slug("") && !is_slug("../acme"));
        assert_eq!(capitals("acme-home"), "Acme Home");
        assert_eq!(canonical("Example.COM.").unwrap(), "example.com");
        assert!(canonical("com").is_err());
    }
}
