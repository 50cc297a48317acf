//! What can be written after the program's name; the sentences are its help.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Balcão, the customer-service desk in one file.
#[derive(Debug, Parser)]
#[command(version, about, long_about = None)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
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
pub enum User {
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
    pub name: String,
    /// E-mail address, for signing in
    pub email: String,
    /// agent, senior, lead or admin
    #[arg(long, default_value = "agent")]
    pub role: String,
    /// A department by name, several times for several [default: all]
    #[arg(long, value_name = "NAME")]
    pub department: Vec<String>,
    #[command(flatten)]
    pub data: Data,
}

/// Whose password.
#[derive(Debug, Args)]
pub struct UserReset {
    /// E-mail address
    pub email: String,
    #[command(flatten)]
    pub data: Data,
}

/// Whose people.
#[derive(Debug, Args)]
pub struct UserList {
    #[command(flatten)]
    pub data: Data,
}

/// From or into which file.
#[derive(Debug, Args)]
pub struct Backup {
    /// The backup; attachments lie beside it in FILE.files
    pub file: PathBuf,
    #[command(flatten)]
    pub data: Data,
}

/// Where the data lies.
#[derive(Debug, Args)]
pub struct Data {
    /// The data folder; made where it is missing
    #[arg(long, default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
}

/// How the service faces the network.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub data: Data,
    /// Address and port to listen on [default: 127.0.0.1:8080, with TLS 0.0.0.0:443]
    #[arg(long, value_name = "ADDR")]
    pub listen: Vec<SocketAddr>,
    /// The address that people and links use, e.g. https://balcao.example
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Get a certificate for this name by itself (Let's Encrypt)
    #[arg(long, value_name = "NAME", conflicts_with_all = ["tls_certificate", "tls_key"])]
    pub tls_domain: Option<String>,
    /// The e-mail address that the certificate's authority may write to
    #[arg(long, value_name = "ADDRESS", requires = "tls_domain")]
    pub tls_contact: Option<String>,
    /// Another authority than Let's Encrypt: the address of its ACME directory
    #[arg(long, value_name = "URL", requires = "tls_domain")]
    pub tls_directory: Option<String>,
    /// The root certificate in PEM by which that directory is trusted
    #[arg(long, value_name = "FILE", requires = "tls_directory")]
    pub tls_root: Option<PathBuf>,
    /// Certificate chain in PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    /// Private key in PEM
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    /// Address and port that send everybody to https [default: with TLS and without --listen 0.0.0.0:80]
    #[arg(long, value_name = "ADDR")]
    pub redirect: Vec<SocketAddr>,
}

/// Where the sample company listens.
#[derive(Debug, Args)]
pub struct Demo {
    /// Address and port; loopback only
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", value_parser = loopback)]
    pub listen: SocketAddr,
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    match text.parse::<SocketAddr>() {
        Ok(address) if address.ip().is_loopback() => Ok(address),
        Ok(_) => Err("the demo listens on loopback only, for everybody knows its passwords".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
