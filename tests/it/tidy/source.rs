//! Rust sources read just well enough for the rules: what is code, what is text, where tests and functions lie.

use std::fs;
use std::path::Path;

/// One source file.
pub struct Source {
    /// From the project's folder, e.g. `src/notes/sql.rs`.
    pub path: String,
    pub text: String,
    /// The same lines with comments, the contents of literals, and test modules blanked.
    pub code: String,
    /// What stands in string literals outside test modules, with the line where each begins.
    pub strings: Vec<(usize, String)>,
}

/// Where a function lies.
pub struct Function {
    pub name: String,
    pub line: usize,
    pub lines: usize,
}

/// Every Rust file under `src`, in the order of their paths.
pub fn all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(root, &root.join("src"), &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// One file of the project, where it exists.
pub fn file(path: &str) -> Option<String> {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).ok()
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            found.push(Source::new(&name, &fs::read_to_string(&path).unwrap()));
        }
    }
}

impl Source {
    /// Reads a file's text.
    pub fn new(path: &str, text: &str) -> Self {
        let (mut code, mut strings) = split(text);
        for (from, to) in test_modules(&code) {
            let blank: Vec<u8> = code.as_bytes()[from..to].iter().map(|&b| if b == b'\n' { b } else { b' ' }).collect();
            let lines = line_of(&code, from)..=line_of(&code, to);
            strings.retain(|(line, _)| !lines.contains(line));
            code.replace_range(from..to, &String::from_utf8(blank).unwrap());
        }
        Self { path: path.to_owned(), text: text.to_owned(), code, strings }
    }

    /// The lines on which a word stands in the code as a whole word; `html!` and `.unwrap()` are words too.
    pub fn lines_with(&self, word: &str) -> Vec<usize> {
        let part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        let whole = |line: &str, place: usize| {
            let before = part(line[..place].chars().next_back()) && part(word.chars().next());
            let after = part(line[place + word.len()..].chars().next()) && part(word.chars().next_back());
            !before && !after
        };
        let has = |line: &str| line.match_indices(word).any(|(place, _)| whole(line, place));
        self.code.lines().enumerate().filter(|(_, line)| has(line)).map(|(number, _)| number + 1).collect()
    }

    /// Every function with a body.
    pub fn functions(&self) -> Vec<Function> {
        let mut found = Vec::new();
        for (place, _) in self.code.match_indices("fn ") {
            let starts_word = self.code[..place].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
            let rest = &self.code[place + 3..];
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let Some(open) = rest.find(['{', ';']).filter(|at| rest.as_bytes()[*at] == b'{') else { continue };
            if !starts_word || name.is_empty() {
                continue;
            }
            let end = place + 3 + closing(rest, open);
            let line = line_of(&self.code, place);
            found.push(Function { name, line, lines: line_of(&self.code, end) - line + 1 });
        }
        found
    }
}

/// The 1-based line of a place.
pub fn line_of(text: &str, place: usize) -> usize {
    text[..place].matches('\n').count() + 1
}

/// Where the brace that opens at `open` closes.
fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (place, letter) in code.char_indices().skip_while(|(place, _)| *place < open) {
        depth += match letter {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if depth == 0 {
            return place;
        }
    }
    code.len() - 1
}

fn test_modules(code: &str) -> Vec<(usize, usize)> {
    let mark = "#[cfg(test)]";
    let block = |(place, _): (usize, &str)| {
        let open = code[place..].find('{')? + place;
        let semicolon = code[place..].find(';').map_or(code.len(), |at| at + place);
        (open < semicolon).then(|| (place, closing(code, open) + 1))
    };
    code.match_indices(mark).filter_map(block).collect()
}

/// Code without comments and literals, and the string literals.
fn split(text: &str) -> (String, Vec<(usize, String)>) {
    let mut code = String::with_capacity(text.len());
    let mut strings = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let place = text.len() - rest.len();
        let before = code.chars().next_back();
        let (skip, literal) = token(rest, before);
        if let Some(content) = literal {
            strings.push((line_of(text, place), content));
        }
        match skip {
            0 => {
                let letter = rest.chars().next().unwrap();
                // ASCII only, so that places in the code are places between characters.
                code.push(if letter.is_ascii() { letter } else { '?' });
                rest = &rest[letter.len_utf8()..];
            }
            length => {
                let lines = rest[..length].matches('\n').count();
                code.push_str(if rest.starts_with('/') { " " } else { "\"\"" });
                code.extend(std::iter::repeat_n('\n', lines));
                rest = &rest[length..];
            }
        }
    }
    (code, strings)
}

/// How many bytes a comment or literal at the start of `rest` takes (0 for code), and a string literal's content.
fn token(rest: &str, before: Option<char>) -> (usize, Option<String>) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), None);
    }
    if rest.starts_with("/*") {
        return (rest.find("*/").map_or(rest.len(), |at| at + 2), None);
    }
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let body = rest.trim_start_matches(['b', 'c']);
    if let Some(raw) = body.strip_prefix('r').filter(|_| !in_word && rest.len() - body.len() < 2) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if let Some(content) = raw[hashes..].strip_prefix('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let length = content.find(&end).unwrap_or(content.len() - end.len());
            let taken = rest.len() - content.len() + length + end.len();
            return (taken, Some(content[..length].to_owned()));
        }
    }
    if let Some(content) = rest.strip_prefix('"') {
        let mut escaped = false;
        for (place, letter) in content.char_indices() {
            match letter {
                '"' if !escaped => return (place + 2, Some(content[..place].to_owned())),
                '\\' => escaped = !escaped,
                _ => escaped = false,
            }
        }
        return (rest.len(), Some(content.to_owned()));
    }
    if let Some(content) = rest.strip_prefix('\'') {
        let mut letters = content.char_indices();
        let first = letters.next().map(|(_, letter)| letter);
        if first == Some('\\') {
            // The escaped letter may be a quote itself.
            let end = content.get(2..).and_then(|tail| tail.find('\'')).unwrap_or(0);
            return (end + 4, None);
        }
        if let Some((place, '\'')) = letters.next() {
            return (place + 2, None);
        }
    }
    (0, None)
}

#[test]
fn code_is_told_from_text_comments_and_tests() {
    let text = r####"//! Opens.
/* unwrap */ fn one<'a>(x: &'a str) -> char { // .unwrap()
    let s = "a \" .unwrap() // no";
    let r = br#"INSERT INTO "x""#; let brace = '{'; let quote = '\''; let e = 'é';
    keep(s, r)
}
#[cfg(test)]
mod tests {
    fn two() { panic!("SELECT") }
}
fn three() {}
"####;
    let source = Source::new("src/x.rs", text);
    assert_eq!(source.lines_with(".unwrap()"), [0usize; 0]);
    assert_eq!(source.lines_with("panic!"), [0usize; 0]);
    assert_eq!(source.lines_with("keep"), [5]);
    let strings: Vec<&str> = source.strings.iter().map(|(_, content)| content.as_str()).collect();
    assert_eq!(strings, [r#"a \" .unwrap() // no"#, r#"INSERT INTO "x""#]);
    let functions: Vec<(String, usize, usize)> =
        source.functions().into_iter().map(|function| (function.name, function.line, function.lines)).collect();
    assert_eq!(functions, [("one".to_owned(), 2, 5), ("three".to_owned(), 11, 1)]);
}
