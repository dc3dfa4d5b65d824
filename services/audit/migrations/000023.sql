CREATE INDEX found_v1_by_word ON found_v1 USING gin (to_tsvector('simple', translate(title || ' ' || coalesce(name, '') || ' ' || coalesce(number, ''), '/', ' ')));
