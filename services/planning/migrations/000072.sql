DROP INDEX releases_v1_newest;
