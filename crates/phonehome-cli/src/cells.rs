//! Separated values that a spreadsheet shows and never runs.

use std::io::Write;

use phonehome_export::defused;

use crate::error::Error;

/// A writer of comma- or tab-separated values.
pub(crate) fn writer<W: Write>(out: W, delimiter: u8) -> csv::Writer<W> {
    csv::WriterBuilder::new().delimiter(delimiter).from_writer(out)
}

/// Writes one record.
pub(crate) fn record<W: Write>(out: &mut csv::Writer<W>, cells: &[impl AsRef<str>]) -> Result<(), Error> {
    for cell in cells {
        out.write_field(defused(cell.as_ref()).as_bytes())?;
    }
    Ok(out.write_record(None::<&[u8]>)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        let mut out = writer(Vec::new(), b',');
        record(&mut out, &["=1+1", "-a.com", "+x", "@y", "\tz", "\rz", "a-b=c,d", ""]).unwrap();
        let text = String::from_utf8(out.into_inner().unwrap()).unwrap();
        assert_eq!(text, "'=1+1,'-a.com,'+x,'@y,'\tz,\"'\rz\",\"a-b=c,d\",\n");
    }
}
