CREATE INDEX known_changes_v1_releases ON known_changes_v1 USING gin (release_ids)
