CREATE INDEX releases_v1_by_scope ON releases_v1 USING gin (scope);
