//! The program: arguments, the application, its threads.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Freed memory goes back to the system after so many milliseconds, and ten times as many where it is shared: the allocator's own
/// second and ten keep every thread's busiest moment for good (`purge_delay` in mimalloc.h, the sixteenth of its options).
const PURGE_DELAY: (i32, i64) = (15, 20);

fn main() -> ExitCode {
    // SAFETY: a number is stored that the allocator reads; nothing else is touched.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY.0, PURGE_DELAY.1) };
    balcao::cli::run()
}
