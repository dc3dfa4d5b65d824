CREATE TABLE known_changes_v1 (
  id text COLLATE "C" PRIMARY KEY,
  release_ids text[] COLLATE "C" NOT NULL,
  open boolean NOT NULL,
  position bigint NOT NULL
)
