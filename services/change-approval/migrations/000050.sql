-- Service/environment of each target, service/ of each configuration item. What no batch has written since is nowhere: a
-- rebuild of the view fills it.
ALTER TABLE changes_v1 ADD COLUMN places text[] NOT NULL DEFAULT '{?}';
