//! A file with a record a line, read in pieces of bounded size.

use std::io::{BufRead, BufReader, Read};

use super::{foreign, without_bom};
use crate::error::BatchError;

/// One line that is not blank.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number, from one.
    pub(crate) number: u64,
    /// Its bytes without line end; of a line that is too long, the first few.
    pub(crate) bytes: Vec<u8>,
    /// Whether it is longer than is accepted.
    pub(crate) too_long: bool,
}

/// Reads lines.
pub(crate) struct Lines<R> {
    input: BufReader<R>,
    file: String,
    number: u64,
    longest: usize,
    read: u64,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(input: R, file: &str, longest: usize) -> Self {
        Self { input: BufReader::with_capacity(1 << 16, input), file: file.to_owned(), number: 0, longest, read: 0 }
    }

    /// Return how many bytes have been read.
    pub(crate) const fn bytes_read(&self) -> u64 {
        self.read
    }

    /// Read the next lines: at most so many, and not many more bytes than so many. Empty at the end.
    pub(crate) fn chunk(&mut self, lines: usize, bytes: usize) -> Result<Vec<Line>, BatchError> {
        let mut chunk = Vec::new();
        let mut held = 0;
        while chunk.len() < lines && held < bytes {
            let Some(line) = self.line()? else { break };
            held += line.bytes.len();
            chunk.push(line);
        }
        Ok(chunk)
    }

    fn line(&mut self) -> Result<Option<Line>, BatchError> {
        loop {
            self.number += 1;
            let mut bytes = Vec::new();
            // One byte above the limit tells a line that is too long; two more hold a line end.
            let most = u64::try_from(self.longest).unwrap_or(u64::MAX).saturating_add(3);
            let failed = |e: &std::io::Error, file: &str, line: u64| {
                BatchError::new(file, format!("cannot read on: {e}")).at_line(line)
            };
            let taken = (&mut self.input)
                .take(most)
                .read_until(b'\n', &mut bytes)
                .map_err(|e| failed(&e, &self.file, self.number))?;
            if taken == 0 {
                return Ok(None);
            }
            self.read += u64::try_from(taken).unwrap_or_default();
            let ended = bytes.last() == Some(&b'\n');
            if self.number == 1 {
                if let Some((what, help)) = foreign(&bytes) {
                    return Err(BatchError::new(&self.file, what).at_line(1).with_help(help));
                }
                let rest = without_bom(&bytes);
                if rest.len() != bytes.len() {
                    bytes = rest.to_vec();
                }
            }
            while matches!(bytes.last(), Some(b'\n' | b'\r')) {
                bytes.pop();
            }
            let too_long = bytes.len() > self.longest;
            if too_long {
                bytes.truncate(4 * super::SHOWN_CHARACTERS);
                if !ended {
                    self.skip_line().map_err(|e| failed(&e, &self.file, self.number))?;
                }
            }
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                return Ok(Some(Line { number: self.number, bytes, too_long }));
            }
        }
    }

    fn skip_line(&mut self) -> std::io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            let end = buffer.iter().position(|b| *b == b'\n');
            let used = end.map_or(buffer.len(), |at| at + 1);
            self.input.consume(used);
            self.read += u64::try_from(used).unwrap_or_default();
            if end.is_some() || used == 0 {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8], longest: usize) -> Vec<(u64, String, bool)> {
        let mut lines = Lines::new(text, "x.jsonl", longest);
        let chunk = lines.chunk(100, 1 << 20).unwrap();
        chunk.into_iter().map(|l| (l.number, String::from_utf8(l.bytes).unwrap(), l.too_long)).collect()
    }

    #[test]
    fn marks_blank_lines_and_line_ends_are_understood() {
        let read = lines(b"\xEF\xBB\xBF{}\r\n\r\n  \n[1]", 10);
        assert_eq!(read, [(1, "{}".into(), false), (4, "[1]".into(), false)]);
        assert_eq!(lines(b"", 10), []);
    }

    #[test]
    fn a_line_that_is_too_long_does_not_hide_the_next() {
        let mut text = vec![b'x'; 100_000];
        text.extend(b"\n{}\n12345678901\n1234567890\n");
        let read = lines(&text, 10);
        assert_eq!(read.iter().map(|l| (l.0, l.2)).collect::<Vec<_>>(), [(1, true), (2, false), (3, true), (4, false)]);
        assert_eq!(read[0].1.len(), 13);
    }

    #[test]
    fn other_encodings_are_named() {
        let mut lines = Lines::new(&b"\xFF\xFE{\0"[..], "x.jsonl", 10);
        let error = lines.chunk(1, 1).unwrap_err();
        assert_eq!(error.to_string(), "x.jsonl, line 1: this is UTF-16, not UTF-8");
    }
}
