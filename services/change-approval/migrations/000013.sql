CREATE INDEX changes_v1_by_release ON changes_v1 USING gin (release_ids)
