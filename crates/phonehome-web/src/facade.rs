//! The desk in the types of a browser.

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

fn thrown(error: &DeskError) -> JsValue {
    object(error).unwrap_or_else(|error| error)
}

#[wasm_bindgen(js_class = Desk)]
impl JsDesk {
    /// A desk with the built-in knowledge, or with a pack of the user's. Throws `{message, line, column}`.
    #[wasm_bindgen(constructor)]
    pub fn new(pack: Option<Vec<u8>>) -> Result<JsDesk, JsValue> {
        Desk::new(pack).map(Self).map_err(|error| thrown(&error))
    }

    /// The short answers for lines of text, 32 octets each.
    #[wasm_bindgen(js_name = classifyLines)]
    pub fn classify_lines(&self, text: &str) -> Vec<u8> {
        self.0.classify_lines(text)
    }

    /// The long answer as JSON.
    #[wasm_bindgen(js_name = explainJson)]
    pub fn explain_json(&self, name: &str) -> String {
        self.0.explain_json(name)
    }

    /// Begins a list, given its first bytes and perhaps its format.
    pub fn begin(&mut self, head: &[u8], format: Option<String>) -> Result<(), JsValue> {
        self.0.begin(head, format.as_deref()).map_err(|error| thrown(&error))
    }

    /// Takes the next piece of the list.
    pub fn feed(&mut self, piece: &[u8]) {
        self.0.feed(piece);
    }

    /// Ends the list, also before its end: `{format, lines, names, skipped, first_skip, dropped}`.
    pub fn finish(&mut self) -> Result<JsValue, JsValue> {
        object(&self.0.finish())
    }

    /// Forgets all names.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Counts over all names.
    pub fn facets(&self) -> Result<JsValue, JsValue> {
        object(&self.0.facets())
    }

    /// The numbers of the rows that fit a filter, in order.
    pub fn view(&self, filter: JsValue) -> Result<Vec<u32>, JsValue> {
        let filter: Filter = serde_wasm_bindgen::from_value(filter)?;
        Ok(self.0.view(&filter))
    }

    /// Rows in words.
    pub fn rows(&self, ids: &[u32]) -> Result<JsValue, JsValue> {
        object(&self.0.rows(ids))
    }

    /// Names of the knowledge that hold a text, or whose owner's name does, as rows.
    pub fn search(&self, text: &str, most: usize) -> Result<JsValue, JsValue> {
        self.0.search(text, most).map_err(|error| thrown(&error)).and_then(|rows| object(&rows))
    }

    /// Sets the policy: `{names, blocked, breaks, degrades, untested}`. Throws `{message, line, column}`.
    #[wasm_bindgen(js_name = setPolicy)]
    pub fn set_policy(&mut self, policy: &str) -> Result<JsValue, JsValue> {
        self.0.set_policy(policy).map_err(|error| thrown(&error)).and_then(|sums| object(&sums))
    }

    /// Takes corrections, each text a CSV: `{rules, skipped}`. Throws `{message, line, column}`.
    #[wasm_bindgen(js_name = setCorrections)]
    pub fn set_corrections(&mut self, texts: Vec<String>) -> Result<JsValue, JsValue> {
        self.0.set_corrections(&texts).map_err(|error| thrown(&error)).and_then(|corrected| object(&corrected))
    }

    /// What the policy blocks as a list: `{format, zone, serial, policy, whole_base}`.
    pub fn export(&self, wish: JsValue) -> Result<String, JsValue> {
        let wish: ExportWish = serde_wasm_bindgen::from_value(wish)?;
        self.0.export(&wish).map_err(|error| thrown(&error))
    }

    /// Version and date of the knowledge: `{version, date}`.
    pub fn info(&self) -> Result<JsValue, JsValue> {
        #[derive(Serialize)]
        struct Info<'p> {
            version: &'p str,
            date: u32,
            entries: u32,
        }
        let info = self.0.classifier().info();
        object(&Info { version: info.version, date: info.date, entries: info.entries })
    }
}
