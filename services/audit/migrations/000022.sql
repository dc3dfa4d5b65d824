CREATE INDEX found_v1_by_category ON found_v1 (category, since, id);
