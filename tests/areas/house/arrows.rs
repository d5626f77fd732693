//! Which crate may use which: the table of ARCHITECTURE.md.

use std::process::Command;

use phonehome_tests::root;
use serde_json::Value;

/// What each crate may use; everything else is refused. `*` stands for any.
const ARROWS: &[(&str, &[&str])] = &[
    ("phonehome", &["fst", "phonehome-data"]),
    ("phonehome-data", &[]),
    ("phonehome-export", &["phonehome"]),
    ("phonehome-logs", &["idna", "memchr"]),
    ("phonehome-pack", &["phonehome", "phonehome-logs", "fst", "csv", "serde", "toml"]),
    ("phonehome-component", &["phonehome", "wit-bindgen"]),
    ("phonehome-abi", &["phonehome"]),
    (
        "phonehome-filter",
        &["phonehome", "base64", "domain", "form_urlencoded", "serde", "serde_json", "serde_path_to_error"],
    ),
    ("phonehome-envoy", &["phonehome-filter"]),
    (
        "phonehome-web",
        &[
            "phonehome",
            "phonehome-export",
            "phonehome-logs",
            "phonehome-pack",
            "serde",
            "serde-wasm-bindgen",
            "tsify",
            "wasm-bindgen",
        ],
    ),
    // It knows the contract alone, never the Rust library.
    ("phonehome-host", &["wasmtime", "rustix", "sha2"]),
    ("phonehome-cli", &["*"]),
    ("phonehome-dev", &["*"]),
    ("phonehome-tests", &["*"]),
    ("phonehome-benches", &["*"]),
];

/// Crates that only tools and tests may use.
const NEVER_SHIPPED: &[&str] = &["phonehome-dev", "phonehome-tests", "phonehome-benches"];

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root("."))
        .output()
        .expect("cargo metadata");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

#[test]
fn crates_use_what_the_table_allows() {
    let mut wrong = Vec::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            wrong.push(format!("{name} is a new crate: add its arrows here and in ARCHITECTURE.md"));
            continue;
        };
        let is_shipped = !NEVER_SHIPPED.contains(&name);
        for dependency in package["dependencies"].as_array().unwrap() {
            let used = dependency["name"].as_str().unwrap();
            let is_for_tests = dependency["kind"] == "dev";
            let is_allowed = allowed.contains(&"*") || allowed.contains(&used);
            if !is_allowed && !is_for_tests || is_shipped && NEVER_SHIPPED.contains(&used) {
                wrong.push(format!("{name} -> {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that the table does not allow: {}", wrong.join(", "));
}

#[test]
fn the_knowledge_is_optional() {
    let packages = packages();
    let library = packages.iter().find(|package| package["name"] == "phonehome").unwrap();
    let dependencies = library["dependencies"].as_array().unwrap();
    let data = dependencies.iter().find(|dependency| dependency["name"] == "phonehome-data").unwrap();
    assert_eq!(data["optional"], true);
    assert_eq!(library["features"]["default"], serde_json::json!(["data"]));
}

#[test]
fn crates_inherit_what_the_workspace_says() {
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        assert_eq!(package["edition"], "2024", "{name}");
        // The data's own licences stand beside the code's.
        assert!(package["license"].as_str().unwrap().contains("MIT OR Apache-2.0"), "{name}");
        assert_eq!(package["publish"], serde_json::json!([]), "{name}");
        let manifest = std::fs::read_to_string(package["manifest_path"].as_str().unwrap()).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{name} takes the workspace's lints");
    }
}
