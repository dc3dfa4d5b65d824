CREATE INDEX found_v1_by_ref ON found_v1 USING gin (refs);
