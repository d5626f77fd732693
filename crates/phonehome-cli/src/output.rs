//! Files that are whole or not there: written beside their place, then renamed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// A file on its way to its place. Dropped before [`Draft::publish`], it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Draft {
    path: PathBuf,
    temporary: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Draft {
    /// Starts a file for this place.
    pub(crate) fn new(path: &Path) -> Result<Self, Error> {
        let mut temporary = path.as_os_str().to_owned();
        temporary.push(format!(".{}.tmp", std::process::id()));
        let temporary = PathBuf::from(temporary);
        let file = File::create(&temporary).map_err(|error| Error::file(path, error))?;
        Ok(Self { path: path.to_owned(), temporary, file: Some(BufWriter::new(file)) })
    }

    /// Puts the file in its place.
    pub(crate) fn publish(mut self) -> Result<(), Error> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let written = file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&self.temporary, &self.path));
        written.map_err(|error| {
            // What cannot be renamed may be removable; if not, nothing more can be done.
            let _ = fs::remove_file(&self.temporary);
            Error::file(&self.path, error)
        })
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(bytes.len()), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Text on its way into a file or a pipe; the first failure is kept.
#[derive(Debug)]
pub(crate) struct Text<W> {
    out: W,
    failure: Option<io::Error>,
}

impl<W: Write> Text<W> {
    pub(crate) const fn new(out: W) -> Self {
        Self { out, failure: None }
    }

    /// What was written into, or why it failed.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.out.flush().map(|()| self.out),
        }
    }
}

impl<W: Write> std::fmt::Write for Text<W> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.out.write_all(text.as_bytes()).map_err(|failure| {
            self.failure.get_or_insert(failure);
            std::fmt::Error
        })
    }
}
