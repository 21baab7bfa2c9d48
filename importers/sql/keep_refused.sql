-- A row that was set aside is still in the file: what the layer holds of it stays as it is.
INSERT INTO staged_features (key, properties, geom)
SELECT key, properties, geom
FROM layers_feature
WHERE layer_id = %(layer)s AND upper_inf(recorded) AND upper_inf(valid) AND key = ANY (%(keys)s::varchar[])
ON CONFLICT DO NOTHING;
