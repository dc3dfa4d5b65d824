CREATE INDEX incidents_v1_by_word ON incidents_v1 USING gin (to_tsvector('simple', translate(title || ' ' || coalesce(number, ''), '/', ' ')));
