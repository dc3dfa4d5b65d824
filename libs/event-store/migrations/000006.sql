-- Version 0: asked for, and nothing appended yet. That is no stream.
CREATE TABLE store.streams (
  stream text COLLATE "C" PRIMARY KEY CHECK (stream ~ '^[a-z][A-Za-z]{0,49}-[!-~]{1,150}$'),
  category text COLLATE "C" NOT NULL GENERATED ALWAYS AS (split_part(stream, '-', 1)) STORED,
  version int NOT NULL DEFAULT 0 CHECK (version >= 0)
) WITH (fillfactor = 80);
