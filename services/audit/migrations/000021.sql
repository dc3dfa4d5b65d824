CREATE INDEX found_v1_newest ON found_v1 (since, id);
