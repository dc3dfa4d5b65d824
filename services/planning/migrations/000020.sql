CREATE INDEX releases_v1_by_window ON releases_v1 USING gist (tstzrange(window_start, window_end)) WHERE window_start IS NOT NULL;
