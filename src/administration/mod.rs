//! The office at the top of the stairs: setting up, signing in, people, departments. Their deeds reach into every wing below
//! (who leaves a department leaves its conversations, a new department gets a board), so they stand above all of them.

pub mod departments; // making, changing and archiving teams, and how conversations move through them
pub mod people; // inviting, changing and archiving the people of the team
pub mod setup; // the first start
pub mod sign_in; // signing in and out, invitations, password resets
