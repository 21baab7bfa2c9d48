-- Of rows that may be counted twice, how much is covered once: for the others it is the sum of their parts.
CREATE TEMPORARY TABLE overlay_doubled ON COMMIT DROP AS
SELECT what.id, covered.part
FROM overlay_what AS what
CROSS JOIN LATERAL (
    SELECT {measure} AS part
    FROM (
        SELECT ST_Intersection(what.shape, ST_Union(piece.shape)) AS shape
        FROM overlay_pieces AS piece
        WHERE piece.shape && what.shape
    ) AS met
) AS covered
WHERE {doubtful}
