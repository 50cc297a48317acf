//! The command line: what can be asked of the program, with help and exit codes.
//!
//! 0 is done, 1 is failed with one sentence on standard error, 2 is a command that could not be read.

mod arguments;
mod copies;
mod demo;
mod doctor;
mod serve;
mod user;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command, User};

/// Reads the arguments and does what they ask for.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).init();
    let result = match arguments.command {
        Command::Serve(options) => serve::run(&options),
        Command::Demo(options) => demo::run(&options),
        Command::User(User::Add(options)) => user::add(&options),
        Command::User(User::ResetPassword(options)) => user::reset(&options),
        Command::User(User::List(options)) => user::list(&options),
        Command::Backup(options) => copies::write(&options),
        Command::Restore(options) => copies::restore(&options),
        Command::Doctor(data) => doctor::run(&data),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("balcao: {sentence}");
            ExitCode::FAILURE
        }
    }
}
