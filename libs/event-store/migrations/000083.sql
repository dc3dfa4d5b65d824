-- A new one is opened by hand, when what had left the database can not be had back: by whom, why, and behind which position
-- the log goes on differently. nth orders them, whatever a clock says.
ALTER TABLE store.incarnation
  ADD COLUMN nth int GENERATED ALWAYS AS IDENTITY,
  ADD COLUMN after_position bigint NOT NULL DEFAULT 0,
  ADD COLUMN opened_by text,
  ADD COLUMN reason text;
