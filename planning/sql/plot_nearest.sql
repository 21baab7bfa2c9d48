-- The nearest row of each source, with its distance from the plot in metres; the slot walks each index outwards.
SELECT part_slot, part_key, part_told, ST_Distance(part_shape, plot.shape)
FROM ({rows}) AS nearest
CROSS JOIN (SELECT {plot} AS shape) AS plot
ORDER BY part_slot
