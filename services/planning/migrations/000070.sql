-- With the place of a row in the order, after which the index is walked: of what begins before an instant long ago, the last drafted.
CREATE INDEX releases_v1_by_window_and_place ON releases_v1
USING gist (tstzrange(window_start, window_end), point(extract(epoch FROM drafted_at AT TIME ZONE 'UTC'), 0))
WHERE window_start IS NOT NULL;
