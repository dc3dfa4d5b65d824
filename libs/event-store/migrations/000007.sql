-- json, not jsonb: the bytes sent are the bytes kept, hashed and published. src/admission.ts says the bounds too.
CREATE TABLE store.events (
  stream text COLLATE "C" NOT NULL,
  version int NOT NULL CHECK (version > 0),
  id uuid NOT NULL,
  type text NOT NULL CHECK (octet_length(type) BETWEEN 1 AND 100),
  data json NOT NULL CONSTRAINT data_within_256_kib CHECK (octet_length(data::text) <= 262144),
  envelope json NOT NULL CONSTRAINT envelope_within_16_kib CHECK (octet_length(envelope::text) <= 16384),
  PRIMARY KEY (stream, version)
);
