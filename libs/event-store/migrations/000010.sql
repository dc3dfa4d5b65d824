ALTER SEQUENCE store.pending_seq OWNED BY store.pending.seq;
