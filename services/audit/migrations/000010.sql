CREATE INDEX references_v1_refers_to ON references_v1 (refers_to, position)
