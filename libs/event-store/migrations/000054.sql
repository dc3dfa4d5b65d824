GRANT USAGE ON SCHEMA directory TO slipway_service;
