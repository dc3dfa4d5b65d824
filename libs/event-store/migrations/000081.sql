-- It answers more from now on.
DROP FUNCTION store.sequence(bigint, int);
