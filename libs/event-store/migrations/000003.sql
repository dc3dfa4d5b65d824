GRANT USAGE ON SCHEMA store TO slipway_service, slipway_sequencer, slipway_relay;
