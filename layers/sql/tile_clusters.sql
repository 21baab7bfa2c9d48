-- Points counted on a grid aligned to the tile. Every point belongs to one tile only (edges are half open, no
-- buffer), so nothing is counted twice. A point alone in its cell keeps its own properties.
WITH box AS (SELECT %s::float8 AS west, %s::float8 AS north, %s::float8 AS width, %s::float8 AS cell)
SELECT ST_AsMVT(tile, %s, %s, 'mvt_geometry', 'id')
FROM (
    SELECT
        ST_AsMVTGeom(
            ST_Point(avg(x), avg(y), 3857),
            ST_MakeEnvelope(box.west, box.north - box.width, box.west + box.width, box.north, 3857),
            %s, 0, false
        ) AS mvt_geometry,
        CASE WHEN count(*) = 1 THEN min(id) END AS id,
        count(*)::integer AS count,
        {fields}
    FROM ({rows}) AS found, box
    WHERE x >= box.west AND x < box.west + box.width
        AND y <= box.north AND y > box.north - box.width
    GROUP BY
        box.west, box.north, box.width,
        floor((x - box.west) / box.cell), floor((box.north - y) / box.cell)
) AS tile
