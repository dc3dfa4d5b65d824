-- Stretches of the log that a subscriber is to be told again, and how far that is.
CREATE TABLE replays_v1 (
  event_id uuid PRIMARY KEY,
  subscription text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  through bigint NOT NULL
)
