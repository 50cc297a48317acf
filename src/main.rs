//! The program: arguments, the application, its threads.

fn main() {}
