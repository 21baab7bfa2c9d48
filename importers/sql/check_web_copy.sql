-- Whether the web copies of a few loaded rows are, to the centimetre, what the database itself would make.
SELECT coalesce(bool_and(ST_Expand(again::box2d, 0.01) ~ written AND ST_Expand(written::box2d, 0.01) ~ again), true)
FROM (
    SELECT geom_web AS written, ST_Transform(geom, {web_srid}) AS again
    FROM {loading}
    WHERE ST_NPoints(geom) < 1000
    LIMIT 5
) AS sample;
