//! Letters and words as searches compare them.

/// The words of a query, as the tokenizer would cut them; at most eight, so that nobody asks for a year.
pub fn words(query: &str) -> Vec<String> {
    query
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(64).collect())
        .take(8)
        .collect()
}

/// Lower case without diacritics, as far as Portuguese has them.
pub fn fold(word: &str) -> String {
    let plain = |c: char| match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'ê' | 'è' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ô' | 'õ' | 'ò' | 'ö' => 'o',
        'ú' | 'ü' | 'ù' | 'û' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    };
    word.chars().flat_map(char::to_lowercase).map(plain).collect()
}
