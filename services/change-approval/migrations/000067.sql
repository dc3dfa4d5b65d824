DROP INDEX decisions_v1_by_asked_at;
