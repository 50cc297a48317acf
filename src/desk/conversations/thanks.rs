//! Telling a message that only says thanks or goodbye from one that asks for something.

/// Words that, alone or together, ask for nothing.
const WORDS: &[&str] = &[
    "obrigado",
    "obrigada",
    "obg",
    "obgd",
    "brigado",
    "brigada",
    "muito",
    "mto",
    "valeu",
    "vlw",
    "ok",
    "okay",
    "okey",
    "certo",
    "blz",
    "beleza",
    "show",
    "top",
    "perfeito",
    "perfeita",
    "otimo",
    "agradeco",
    "agradecida",
    "agradecido",
    "grato",
    "grata",
    "de",
    "nada",
    "tchau",
    "ate",
    "mais",
    "logo",
    "bom",
    "boa",
    "dia",
    "tarde",
    "noite",
    "thanks",
    "thank",
    "you",
    "thx",
    "bye",
    "great",
    "isso",
    "sim",
    "combinado",
    "fechado",
    "ta",
    "viu",
    "pela",
    "pelo",
    "atencao",
    "atendimento",
    "ajuda",
    "a",
    "todos",
    "voce",
    "voces",
    "e",
];
/// Words without which it is no thanks.
const CORE: &[&str] = &[
    "obrigado",
    "obrigada",
    "obg",
    "obgd",
    "brigado",
    "brigada",
    "valeu",
    "vlw",
    "ok",
    "okay",
    "okey",
    "certo",
    "blz",
    "beleza",
    "show",
    "top",
    "perfeito",
    "perfeita",
    "otimo",
    "agradeco",
    "agradecida",
    "agradecido",
    "grato",
    "grata",
    "tchau",
    "thanks",
    "thank",
    "thx",
    "bye",
    "great",
    "combinado",
    "fechado",
];

/// Whether a message says only thanks, fine or goodbye: such words, or only approving emoji.
pub fn is_thanks(body: &str) -> bool {
    let body = body.trim();
    if body.is_empty() || body.chars().count() > 80 || body.contains('?') {
        return false;
    }
    let approving = |c: char| {
        matches!(
            c,
            '👍' | '👌'
                | '🙏'
                | '❤'
                | '😊'
                | '😀'
                | '😃'
                | '😄'
                | '🙂'
                | '😉'
                | '👏'
                | '🤝'
                | '✅'
                | '💜'
                | '😍'
                | '🥰'
        )
    };
    let neutral = |c: char| {
        matches!(c, '\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}')
            || c.is_whitespace()
            || c.is_ascii_punctuation()
    };
    let text: String =
        body.chars().filter(|c| !approving(*c)).map(|c| if neutral(c) { ' ' } else { fold(c) }).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return body.chars().any(approving);
    }
    words.iter().all(|word| WORDS.contains(word)) && words.iter().any(|word| CORE.contains(word))
}

/// Lower case without the accents of Portuguese.
fn fold(c: char) -> char {
    match c.to_lowercase().next().unwrap_or(c) {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'ê' | 'è' => 'e',
        'í' | 'ì' => 'i',
        'ó' | 'ô' | 'õ' | 'ò' => 'o',
        'ú' | 'ü' | 'ù' => 'u',
        'ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::is_thanks;

    #[test]
    fn thanks_are_told_from_requests() {
        for thanks in [
            "obrigado",
            "Muito obrigada!",
            "ok",
            "Valeu 👍",
            "👍",
            "🙏🏽",
            "Ótimo, obrigado pela atenção",
            "thanks!",
            "Certo, bom dia",
        ] {
            assert!(is_thanks(thanks), "{thanks}");
        }
        for more in [
            "",
            "obrigado, mas não chegou",
            "ok?",
            "bom dia",
            "ok 2ª via",
            "sim",
            "!!!",
            "a nota fiscal",
            "obrigado por nada, quero cancelar",
        ] {
            assert!(!is_thanks(more), "{more}");
        }
    }
}
