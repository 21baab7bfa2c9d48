-- What meets the plot: of each row the area (m²), length (m) and shape of what it has in common with the plot, and
-- how many metres of its border run through the plot or within its own uncertainty around it. The slot finds the rows by
-- index, each source its own; shapes that are wrong in themselves are mended on the way.
WITH met AS MATERIALIZED ({rows}),
sound AS (
    SELECT *, CASE WHEN ST_IsValid(part_shape) THEN part_shape ELSE ST_MakeValid(part_shape) END AS shape
    FROM met
),
plot AS (SELECT ST_MakeValid({plot}) AS shape)
SELECT part_slot, part_pk, part_key, part_told, part_held, ST_Area(piece), ST_Length(piece), ST_AsEWKB(piece), border
FROM sound
CROSS JOIN plot
CROSS JOIN LATERAL (
    SELECT
        CASE WHEN part_measured THEN ST_Intersection(sound.shape, plot.shape) END AS piece,
        CASE WHEN part_margin > 0 AND ST_Dimension(sound.shape) = 2 THEN
            ST_Length(ST_Intersection(ST_Boundary(sound.shape), ST_Buffer(plot.shape, part_margin)))
        END AS border
) AS common
ORDER BY part_slot, ST_Area(piece) DESC NULLS LAST, ST_Length(piece) DESC NULLS LAST, part_key
