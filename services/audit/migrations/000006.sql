CREATE INDEX entries_v1_actor ON entries_v1 (actor, position)
