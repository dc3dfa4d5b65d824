CREATE INDEX changes_v1_by_ref ON changes_v1 USING gin (refs);
