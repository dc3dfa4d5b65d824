-- Few rows change here, and what was erased is to be gone from the pages soon.
ALTER TABLE directory.people SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0);
