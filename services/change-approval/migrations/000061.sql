DROP INDEX changes_v1_by_raised_at;
