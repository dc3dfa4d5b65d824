ALTER TABLE directory.keys SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0);
