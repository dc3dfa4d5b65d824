CREATE INDEX releases_v1_by_word ON releases_v1 USING gin (to_tsvector('simple', translate(title || ' ' || coalesce(number, ''), '/', ' ')));
