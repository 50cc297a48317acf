//! The sample company of `balcao demo`: people, departments, dialogues.

pub mod files;
pub mod script;
pub mod sql;
mod sql_events;
mod sql_flow;
mod sql_record;
mod sql_tickets;

/// Everybody's password in the demo.
pub const PASSWORD: &str = "balcao-demo";

/// A repeatable choice: the same company at every start.
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `limit` (xorshift64*).
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(drawn).unwrap_or(0) % limit.max(1)
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let index = self.below(from.len());
        &from[index]
    }

    /// Milliseconds between two bounds.
    pub fn span(&mut self, from: i64, to: i64) -> i64 {
        let width = usize::try_from(to - from).unwrap_or(1);
        from + i64::try_from(self.below(width)).unwrap_or(0)
    }
}
