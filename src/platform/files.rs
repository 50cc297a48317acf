//! Files that somebody sends: what they are by their bytes, and names that do no harm.

/// What a file is by its own bytes; the name only tells kinds of one family apart. None for what is not taken.
pub fn media_type(head: &[u8], name: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    if REFUSED.contains(&ending.as_str()) {
        return None;
    }
    let at = |place: usize, mark: &[u8]| head.get(place..place + mark.len()) == Some(mark);
    Some(match () {
        () if at(0, b"\x89PNG\r\n\x1a\n") => "image/png",
        () if at(0, b"\xff\xd8\xff") => "image/jpeg",
        () if at(0, b"GIF87a") || at(0, b"GIF89a") => "image/gif",
        () if at(0, b"RIFF") && at(8, b"WEBP") => "image/webp",
        () if at(0, b"RIFF") && at(8, b"WAVE") => "audio/wav",
        () if at(0, b"%PDF-") => "application/pdf",
        () if at(0, b"OggS") => "audio/ogg",
        () if at(0, b"ID3") || at(0, b"\xff\xfb") || at(0, b"\xff\xf3") => "audio/mpeg",
        () if at(0, b"\x1a\x45\xdf\xa3") => match ending.as_str() {
            "weba" => "audio/webm",
            _ => "video/webm",
        },
        () if at(4, b"ftyp") => match ending.as_str() {
            "m4a" => "audio/mp4",
            _ => "video/mp4",
        },
        () if at(0, b"PK\x03\x04") => match ending.as_str() {
            "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "odt" => "application/vnd.oasis.opendocument.text",
            "ods" => "application/vnd.oasis.opendocument.spreadsheet",
            _ => "application/zip",
        },
        () if at(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => match ending.as_str() {
            "doc" => "application/msword",
            "xls" => "application/vnd.ms-excel",
            "ppt" => "application/vnd.ms-powerpoint",
            _ => return None,
        },
        () if is_text(head) => "text/plain; charset=utf-8",
        () => return None,
    })
}

/// Endings that a double click runs, or that a browser opens as a page.
const REFUSED: &[&str] = &[
    "exe", "bat", "cmd", "com", "scr", "msi", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "jar", "lnk", "reg",
    "sh", "desktop", "html", "htm", "xhtml", "svg", "mht", "url", "apk", "dmg",
];

/// UTF-8 without control characters; the cut at the end may split a letter.
fn is_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(wrong) if wrong.error_len().is_none() => match std::str::from_utf8(&head[..wrong.valid_up_to()]) {
            Ok(text) => text,
            Err(_) => return false,
        },
        Err(_) => return false,
    };
    !valid.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

/// A file's name without folders, control characters or marks that turn the reading direction; at most 150 characters.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = last.chars().filter(|c| !c.is_control() && !turns(*c)).collect();
    let clean = clean.trim_matches([' ', '.']);
    if clean.chars().count() <= 150 {
        return if clean.is_empty() { "file".to_owned() } else { clean.to_owned() };
    }
    // The ending stays: it says what opens the file.
    let ending: String = clean.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.chars().take(10).collect());
    let start: String = clean.chars().take(150 - ending.chars().count() - 1).collect();
    format!("{start}.{ending}")
}

/// Whether a type is shown where it stands; everything else is a download.
pub fn is_shown_inline(media_type: &str) -> bool {
    matches!(media_type, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

/// The `Content-Disposition` of a file, its name in ASCII and in full (RFC 6266).
pub fn disposition(name: &str, media_type: &str) -> String {
    let how = if is_shown_inline(media_type) { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", crate::platform::web::form::encode(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\nrest", "foto.exe.png"), Some("image/png"));
        assert_eq!(media_type(b"%PDF-1.7", "foto.png"), Some("application/pdf"));
        assert_eq!(media_type(b"MZ\x90\0", "foto.png"), None);
        assert_eq!(media_type(b"<svg onload=alert(1)>", "logo.svg"), None);
        assert_eq!(media_type(b"<script>alert(1)</script>", "nota.txt"), Some("text/plain; charset=utf-8"));
        assert_eq!(media_type(b"a\0b", "nota.txt"), None);
        assert_eq!(media_type(b"PK\x03\x04", "planilha.XLSX").map(|kind| kind.ends_with("sheet")), Some(true));
        let cut = "açã".as_bytes();
        assert!(is_text(&cut[..cut.len() - 1]), "a letter cut in two at the end is still text");
        assert!(!is_text(b"a\xff\xfeb"));
    }

    #[test]
    fn a_name_carries_no_path_and_breaks_no_header() {
        assert_eq!(clean_name("..\\..\\etc/passwd"), "passwd");
        assert_eq!(clean_name("nota\u{202e}fdp.exe\r\n"), "notafdp.exe");
        assert_eq!(clean_name("..."), "file");
        let long = clean_name(&format!("{}.pdf", "é".repeat(300)));
        assert!(long.ends_with(".pdf") && long.chars().count() == 150, "{long}");
        let header = disposition("relatório \"final\"\r\n.pdf", "application/pdf");
        assert!(
            header.starts_with("attachment; filename=\"relat_rio _final___.pdf\"; filename*=UTF-8''relat%C3%B3rio")
        );
        assert!(!header.contains(['\r', '\n']));
    }
}
