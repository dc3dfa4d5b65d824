ALTER TABLE directory.retained SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0);
