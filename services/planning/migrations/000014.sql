CREATE INDEX release_trains_v1_by_planned_at ON release_trains_v1 (planned_at DESC, id);
