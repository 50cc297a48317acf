//! A web chat as the settings form has it.

use super::Look;
use crate::platform::text::{common, settings as t};
use crate::platform::time::HOUR;
use crate::platform::web::form::{Form, Problems};
use crate::team::channels::LONGEST_NAME;
use crate::team::departments::DepartmentId;

/// The channel's own columns, and its look.
#[derive(Clone, Debug)]
pub struct WebChatForm {
    pub name: String,
    pub department: DepartmentId,
    pub reopen_window: i64,
    pub look: Look,
}

impl WebChatForm {
    /// Reads the form; the window is in hours there.
    pub fn parse(form: &Form, departments: &[DepartmentId]) -> Result<Self, Problems> {
        let look = Look::parse(form);
        let mut problems = look.as_ref().err().cloned().unwrap_or_default();
        let name = form.name("name", LONGEST_NAME, &mut problems);
        let department = form.number("department").map(DepartmentId).filter(|id| departments.contains(id));
        if department.is_none() {
            problems.add("department", common::REQUIRED);
        }
        let hours = form.number("reopen_window").filter(|hours| (0..=8_760).contains(hours));
        if hours.is_none() {
            problems.add("reopen_window", t::BAD_HOURS);
        }
        match (look, department, hours) {
            (Ok(look), Some(department), Some(hours)) if problems.is_empty() => {
                Ok(Self { name, department, reopen_window: hours * HOUR, look })
            }
            _ => Err(problems),
        }
    }
}

/// The lines that a site embeds.
pub fn embed_code(base: &str, key: &str) -> String {
    format!("<script src=\"{base}/chat/{key}/widget.js\" async></script>")
}

/// The same for a customer whom the site has signed in.
pub fn embed_code_signed(base: &str, key: &str) -> String {
    format!(
        "<script src=\"{base}/chat/{key}/widget.js\" async\n  data-identifier=\"ID\" data-hash=\"HMAC\"\n  data-name=\"Maria Souza\" data-email=\"maria@example.com\"></script>"
    )
}

/// How a server signs an identifier.
pub const SIGNING: &str = "PHP:     hash_hmac('sha256', $id, $secret)\n\
    Node.js: crypto.createHmac('sha256', secret).update(id).digest('hex')\n\
    Python:  hmac.new(secret.encode(), id.encode(), 'sha256').hexdigest()";
