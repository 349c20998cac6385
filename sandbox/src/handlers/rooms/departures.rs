//! Members who go offline: after a while they leave their chat rooms by themselves.

use crate::{World, table::key};

/// For how long a member may be offline, in milliseconds.
const PATIENCE: u64 = 120_000;

impl World {
    /// Notes that the last device of a user went offline.
    pub(crate) fn went_offline(&mut self, user: &str) {
        if !self.room_members.of(1, user).is_empty() {
            let due = self.now().saturating_add(PATIENCE);
            self.room_departures.insert(user, due);
        }
    }

    /// Takes those out of their rooms who have been offline for too long; who is on a room's allow list stays.
    pub(crate) fn leave_rooms_in_time(&mut self) {
        let due = |world: &Self| {
            world
                .room_departures
                .of(0, "")
                .iter()
                .next()
                .filter(|(due, _)| *due <= world.now())
                .map(|(_, user)| user.to_owned())
        };
        while let Some(user) = due(self) {
            self.room_departures.remove(&user);
            if self.users.get(&user).is_some_and(|u| u.devices.is_empty()) {
                self.leave_rooms(&user);
            }
        }
    }

    fn leave_rooms(&mut self, user: &str) {
        let joined: Vec<String> = self.room_members.of(1, user).firsts().map(str::to_owned).collect();
        for room in joined {
            if !self.room_allowed.contains(&key(&[&room, user])) {
                self.leave_room(&room, user);
            }
        }
    }
}
