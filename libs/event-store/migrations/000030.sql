-- Called by the functions below, with their rights and their search_path.
CREATE FUNCTION store.refuse_foreign(streams text[]) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
  foreign_stream text;
BEGIN
  SELECT stream INTO foreign_stream FROM unnest(streams) AS stream
  WHERE NOT EXISTS (
    SELECT FROM store.categories WHERE category = split_part(stream, '-', 1) COLLATE "C" AND owner = session_user
  ) LIMIT 1;
  IF FOUND THEN
    RAISE insufficient_privilege USING MESSAGE = format('%s does not own the category of %s', session_user, foreign_stream);
  END IF;
END $$;
