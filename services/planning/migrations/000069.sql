-- With the window: what begins before an instant long ago is found past all that was drafted since.
CREATE INDEX releases_v1_newest ON releases_v1 (drafted_at, id) INCLUDE (window_start, window_end);
