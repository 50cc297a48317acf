//! The colours of tags and labels.

use crate::platform::text::{Phrase, tags as t};

crate::words! {
    /// The colours to choose from.
    Colour { Grey = "grey", Red = "red", Amber = "amber", Green = "green", Blue = "blue", Purple = "purple", Pink = "pink" }
}

impl Colour {
    /// Its name.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Grey => t::GREY,
            Self::Red => t::RED,
            Self::Amber => t::AMBER,
            Self::Green => t::GREEN,
            Self::Blue => t::BLUE,
            Self::Purple => t::PURPLE,
            Self::Pink => t::PINK,
        }
    }
}
