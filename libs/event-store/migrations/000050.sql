GRANT EXECUTE ON FUNCTION store.read_log, store.head, store.settled, store.position_of, store.incarnation, store.take_lead,
  store.hold_lead TO slipway_sequencer, slipway_relay;
