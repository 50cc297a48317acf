//! What people wrote, as markup: escaped whole, with links that can be followed safely.

use maud::{Markup, html};

/// Text with its `http` and `https` addresses as links; line breaks are the stylesheet's work.
pub fn prose(text: &str) -> Markup {
    let mut rest = text;
    html! {
        @while let Some((before, address, after)) = next_link(rest) {
            (before) a href=(address) target="_blank" rel="noopener noreferrer nofollow" { (address) }
            ({ rest = after; "" })
        }
        (rest)
    }
}

fn next_link(text: &str) -> Option<(&str, &str, &str)> {
    let start = [text.find("https://"), text.find("http://")].into_iter().flatten().min()?;
    let found = &text[start..];
    let end =
        found.find(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`{}|\\^".contains(c)).unwrap_or(found.len());
    let address = found[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '*', '_']);
    // A bare scheme is no address; it is passed over as text.
    let length = if address.len() > "https://".len() { address.len() } else { return None };
    Some((&text[..start], &text[start..start + length], &text[start + length..]))
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn links_are_found_and_markup_is_escaped() {
        let shown = prose("veja <b>https://loja.example/a?b=1&c=2).</b> ok").into_string();
        assert!(shown.contains(r#"<a href="https://loja.example/a?b=1&amp;c=2""#), "{shown}");
        assert!(shown.contains("&lt;b&gt;") && shown.contains(").&lt;/b&gt;"), "{shown}");
    }

    #[test]
    fn other_schemes_stay_text() {
        for text in ["javascript:alert(1)", "data:text/html,x", "http://", "texto sem nada"] {
            assert!(!prose(text).into_string().contains("<a "), "{text}");
        }
    }
}
