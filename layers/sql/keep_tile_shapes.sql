INSERT INTO layers_overviewshape (overview_id, z, x, y, properties, shape) VALUES %s
