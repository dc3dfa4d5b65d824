DROP INDEX incidents_v1_by_detection;
