DROP INDEX changes_v1_by_window;
