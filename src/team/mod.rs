//! The team and its house: people, departments, the installation, the ways in as the settings know them.

pub mod agents; // the people of the team: roles, presence, passwords, invitations
pub mod channels; // the ways in: their kinds and their table
pub mod company; // the installation: name, logo, zone, language, public address
pub mod departments; // the teams, their goals and flow
pub mod holidays; // days off; the national ones by rule
pub mod mail; // mail out: server, outbox, worker
pub mod sessions; // who is signed in
pub mod settings; // the frame around each noun's own page; the record of changes
pub mod visit; // what one handler gets
