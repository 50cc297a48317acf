//! The command line: what can be asked of the program, with help and exit codes.
//!
//! 0 is done, 1 is failed with one sentence on standard error, 2 is a command that could not be read.

mod copies;
mod demo;
mod doctor;
mod serve;
mod user;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Balcão, the customer-service desk in one file.
#[derive(Debug, Parser)]
#[command(version, about, long_about = None)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service on a data folder
    Serve(Serve),
    /// Run a sample company on this machine only, made anew at every start
    Demo(Demo),
    /// Add, list and help people from the terminal
    #[command(subcommand)]
    User(User),
    /// Copy the data into a new file, also while the service runs
    Backup(Backup),
    /// Put a backup in place of the data; the old data is kept aside
    Restore(Backup),
    /// Check file, space, clock, settings, jobs and mail
    Doctor(Data),
}

#[derive(Debug, Subcommand)]
enum User {
    /// Add a person and print a first password
    Add(UserAdd),
    /// Set a new password, sign the person out everywhere, print it
    ResetPassword(UserReset),
    /// Print everybody: address, role, name
    List(UserList),
}

/// A new person.
#[derive(Debug, Args)]
pub struct UserAdd {
    /// Full name
    name: String,
    /// E-mail address, for signing in
    email: String,
    /// agent, senior, lead or admin
    #[arg(long, default_value = "agent")]
    role: String,
    /// A department by name, several times for several [default: all]
    #[arg(long, value_name = "NAME")]
    department: Vec<String>,
    #[command(flatten)]
    data: Data,
}

/// Whose password.
#[derive(Debug, Args)]
pub struct UserReset {
    /// E-mail address
    email: String,
    #[command(flatten)]
    data: Data,
}

/// Whose people.
#[derive(Debug, Args)]
pub struct UserList {
    #[command(flatten)]
    data: Data,
}

/// From or into which file.
#[derive(Debug, Args)]
pub struct Backup {
    /// The backup; attachments lie beside it in FILE.files
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

/// Where the data lies.
#[derive(Debug, Args)]
pub struct Data {
    /// The data folder; made where it is missing
    #[arg(long, default_value = "data", value_name = "DIR")]
    data: PathBuf,
}

/// How the service faces the network.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    data: Data,
    /// Address and port to listen on [default: 127.0.0.1:8080, with TLS 0.0.0.0:443]
    #[arg(long, value_name = "ADDR")]
    listen: Vec<SocketAddr>,
    /// The address that people and links use, e.g. https://balcao.example
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Get a certificate for this name by itself (Let's Encrypt)
    #[arg(long, value_name = "NAME", conflicts_with_all = ["tls_certificate", "tls_key"])]
    tls_domain: Option<String>,
    /// The e-mail address that the certificate's authority may write to
    #[arg(long, value_name = "ADDRESS", requires = "tls_domain")]
    tls_contact: Option<String>,
    /// Another authority than Let's Encrypt: the address of its ACME directory
    #[arg(long, value_name = "URL", requires = "tls_domain")]
    tls_directory: Option<String>,
    /// The root certificate in PEM by which that directory is trusted
    #[arg(long, value_name = "FILE", requires = "tls_directory")]
    tls_root: Option<PathBuf>,
    /// Certificate chain in PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// Private key in PEM
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// Address and port that send everybody to https [default: with TLS and without --listen 0.0.0.0:80]
    #[arg(long, value_name = "ADDR")]
    redirect: Vec<SocketAddr>,
}

/// Where the sample company listens.
#[derive(Debug, Args)]
pub struct Demo {
    /// Address and port; loopback only
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", value_parser = loopback)]
    listen: SocketAddr,
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    match text.parse::<SocketAddr>() {
        Ok(address) if address.ip().is_loopback() => Ok(address),
        Ok(_) => Err("the demo listens on loopback only, for everybody knows its passwords".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

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
