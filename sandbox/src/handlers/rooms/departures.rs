//! Members who go offline: after a while they leave their chat rooms by themselves.

use crate::{
    World, page,
    table::{SEPARATOR, key},
};

/// For how long a member may be offline, in milliseconds.
const PATIENCE: u64 = 120_000;

impl World {
    /// Notes that the last device of a user went offline.
    pub(crate) fn went_offline(&mut self, user: &str) {
        if self.rooms_of_user.under(&[user]).next().is_none() {
            return;
        }
        let due = self.now().saturating_add(PATIENCE);
        self.room_departures.insert(user, due);
        self.room_departures_by_time.insert(key(&[&page::oldest(due), user]), ());
    }

    /// Takes those out of their rooms who have been offline for too long; who is on a room's allow list stays.
    pub(crate) fn leave_rooms_in_time(&mut self) {
        while let Some((due, user)) = self.next_departure().filter(|(due, _)| *due <= self.now()) {
            self.room_departures_by_time.remove(&key(&[&page::oldest(due), &user]));
            // A row of the user's own for a later time stands for going offline again.
            if self.room_departures.get(&user) != Some(&due) {
                continue;
            }
            self.room_departures.remove(&user);
            if self.users.get(&user).is_some_and(|u| u.devices.is_empty()) {
                self.leave_rooms(&user);
            }
        }
    }

    fn next_departure(&self) -> Option<(u64, String)> {
        let (row, ()) = self.room_departures_by_time.iter().next()?;
        let (due, user) = row.split_once(SEPARATOR)?;
        Some((due.parse().ok()?, user.to_owned()))
    }

    fn leave_rooms(&mut self, user: &str) {
        let joined: Vec<String> = self.rooms_of_user.under(&[user]).map(|(_, room)| room.clone()).collect();
        for room in joined {
            if !self.room_allowed.contains(&key(&[&room, user])) {
                self.leave_room(&room, user);
            }
        }
    }
}
