CREATE INDEX communications_v1_by_about ON communications_v1 (about)
