-- Rows of before this are right again once the view was rebuilt.
ALTER TABLE changes_v1 ADD COLUMN requesters text[] NOT NULL DEFAULT '{}', ADD COLUMN authors text[] NOT NULL DEFAULT '{}', ADD COLUMN approvers text[] NOT NULL DEFAULT '{}', ADD COLUMN open_slots jsonb NOT NULL DEFAULT '[]';
