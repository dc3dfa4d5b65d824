CREATE INDEX releases_v1_by_departure ON releases_v1 (train, departure) WHERE train IS NOT NULL;
