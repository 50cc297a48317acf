//! The catalogue as a file: a line a node, by its path.

use crate::desk::catalogue_imports::web_cells::{audience, named};
use crate::desk::catalogue_imports::{CatalogueRow, Fate, word};
use crate::desk::dispositions::{ARROW, DEPTH, DispositionForm, DispositionId, Node, Sentiment, Tree, Use, sql_tree};
use crate::platform::error::Result;
use crate::platform::text::folding::fold;
use crate::platform::text::{catalogue_imports as t, dispositions as d};
use crate::platform::web::form::{Form, Problems};
use crate::team::departments::audience::Audience;
use crate::team::visit::Cx;

/// What this person sees of the catalogue, parents before children; uses and departments stand with the categories.
pub fn rows(cx: &Cx) -> Result<Vec<Vec<String>>> {
    let tree = sql_tree::all(cx.conn)?;
    let mut rows = Vec::new();
    for category in tree.below(None).filter(|node| !node.archived && node.is_seen_by(&cx.agent)) {
        branch(cx, &tree, category, "", &mut rows)?;
    }
    Ok(rows)
}

fn branch(cx: &Cx, tree: &Tree, node: &Node, above: &str, rows: &mut Vec<Vec<String>>) -> Result<()> {
    let path = format!("{above}{}", node.name);
    let uses: Vec<&str> = match node.parent {
        None => node.uses.iter().map(|one| one.phrase().say(cx.language)).collect(),
        Some(_) => Vec::new(),
    };
    let sentiment = node.sentiment.phrase().say(cx.language).to_owned();
    rows.push(vec![path.clone(), sentiment, uses.join(" | "), named(cx, &node.audience)?]);
    for child in tree.below(Some(node.id)).filter(|child| !child.archived) {
        branch(cx, tree, child, &format!("{path}{ARROW}"), rows)?;
    }
    Ok(())
}

/// One line: the node at the end of a path. What is missing above it is made; a category takes the line's uses and departments.
pub fn take(cx: &Cx, row: &CatalogueRow) -> Result<Result<Fate, Problems>> {
    let names: Vec<&str> = row
        .get("name")
        .split([ARROW.trim(), ">"].map(|mark| mark.chars().next().unwrap_or('>')))
        .map(str::trim)
        .collect();
    if names.len() > DEPTH || names.iter().any(|name| name.is_empty()) {
        return Ok(Err(Problems::one("name", d::TOO_DEEP)));
    }
    let sentiment = match row.get("sentiment") {
        "" => Some(Sentiment::Neutral),
        typed => word(typed, Sentiment::ALL, Sentiment::word, Sentiment::phrase),
    };
    let Some(sentiment) = sentiment else { return Ok(Err(Problems::one("sentiment", t::UNKNOWN_WORD))) };
    let mut fate = Fate::Same;
    let mut parent = None;
    for (place, name) in names.iter().enumerate() {
        let last = place + 1 == names.len();
        let step = match node(cx, row, parent, name, (sentiment, last))? {
            Ok(step) => step,
            Err(problems) => return Ok(Err(problems)),
        };
        parent = Some(step.0);
        if last || step.1 == Fate::New {
            fate = step.1;
        }
    }
    Ok(Ok(fate))
}

/// One step of a path: found, changed where it is the last, or made.
fn node(
    cx: &Cx,
    row: &CatalogueRow,
    parent: Option<DispositionId>,
    name: &str,
    (sentiment, last): (Sentiment, bool),
) -> Result<Result<(DispositionId, Fate), Problems>> {
    let tree = sql_tree::all(cx.conn)?;
    let known = tree.below(parent).find(|node| fold(&node.name) == fold(name)).cloned();
    let category = known.as_ref().and_then(|node| tree.category(node.id)).or(parent.and_then(|id| tree.category(id)));
    if category.is_some_and(|category| !category.is_managed_by(&cx.agent)) {
        return Ok(Err(Problems::one("name", t::NOT_YOURS)));
    }
    let draft = match draft(cx, row, parent, name, if last { sentiment } else { Sentiment::Neutral })? {
        Ok(draft) => draft,
        // A category that is there needs no uses again.
        Err(_) if known.is_some() && !last => DispositionForm {
            name: name.to_owned(),
            parent,
            sentiment: Sentiment::Neutral,
            uses: Vec::new(),
            audience: Audience::nobody(),
        },
        Err(problems) => return Ok(Err(problems)),
    };
    let Some(known) = known else { return Ok(Ok((sql_tree::create(cx.conn, &draft)?, Fate::New))) };
    if !last {
        return Ok(Ok((known.id, Fate::Same)));
    }
    let same = |a: &mut Vec<i64>, b: &mut Vec<i64>| {
        a.sort_unstable();
        b.sort_unstable();
        a == b
    };
    let uses = |list: &[Use]| list.iter().map(|one| *one as i64).collect::<Vec<i64>>();
    let offers =
        parent.is_some() || (known.audience == draft.audience && same(&mut uses(&known.uses), &mut uses(&draft.uses)));
    if known.name == draft.name && known.sentiment == draft.sentiment && offers && !known.archived {
        return Ok(Ok((known.id, Fate::Same)));
    }
    if known.archived {
        sql_tree::restore(cx.conn, known.id)?;
    }
    sql_tree::update(cx.conn, known.id, &draft)?;
    Ok(Ok((known.id, if known.archived { Fate::New } else { Fate::Changed })))
}

/// A node as its form would have it.
fn draft(
    cx: &Cx,
    row: &CatalogueRow,
    parent: Option<DispositionId>,
    name: &str,
    sentiment: Sentiment,
) -> Result<Result<DispositionForm, Problems>> {
    let audience = match audience(cx, row)? {
        Ok(audience) => audience,
        Err(problems) => return Ok(Err(problems)),
    };
    let mut form = Form::default()
        .with("name", name)
        .with("sentiment", sentiment.word())
        .with("parent", parent.map(|id| id.to_string()).unwrap_or_default());
    for typed in row.parts("uses") {
        let Some(one) = word(typed, Use::ALL, Use::word, Use::phrase) else {
            return Ok(Err(Problems::one("uses", t::UNKNOWN_WORD)));
        };
        form = form.with("uses", one.word());
    }
    Ok(DispositionForm::parse(&audience.tick(form), &cx.agent))
}
