-- A row that is there takes place everywhere until the view is rebuilt: only those without limits find it.
ALTER TABLE found_v1
  ADD COLUMN services text[] NOT NULL DEFAULT '{*}',
  ADD COLUMN environments text[] NOT NULL DEFAULT '{*}',
  ADD COLUMN placed jsonb;
