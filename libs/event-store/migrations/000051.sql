GRANT EXECUTE ON FUNCTION store.sequence TO slipway_sequencer;
