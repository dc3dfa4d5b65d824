GRANT EXECUTE ON FUNCTION directory.register_person, directory.people, directory.erase TO slipway_catalog;
