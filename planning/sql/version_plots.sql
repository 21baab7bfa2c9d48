-- How much of each plot lies in each piece.
SELECT plot.over_class, ST_Area(plot.over_shape), piece.number, measured.part
FROM version_pieces AS piece
JOIN ({plots}) AS plot ON plot.over_shape && piece.shape
CROSS JOIN LATERAL (
    SELECT CASE WHEN ST_Covers(piece.shape, plot.over_shape) THEN ST_Area(plot.over_shape)
        ELSE ST_Area(ST_Intersection(plot.over_shape, piece.shape)) END AS part OFFSET 0
) AS measured
WHERE measured.part > %(least)s
ORDER BY plot.over_class, piece.number
