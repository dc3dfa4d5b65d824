CREATE INDEX incidents_v1_by_ref ON incidents_v1 USING gin (refs);
