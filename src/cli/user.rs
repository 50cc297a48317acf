//! `balcao user`: people, from the terminal; works beside a running service.

use super::arguments::{UserAdd, UserList, UserReset};
use crate::app::App;
use crate::platform::error::{Error, Result};
use crate::platform::text::Language;
use crate::platform::time::Clock;
use crate::platform::web;
use crate::platform::web::form::name_fault;
use crate::team::agents::{self, Role, looks_like_email, password};
use crate::team::{company, departments};

fn sentence(error: Error) -> String {
    match error {
        Error::NotFound => "there is nobody with this e-mail address".to_owned(),
        other => other.to_string(),
    }
}

/// A password for the first sign-in, to be changed there.
fn first_password() -> Result<String> {
    Ok(web::token::short()?.chars().take(16).collect())
}

/// Adds a person to every department (or those named) and prints a password.
pub fn add(options: &UserAdd) -> Result<(), String> {
    let email = options.email.trim().to_lowercase();
    let name = options.name.trim().to_owned();
    if !looks_like_email(&email) {
        return Err(format!("{email} does not look like an e-mail address"));
    }
    if name_fault(&name, agents::LONGEST_NAME).is_some() {
        return Err(format!("a name has 1 to {} letters", agents::LONGEST_NAME));
    }
    let role = Role::from_word(&options.role).ok_or("the role is one of agent, senior, lead, admin")?;
    let app = App::open(&options.data.data, Clock::System)?;
    let secret = first_password().map_err(sentence)?;
    let hash = password::hash(&secret).map_err(sentence)?;
    let (wanted, now) = (options.department.clone(), app.clock.now());
    let shown = email.clone();
    let done = app.change(move |conn| {
        let language = company::sql::find(conn)?.map_or(Language::Portuguese, |company| company.language);
        let Some(id) = agents::sql::create(conn, &name, &email, role, language, now)? else {
            return Ok(Err("this e-mail address is taken".to_owned()));
        };
        let all = departments::sql::all(conn)?;
        if let Some(unknown) =
            wanted.iter().find(|name| !all.iter().any(|known| known.name.to_lowercase() == name.to_lowercase()))
        {
            return Err(Error::Internal(format!("there is no department {unknown}")));
        }
        let chosen =
            |name: &str| wanted.is_empty() || wanted.iter().any(|one| one.to_lowercase() == name.to_lowercase());
        let own: Vec<_> =
            all.iter().filter(|department| chosen(&department.name)).map(|department| department.id).collect();
        agents::sql::set_departments(conn, id, &own)?;
        agents::acts::set_password(conn, id, &hash, now)?;
        Ok(Ok(()))
    });
    app.stop();
    done.map_err(sentence)??;
    println!("{shown}  {}\npassword: {secret}", role.word());
    Ok(())
}

/// Sets a new password, signs the person out everywhere, prints it.
pub fn reset(options: &UserReset) -> Result<(), String> {
    let app = App::open(&options.data.data, Clock::System)?;
    let secret = first_password().map_err(sentence)?;
    let hash = password::hash(&secret).map_err(sentence)?;
    let (email, now) = (options.email.trim().to_lowercase(), app.clock.now());
    let done = app.change(move |conn| {
        let (id, _) = agents::sql::by_email(conn, &email)?.ok_or(Error::NotFound)?;
        agents::acts::set_password(conn, id, &hash, now)
    });
    app.stop();
    done.map_err(sentence)?;
    println!("password: {secret}");
    Ok(())
}

/// Prints everybody.
pub fn list(options: &UserList) -> Result<(), String> {
    let app = App::open(&options.data.data, Clock::System)?;
    let everybody = app.read(agents::sql::everybody);
    app.stop();
    for agent in everybody.map_err(sentence)? {
        println!("{}\t{}\t{}", agent.email, agent.role.word(), agent.name);
    }
    Ok(())
}
