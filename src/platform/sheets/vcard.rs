//! Address books as vCard 2.1, 3.0 or 4.0 (RFC 2426, RFC 6350), read line by line into rows of a table.

use std::io::BufRead;

use data_encoding::BASE64;

/// The columns of the table, in its order; numbers and addresses have three places each.
pub const COLUMNS: [&str; 14] = [
    "FN",
    "TEL 1",
    "TEL 2",
    "TEL 3",
    "EMAIL 1",
    "EMAIL 2",
    "EMAIL 3",
    "ORG",
    "TITLE",
    "BDAY",
    "URL",
    "NOTE",
    "CEP",
    "CATEGORIES",
];
/// Letters of a line that are kept: a photograph is not read.
const LONGEST: usize = 16 << 10;

/// Cards of a file, one after the other.
pub struct Cards<R> {
    lines: R,
    /// The line that is being looked at, and its number in the file.
    line: u64,
    /// The line that was read ahead, to see whether it goes on.
    next: Option<String>,
}

/// One property: name in capitals, what stands between it and the colon, its value as it is written.
struct Property {
    name: String,
    parameters: String,
    value: String,
}

impl<R: BufRead> Cards<R> {
    /// Over a text in UTF-8.
    pub fn new(lines: R) -> Self {
        Self { lines, line: 0, next: None }
    }

    fn physical(&mut self) -> std::io::Result<Option<String>> {
        let mut bytes = Vec::new();
        if self.lines.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&bytes);
        Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// One property with the lines on which it goes on.
    fn property(&mut self) -> std::io::Result<Option<Property>> {
        loop {
            let Some(mut text) = (match self.next.take() {
                Some(text) => Some(text),
                None => self.physical()?,
            }) else {
                return Ok(None);
            };
            self.line += 1;
            let soft = text.to_ascii_uppercase().contains("QUOTED-PRINTABLE");
            while let Some(next) = self.physical()? {
                // A line that begins with a blank goes on (RFC 6350, 3.2); one of 2.1 goes on after a `=` at its end.
                let goes_on = if soft && text.ends_with('=') {
                    text.pop();
                    Some(next.as_str())
                } else {
                    next.strip_prefix([' ', '\t'])
                };
                let Some(rest) = goes_on else {
                    self.next = Some(next);
                    break;
                };
                self.line += 1;
                if text.len() < LONGEST {
                    text.push_str(rest);
                }
            }
            if let Some(found) = split(&text) {
                return Ok(Some(found));
            }
        }
    }

    /// The next card: the line on which it begins, and its cells by [`COLUMNS`]; None at the end. A card that the file's end
    /// cuts off comes with an empty row of cells.
    ///
    /// # Errors
    /// The text can't be read.
    pub fn next_card(&mut self) -> std::io::Result<Option<(u64, Vec<String>)>> {
        loop {
            let Some(property) = self.property()? else { return Ok(None) };
            if property.name == "BEGIN" && property.value.trim().eq_ignore_ascii_case("vcard") {
                break;
            }
        }
        let begins = self.line;
        let mut cells = vec![String::new(); COLUMNS.len()];
        let mut named = String::new();
        loop {
            let Some(property) = self.property()? else { return Ok(Some((begins, Vec::new()))) };
            let value = || plain(&property);
            match property.name.as_str() {
                "END" => break,
                "N" => named = name(&property),
                "ORG" => put(&mut cells, &["ORG"], parts(&property).join(" ").trim().to_owned()),
                "TEL" => put(
                    &mut cells,
                    &["TEL 1", "TEL 2", "TEL 3"],
                    value().trim_start_matches("tel:").replace(";ext=", " "),
                ),
                "EMAIL" => put(&mut cells, &["EMAIL 1", "EMAIL 2", "EMAIL 3"], value()),
                // Post office box, extended, street, locality, region, code, country (RFC 6350, 6.3.1).
                "ADR" => put(&mut cells, &["CEP"], parts(&property).get(5).cloned().unwrap_or_default()),
                "BDAY" => put(&mut cells, &["BDAY"], day(&value())),
                known @ ("FN" | "TITLE" | "URL" | "NOTE" | "CATEGORIES") => put(&mut cells, &[known], value()),
                _ => {}
            }
        }
        if cells[0].is_empty() {
            cells[0] = named;
        }
        Ok(Some((begins, cells)))
    }
}

/// Puts a value in the first of these columns that is empty.
fn put(cells: &mut [String], columns: &[&str], value: String) {
    for (cell, known) in cells.iter_mut().zip(COLUMNS) {
        if columns.contains(&known) && (cell.is_empty() || *cell == value) {
            *cell = value;
            return;
        }
    }
}

/// `item1.TEL;TYPE=CELL:+55 11 …` → its parts; None where there is no colon.
fn split(line: &str) -> Option<Property> {
    let mut quoted = false;
    let colon = line.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == ':' && !quoted).then_some(at)
    })?;
    let (head, value) = (&line[..colon], &line[colon + 1..]);
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    let name = name.rsplit('.').next().unwrap_or(name).trim().to_ascii_uppercase();
    Some(Property { name, parameters: parameters.to_ascii_uppercase(), value: value.to_owned() })
}

/// A value without what it was wrapped in.
fn unwrapped(property: &Property) -> String {
    let parameters = &property.parameters;
    if parameters.contains("QUOTED-PRINTABLE") {
        let latin = parameters.contains("8859-1") || parameters.contains("1252");
        return quoted_printable(&property.value, latin);
    }
    if parameters.contains("ENCODING=B") {
        let bytes = BASE64.decode(property.value.trim().as_bytes()).unwrap_or_default();
        return String::from_utf8(bytes).unwrap_or_default();
    }
    property.value.clone()
}

/// A value in parts, between semicolons where it has several; escapes are undone (RFC 6350, 3.4).
fn cut(text: &str, several: bool) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let meant = match letter {
            ';' if several => {
                parts.push(String::new());
                continue;
            }
            '\\' => match letters.next() {
                Some('n' | 'N') => '\n',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        };
        parts.last_mut().into_iter().for_each(|part| part.push(meant));
    }
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}

/// One value.
fn plain(property: &Property) -> String {
    cut(&unwrapped(property), false).concat()
}

/// A value that has several parts.
fn parts(property: &Property) -> Vec<String> {
    cut(&unwrapped(property), true)
}

/// Family; given; additional; prefixes; suffixes → as one says it.
fn name(property: &Property) -> String {
    let parts = parts(property);
    let part = |at: usize| parts.get(at).map_or("", String::as_str);
    let said = [part(3), part(1), part(2), part(0), part(4)];
    said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `19850412`, `1985-04-12T00:00:00Z` → `1985-04-12`; anything else as it is.
fn day(typed: &str) -> String {
    let day = typed.split('T').next().unwrap_or(typed);
    match day.as_bytes() {
        digits if digits.len() == 8 && digits.iter().all(u8::is_ascii_digit) => {
            format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])
        }
        _ => day.to_owned(),
    }
}

/// `Jos=C3=A9` → `José` (RFC 2045, 6.7).
fn quoted_printable(text: &str, latin: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match (first, tail) {
            (b'=', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push(hex(*high).unwrap_or(0) << 4 | hex(*low).unwrap_or(0));
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    if latin {
        encoding_rs::mem::decode_latin1(&bytes).into_owned()
    } else {
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut cards = Cards::new(text.as_bytes());
        std::iter::from_fn(|| cards.next_card().expect("memory")).collect()
    }

    fn cell(cells: &[String], column: &str) -> String {
        COLUMNS.iter().zip(cells).find(|(known, _)| **known == column).map(|(_, cell)| cell.clone()).unwrap_or_default()
    }

    #[test]
    fn cards_of_every_version_become_rows() {
        let found = cards(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Maria Souza\\, Dra.\r\nN:Souza;Maria;;Dra.;\r\n\
             item1.TEL;TYPE=CELL:+55 11 98765-\r\n 4321\r\nTEL;TYPE=HOME:(11) 3456-7890\r\nEMAIL;TYPE=INTERNET:maria@x.br\r\n\
             ADR;TYPE=HOME:;;Rua A\\; 5;São Paulo;SP;01310-100;Brasil\r\nBDAY:19850412\r\nNOTE:um\\ndois\r\n\
             PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\n BBBB\r\nCATEGORIES:VIP,Ouro\r\nEND:VCARD\r\n\r\n\
             BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ara=C3=BAjo;Jos=C3=A9=\r\n;;;\r\nTEL;CELL:011987654322\r\nEND:VCARD\r\n\
             BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana\r\nTEL;VALUE=uri:tel:+351912345678\r\nORG:Loja;Vendas\r\nEND:VCARD",
        );
        assert_eq!(found.len(), 3);
        let (line, maria) = &found[0];
        assert_eq!(*line, 1);
        assert_eq!(cell(maria, "FN"), "Maria Souza, Dra.");
        assert_eq!(cell(maria, "TEL 1"), "+55 11 98765-4321");
        assert_eq!(cell(maria, "TEL 2"), "(11) 3456-7890");
        assert_eq!(cell(maria, "CEP"), "01310-100");
        assert_eq!(cell(maria, "BDAY"), "1985-04-12");
        assert_eq!(cell(maria, "NOTE"), "um\ndois");
        assert_eq!(cell(maria, "CATEGORIES"), "VIP,Ouro");
        assert_eq!((found[1].0, cell(&found[1].1, "FN")), (17, "José Araújo".to_owned()));
        assert_eq!(cell(&found[2].1, "TEL 1"), "+351912345678");
        assert_eq!(cell(&found[2].1, "ORG"), "Loja Vendas");
    }

    #[test]
    fn what_is_cut_off_or_no_card_is_told_apart() {
        assert_eq!(cards("nome;cor\nA;azul"), []);
        assert_eq!(cards("BEGIN:VCARD\nFN:Maria\n"), [(1, Vec::new())], "the end is missing");
        let four = cards("begin:vcard\nTEL:1\nTEL:2\nTEL:1\nTEL:3\nTEL:4\nend:vcard");
        assert_eq!(four[0].1[1..4], ["1", "2", "3"]);
        assert_eq!(quoted_printable("=E9=3", true), "é=3");
    }
}
