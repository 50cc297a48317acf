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

/// Where a function or a constant lies.
pub struct Item {
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
        let lines = self.code.lines().enumerate().filter(|(_, line)| !places(line, word).is_empty());
        lines.map(|(number, _)| number + 1).collect()
    }

    /// Every function with a body.
    pub fn functions(&self) -> Vec<Item> {
        let body = |from: usize| {
            let open = head(&self.code, from);
            self.code[open..].starts_with('{').then(|| closing(&self.code, open))
        };
        self.items("fn ", body)
    }

    /// Every constant, also those inside functions.
    pub fn constants(&self) -> Vec<Item> {
        let end = |from: usize| {
            let mut depth = 0;
            self.code[from..].find(|letter| {
                depth += i32::from(matches!(letter, '(' | '[' | '{')) - i32::from(matches!(letter, ')' | ']' | '}'));
                letter == ';' && depth == 0
            })
        };
        let end = |from: usize| end(from).map(|length| from + length);
        ["const ", "static "]
            .into_iter()
            .flat_map(|word| self.items(word, end))
            .filter(|item| item.name != "fn")
            .collect()
    }

    /// What a word begins, with its name after it, up to where `end` says.
    fn items(&self, word: &str, end: impl Fn(usize) -> Option<usize>) -> Vec<Item> {
        let mut found = Vec::new();
        for (place, _) in self.code.match_indices(word).filter(|(place, _)| !in_word(&self.code[..*place])) {
            let from = place + word.len();
            let name: String = self.code[from..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let Some(end) = end(from).filter(|_| !name.is_empty()) else { continue };
            let line = line_of(&self.code, place);
            found.push(Item { name, line, lines: line_of(&self.code, end) - line + 1 });
        }
        found
    }

    /// The code of an item's lines.
    pub fn code_of(&self, item: &Item) -> String {
        self.code.lines().skip(item.line - 1).take(item.lines).map(|line| format!("{line}\n")).collect()
    }
}

/// Where a word stands in code as a whole word.
pub fn places(code: &str, word: &str) -> Vec<usize> {
    let part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let whole = |place: &usize| {
        let before = part(word.chars().next()) && in_word(&code[..*place]);
        let after = part(code[place + word.len()..].chars().next()) && part(word.chars().next_back());
        !before && !after
    };
    code.match_indices(word).map(|(place, _)| place).filter(whole).collect()
}

fn in_word(before: &str) -> bool {
    before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
}

/// Where a function's head ends: at its brace, or at the semicolon of one without a body, not at that of `[u8; 4]`.
fn head(code: &str, from: usize) -> usize {
    let mut depth = 0;
    let end = code[from..].find(|letter| {
        depth += i32::from(matches!(letter, '(' | '[')) - i32::from(matches!(letter, ')' | ']'));
        depth == 0 && matches!(letter, '{' | ';')
    });
    end.map_or(code.len(), |length| from + length)
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

#[test]
fn functions_and_constants_are_found_whole() {
    let text = "trait A {\n    fn none(&self) -> [u8; 2];\n}\nconst fn four(a: [u8; 4]) -> u8 {\n    a[0]\n}\n\
                const PAIRS: &[(u8, [u8; 2])] = &[\n    (1, [1; 2]),\n];\nstatic ONE: &str = \"a;b\";\n";
    let source = Source::new("src/x.rs", text);
    let shown = |items: Vec<Item>| {
        items.into_iter().map(|item| format!("{} {} {}", item.name, item.line, item.lines)).collect::<Vec<_>>()
    };
    assert_eq!(shown(source.functions()), ["four 4 3"]);
    assert_eq!(shown(source.constants()), ["PAIRS 7 3", "ONE 10 1"]);
    assert_eq!(source.code_of(&source.constants()[1]), "static ONE: &str = \"\";\n");
}
