//! Sends what is due: claim, send outside any transaction, mark.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{Mail, MailFault, smtp, sql};
use crate::app::Outside;
use crate::platform::error::Result;

/// Mails claimed at once: few, so that a crash repeats few.
const BATCH: i64 = 4;
/// What one mail may take in all.
const LIMIT: Duration = Duration::from_secs(60);

/// Sends every mail that is due and answers how many attempts that took. Blocks on the network: call it from a thread
/// of its own. Several at once share the work; no mail goes to two of them.
pub fn run_due(outside: &mut Outside) -> Result<usize> {
    let mut attempts = 0;
    loop {
        let now = outside.now();
        let boot = outside.context.boot;
        // A look first, for an idle outbox should cost no write.
        let due = outside.read(|conn| sql::next_due(conn, boot))?.is_some_and(|due| due <= now);
        let Some(server) = outside.read(sql::server)?.filter(|_| due) else { return Ok(attempts) };
        let mails = outside.change(move |conn| sql::claim(conn, boot, BATCH, now))?;
        if mails.is_empty() {
            return Ok(attempts);
        }
        let mut fault: Option<MailFault> = None;
        for mail in mails {
            // What is claimed and not tried is free at the next start.
            if outside.context.ending.load(Ordering::SeqCst) {
                return Ok(attempts);
            }
            // What fails for the server's sake fails for the whole batch: no use knocking for each.
            if fault.is_none() {
                attempts += 1;
                fault = one(outside, &server, &mail)?;
            } else if let Some(fault) = &fault {
                mark(outside, &mail, Err(fault.clone()))?;
            }
        }
    }
}

/// One attempt. Answers the fault where the others would meet it too.
fn one(outside: &mut Outside, server: &super::MailServer, mail: &Mail) -> Result<Option<MailFault>> {
    let result = smtp::deliver(server, mail, LIMIT, &outside.context.ending);
    if let Err(fault) = &result {
        tracing::warn!(mail = mail.id.0, attempts = mail.attempts, "a mail was not sent: {}", fault.stored());
    }
    let fault = result.clone().err().filter(MailFault::is_of_server);
    mark(outside, mail, result)?;
    Ok(fault)
}

fn mark(outside: &mut Outside, mail: &Mail, result: Result<(), MailFault>) -> Result<()> {
    let (id, attempts, now) = (mail.id, mail.attempts, outside.now());
    outside.change(move |conn| match result {
        Ok(()) => sql::sent(conn, id, now),
        Err(fault) => sql::failed(conn, id, attempts, &fault, now),
    })
}
