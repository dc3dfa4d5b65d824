GRANT EXECUTE ON FUNCTION directory.pseudonyms, directory.key, directory.existing_key TO slipway_service;
