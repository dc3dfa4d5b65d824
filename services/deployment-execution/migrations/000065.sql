CREATE INDEX pipeline_runs_v1_by_word ON pipeline_runs_v1 USING gin (to_tsvector('simple', translate(coalesce(repository, ''), '/', ' ')));
