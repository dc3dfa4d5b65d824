CREATE INDEX releases_v1_by_ref ON releases_v1 USING gin (refs);
