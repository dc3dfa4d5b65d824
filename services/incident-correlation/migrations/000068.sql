CREATE INDEX alerts_v1_by_word ON alerts_v1 USING gin (to_tsvector('simple', translate(coalesce(name, ''), '/', ' ')));
