CREATE INDEX releases_v1_by_environment ON releases_v1 USING gin (environments)
