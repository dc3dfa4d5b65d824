CREATE INDEX changes_v1_by_window ON changes_v1 USING gist (tstzrange(window_start, window_end));
