-- A pseudonym for each alias, made when new. Names are not told.
CREATE FUNCTION directory.pseudonyms(wanted text[]) RETURNS TABLE (alias text, pseudonym text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO directory.aliases (alias, pseudonym, first_pseudonym)
  SELECT made.alias, made.pseudonym, made.pseudonym FROM (
    SELECT each.alias, 'person-' || gen_random_uuid() AS pseudonym
    FROM (SELECT DISTINCT unnest(wanted) COLLATE "C" AS alias) AS each
    WHERE NOT EXISTS (SELECT FROM directory.aliases WHERE aliases.alias = each.alias)
    OFFSET 0
  ) AS made ORDER BY made.alias
  ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT aliases.alias, aliases.pseudonym FROM directory.aliases WHERE aliases.alias = ANY (wanted);
END $$;
