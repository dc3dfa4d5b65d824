DROP INDEX releases_v1_by_window;
