-- How many surfaces there are, how long the middle one is and where they lie, in EPSG:3857, read from their headers.
SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY span), min(west), min(south), max(east), max(north)
FROM (
    SELECT
        GREATEST(ST_XMax(box) - ST_XMin(box), ST_YMax(box) - ST_YMin(box)) AS span,
        ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
    FROM ({rows}) AS found
    WHERE box IS NOT NULL
) AS spans
