CREATE INDEX releases_v1_by_scope_ref ON releases_v1 USING gin (scope_refs);
