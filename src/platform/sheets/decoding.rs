//! Files that somebody made elsewhere, as UTF-8: whatever their encoding, in pieces, so that size costs no memory.

use std::io::{self, Read, Write};

/// Bytes that are looked at in one go.
const PIECE: usize = 64 << 10;

/// How the characters of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Little,
    Utf16Big,
    /// Windows-1252, of which Latin-1 is a part.
    Western,
}

/// Reads on until a piece is full or nothing is left.
fn fill(source: &mut impl Read, piece: &mut Vec<u8>) -> io::Result<bool> {
    let room = PIECE.saturating_sub(piece.len()).max(1);
    Ok(source.take(room as u64).read_to_end(piece)? > 0)
}

/// How a file is written: by its mark, else UTF-8 where all of it is valid, else as Windows in the west writes.
///
/// # Errors
/// The file can't be read.
pub fn encoding(mut source: impl Read) -> io::Result<Encoding> {
    let mut piece = Vec::with_capacity(PIECE);
    let mut first = true;
    loop {
        let more = fill(&mut source, &mut piece)?;
        if first {
            match piece.as_slice() {
                [0xef, 0xbb, 0xbf, ..] => return Ok(Encoding::Utf8),
                [0xff, 0xfe, ..] => return Ok(Encoding::Utf16Little),
                [0xfe, 0xff, ..] => return Ok(Encoding::Utf16Big),
                _ => first = false,
            }
        }
        let rest = match std::str::from_utf8(&piece) {
            Ok(_) => piece.len(),
            // A character that the piece cuts in two goes on in the next one.
            Err(fault) if fault.error_len().is_none() && more => fault.valid_up_to(),
            Err(_) => return Ok(Encoding::Western),
        };
        piece.drain(..rest);
        if !more {
            return Ok(Encoding::Utf8);
        }
    }
}

/// Writes a file anew as UTF-8 without mark and without NUL.
///
/// # Errors
/// It can't be read, or not be written.
pub fn decode(mut source: impl Read, encoding: Encoding, mut target: impl Write) -> io::Result<()> {
    let mut piece = Vec::with_capacity(PIECE);
    let mut text = String::with_capacity(2 * PIECE);
    let mut first = true;
    loop {
        let more = fill(&mut source, &mut piece)?;
        let taken = match encoding {
            Encoding::Utf8 => lossy(&piece, !more, &mut text),
            Encoding::Utf16Little => wide(&piece, u16::from_le_bytes, !more, &mut text),
            Encoding::Utf16Big => wide(&piece, u16::from_be_bytes, !more, &mut text),
            Encoding::Western => {
                text.extend(piece.iter().map(|byte| western(*byte)));
                piece.len()
            }
        };
        piece.drain(..taken);
        if text.contains('\0') {
            text.retain(|c| c != '\0');
        }
        let marked = first && text.starts_with('\u{feff}');
        target.write_all(&text.as_bytes()[if marked { 3 } else { 0 }..])?;
        first &= text.is_empty();
        text.clear();
        if !more {
            return target.flush();
        }
    }
}

/// UTF-8 with a sign where a byte is none; answers how much was taken.
fn lossy(mut bytes: &[u8], last: bool, text: &mut String) -> usize {
    let whole = bytes.len();
    loop {
        match std::str::from_utf8(bytes) {
            Ok(valid) => {
                text.push_str(valid);
                return whole;
            }
            Err(fault) => {
                let (valid, rest) = bytes.split_at(fault.valid_up_to());
                text.push_str(&String::from_utf8_lossy(valid));
                match fault.error_len() {
                    None if !last => return whole - rest.len(),
                    found => {
                        text.push(char::REPLACEMENT_CHARACTER);
                        bytes = &rest[found.unwrap_or(rest.len())..];
                    }
                }
            }
        }
    }
}

/// UTF-16; answers how much was taken: a pair that the piece cuts in two stays for the next one.
fn wide(bytes: &[u8], pair: fn([u8; 2]) -> u16, last: bool, text: &mut String) -> usize {
    let mut units: Vec<u16> = bytes.chunks_exact(2).filter_map(|two| two.try_into().ok()).map(pair).collect();
    if !last && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
        units.pop();
    }
    text.extend(char::decode_utf16(units.iter().copied()).map(|found| found.unwrap_or(char::REPLACEMENT_CHARACTER)));
    if last { bytes.len() } else { units.len() * 2 }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        decode(bytes, encoding(bytes).expect("bytes"), &mut out).expect("bytes");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn every_encoding_that_spreadsheets_write_is_read() {
        let wanted = "nome;cor\nação – R$ 5;âmbar";
        assert_eq!(text(wanted.as_bytes()), wanted);
        assert_eq!(text(format!("\u{feff}{wanted}").as_bytes()), wanted);
        assert_eq!(text(b"nome;cor\na\xe7\xe3o \x96 R$ 5;\xe2mbar"), wanted);
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(wanted.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(text(&wide), wanted);
        let wide: Vec<u8> = [0xfe, 0xff].into_iter().chain(wanted.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(text(&wide), wanted);
        assert_eq!(text(b"a\0b"), "ab");
        assert_eq!(text(b""), "");
    }

    #[test]
    fn characters_on_the_edge_of_a_piece_stay_whole() {
        for shift in 0..4 {
            let wanted = format!("{}{}", "x".repeat(shift), "ç€😀".repeat(PIECE / 5));
            assert_eq!(text(wanted.as_bytes()), wanted, "{shift}");
            let wide: Vec<u8> =
                [0xff, 0xfe].into_iter().chain(wanted.encode_utf16().flat_map(u16::to_le_bytes)).collect();
            assert_eq!(text(&wide), wanted, "{shift}");
        }
        // The last character of a long file tells that it is no UTF-8 after all.
        let mut late = "é".repeat(PIECE).into_bytes();
        late.push(0xe9);
        assert!(text(&late).ends_with("Ã©é"), "by Windows-1252");
    }

    #[test]
    fn a_marked_file_with_a_broken_byte_loses_that_byte_alone() {
        assert_eq!(text(b"\xef\xbb\xbfa\xffb\xc3"), "a\u{fffd}b\u{fffd}");
        assert_eq!(text(&[0xff, 0xfe, b'a', 0, 0x00, 0xd8, b'b', 0, 7]), "a\u{fffd}b");
    }
}
