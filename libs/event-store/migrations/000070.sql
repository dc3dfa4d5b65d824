GRANT EXECUTE ON FUNCTION store.append_each TO slipway_service;
