-- For how long the oldest one waits is the lag of the sequencer in seconds.
ALTER TABLE store.pending ADD COLUMN appended_at timestamptz NOT NULL DEFAULT clock_timestamp();
