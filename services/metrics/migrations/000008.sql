DROP TABLE facts_v1
