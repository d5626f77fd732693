//! From the bytes of a component to something that can be instantiated.

use std::path::Path;

use wasmtime::Engine;
use wasmtime::component::{Component, Linker};

use crate::cache;
use crate::contract::bindings::PluginPre;
use crate::contract::{ENGINE, VERSION};
use crate::error::{HostError, line};
use crate::generation::Code;

/// Compiles a component (or loads what was compiled before) and looks at its contract.
pub(crate) fn load(engine: &Engine, bytes: &[u8], folder: Option<&Path>) -> Result<Code, HostError> {
    let broken = |error| HostError::Component(line(&error));
    let component = match folder {
        Some(folder) => cache::component(engine, bytes, folder).map_err(broken)?,
        None => Component::new(engine, bytes).map_err(broken)?,
    };
    look(engine, &component)?;
    let pre = Linker::new(engine).instantiate_pre(&component).map_err(broken)?;
    Ok(Code { pre: PluginPre::new(pre).map_err(broken)?, size: bytes.len() })
}

/// Refuses what speaks another version. What imports something is refused by the empty linker.
fn look(engine: &Engine, component: &Component) -> Result<(), HostError> {
    let kind = component.component_type();
    let versions =
        kind.exports(engine).filter_map(|(name, _)| name.strip_prefix(ENGINE)?.strip_prefix('@').map(str::to_owned));
    let found: Vec<String> = versions.collect();
    if !found.iter().any(|version| is_ours(version)) {
        return Err(HostError::Contract { expected: VERSION, found: found.into_iter().next() });
    }
    Ok(())
}

/// Same major and minor version: such a component may have more functions than this host knows, and changes none.
fn is_ours(version: &str) -> bool {
    let minor = |version: &str| version.rsplit_once('.').map(|(minor, _)| minor.to_owned());
    minor(version).is_some() && minor(version) == minor(VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_patch_is_the_same_contract() {
        assert!(is_ours(VERSION) && is_ours("0.1.9"));
        assert!(!is_ours("0.2.0") && !is_ours("1.1.0") && !is_ours("") && !is_ours("0"));
    }
}
