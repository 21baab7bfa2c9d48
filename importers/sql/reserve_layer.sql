-- The id of a layer that will be made once its features are loaded.
SELECT nextval(pg_get_serial_sequence('layers_layer', 'id'));
