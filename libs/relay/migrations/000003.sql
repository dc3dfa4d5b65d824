GRANT USAGE ON SCHEMA relay TO slipway_service
