-- Which records another one ever named; what was taken back stays, so that any position can be asked for.
CREATE TABLE mentions_v1 (stream text NOT NULL, mentioned text NOT NULL, PRIMARY KEY (stream, mentioned))
