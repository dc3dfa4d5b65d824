-- CACHE 1, and taken with the stream's row locked: within one stream the order of seq is the order of commit.
CREATE SEQUENCE store.pending_seq AS bigint CACHE 1;
