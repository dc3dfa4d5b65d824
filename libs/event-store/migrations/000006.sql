-- Version 0: asked for, and nothing appended yet. That is no stream. What names are made of is said in src/admission.ts: a
-- regular expression here would take longer than the whole insert.
CREATE TABLE store.streams (
  stream text COLLATE "C" PRIMARY KEY CHECK (octet_length(stream) BETWEEN 3 AND 200),
  category text COLLATE "C" NOT NULL GENERATED ALWAYS AS (split_part(stream, '-', 1)) STORED,
  version int NOT NULL DEFAULT 0 CHECK (version >= 0)
) WITH (fillfactor = 80);
