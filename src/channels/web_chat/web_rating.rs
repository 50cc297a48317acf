//! A visitor rates the conversation that has just ended.

use serde::Deserialize;
use serde_json::json;

use super::sql;
use super::web::{ChatRefusal, answer, caller, read_json};
use crate::desk::conversations::acts::Reach;
use crate::desk::messages::{self, SystemLine};
use crate::desk::{conversations, ratings};
use crate::platform::error::Result;
use crate::platform::text::ratings as t;
use crate::platform::web::http::Response;
use crate::team::visit::Visit;

#[derive(Deserialize)]
struct RatingForm {
    #[serde(default)]
    score: i64,
    #[serde(default)]
    comment: String,
}

/// Stores the rating, once.
pub fn create(visit: &Visit, key: &str) -> Result<Response> {
    answer(visit.language, rate(visit, key))
}

fn rate(visit: &Visit, key: &str) -> Result<Response, ChatRefusal> {
    let (conn, now) = (visit.conn, visit.now);
    let caller = caller(conn, visit.context, visit.request, key)?;
    let given: RatingForm = read_json(visit.request)?;
    let comment = given.comment.replace('\0', "").trim().to_owned();
    if let Some(problem) = ratings::problem(given.score, &comment) {
        return Err(ChatRefusal::Says(422, problem));
    }
    let Some(current) = sql::current(conn, caller.identity)? else { return Err(ChatRefusal::Says(409, t::NOT_ASKED)) };
    if !ratings::sql::give(conn, current.id, given.score, &comment, now)? {
        return Err(ChatRefusal::Says(409, t::NOT_ASKED));
    }
    messages::sql::add_line(conn, current.id, &SystemLine::Rated { score: given.score, comment }, now)?;
    conversations::acts::tell_change(conn, current.id, Reach::Everyone, now)?;
    Ok(Response::json(&json!({ "rated": given.score }))?)
}
