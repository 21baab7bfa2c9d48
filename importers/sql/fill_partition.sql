-- Somebody reads without end, so the empty partition stays and is filled in place, which takes longer.
INSERT INTO {partition} (layer_id, key, properties, geom, valid, recorded)
SELECT layer_id, key, properties, geom, valid, recorded FROM {loading};
DROP TABLE {loading};
