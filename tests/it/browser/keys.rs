//! Keys by name: `Enter`, `Ctrl+K`, `Shift+Tab`, `j`.

use serde_json::{Value, json};

/// The WebDriver key actions of one combination.
pub fn actions(combination: &str) -> Value {
    let keys: Vec<char> = match combination {
        "+" => vec!['+'],
        named => named.split('+').map(key).collect(),
    };
    let down = keys.iter().map(|key| json!({"type": "keyDown", "value": key}));
    let up = keys.iter().rev().map(|key| json!({"type": "keyUp", "value": key}));
    json!({"actions": [{"type": "key", "id": "keyboard", "actions": down.chain(up).collect::<Vec<_>>()}]})
}

fn key(name: &str) -> char {
    match name {
        "Ctrl" => '\u{e009}',
        "Shift" => '\u{e008}',
        "Alt" => '\u{e00a}',
        "Enter" => '\u{e007}',
        "Esc" => '\u{e00c}',
        "Tab" => '\u{e004}',
        "Backspace" => '\u{e003}',
        "Delete" => '\u{e017}',
        "Left" => '\u{e012}',
        "Up" => '\u{e013}',
        "Right" => '\u{e014}',
        "Down" => '\u{e015}',
        "Home" => '\u{e011}',
        "End" => '\u{e010}',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        single => {
            let mut letters = single.chars();
            let letter = letters.next().expect("a key has a name");
            assert!(letters.next().is_none(), "there is no key called {single}");
            letter
        }
    }
}
