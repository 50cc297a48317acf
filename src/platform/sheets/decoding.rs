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

impl Encoding {
    fn standard(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Little => encoding_rs::UTF_16LE,
            Self::Utf16Big => encoding_rs::UTF_16BE,
            Self::Western => encoding_rs::WINDOWS_1252,
        }
    }

    /// Whether characters are units of two bytes.
    fn is_wide(self) -> bool {
        matches!(self, Self::Utf16Little | Self::Utf16Big)
    }
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

/// Writes a file anew as UTF-8 without mark and without NUL; a sign stands where bytes are no character.
///
/// # Errors
/// It can't be read, or not be written.
pub fn decode(mut source: impl Read, encoding: Encoding, mut target: impl Write) -> io::Result<()> {
    let mut decoder = encoding.standard().new_decoder_with_bom_removal();
    let mut piece = Vec::with_capacity(PIECE);
    let mut text = String::new();
    loop {
        let more = fill(&mut source, &mut piece)?;
        // Half a unit at the end of a file is no character that was lost. Pieces before the last one are full, and even.
        let whole = if encoding.is_wide() { piece.len() & !1 } else { piece.len() };
        let room = decoder.max_utf8_buffer_length(whole).ok_or(io::ErrorKind::OutOfMemory)?;
        text.reserve(room);
        // With so much room everything is taken.
        let _all = decoder.decode_to_string(&piece[..whole], &mut text, !more);
        piece.clear();
        if text.contains('\0') {
            text.retain(|c| c != '\0');
        }
        target.write_all(text.as_bytes())?;
        text.clear();
        if !more {
            return target.flush();
        }
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
            let wide: Vec<u8> =
                [0xfe, 0xff].into_iter().chain(wanted.encode_utf16().flat_map(u16::to_be_bytes)).collect();
            assert_eq!(text(&wide), wanted, "{shift}");
        }
        let western = [b"\x80\xe7".repeat(PIECE), b"\x96".to_vec()].concat();
        assert_eq!(text(&western), format!("{}–", "€ç".repeat(PIECE)));
        // The last character of a long file tells that it is no UTF-8 after all.
        let mut late = "é".repeat(PIECE).into_bytes();
        late.push(0xe9);
        assert!(text(&late).ends_with("Ã©é"), "by Windows-1252");
    }

    #[test]
    fn a_marked_file_with_a_broken_byte_loses_that_byte_alone() {
        assert_eq!(text(b"\xef\xbb\xbfa\xffb\xc3"), "a\u{fffd}b\u{fffd}");
        assert_eq!(text(&[0xff, 0xfe, b'a', 0, 0x00, 0xd8, b'b', 0, 7]), "a\u{fffd}b");
        assert_eq!(text(&[0xfe, 0xff, 0, b'a', 0xd8, 0x00, 0, b'b', 7]), "a\u{fffd}b");
        assert_eq!(text(&[0xff, 0xfe, b'a', 0, 0x00, 0xd8]), "a\u{fffd}", "half a pair at the end");
    }

    #[test]
    fn bytes_without_a_sign_in_windows_1252_stand_for_themselves() {
        let high: Vec<u8> = (0x80..=0xff).collect();
        let signs: Vec<char> = text(&high).chars().collect();
        assert_eq!(signs.len(), 128);
        assert_eq!(signs[..4], ['€', '\u{81}', '‚', 'ƒ']);
        assert!((0x20..128).all(|at| u32::from(signs[at]) == 0x80 + at as u32), "the rest is Latin-1");
    }
}
