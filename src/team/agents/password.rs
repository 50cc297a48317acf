//! Password hashes: argon2id with 19 MiB, two rounds, one lane (OWASP's first recommendation); at most two at a time.

use std::sync::{Condvar, Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error as PasswordError, PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::platform::error::{Error, Result};

/// Hashes that run at once: each takes 19 MiB and a core.
static RUNNING: Mutex<u8> = Mutex::new(0);
static FREE: Condvar = Condvar::new();

struct HashSlot;

impl HashSlot {
    fn take() -> Self {
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        while *running >= 2 {
            running = FREE.wait(running).unwrap_or_else(PoisonError::into_inner);
        }
        *running += 1;
        Self
    }
}

impl Drop for HashSlot {
    fn drop(&mut self) {
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        FREE.notify_one();
    }
}

fn argon() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The PHC string of a password. Takes about 15 ms; never call it inside a transaction.
pub fn hash(password: &str) -> Result<String> {
    let _place = HashSlot::take();
    Ok(argon()?.hash_password(password.as_bytes()).map_err(Error::internal)?.to_string())
}

/// Whether the password fits the hash; without a hash the same time is spent, so that nobody learns who exists.
pub fn verify(password: &str, stored: Option<&str>) -> Result<bool> {
    let Some(stored) = stored else {
        hash(password)?;
        return Ok(false);
    };
    let _place = HashSlot::take();
    let parsed = PasswordHash::new(stored).map_err(Error::internal)?;
    match argon()?.verify_password(password.as_bytes(), &parsed) {
        Ok(()) => Ok(true),
        Err(PasswordError::PasswordInvalid) => Ok(false),
        Err(cause) => Err(Error::internal(cause)),
    }
}
