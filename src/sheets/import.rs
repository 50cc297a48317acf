//! Reading a table that somebody made elsewhere: CSV in whatever encoding and with whatever separator spreadsheets write.

use crate::text::{Phrase, imports as t};

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

/// The text of a file: UTF-8 with or without its mark, UTF-16 with its mark, or Windows-1252, of which Latin-1 is a part.
pub fn decode(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], pair: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|two| two.try_into().ok()).map(pair).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| western(*byte)).collect(),
        },
    };
    text.replace('\0', "")
}

/// A byte of Windows-1252 (WHATWG Encoding, index windows-1252).
fn western(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Reads a table. Quotes that are open at the end tell of a file that was cut off.
///
/// # Errors
/// Nothing in it, too many lines, or cut off.
pub fn read(text: &str) -> Result<Table, Phrase> {
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        return Err(t::CUT_OFF);
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut head = None;
    let mut rows = Vec::new();
    // Where the last record began, and its line: the reader's own count is one behind after a Windows line break.
    let (mut seen, mut line) = (0, 1);
    for record in reader.records() {
        let record = record.map_err(|_| t::CUT_OFF)?;
        let at = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(seen);
        let begins = at + text.as_bytes()[at..].iter().take_while(|byte| b"\r\n".contains(byte)).count();
        line += text.as_bytes()[seen..begins].iter().filter(|byte| **byte == b'\n').count() as u64;
        seen = begins;
        let cells: Vec<String> = record.iter().map(plain).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if head.is_none() {
            head = Some(cells);
        } else if rows.len() == MOST {
            return Err(t::TOO_MANY);
        } else {
            rows.push((line, cells));
        }
    }
    match head {
        Some(head) if !rows.is_empty() => Ok(Table { head, rows }),
        _ => Err(t::EMPTY),
    }
}

/// The separator that stands most often in the first line, outside quotes.
fn separator(text: &str) -> u8 {
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
        let wanted = "nome;cor\nação – R$ 5;âmbar";
        let mut marked = vec![0xef, 0xbb, 0xbf];
        marked.extend(wanted.as_bytes());
        assert_eq!(decode(&marked), wanted);
        assert_eq!(decode(b"nome;cor\na\xe7\xe3o \x96 R$ 5;\xe2mbar"), wanted);
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(wanted.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&wide), wanted);
        for (separator, text) in
            [(b';', "a;b,c"), (b',', "a,b\n1;2;3"), (b'\t', "a\tb"), (b',', "\"x;y;z\",b"), (b';', "a")]
        {
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
        assert_eq!(read("a;b\n\"cortad"), Err(t::CUT_OFF));
        for empty in ["", "\n\n", "a;b", "a;b\n;\n"] {
            assert_eq!(read(empty), Err(t::EMPTY), "{empty:?}");
        }
        let many = format!("a\n{}", "1\n".repeat(MOST + 1));
        assert_eq!(read(&many), Err(t::TOO_MANY));
    }

    #[test]
    fn what_was_made_harmless_is_itself_again() {
        for text in ["=1+1", "+55", "-5", "@ana", "'aspas'", "normal", "'=1", "''@x", "'", "''"] {
            assert_eq!(rows(&format!("a\n{}", crate::sheets::harmless(text))), [[text]]);
        }
    }
}
