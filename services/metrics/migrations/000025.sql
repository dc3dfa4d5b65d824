DROP TABLE facts_v2
