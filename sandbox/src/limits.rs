//! Documented call rates, counted per app in windows of their own length.

use agora_chat_admin::{
    Dialect,
    operation::{Operation, Rate},
};
use std::collections::{BTreeMap, VecDeque};

/// The rates of an operation, and the pool in which its calls count.
fn documented(operation: &Operation, dialect: Dialect) -> (String, &'static [Rate]) {
    match operation.easemob_rates {
        own @ [_, ..] if dialect == Dialect::Easemob => (operation.id(), own),
        _ if operation.pool.is_empty() => (operation.id(), operation.rates),
        _ => (operation.pool.to_owned(), operation.rates),
    }
}

/// When calls of each pool came, and what they carried.
#[derive(Debug, Default)]
pub struct Limits {
    windows: BTreeMap<(String, u32, bool), VecDeque<u64>>,
}

impl Limits {
    /// Counts a call of an app at `now` that carries so many items, unless it is one too many: then, which rate it exceeds.
    ///
    /// A call is admitted as long as the rate is not used up, even if it carries more than what is left.
    pub fn admit(
        &mut self,
        app: &str,
        dialect: Dialect,
        operation: &Operation,
        items: usize,
        now: u64,
    ) -> Result<(), Rate> {
        let (pool, rates) = documented(operation, dialect);
        let name = format!("{app} {pool}");
        for rate in rates {
            let window = self.windows.entry((name.clone(), rate.seconds, rate.items)).or_default();
            let start = now.saturating_sub(u64::from(rate.seconds) * 1000);
            while window.front().is_some_and(|at| *at <= start) {
                window.pop_front();
            }
            if window.len() >= rate.count as usize {
                return Err(*rate);
            }
        }
        for rate in rates {
            let window = self.windows.entry((name.clone(), rate.seconds, rate.items)).or_default();
            window.extend(std::iter::repeat_n(now, if rate.items { items } else { 1 }));
        }
        Ok(())
    }

    /// Forgets all calls.
    pub fn reset(&mut self) {
        self.windows.clear();
    }
}
