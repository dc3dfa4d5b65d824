-- The one order of all events, gapless from 1.
CREATE TABLE store.event_log (
  position bigint PRIMARY KEY CHECK (position > 0),
  stream text COLLATE "C" NOT NULL,
  version int NOT NULL,
  sequenced_at timestamptz NOT NULL
);
