-- What lies around the plot, cut to the box of its picture; each source found by its own index.
SELECT part_slot, part_key, part_told, ST_AsEWKB(ST_ClipByBox2D(part_shape, box.shape))
FROM ({rows}) AS around
CROSS JOIN (SELECT {plot} AS shape) AS box
ORDER BY part_slot, part_key
