CREATE INDEX mentions_v1_mentioned ON mentions_v1 (mentioned, stream)
