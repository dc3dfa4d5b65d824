CREATE TABLE references_v1 (
  position bigint NOT NULL,
  stream text NOT NULL,
  refers_to text NOT NULL,
  meaning text NOT NULL CHECK (meaning IN ('follows', 'leads', 'mentions')),
  PRIMARY KEY (position, refers_to)
)
