//! Reading a table that somebody made elsewhere: CSV in whatever encoding and with whatever separator spreadsheets write.

use std::io::{BufRead as _, BufReader, Read};

use super::decoding;
use crate::platform::text::{Phrase, catalogue_imports as t};

/// The most that is taken, in bytes.
pub const LARGEST: u64 = 2 << 20;
/// The most lines that are taken.
pub const MOST: usize = 5_000;

/// A table: its head, and its rows with the lines of the file on which they begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<(u64, Vec<String>)>,
}

/// The text of a file, however its characters are written.
pub fn decode(bytes: &[u8]) -> String {
    let mut text = Vec::with_capacity(bytes.len());
    let decoded = decoding::encoding(bytes).and_then(|encoding| decoding::decode(bytes, encoding, &mut text));
    debug_assert!(decoded.is_ok(), "memory is read and written without fault");
    String::from_utf8(text).unwrap_or_default()
}

/// Reads a table. Quotes that are open at the end tell of a file that was cut off.
///
/// # Errors
/// Nothing in it, too many lines, or cut off.
pub fn read(text: &str) -> Result<Table, Phrase> {
    let mut lines = Lines::new(text.as_bytes(), text.as_bytes(), separator(text));
    let mut head = None;
    let mut rows = Vec::new();
    while let Some((line, cells)) = lines.next_line().map_err(|_| t::CUT_OFF)? {
        if head.is_none() {
            head = (!tells_separator(&cells)).then_some(cells);
        } else if rows.len() == MOST {
            return Err(t::TOO_MANY);
        } else {
            rows.push((line, cells));
        }
    }
    let last = usize::try_from(lines.last_at()).unwrap_or(0);
    if ends_open(&text.as_bytes()[last.min(text.len())..], separator(text)) {
        return Err(t::CUT_OFF);
    }
    match head {
        Some(head) if !rows.is_empty() => Ok(Table { head, rows }),
        _ => Err(t::EMPTY),
    }
}

/// Whether a line only tells the separator: `sep=;`.
pub fn tells_separator(cells: &[String]) -> bool {
    cells.first().is_some_and(|cell| cell.to_ascii_lowercase().starts_with("sep=")) && cells.concat().len() <= 5
}

/// The lines of a table that hold anything, one after the other.
pub struct Lines<R, C> {
    reader: csv::Reader<R>,
    /// The same text once more, for the reader's own count of lines is one behind after a Windows line break.
    counted: BufReader<C>,
    /// How far it was counted, in bytes, and the line there.
    seen: u64,
    line: u64,
    /// Where the last record began.
    last: u64,
}

impl<R: Read, C: Read> Lines<R, C> {
    /// Over UTF-8, which is read twice, side by side.
    pub fn new(text: R, again: C, separator: u8) -> Self {
        let reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text);
        Self { reader, counted: BufReader::new(again), seen: 0, line: 1, last: 0 }
    }

    /// The next one: the line of the file on which it begins, and its cells.
    ///
    /// # Errors
    /// The text can't be read, or is no UTF-8.
    pub fn next_line(&mut self) -> csv::Result<Option<(u64, Vec<String>)>> {
        let mut record = csv::StringRecord::new();
        while self.reader.read_record(&mut record)? {
            let at = record.position().map_or(self.seen, csv::Position::byte);
            self.last = at;
            self.count_to(at)?;
            let cells: Vec<String> = record.iter().map(plain).collect();
            if !cells.iter().all(String::is_empty) {
                return Ok(Some((self.line, cells)));
            }
        }
        Ok(None)
    }

    /// Where the last record began that was read, in bytes of the text.
    pub fn last_at(&self) -> u64 {
        self.last
    }

    /// Counts the lines up to where a record was found, and past the breaks that stand before it.
    fn count_to(&mut self, at: u64) -> std::io::Result<()> {
        loop {
            let buffer = self.counted.fill_buf()?;
            let left = usize::try_from(at.saturating_sub(self.seen)).unwrap_or(usize::MAX).min(buffer.len());
            let mut taken = left;
            if left < buffer.len() || buffer.is_empty() {
                taken += buffer[left..].iter().take_while(|byte| b"\r\n".contains(byte)).count();
            }
            self.line += buffer[..taken].iter().filter(|byte| **byte == b'\n').count() as u64;
            let ends = taken < buffer.len() || buffer.is_empty();
            self.counted.consume(taken);
            self.seen += taken as u64;
            if ends {
                return Ok(());
            }
        }
    }
}

/// Whether the last record of a table ends within quotes: the file was cut off there.
pub fn ends_open(record: &[u8], separator: u8) -> bool {
    let (mut quoted, mut begins) = (false, true);
    for byte in record {
        // A second quote in a row is one of the text, and opens the cell again; one amid an open cell means itself.
        let closes = quoted && *byte == b'"';
        let opens = !quoted && begins && *byte == b'"';
        quoted = (quoted && !closes) || opens;
        begins = closes || (!quoted && (*byte == separator || matches!(byte, b'\n' | b'\r')));
    }
    quoted
}

/// The separator that stands most often in the first line, outside quotes.
pub fn separator(text: &str) -> u8 {
    let text = text.trim_start();
    // What Excel writes to tell itself.
    if let Some(told) = text.get(..5).filter(|told| told[..4].eq_ignore_ascii_case("sep=")) {
        return told.as_bytes()[4];
    }
    let mut counts = [(b';', 0), (b',', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    // The first of equals wins: Brazil's.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b';', |(byte, _)| *byte)
}

/// Without the white space around it, and without the apostrophe that our own files put before a formula.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if super::is_marked(rest) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        read(text).expect("a table").rows.into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn encodings_and_separators_are_found_out() {
        for (separator, text) in [
            (b',', "\r\n\na,b"),
            (b'\t', "sep=\t\na;b\tc"),
            (b';', "a;b,c"),
            (b',', "a,b\n1;2;3"),
            (b'\t', "a\tb"),
            (b',', "\"x;y;z\",b"),
            (b';', "a"),
        ] {
            assert_eq!(super::separator(text), separator, "{text}");
        }
    }

    #[test]
    fn quoted_breaks_stay_and_lines_are_counted_in_the_file() {
        let table = read("a;b\r\n\"uma\nduas\";2\r\n\r\n;;\r\n3;4").expect("a table");
        assert_eq!(table.rows[0], (2, vec!["uma\nduas".to_owned(), "2".to_owned()]));
        assert_eq!(table.rows[1].0, 6);
        assert_eq!(rows("a\n\"ele disse \"\"oi\"\"\""), [["ele disse \"oi\""]]);
    }

    #[test]
    fn a_file_that_was_cut_off_or_holds_nothing_is_refused() {
        for cut in ["a;b\n\"cortad", "a;b\n1;\"x\"\"", "a;b\n\"x\";\"y\n", "a\n\""] {
            assert_eq!(read(cut), Err(t::CUT_OFF), "{cut:?}");
        }
        assert_eq!(
            rows("a;b\nTV 32\"\" \"\";2\n\"x\"\"\";\"\""),
            [["TV 32\"\" \"\"", "2"], ["x\"", ""]],
            "a stray quote is no end"
        );
        for empty in ["", "\n\n", "a;b", "a;b\n;\n"] {
            assert_eq!(read(empty), Err(t::EMPTY), "{empty:?}");
        }
        let many = format!("a\n{}", "1\n".repeat(MOST + 1));
        assert_eq!(read(&many), Err(t::TOO_MANY));
    }

    #[test]
    fn what_was_made_harmless_is_itself_again() {
        for text in ["=1+1", "+55", "-5", "@ana", "'aspas'", "normal", "'=1", "''@x", "'", "''"] {
            assert_eq!(rows(&format!("a\n{}", crate::platform::sheets::harmless(text))), [[text]]);
        }
    }
}
