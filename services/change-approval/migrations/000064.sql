CREATE INDEX changes_v1_by_word ON changes_v1 USING gin (to_tsvector('simple', translate(title || ' ' || coalesce(number, ''), '/', ' ')));
