CREATE INDEX problems_v1_known_errors ON problems_v1 USING gin (service_ids) WHERE state = 'known-error' AND has_workaround;
