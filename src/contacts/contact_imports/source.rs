//! Files with people on disk: what was sent becomes one plain table, whatever it was; it is read in pieces.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use super::{MOST, WIDEST};
use crate::app::Context;
use crate::platform::error::{Error, Result};
use crate::platform::sheets::import::{Lines, ends_open, separator, tells_separator};
use crate::platform::sheets::{decoding, vcard};
use crate::platform::text::{Phrase, catalogue_imports as i, contact_imports as t};

/// Letters of a file that tell what it is.
const HEAD: u64 = 64 << 10;
/// The most letters of a column's head that are kept.
const HEAD_LETTERS: usize = 80;

/// The folder of the files.
pub fn folder(context: &Context) -> PathBuf {
    context.data.join("imports")
}

/// What a file is found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    pub head: Vec<String>,
    /// Lines beneath the head.
    pub total: i64,
    /// Where they begin, in bytes.
    pub position: i64,
    /// The last one is shorter than the others, and the file may have been cut off there.
    pub cut: bool,
}

/// Writes a file anew as a table of our own: UTF-8, commas, before each row the line on which it stood. The raw file goes.
///
/// # Errors
/// The disk; inside, what a person can mend.
pub fn prepare(raw: &Path, target: &Path) -> Result<std::result::Result<Prepared, Phrase>> {
    let mut magic = Vec::new();
    File::open(raw)?.take(8).read_to_end(&mut magic)?;
    if magic.starts_with(b"PK\x03\x04") || magic.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        fs::remove_file(raw)?;
        return Ok(Err(t::SPREADSHEET));
    }
    let plain = raw.with_extension("text");
    let encoding = decoding::encoding(File::open(raw)?)?;
    decoding::decode(File::open(raw)?, encoding, BufWriter::new(File::create_new(&plain)?))?;
    fs::remove_file(raw)?;
    let mut opening = Vec::new();
    File::open(&plain)?.take(HEAD).read_to_end(&mut opening)?;
    let opening = String::from_utf8_lossy(&opening);
    let is_cards = opening.trim_start().get(..11).is_some_and(|word| word.eq_ignore_ascii_case("begin:vcard"));
    let written = if is_cards { cards(&plain, target) } else { table(&plain, target, separator(&opening)) };
    fs::remove_file(&plain)?;
    if !matches!(written, Ok(Ok(_))) && target.exists() {
        fs::remove_file(target)?;
    }
    written
}

type Written = Result<std::result::Result<Prepared, Phrase>>;

/// A table that is being written.
struct Target {
    writer: csv::Writer<File>,
    prepared: Prepared,
}

impl Target {
    fn create(path: &Path, head: Vec<String>) -> Result<Self> {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(File::create_new(path)?);
        writer.write_record([""].into_iter().chain(head.iter().map(String::as_str))).map_err(Error::internal)?;
        writer.flush()?;
        let position = i64::try_from(writer.get_ref().metadata()?.len()).unwrap_or(i64::MAX);
        Ok(Self { writer, prepared: Prepared { head, total: 0, position, cut: false } })
    }

    fn push(&mut self, line: u64, cells: &[String]) -> Result<bool> {
        let line = line.to_string();
        let record = [line.as_str()].into_iter().chain(cells.iter().map(String::as_str));
        self.writer.write_record(record).map_err(Error::internal)?;
        self.prepared.total += 1;
        Ok(self.prepared.total.unsigned_abs() <= MOST)
    }

    fn finish(mut self) -> Written {
        self.writer.flush()?;
        self.writer.get_ref().sync_all()?;
        Ok(if self.prepared.total == 0 { Err(i::EMPTY) } else { Ok(self.prepared) })
    }
}

fn table(plain: &Path, path: &Path, separator: u8) -> Written {
    let open = || File::open(plain).map(BufReader::new);
    let mut lines = Lines::new(open()?, open()?, separator);
    let mut first = lines.next_line().map_err(Error::internal)?;
    if first.as_ref().is_some_and(|(_, cells)| tells_separator(cells)) {
        first = lines.next_line().map_err(Error::internal)?;
    }
    let Some((_, head)) = first else { return Ok(Err(i::EMPTY)) };
    if head.len() > WIDEST {
        return Ok(Err(t::TOO_WIDE));
    }
    let width = head.len();
    let head = head.into_iter().map(|name| name.chars().take(HEAD_LETTERS).collect()).collect();
    let mut target = Target::create(path, head)?;
    let mut last = width;
    while let Some((line, cells)) = lines.next_line().map_err(Error::internal)? {
        last = cells.len();
        if !target.push(line, &cells)? {
            return Ok(Err(t::TOO_MANY));
        }
    }
    let mut tail = Vec::new();
    let mut file = File::open(plain)?;
    file.seek(SeekFrom::Start(lines.last_at()))?;
    file.read_to_end(&mut tail)?;
    if ends_open(&tail, separator) {
        return Ok(Err(i::CUT_OFF));
    }
    target.prepared.cut = last < width && !tail.ends_with(b"\n");
    target.finish()
}

fn cards(plain: &Path, path: &Path) -> Written {
    let mut cards = vcard::Cards::new(BufReader::new(File::open(plain)?));
    let mut target = Target::create(path, vcard::COLUMNS.map(str::to_owned).to_vec())?;
    while let Some((line, cells)) = cards.next_card()? {
        target.prepared.cut = cells.is_empty();
        if !target.push(line, &cells)? {
            return Ok(Err(t::TOO_MANY));
        }
    }
    target.finish()
}

/// Rows of a table of our own.
pub struct Rows {
    reader: csv::Reader<BufReader<File>>,
    begin: u64,
}

impl Rows {
    /// From a place on.
    ///
    /// # Errors
    /// The file is gone.
    pub fn from(path: &Path, position: i64) -> Result<Self> {
        let mut file = File::open(path)?;
        let begin = position.unsigned_abs();
        file.seek(SeekFrom::Start(begin))?;
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(BufReader::new(file));
        Ok(Self { reader, begin })
    }

    /// The next one: its line in the file that was sent, and its cells.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn next_row(&mut self) -> Result<Option<(i64, Vec<String>)>> {
        let mut record = csv::StringRecord::new();
        if !self.reader.read_record(&mut record).map_err(Error::internal)? {
            return Ok(None);
        }
        let mut cells = record.iter();
        let line = match cells.next() {
            // The head stands on no line of its own.
            None | Some("") => 0,
            Some(line) => line.parse().map_err(Error::internal)?,
        };
        Ok(Some((line, cells.map(str::to_owned).collect())))
    }

    /// Where the row after the last one begins.
    pub fn position(&self) -> i64 {
        i64::try_from(self.begin + self.reader.position().byte()).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (i64, Vec<String>);

    fn prepared(bytes: &[u8]) -> (std::result::Result<Prepared, Phrase>, Vec<Row>) {
        let folder = tempfile::tempdir().expect("a folder");
        let (raw, target) = (folder.path().join("a.raw"), folder.path().join("a.table"));
        fs::write(&raw, bytes).expect("a file");
        let found = prepare(&raw, &target).expect("a disk");
        let left = fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(left, usize::from(found.is_ok()), "nothing but the table is left");
        let Ok(prepared) = &found else { return (found, Vec::new()) };
        let mut rows = Vec::new();
        // One row at a time, each from where the one before ended.
        let mut position = prepared.position;
        loop {
            let mut reader = Rows::from(&target, position).expect("the table");
            let Some(row) = reader.next_row().expect("a row") else { break };
            rows.push(row);
            position = reader.position();
        }
        (found, rows)
    }

    #[test]
    fn any_table_becomes_one_of_our_own_with_the_lines_kept() {
        let (found, rows) = prepared(b"Nome;Fone\r\n\r\n\"Jos\xe9\r\nda Silva\";11 3456-7890\r\n'=1+1;\r\n");
        let found = found.expect("a table");
        assert_eq!((found.head.len(), found.total, found.cut), (2, 2, false));
        assert_eq!(rows[0].0, 3);
        assert_eq!(rows[0].1[0].replace('\r', ""), "José\nda Silva");
        assert_eq!(rows[1], (5, vec!["=1+1".to_owned(), String::new()]));
        let (found, rows) = prepared(b"sep=,\nnome,fone\nAna,11");
        assert_eq!((found.expect("a table").head.len(), rows[0].1.len()), (2, 2));
        let (found, rows) = prepared("BEGIN:VCARD\nFN:Zoé\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:meia".as_bytes());
        assert!(found.expect("cards").cut);
        assert_eq!((rows[0].1[0].as_str(), rows.len()), ("Zoé", 2));
    }

    #[test]
    fn what_is_no_table_is_refused_with_words() {
        for (bytes, words) in [
            (&b""[..], i::EMPTY),
            (b"nome;fone\n", i::EMPTY),
            (b"nome\n\"cortad", i::CUT_OFF),
            (b"PK\x03\x04xxxx", t::SPREADSHEET),
            (&b"a;".repeat(WIDEST + 1), t::TOO_WIDE),
            (&[b"a\n".to_vec(), b"1\n".repeat(500_001)].concat(), t::TOO_MANY),
        ] {
            assert_eq!(prepared(bytes).0, Err(words));
        }
        assert!(prepared(b"nome;fone\nAna;11\nBi").0.expect("a table").cut, "the last line is short");
        assert!(!prepared(b"nome;fone\nAna;11\nBi\n").0.expect("a table").cut);
    }
}
