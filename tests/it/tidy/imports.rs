//! Who may import whom, by the kinds of their files.

use super::arrows::arrows;
use super::kinds::{Kind, room};
use super::source::Source;
use super::{holds, tells_together};

#[test]
fn files_import_only_kinds_that_stand_below_theirs() {
    let ways = [
        // Types know types; a file of its own purpose only where its row says that it is pure.
        ("desk/notes/mod.rs", "desk/tags/mod.rs", "desk/tags/sql.rs"),
        ("desk/notes/mod.rs", "contacts/phone.rs", "team/mail/worker.rs"),
        ("contacts/phone.rs", "contacts/mod.rs", "contacts/sql.rs"),
        ("desk/notes/sql.rs", "desk/tags/sql.rs", "desk/notes/acts.rs"),
        ("desk/notes/sql.rs", "desk/notes/mod.rs", "desk/notes/view.rs"),
        ("desk/notes/acts.rs", "desk/tags/acts.rs", "desk/notes/web.rs"),
        ("desk/notes/acts.rs", "desk/tags/sql.rs", "desk/notes/jobs.rs"),
        ("desk/notes/view.rs", "desk/tags/view.rs", "desk/notes/sql.rs"),
        ("desk/notes/view.rs", "platform/ui/form.rs", "desk/notes/acts.rs"),
        ("desk/notes/web.rs", "desk/notes/web_undo.rs", "desk/tags/web.rs"),
        ("desk/notes/web.rs", "desk/tags/acts.rs", "desk/notes/jobs.rs"),
        ("channels/web_chat/web.rs", "channels/web_chat/web_files.rs", "channels/web.rs"),
        ("desk/notes/jobs.rs", "desk/notes/acts.rs", "desk/notes/view.rs"),
        ("desk/notes/web.rs", "platform/web/server.rs", "desk/tags/web_import.rs"),
    ];
    for (from, allowed, refused) in ways {
        let naming = |to: &str| {
            let path = to.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
            [(format!("src/{from}"), format!("use crate::{path}::X;")), (format!("src/{to}"), String::new())]
        };
        let (good, bad) = (naming(allowed), naming(refused));
        let [good, bad] =
            [&good, &bad].map(|files| files.each_ref().map(|(path, text)| (path.as_str(), text.as_str())));
        tells_together(imports, &good, &bad);
    }
    holds(imports);
}

fn imports(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for (from, targets) in &arrows(sources) {
        // The ground has no kinds: everybody stands on it, and the floors keep it from knowing anybody.
        for (to, names) in targets.iter().filter(|(to, _)| !to.starts_with("src/platform/")) {
            if !may(from, to) {
                faults.push(format!("{from} > {to}: {}", Vec::from_iter(names.clone()).join(", ")));
            }
        }
    }
    faults
}

/// Whether a file may import another by their kinds. Who has none is held by its row's words alone.
fn may(from: &str, to: &str) -> bool {
    use Kind::{Acts, Jobs, Mod, Sql, View, Web};
    let target = Kind::of(to);
    match Kind::of(from) {
        None => true,
        Some(Mod) => target == Some(Mod),
        Some(Sql) => !matches!(target, Some(Acts | View | Web | Jobs)),
        Some(Acts) => !matches!(target, Some(View | Web | Jobs)),
        Some(View) => !matches!(target, Some(Sql | Acts | Web | Jobs)),
        Some(Web) => target != Some(Jobs) && (target != Some(Web) || room(from) == room(to)),
        Some(Jobs) => !matches!(target, Some(Web | View)),
    }
}
