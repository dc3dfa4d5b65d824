CREATE INDEX catalog_v1_by_name ON catalog_v1 (category, name)
