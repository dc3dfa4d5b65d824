CREATE INDEX changes_v1_by_environment ON changes_v1 USING gin (environments);
