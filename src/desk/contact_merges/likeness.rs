//! Whether two names are probably one person's: accents, spelling and particles aside.

use crate::platform::text::folding::{fold, words};

/// Small words between names.
const PARTICLES: &[&str] = &["de", "da", "do", "das", "dos", "e", "di", "du", "del"];

/// The words of a name that count, in lower case without accents.
pub fn telling(name: &str) -> Vec<String> {
    let folded = words(name).into_iter().map(|word| fold(&word));
    folded.filter(|word| !PARTICLES.contains(&word.as_str())).collect()
}

/// Whether two names (their telling words) are alike: the shorter one, of two words at least, stands in the longer one in its order, from the first
/// word on, with at most one of its words misspelt.
pub fn alike(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < 2 || long.len() > short.len() + 2 {
        return false;
    }
    let (mut misspelt, mut rest) = (0, long.iter());
    for (place, word) in short.iter().enumerate() {
        let found = if place == 0 {
            rest.next().filter(|held| near(word, held, 6))
        } else {
            rest.find(|held| near(word, held, 4))
        };
        let Some(held) = found else { return false };
        misspelt += usize::from(sound(word) != sound(held));
    }
    misspelt <= 1
}

/// The same word, or one letter off in a word of so many letters or more (of short ones, such as Maria and Márcia, two are two
/// names); another ending of the two genders is another name.
fn near(one: &str, other: &str, letters: usize) -> bool {
    let (one, other) = (sound(one), sound(other));
    if one == other {
        return true;
    }
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let genders = match (one.split_last(), other.split_last()) {
        (Some((b'a', stem)), Some((b'o', same))) | (Some((b'o', stem)), Some((b'a', same))) => stem == same,
        _ => false,
    };
    one.len().min(other.len()) >= letters && !genders && is_one_off(one, other)
}

/// Letters that Brazilians write for one sound: Souza and Sousa, Luiz and Luis, Thiago and Tiago, Wagner and Vagner.
fn sound(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let plain = word.replace("ph", "f").replace("th", "t");
    for letter in plain.chars() {
        let letter = match letter {
            'z' => 's',
            'y' => 'i',
            'w' => 'v',
            'k' => 'c',
            other => other,
        };
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    out
}

/// Whether one letter more, less or other makes one of the other.
fn is_one_off(one: &[u8], other: &[u8]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let skip = usize::from(short.len() == long.len());
    short[(same + skip).min(short.len())..] == long[(same + 1).min(long.len())..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_is_told_in_several_spellings() {
        for (one, other) in [
            ("Maria de Souza Lima", "Maria Sousa Lima"),
            ("Jose Antonio", "José Antônio"),
            ("Maria Souza", "Maria Souza Lima"),
            ("Luiz Souza", "Luis Sousa"),
            ("Thiago Wagner", "Tiago Vagner"),
            ("Ana Paula Ferreira", "Ana Paula Fereira"),
            ("Carlos Nascimento", "Carlos Nacimento"),
            ("JOÃO DA SILVA SANTOS", "João Silva"),
        ] {
            let (a, b) = (telling(one), telling(other));
            assert!(alike(&a, &b) && alike(&b, &a), "{one} ~ {other}");
        }
    }

    #[test]
    fn other_people_are_other_people() {
        for (one, other) in [
            ("Maria Souza", "Mario Lopes"),
            ("Maria Souza", "Mario Souza"),
            ("Maria Souza", "Márcia Souza"),
            ("Maria", "Maria Souza"),
            ("Maria", "Maria"),
            ("Ana Lima", "Ana Lemos"),
            ("Ana Lima", "Lima Ana"),
            ("Paulo Reis", "Paula Reis"),
            ("Marcos Pereira", "Marcas Fereira"),
            ("", ""),
            ("de da", "de da"),
            ("Bjørn Åsø", "Bjørn Åra"),
            ("東京 花", "東京 鼻"),
            ("João Silva", "João Pedro Alves Costa Silva"),
        ] {
            let (a, b) = (telling(one), telling(other));
            assert!(!alike(&a, &b) && !alike(&b, &a), "{one} ≁ {other}");
        }
    }
}
