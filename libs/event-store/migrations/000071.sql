-- Each category once, however many streams are named.
CREATE OR REPLACE FUNCTION store.refuse_foreign(streams text[]) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
  foreign_category text;
BEGIN
  SELECT category INTO foreign_category
  FROM (SELECT DISTINCT split_part(stream, '-', 1) COLLATE "C" AS category FROM unnest(streams) AS stream) AS named
  WHERE NOT EXISTS (SELECT FROM store.categories WHERE categories.category = named.category AND owner = session_user)
  LIMIT 1;
  IF FOUND THEN
    RAISE insufficient_privilege USING MESSAGE = format('%s does not own the category of %s', session_user, (
      SELECT stream FROM unnest(streams) AS stream WHERE split_part(stream, '-', 1) = foreign_category LIMIT 1
    ));
  END IF;
END $$;
