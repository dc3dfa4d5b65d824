CREATE SCHEMA directory;
