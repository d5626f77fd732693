//! The desk in the types of a browser. The TypeScript declarations of what crosses are made from the Rust types.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{Desk, DeskError, ExportWish, Filter};

/// A phonehome desk: hand in lists, ask for counts, rows and explanations.
#[derive(Debug)]
#[wasm_bindgen(js_name = Desk)]
pub struct JsDesk(Desk);

/// Objects, not maps, so that a page reads fields by their names.
fn object(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsValue::from)
}

/// A value, or a [`DeskError`] thrown.
fn or_throw<T: Serialize>(result: Result<T, DeskError>) -> Result<JsValue, JsValue> {
    result.map_err(|error| thrown(&error)).and_then(|value| object(&value))
}

fn thrown(error: &DeskError) -> JsValue {
    object(error).unwrap_or_else(|error| error)
}

#[wasm_bindgen(js_class = Desk)]
impl JsDesk {
    /// A desk with the built-in knowledge.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<JsDesk, JsValue> {
        Desk::new().map(Self).map_err(|error| thrown(&error))
    }

    /// The short answers for lines of text, 32 octets each.
    #[wasm_bindgen(js_name = classifyLines)]
    pub fn classify_lines(&self, text: &str) -> Vec<u8> {
        self.0.classify_lines(text)
    }

    /// For lines of text, which of them a list of the user's covers: 1, else 0.
    #[wasm_bindgen(js_name = listedLines)]
    pub fn listed_lines(&self, text: &str) -> Vec<u8> {
        self.0.listed_lines(text)
    }

    /// The long answer as JSON.
    #[wasm_bindgen(js_name = explainJson)]
    pub fn explain_json(&self, name: &str) -> String {
        self.0.explain_json(name)
    }

    /// Begins a list, given its first bytes and perhaps its format. Throws a `DeskError`.
    pub fn begin(&mut self, head: &[u8], format: Option<String>) -> Result<(), JsValue> {
        self.0.begin(head, format.as_deref()).map_err(|error| thrown(&error))
    }

    /// Takes the next piece of the list.
    pub fn feed(&mut self, piece: &[u8]) {
        self.0.feed(piece);
    }

    /// Ends the list, also before its end.
    #[wasm_bindgen(unchecked_return_type = "Reading")]
    pub fn finish(&mut self) -> Result<JsValue, JsValue> {
        object(&self.0.finish())
    }

    /// Forgets all names.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Counts over all names, and of those that fit a filter.
    #[wasm_bindgen(unchecked_return_type = "Facets")]
    pub fn facets(&self, #[wasm_bindgen(unchecked_param_type = "Filter")] filter: JsValue) -> Result<JsValue, JsValue> {
        let filter: Filter = serde_wasm_bindgen::from_value(filter)?;
        object(&self.0.facets(&filter))
    }

    /// The numbers of the lines that fit a filter, in order.
    pub fn view(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Filter")] filter: JsValue,
    ) -> Result<Vec<u32>, JsValue> {
        let filter: Filter = serde_wasm_bindgen::from_value(filter)?;
        Ok(self.0.view(&filter))
    }

    /// Lines of the last view in words.
    #[wasm_bindgen(unchecked_return_type = "Line[]")]
    pub fn lines(&self, numbers: &[u32]) -> Result<JsValue, JsValue> {
        object(&self.0.lines(numbers))
    }

    /// Where a name came, and what it lies under.
    #[wasm_bindgen(unchecked_return_type = "About")]
    pub fn about(&self, name: &str) -> Result<JsValue, JsValue> {
        object(&self.0.about(name))
    }

    /// Names of the knowledge for a text. Throws a `DeskError`.
    #[wasm_bindgen(unchecked_return_type = "Found")]
    pub fn search(&self, text: &str, most: usize) -> Result<JsValue, JsValue> {
        or_throw(self.0.search(text, most))
    }

    /// Sets the policy. Throws a `DeskError`.
    #[wasm_bindgen(js_name = setPolicy)]
    pub fn set_policy(&mut self, policy: &str) -> Result<(), JsValue> {
        self.0.set_policy(policy).map_err(|error| thrown(&error))
    }

    /// Takes corrections, each text a CSV. Throws a `DeskError`.
    #[wasm_bindgen(js_name = setCorrections, unchecked_return_type = "Corrected")]
    pub fn set_corrections(&mut self, texts: Vec<String>) -> Result<JsValue, JsValue> {
        or_throw(self.0.set_corrections(&texts))
    }

    /// Takes knowledge or a list that phonehome built. Throws a `DeskError`.
    #[wasm_bindgen(js_name = usePack, unchecked_return_type = "Info")]
    pub fn use_pack(&mut self, bytes: &[u8]) -> Result<JsValue, JsValue> {
        or_throw(self.0.use_pack(bytes))
    }

    /// What the policy blocks as a list. Throws a `DeskError`.
    pub fn export(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ExportWish")] wish: JsValue,
    ) -> Result<String, JsValue> {
        let wish: ExportWish = serde_wasm_bindgen::from_value(wish)?;
        self.0.export(&wish).map_err(|error| thrown(&error))
    }

    /// What answers rest on.
    #[wasm_bindgen(unchecked_return_type = "Info")]
    pub fn info(&self) -> Result<JsValue, JsValue> {
        object(&self.0.info())
    }
}
