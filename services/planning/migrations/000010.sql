CREATE INDEX releases_v1_by_needed ON releases_v1 USING gin (needs);
