//! Random tokens and their digests: what is stored can't be used to sign in.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest as _, Sha256};

use crate::platform::error::{Error, Result};

/// 32 random bytes as text that is safe in addresses and cookies.
pub fn random() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
}

/// 12 random bytes: a public name that nobody guesses by counting.
pub fn short() -> Result<String> {
    let mut bytes = [0_u8; 12];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}

/// SHA-256 of a token, as it is stored.
pub fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
