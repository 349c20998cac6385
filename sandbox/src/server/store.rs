//! The data file: every change is on disk before its request is answered, and memory holds nothing that the disk does not.

use super::log;
use agora_chat_sandbox::{
    Sandbox,
    table::{Change, Edit, Read},
};
use redb::{
    AccessGuard, Database, ReadableDatabase, ReadableTable, ReadableTableMetadata, StorageError, TableDefinition,
};
use std::{
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, mpsc},
    thread,
};
use tokio::sync::{Mutex, oneshot};

/// App key, table and key.
type Key = (&'static str, &'static str, &'static str);

/// Rows by those.
const ROWS: TableDefinition<'_, Key, &[u8]> = TableDefinition::new("rows");

/// What is known of the file itself.
const FACTS: TableDefinition<'_, &str, u64> = TableDefinition::new("facts");

/// The format of rows. The first kept lists as rows, and said no format.
const FORMAT: u64 = 2;

/// Behind every key: no identifier begins so.
const END: &str = "\u{10ffff}";

/// How much of the file redb keeps in memory, in bytes: every row is there already.
const CACHE: usize = 32 * 1024 * 1024;

/// How many rows are read at a time.
const SOME: usize = 16_384;
/// Files below this are not worth compacting.
const SMALL: u64 = 16 * 1024 * 1024;
/// How many times the bytes of its rows a file may have; half of its pages are usual.
const SPACIOUS: u64 = 4;

/// An open data file.
pub(crate) struct DataFile {
    path: PathBuf,
    /// None while it is opened again.
    database: Option<Database>,
    /// Whether it held rows when it was opened.
    pub(crate) held_rows: bool,
}

impl DataFile {
    /// Opens a file, made if there is none, and loads what it holds; compacts one that is mostly free.
    pub(crate) fn open(path: &Path, sandbox: &mut Sandbox) -> Result<Self, String> {
        contained(path, || {
            let mut database = database(path)?;
            let begin = database.begin_write().map_err(told)?;
            {
                let rows = begin.open_table(ROWS).map_err(told)?;
                let mut facts = begin.open_table(FACTS).map_err(told)?;
                let format = facts.get("format").map_err(told)?.map(|format| format.value());
                match format {
                    Some(FORMAT) => {}
                    None if rows.is_empty().map_err(told)? => drop(facts.insert("format", FORMAT).map_err(told)?),
                    _ => {
                        return Err(
                            "another version made it, whose rows are of another format: start with a new file".into()
                        );
                    }
                }
            }
            begin.commit().map_err(told)?;
            let live = load(&database, sandbox)?;
            let size = std::fs::metadata(path).map_err(told)?.len();
            if size > SMALL && size / SPACIOUS > live {
                database.compact().map_err(told)?;
            }
            Ok(Self { path: path.to_owned(), database: Some(database), held_rows: live > 0 })
        })
    }

    /// Gives back what is free in a file, and says how many bytes it had and has.
    pub(crate) fn compact(path: &Path) -> Result<(u64, u64), String> {
        contained(path, || {
            let size = || std::fs::metadata(path).map(|m| m.len()).map_err(told);
            let before = size()?;
            let mut database = Database::builder().set_cache_size(CACHE).open(path).map_err(told)?;
            // Another's file stays as it is.
            database.begin_read().map_err(told)?.open_table(ROWS).map_err(told)?;
            database.compact().map_err(told)?;
            drop(database);
            Ok((before, size()?))
        })
    }

    /// Writes changes; when it returns, they are on disk.
    pub(crate) fn write<'a>(&self, changes: impl IntoIterator<Item = &'a (String, Change)>) -> Result<(), String> {
        let written = || -> Result<(), redb::Error> {
            let Some(database) = &self.database else { return Err(redb::Error::PreviousIo) };
            let transaction = database.begin_write()?;
            {
                let mut rows = transaction.open_table(ROWS)?;
                for (app, change) in changes {
                    let (app, table) = (app.as_str(), change.table);
                    match &change.edit {
                        Edit::Put(key, row) => drop(rows.insert((app, table, &**key), row.as_slice())?),
                        Edit::Remove(key) => drop(rows.remove((app, table, &**key))?),
                        Edit::Clear => rows.retain_in((app, table, "")..(app, table, END), |_, _| false)?,
                    }
                }
            }
            transaction.commit()?;
            Ok(())
        };
        let failed = |why: String| format!("cannot write the data file: {why}");
        match panic::catch_unwind(AssertUnwindSafe(written)) {
            Ok(outcome) => outcome.map_err(|e| failed(e.to_string())),
            Err(_) => Err(failed("it is damaged".into())),
        }
    }

    /// Takes changes that could not be written out of memory: what the file holds is what is.
    fn take_back(&mut self, batches: &[Batch], sandbox: &mut Sandbox) -> Result<(), String> {
        // After an error nothing more goes through the open file.
        self.database = None;
        let path = self.path.clone();
        contained(&path, || {
            let database = database(&path)?;
            let read = database.begin_read().map_err(told)?;
            let rows = read.open_table(ROWS).map_err(told)?;
            let mut back = |app: &str, table: &str, key: &str| {
                let row = rows.get((app, table, key)).map_err(told)?;
                sandbox.load(app, table, key, row.as_ref().map(|row| row.value()))
            };
            for (app, change) in batches.iter().flat_map(|batch| &batch.changes) {
                let table = change.table;
                match &change.edit {
                    Edit::Put(key, _) | Edit::Remove(key) => back(app, table, key)?,
                    Edit::Clear => {
                        for row in rows.range((app.as_str(), table, "")..(app.as_str(), table, END)).map_err(told)? {
                            back(app, table, row.map_err(told)?.0.value().2)?;
                        }
                    }
                }
            }
            drop((rows, read));
            self.database = Some(database);
            Ok(())
        })
    }
}

fn database(path: &Path) -> Result<Database, String> {
    Database::builder().set_cache_size(CACHE).create(path).map_err(told)
}

/// Loads all rows, and says how many bytes they are.
fn load(database: &Database, sandbox: &mut Sandbox) -> Result<u64, String> {
    let mut bytes = 0;
    let read = database.begin_read().map_err(told)?;
    let rows = read.open_table(ROWS).map_err(told)?;
    let mut rows = rows.iter().map_err(told)?.peekable();
    while let Some(first) = rows.peek() {
        let (app, table) = match first {
            Ok((key, _)) => (key.value().0.to_owned(), key.value().1.to_owned()),
            Err(e) => return Err(e.to_string()),
        };
        let reader = sandbox.reader(&app, &table)?;
        // One thread takes them from the file, others read them.
        let read = thread::scope(|scope| {
            let (mut reading, mut ended) = (Vec::new(), false);
            while !ended {
                let mut some = Vec::with_capacity(SOME);
                while some.len() < SOME {
                    let of = |row: &Result<(AccessGuard<'_, Key>, AccessGuard<'_, &[u8]>), StorageError>| {
                        row.as_ref().map_or(true, |(key, _)| (key.value().0, key.value().1) == (&*app, &*table))
                    };
                    let Some(row) = rows.next_if(of) else {
                        ended = true;
                        break;
                    };
                    let (key, row) = row.map_err(told)?;
                    let (key, row) = (key.value().2, row.value());
                    bytes += app.len() + table.len() + key.len() + row.len();
                    some.push((key.into(), row.to_vec()));
                }
                if let Some(reader) = reader {
                    reading.push(scope.spawn(move || reader(some)));
                }
            }
            let joined = |read: thread::ScopedJoinHandle<'_, Result<Read, String>>| {
                read.join().unwrap_or_else(|_| Err("a row cannot be read".into()))
            };
            reading.into_iter().map(joined).collect::<Result<Vec<Read>, String>>()
        });
        sandbox.fill(&app, &table, read.map_err(|e| format!("{app} {table} {e}"))?);
    }
    Ok(bytes as u64)
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Does something with a file whose content may be anything: redb asserts what it expects of it, and a damaged file is one
/// line, not a backtrace.
fn contained<T>(path: &Path, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(hook);
    outcome.unwrap_or_else(|_| Err("the file is damaged".into())).map_err(|e| format!("{}: {e}", path.display()))
}

/// A batch of changes and whom to tell when it is written.
struct Batch {
    changes: Vec<(String, Change)>,
    done: oneshot::Sender<Result<(), String>>,
}

enum Message {
    Write(Batch),
    Close,
}

/// The thread that writes.
pub(crate) struct Store {
    messages: mpsc::Sender<Message>,
    thread: std::sync::Mutex<Option<thread::JoinHandle<()>>>,
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
    /// Starts to write what changes in the sandbox. If what could not be written cannot be taken back either, the program
    /// cannot go on: why is sent.
    pub(crate) fn start(
        file: DataFile,
        sandbox: Arc<Mutex<Sandbox>>,
    ) -> Result<(Self, oneshot::Receiver<String>), String> {
        let (messages, receiver) = mpsc::channel();
        let (broken, hears) = oneshot::channel();
        let writes = move || {
            if let Err(why) = write_batches(file, &receiver, &sandbox) {
                let _ = broken.send(why);
            }
        };
        let thread = thread::Builder::new().name("data file".into()).spawn(writes).map_err(told)?;
        Ok((Self { messages, thread: std::sync::Mutex::new(Some(thread)) }, hears))
    }

    /// Hands changes over to be written.
    pub(crate) fn write(&self, changes: Vec<(String, Change)>) -> Written {
        if changes.is_empty() {
            return Written(None);
        }
        let (done, wait) = oneshot::channel();
        // If the thread is gone, so is `done`, and the wait says so.
        let _ = self.messages.send(Message::Write(Batch { changes, done }));
        Written(Some(wait))
    }

    /// Writes what was handed over and closes the file: one that is not closed is repaired at the next start.
    pub(crate) fn close(&self) {
        let _ = self.messages.send(Message::Close);
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let _ = thread.map(thread::JoinHandle::join);
    }
}

/// Writes batches until it is told to close; all that wait share one commit.
fn write_batches(
    mut file: DataFile,
    messages: &mpsc::Receiver<Message>,
    sandbox: &Mutex<Sandbox>,
) -> Result<(), String> {
    while let Ok(first) = messages.recv() {
        let (mut waiting, mut closes) = batches(std::iter::once(first).chain(messages.try_iter()));
        let outcome = file.write(waiting.iter().flat_map(|batch| &batch.changes));
        if let Err(why) = &outcome {
            // Nobody may look until memory is what the file is; whatever came since was built upon what goes.
            let mut sandbox = sandbox.blocking_lock();
            let (since, too) = batches(messages.try_iter());
            waiting.extend(since);
            closes |= too;
            if let Err(also) = file.take_back(&waiting, &mut sandbox) {
                // The lock is never let go: the program ends.
                std::mem::forget(sandbox);
                return Err(format!("{why}; {also}"));
            }
            log::tell(&format!("agora-chat-sandbox: {why}; nothing of that call is kept"));
        }
        for batch in waiting {
            let _ = batch.done.send(outcome.clone());
        }
        if closes {
            break;
        }
    }
    Ok(())
}

/// The batches among messages, and whether one says to close.
fn batches(messages: impl Iterator<Item = Message>) -> (Vec<Batch>, bool) {
    let mut closes = false;
    let batches = messages.filter_map(|message| match message {
        Message::Write(batch) => Some(batch),
        Message::Close => {
            closes = true;
            None
        }
    });
    (batches.collect(), closes)
}
