//! Reading percent-encoded bytes, all or nothing.

/// The bytes that are meant; None where a `%` is not followed by two digits. The package alone would leave that one as it is,
/// and an address would have two readings.
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let whole = |tail: &[u8]| tail.get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    let sound = text.split(|byte| *byte == b'%').skip(1).all(whole);
    sound.then(|| percent_encoding::percent_decode(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_escape_spoils_all() {
        assert_eq!(decode(b"a%20%C3%a7%25").as_deref(), Some("a ç%".as_bytes()));
        for bad in ["%", "%4", "%zz", "%%41", "%20%", "%+1", "%4%41"] {
            assert_eq!(decode(bad.as_bytes()), None, "{bad}");
        }
    }
}
