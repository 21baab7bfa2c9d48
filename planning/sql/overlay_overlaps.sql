-- Where surfaces lie on one another, what is below is counted twice.
CREATE TEMPORARY TABLE overlay_overlaps ON COMMIT DROP AS
SELECT shared.shape
FROM overlay_pieces AS one
JOIN overlay_pieces AS other ON one.id < other.id AND one.shape && other.shape
CROSS JOIN LATERAL (
    SELECT ST_CollectionExtract(ST_Intersection(one.shape, other.shape), 3) AS shape OFFSET 0
) AS shared
WHERE ST_Area(shared.shape) > %(least)s
