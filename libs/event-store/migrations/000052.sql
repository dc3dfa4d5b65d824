-- VACUUM (PostgreSQL 17 and later) for the one table that is emptied all the time.
GRANT MAINTAIN ON TABLE store.pending TO slipway_sequencer;
