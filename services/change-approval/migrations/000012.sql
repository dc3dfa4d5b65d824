CREATE INDEX changes_v1_by_raised_at ON changes_v1 (raised_at DESC, id)
