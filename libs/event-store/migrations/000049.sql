GRANT EXECUTE ON FUNCTION store.append, store.read_stream, store.read_log, store.head, store.settled, store.position_of,
  store.incarnation, store.number, store.numbered, store.numbers_of TO slipway_service;
