//! Time, which tests can stop and move.

/// A clock: the given time, or a frozen one, and how far it was moved.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    frozen: Option<u64>,
    offset: i64,
    real: u64,
}

impl Clock {
    /// Tells the clock the real time, in Unix milliseconds.
    pub fn tick(&mut self, real: u64) {
        self.real = real;
    }

    /// The time, in Unix milliseconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.frozen.unwrap_or(self.real).saturating_add_signed(self.offset)
    }

    /// Stops the clock at `at`, or where it is.
    pub fn freeze(&mut self, at: Option<u64>) {
        let at = at.unwrap_or_else(|| self.now());
        *self = Self { frozen: Some(at), offset: 0, real: self.real };
    }

    /// Lets the clock run on from where it is.
    pub fn resume(&mut self) {
        let (now, real) = (self.now(), self.real);
        self.frozen = None;
        self.offset = i64::try_from(now).unwrap_or(i64::MAX).saturating_sub(i64::try_from(real).unwrap_or(i64::MAX));
    }

    /// Goes back to real time.
    pub fn reset(&mut self) {
        *self = Self { real: self.real, ..Self::default() };
    }

    /// Moves the clock on.
    pub fn advance(&mut self, milliseconds: i64) {
        self.offset = self.offset.saturating_add(milliseconds);
    }

    /// Whether it stands still.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.frozen.is_some()
    }
}
