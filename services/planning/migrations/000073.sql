-- No longer with the window, which has an index of its own that is in this order.
CREATE INDEX releases_v1_newest ON releases_v1 (drafted_at, id);
