//! Documented call rates, counted per app in windows of their own length.

use agora_chat_admin::operation::Operation;
use std::collections::{BTreeMap, VecDeque};

/// When calls of each pool came.
#[derive(Debug, Default)]
pub struct Limits {
    windows: BTreeMap<(String, u32), VecDeque<u64>>,
}

impl Limits {
    /// Counts a call of an app at `now`, unless it is one too many.
    pub fn admit(&mut self, app: &str, operation: &Operation, now: u64) -> bool {
        let pool = if operation.pool.is_empty() { operation.id() } else { operation.pool.to_owned() };
        let name = format!("{app} {pool}");
        let full = operation.rates.iter().any(|rate| {
            let window = self.windows.entry((name.clone(), rate.seconds)).or_default();
            let start = now.saturating_sub(u64::from(rate.seconds) * 1000);
            while window.front().is_some_and(|at| *at <= start) {
                window.pop_front();
            }
            window.len() >= rate.count as usize
        });
        if full {
            return false;
        }
        for rate in operation.rates {
            self.windows.entry((name.clone(), rate.seconds)).or_default().push_back(now);
        }
        true
    }

    /// Forgets all calls.
    pub fn reset(&mut self) {
        self.windows.clear();
    }
}
