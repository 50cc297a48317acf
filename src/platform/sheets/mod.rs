//! Tables for spreadsheets: rows go into a file one by one, so that a million of them need no more memory than ten.

pub mod decoding;
pub mod import;
pub mod vcard;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet};

use crate::platform::error::{Error, Result};

crate::words! {
    /// How a table is written.
    Format { Csv = "csv", Xlsx = "xlsx" }
}

impl Format {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What stands in one place of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Number(i64),
    Empty,
}

impl Cell {
    /// As it is shown and as CSV has it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Empty => String::new(),
        }
    }
}

/// The most rows that a sheet of XLSX holds, its head included.
pub const XLSX_ROWS: u32 = 1_048_576;
/// The most characters that a cell of XLSX holds.
const XLSX_CELL: usize = 32_767;

/// A text that a spreadsheet would take for a formula gets an apostrophe in front (CWE-1236); so does one that looks as if it
/// had got one already, so that reading it back knows the difference.
pub fn harmless(text: &str) -> String {
    if is_marked(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a text begins as a formula does, behind however many apostrophes.
fn is_marked(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A small table as CSV, as `Sheet` would write it.
///
/// # Errors
/// None but those of memory.
pub fn csv_of(head: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(head).map_err(Error::internal)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

/// A table that is being written.
pub enum Sheet {
    /// UTF-8 with its mark and semicolons, as Excel in Brazil expects it.
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Xlsx {
        book: Box<Workbook>,
        row: u32,
    },
}

impl Sheet {
    /// Begins a file with its head.
    ///
    /// # Errors
    /// The file can't be made.
    pub fn create(path: &Path, format: Format, head: &[&str]) -> Result<Self> {
        let mut sheet = match format {
            Format::Csv => {
                let mut file = BufWriter::new(File::create(path)?);
                file.write_all("\u{feff}".as_bytes())?;
                Self::Csv(Box::new(csv::WriterBuilder::new().delimiter(b';').from_writer(file)))
            }
            Format::Xlsx => {
                // There from the start: who waits for the file sees that it is being written.
                File::create(path)?;
                let mut book = Box::new(Workbook::new());
                // Beside the file: the system's own folder for such things may lie in memory.
                if let Some(folder) = path.parent() {
                    book.set_tempdir(folder).map_err(Error::internal)?;
                }
                book.add_worksheet_with_constant_memory().map_err(Error::internal)?;
                Self::Xlsx { book, row: 0 }
            }
        };
        sheet.push(&head.iter().map(|text| Cell::Text((*text).to_owned())).collect::<Vec<_>>())?;
        Ok(sheet)
    }

    /// One more row. False where the format holds no more.
    ///
    /// # Errors
    /// The disk is full.
    pub fn push(&mut self, cells: &[Cell]) -> Result<bool> {
        match self {
            Self::Csv(writer) => {
                let texts = cells.iter().map(|cell| match cell {
                    Cell::Text(text) => harmless(text),
                    other => other.shown(),
                });
                writer.write_record(texts).map_err(Error::internal)?;
            }
            Self::Xlsx { row, .. } if *row == XLSX_ROWS => return Ok(false),
            Self::Xlsx { book, row } => {
                let sheet = book.worksheet_from_index(0).map_err(Error::internal)?;
                for (cell, column) in cells.iter().zip(0..) {
                    put(sheet, *row, column, cell)?;
                }
                *row += 1;
            }
        }
        Ok(true)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// The disk is full.
    pub fn finish(self, path: &Path) -> Result<()> {
        match self {
            Self::Csv(mut writer) => Ok(writer.flush()?),
            Self::Xlsx { mut book, .. } => book.save(path).map_err(Error::internal),
        }
    }
}

/// Texts are written as texts, so that no formula runs.
fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<()> {
    match cell {
        Cell::Text(text) => {
            let short: String = text.chars().take(XLSX_CELL).collect();
            sheet.write_string(row, column, short).map_err(Error::internal)?;
        }
        #[allow(clippy::cast_precision_loss, reason = "a spreadsheet knows no other numbers")]
        Cell::Number(number) => {
            sheet.write_number(row, column, *number as f64).map_err(Error::internal)?;
        }
        Cell::Empty => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_while_it_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        for format in Format::ALL {
            let path = folder.path().join(format.word());
            let sheet = Sheet::create(&path, *format, &["Texto"]).expect("a file");
            assert!(path.exists(), "{format:?}");
            sheet.finish(&path).expect("a whole file");
        }
    }

    #[test]
    fn formulas_become_text_and_quotes_stay() {
        let folder = std::env::temp_dir().join(format!("balcao-sheet-{}", std::process::id()));
        let mut sheet = Sheet::create(&folder, Format::Csv, &["Texto", "N"]).expect("a file");
        for text in ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "plain; \"quoted\"\nline"] {
            assert!(sheet.push(&[Cell::Text(text.to_owned()), Cell::Number(-5)]).expect("a row"));
        }
        sheet.finish(&folder).expect("a whole file");
        let written = std::fs::read_to_string(&folder).expect("the file");
        std::fs::remove_file(&folder).expect("removed");
        let wanted = "\u{feff}Texto;N\n'=1+1;-5\n'+1;-5\n'-1;-5\n'@x;-5\n'\t=1;-5\n\"'\r=1\";-5\n\"plain; \"\"quoted\"\"\nline\";-5\n";
        assert_eq!(written, wanted);
    }
}
