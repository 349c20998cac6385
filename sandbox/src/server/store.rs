//! The data file: every change is on disk before its request is answered.

use agora_chat_sandbox::{Sandbox, table::Change};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use std::{path::Path, sync::mpsc, thread};
use tokio::sync::oneshot;

/// Rows by app key, table and key.
const ROWS: TableDefinition<'_, (&str, &str, &str), &[u8]> = TableDefinition::new("rows");

/// How much of the file redb keeps in memory, in bytes: every row is there already.
const CACHE: usize = 32 * 1024 * 1024;

/// A batch of changes and whom to tell when it is written.
struct Batch {
    changes: Vec<(String, Change)>,
    done: oneshot::Sender<Result<(), String>>,
}

/// The thread that writes.
pub(crate) struct Store {
    batches: mpsc::Sender<Batch>,
    /// Whether the file held rows when it was opened.
    pub(crate) held_rows: bool,
}

/// A batch on its way to the disk.
pub(crate) struct Written(Option<oneshot::Receiver<Result<(), String>>>);

impl Written {
    /// Waits until it is there.
    pub(crate) async fn wait(self) -> Result<(), String> {
        match self.0 {
            None => Ok(()),
            Some(done) => done.await.unwrap_or_else(|_| Err("the data file is closed".into())),
        }
    }
}

impl Store {
    /// Opens the data file and loads what it holds.
    pub(crate) fn open(file: &Path, sandbox: &mut Sandbox) -> Result<Self, String> {
        let failed = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
        let database = Database::builder().set_cache_size(CACHE).create(file).map_err(|e| failed(&e))?;
        let begin = database.begin_write().map_err(|e| failed(&e))?;
        begin.open_table(ROWS).map_err(|e| failed(&e))?;
        begin.commit().map_err(|e| failed(&e))?;
        let held_rows = load(&database, sandbox).map_err(|e| failed(&e))? > 0;
        let (batches, receiver) = mpsc::channel();
        thread::Builder::new()
            .name("data file".into())
            .spawn(move || write_batches(&database, &receiver))
            .map_err(|e| failed(&e))?;
        Ok(Self { batches, held_rows })
    }

    /// Hands changes over to be written.
    pub(crate) fn write(&self, changes: Vec<(String, Change)>) -> Written {
        if changes.is_empty() {
            return Written(None);
        }
        let (done, wait) = oneshot::channel();
        // If the thread is gone, so is `done`, and the wait says so.
        let _ = self.batches.send(Batch { changes, done });
        Written(Some(wait))
    }
}

fn load(database: &Database, sandbox: &mut Sandbox) -> Result<usize, String> {
    let mut count = 0;
    let read = database.begin_read().map_err(|e| e.to_string())?;
    let rows = read.open_table(ROWS).map_err(|e| e.to_string())?;
    for row in rows.iter().map_err(|e| e.to_string())? {
        let (key, value) = row.map_err(|e| e.to_string())?;
        let (app, table, key) = key.value();
        sandbox.load(app, table, key, value.value()).map_err(|e| format!("{app} {table} {key}: {e}"))?;
        count += 1;
    }
    Ok(count)
}

/// Writes batches for as long as there is someone to send them; all that wait share one commit.
fn write_batches(database: &Database, batches: &mpsc::Receiver<Batch>) {
    while let Ok(first) = batches.recv() {
        let waiting: Vec<Batch> = std::iter::once(first).chain(batches.try_iter()).collect();
        let outcome = write(database, &waiting).map_err(|e| format!("cannot write the data file: {e}"));
        for batch in waiting {
            let _ = batch.done.send(outcome.clone());
        }
    }
}

fn write(database: &Database, batches: &[Batch]) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    {
        let mut rows = transaction.open_table(ROWS)?;
        for (app, change) in batches.iter().flat_map(|b| &b.changes) {
            let key = (app.as_str(), change.table, change.key.as_str());
            match &change.row {
                Some(row) => drop(rows.insert(key, row.as_slice())?),
                None => drop(rows.remove(key)?),
            }
        }
    }
    transaction.commit()?;
    Ok(())
}
