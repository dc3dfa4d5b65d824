CREATE INDEX reviews_v1_by_due ON reviews_v1 (due_at DESC, id)
