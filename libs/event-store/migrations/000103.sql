DROP FUNCTION store.read_stream(text, int);
