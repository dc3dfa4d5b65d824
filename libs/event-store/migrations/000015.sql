-- A leader's row is locked FOR SHARE by everything that it writes: the next leader's update waits for it, then shuts it out.
CREATE TABLE store.epoch (
  leader text PRIMARY KEY,
  epoch bigint NOT NULL DEFAULT 0
);
