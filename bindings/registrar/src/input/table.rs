//! One CSV table: its header is checked as a whole, its rows one at a time.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use credstack_base::nearest;
use credstack_base::sorted::Map;
use credstack_engine::model::{AttributeDecl, AttributeName, Diagnostic, Place, Value};

use super::cell;
use super::encoding::{foreign, without_bom};
use crate::codes;
use crate::error::BatchError;
use crate::reject::{RowAt, SHOWN_CHARACTERS, joined};
use crate::sheet::cut;

/// The columns that a table may have.
pub(crate) struct Columns<'a> {
    /// Those with a fixed meaning; `true` for those that must be there.
    pub(crate) fixed: &'static [(&'static str, bool)],
    /// Declared attributes.
    pub(crate) attributes: &'a Map<AttributeName, AttributeDecl>,
}

/// A table in memory.
pub(crate) struct Table<'a> {
    /// The file, as messages name it.
    file: Arc<str>,
    bytes: Vec<u8>,
    /// Where each fixed column stands.
    places: BTreeMap<&'static str, usize>,
    attributes: Vec<(&'a AttributeName, &'a AttributeDecl, usize)>,
    width: usize,
}

/// A row of a table.
pub(crate) struct Row<'t> {
    table: &'t Table<'t>,
    pub(crate) at: RowAt,
    cells: csv::ByteRecord,
}

/// Follows the last row, so that a quote that is never closed shows itself by swallowing it. A
/// control character keeps it apart from anything a table can hold.
const END: &[u8] = b"\x01end of table";

/// The largest table, in bytes.
const LARGEST: u64 = 4 << 30;

impl<'a> Table<'a> {
    /// Read a table and check its header.
    ///
    /// # Errors
    /// If the file cannot be read, is not UTF-8 text, or its columns are not as expected; all that
    /// is wrong with the columns is told at once.
    pub(crate) fn open(path: &Path, columns: &Columns<'a>) -> Result<Self, BatchError> {
        let name = path.display().to_string();
        let open = std::fs::File::open(path).map_err(|e| BatchError::io(path, &codes::CANNOT_OPEN_FILE, &e))?;
        let mut bytes = Vec::new();
        open.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| BatchError::io(path, &codes::CANNOT_READ_FILE, &e))?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LARGEST {
            return Err(BatchError::of(name, codes::TABLE_TOO_LARGE.of(&[])));
        }
        Self::of_bytes(&name, &bytes, columns)
    }

    fn of_bytes(name: &str, bytes: &[u8], columns: &Columns<'a>) -> Result<Self, BatchError> {
        if let Some(what) = foreign(bytes) {
            return Err(BatchError::of(name, what.of(&[])));
        }
        let bytes = without_bom(bytes).to_vec();
        let mut table = Self { file: name.into(), bytes, places: BTreeMap::new(), attributes: Vec::new(), width: 0 };
        let header = {
            let mut reader = table.reader();
            let mut header = csv::ByteRecord::new();
            reader.read_byte_record(&mut header).map_err(|e| table.unreadable(&e))?;
            header
        };
        let expected = columns.fixed.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",");
        let failed = |what| Err(BatchError::on(table.place(1), what));
        if header.len() <= 1 && header.get(0).is_none_or(|cell| cell == END) {
            return failed(codes::TABLE_EMPTY.of(&[("expected", &expected)]));
        }
        if header.iter().any(swallowed) {
            return failed(codes::UNCLOSED_QUOTE_IN_HEADER.of(&[]));
        }
        let Ok(header) = csv::StringRecord::from_byte_record(header) else {
            return failed(codes::HEADER_NOT_UTF8.of(&[]));
        };
        let mut faults = Vec::new();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, title) in header.iter().map(str::trim).enumerate() {
            if let Some(first) = seen.insert(title, place) {
                let arguments: &[(_, &dyn Display)] =
                    &[("column", &title), ("first", &(first + 1)), ("second", &(place + 1))];
                faults.push(codes::DUPLICATE_COLUMN.of(arguments));
                continue;
            }
            let fixed = columns.fixed.iter().find(|(name, _)| *name == title);
            let attribute = columns.attributes.get_key_value(title.strip_prefix("attribute:").unwrap_or(title));
            match (fixed, attribute) {
                (Some((name, _)), _) => {
                    table.places.insert(name, place);
                }
                (None, Some((name, declaration))) => table.attributes.push((name, declaration, place)),
                (None, None) => {
                    let known = columns.fixed.iter().map(|(name, _)| *name);
                    let known = known.chain(columns.attributes.keys().map(AttributeName::as_str));
                    let listing = known.clone().collect::<Vec<_>>().join(", ");
                    let unknown = match title {
                        "" => codes::UNNAMED_COLUMN.of(&[("number", &(place + 1)), ("known", &listing)]),
                        _ => codes::UNKNOWN_COLUMN.of(&[("column", &cell::shown(title)), ("known", &listing)]),
                    };
                    faults.push(match nearest(title, known) {
                        Some(near) => unknown.with_help(codes::NEAR, &[("near", &near)]),
                        None => unknown,
                    });
                }
            }
        }
        for (name, _) in columns.fixed.iter().filter(|(name, required)| *required && !seen.contains_key(name)) {
            let missing = codes::MISSING_COLUMN.of(&[("column", name), ("expected", &expected)]);
            let separated = header.len() != 1 || !title_has_other_separator(&header);
            faults.push(if separated { missing } else { missing.with_help(codes::OTHER_SEPARATOR, &[]) });
        }
        table.width = header.len();
        match joined(faults) {
            None => Ok(table),
            Some(fault) => Err(BatchError::on(table.place(1), fault)),
        }
    }

    /// Return the place of a line.
    fn place(&self, line: u64) -> Place {
        Place::Row { file: self.file.to_string(), line, column: None }
    }

    /// Create the error of a table that is not CSV.
    fn unreadable(&self, cause: &csv::Error) -> BatchError {
        BatchError::of(&*self.file, codes::TABLE_UNREADABLE.of(&[("cause", cause)]))
    }

    fn reader(&self) -> csv::Reader<impl Read + '_> {
        // The end mark is a row of its own only outside quotes.
        let end = b"\n".chain(END).chain(&b"\n"[..]);
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.bytes.as_slice().chain(end))
    }

    /// Give every row that is not blank to `each`, in order.
    ///
    /// # Errors
    /// If a quote is opened and never closed, as nobody can know what it was meant to hold.
    pub(crate) fn each_row(&self, mut each: impl FnMut(Row<'_>)) -> Result<(), BatchError> {
        let mut reader = self.reader();
        let mut cells = csv::ByteRecord::new();
        let mut first = true;
        loop {
            let more = reader.read_byte_record(&mut cells).map_err(|e| self.unreadable(&e))?;
            let (start, line) = cells.position().map_or((0, 0), |p| (p.byte(), p.line()));
            let ended = cells.len() == 1 && cells.get(0) == Some(END);
            if !more || ended {
                return Ok(());
            }
            if cells.iter().any(swallowed) {
                return Err(BatchError::on(self.place(line), codes::UNCLOSED_QUOTE_IN_ROW.of(&[])));
            }
            if std::mem::take(&mut first) || cells.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
                continue;
            }
            let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(self.bytes.len());
            let start = usize::try_from(start).unwrap_or(usize::MAX).min(end);
            let raw = self.bytes.get(start..end).unwrap_or_default();
            let raw = raw.get(..4 * SHOWN_CHARACTERS).unwrap_or(raw);
            let text = String::from_utf8_lossy(raw);
            let text = cut(text.trim_matches(['\r', '\n']), SHOWN_CHARACTERS).into_owned();
            // The reader's position is where it began to look for the row; line ends before it
            // still belong to the row above.
            let blank = self.bytes.get(start..end).unwrap_or_default();
            let blank = blank.iter().take_while(|b| matches!(b, b'\r' | b'\n')).filter(|b| **b == b'\n').count();
            let line = line + u64::try_from(blank).unwrap_or_default();
            each(Row { table: self, at: RowAt { file: Arc::clone(&self.file), line, text }, cells: cells.clone() });
        }
    }
}

/// Tell if a cell has swallowed the end mark: it was opened with a quote that nothing closed.
fn swallowed(cell: &[u8]) -> bool {
    cell.trim_ascii_end().ends_with(END)
}

fn title_has_other_separator(header: &csv::StringRecord) -> bool {
    header.get(0).is_some_and(|title| title.contains([';', '\t', '|']))
}

impl Row<'_> {
    /// Return the learner, as far as it can be read.
    pub(crate) fn learner(&self) -> &str {
        let place = self.table.places.get("learner_id").copied().unwrap_or_default();
        self.cells.get(place).and_then(|cell| std::str::from_utf8(cell).ok()).unwrap_or_default().trim()
    }

    /// Return what is wrong with the row as a whole: too many or too few cells, or bytes that are
    /// no text.
    pub(crate) fn fault(&self) -> Option<Diagnostic> {
        if self.cells.len() != self.table.width {
            let arguments: &[(_, &dyn Display)] = &[("found", &self.cells.len()), ("expected", &self.table.width)];
            return Some(codes::WRONG_NUMBER_OF_CELLS.of(arguments));
        }
        let bad = self.cells.iter().position(|cell| std::str::from_utf8(cell).is_err())?;
        let text = String::from_utf8_lossy(self.cells.get(bad).unwrap_or_default()).into_owned();
        Some(codes::CELL_NOT_UTF8.of(&[("number", &(bad + 1)), ("found", &cell::shown(&text))]))
    }

    /// Return a fixed column's cell, without blanks around it; `None` if it is empty or not there.
    pub(crate) fn cell(&self, column: &str) -> Option<&str> {
        let place = *self.table.places.get(column)?;
        let text = std::str::from_utf8(self.cells.get(place)?).ok()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// Read the declared attributes that have a cell, and gather what is wrong with any.
    pub(crate) fn attributes(&self, faults: &mut Vec<Diagnostic>) -> Map<AttributeName, Value> {
        let mut attributes = Map::new();
        for (name, declaration, place) in &self.table.attributes {
            let text =
                self.cells.get(*place).and_then(|cell| std::str::from_utf8(cell).ok()).unwrap_or_default().trim();
            if text.is_empty() {
                continue;
            }
            match cell::value(name.as_str(), text, &declaration.kind) {
                Ok(value) => {
                    attributes.insert((*name).clone(), value);
                }
                Err(fault) => faults.push(fault.on(self.at.place(Some(name.as_str())))),
            }
        }
        attributes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIXED: &[(&str, bool)] = &[("learner_id", true), ("code", true), ("grade", false)];

    fn attributes() -> Map<AttributeName, AttributeDecl> {
        let declaration = serde_json::from_str(r#"{"kind": {"choice": ["online", "campus"]}}"#).unwrap();
        [(AttributeName::new("mode").unwrap(), declaration)].into()
    }

    /// Read each row as `line: cells`, or what is wrong.
    fn read(bytes: &[u8]) -> Result<Vec<String>, String> {
        let attributes = attributes();
        let columns = Columns { fixed: FIXED, attributes: &attributes };
        let told = |e: BatchError| format!("{e} ({})", e.help().unwrap_or_default());
        let table = Table::of_bytes("t.csv", bytes, &columns).map_err(told)?;
        let mut rows = Vec::new();
        table
            .each_row(|row| {
                let mut faults = Vec::new();
                let attributes = row.attributes(&mut faults);
                faults.splice(0..0, row.fault());
                rows.push(match faults.first() {
                    Some(fault) => format!("{}: {} ({})", row.at.line, fault.message(), fault.help().unwrap()),
                    None => format!(
                        "{}: {:?} {:?} {:?}",
                        row.at.line,
                        row.learner(),
                        row.cell("code"),
                        attributes.values().map(ToString::to_string).collect::<Vec<_>>()
                    ),
                });
            })
            .map_err(told)?;
        Ok(rows)
    }

    #[test]
    fn ordinary_variations_are_read() {
        let rows =
            read(b"\xEF\xBB\xBFcode, learner_id ,mode\r\n\"A,1\",x,online\r\n\r\n,,\r\nB ,y,\r\n\"C\nD\",z,\nE,w,")
                .unwrap();
        assert_eq!(
            rows,
            [
                "2: \"x\" Some(\"A,1\") [\"online\"]",
                "5: \"y\" Some(\"B\") []",
                "6: \"z\" Some(\"C\\nD\") []",
                "8: \"w\" Some(\"E\") []"
            ]
        );
        assert_eq!(read(b"learner_id,code\n").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn header_faults_are_told_all_at_once() {
        let error = read(b"learner_id,grde,learner_id,zebra\n").unwrap_err();
        for part in [
            "line 1",
            "`grde` is not known",
            "stands twice, as number 1 and 3",
            "`zebra`",
            "`code` is missing",
            "did you mean `grade`?",
        ] {
            assert!(error.contains(part), "{part}: {error}");
        }
        assert!(read(b"learner_id;code\n1;2\n").unwrap_err().contains("not separated by commas"));
        assert!(read(b"").unwrap_err().contains("the table is empty"));
        assert!(read(b"\xFF\xFEl\0").unwrap_err().contains("UTF-16"));
        assert!(read(b"PK\x03\x04..").unwrap_err().contains("Excel workbook"));
        assert!(read(b"learner_id,code,\xE9\n").unwrap_err().contains("header is not UTF-8"));
    }

    #[test]
    fn row_faults_name_their_row() {
        let rows = read(b"learner_id,code,mode\nx,A\ny,Caf\xE9,\nz,B,onlin\nw,C,\n").unwrap();
        assert!(rows[0].starts_with("2: the row has 2 cells and the header has 3"), "{rows:?}");
        assert!(rows[1].starts_with("3: cell number 2") && rows[1].contains("UTF-8"), "{rows:?}");
        assert!(rows[2].starts_with("4: column `mode`") && rows[2].contains("did you mean `online`"), "{rows:?}");
        assert!(rows[3].starts_with("5: \"w\""), "{rows:?}");
    }

    #[test]
    fn a_quote_that_is_never_closed_is_an_error_and_swallows_nothing() {
        for text in ["learner_id,code\nx,A\ny,\"B\nz,C\nw,D\n", "learner_id,code\nx,A\ny,\"B\nz,C\nw,D"] {
            let error = read(text.as_bytes()).unwrap_err();
            assert!(error.starts_with("t.csv, line 3: a quote opens in this row and is never closed"), "{error}");
        }
        assert!(read(b"learner_id,\"code\nx,A\n").unwrap_err().contains("never closed"));
    }
}
