-- How far each changed shape lies from the held one with the same key, metres east and north by their middles, for an
-- even sample; only shapes of one kind that are about equally large, so that a redrawn one does not count.
WITH pairs AS (
    SELECT
        judged.key, ST_Envelope(held.geom) AS old, ST_Envelope(staged.geom) AS new,
        row_number() OVER (ORDER BY judged.key) AS place, count(*) OVER () AS total
    FROM feature_verdicts AS judged
    JOIN staged_features AS staged ON staged.key = judged.key
    JOIN layers_feature AS held
        ON held.layer_id = %(layer)s AND held.key = judged.key AND upper_inf(held.recorded) AND upper_inf(held.valid)
    WHERE judged.verdict = 'changed'
        AND held.geom IS DISTINCT FROM staged.geom
        AND ST_Dimension(held.geom) = ST_Dimension(staged.geom)
)
SELECT
    ST_X(ST_Centroid(new)) - ST_X(ST_Centroid(old)) AS east,
    ST_Y(ST_Centroid(new)) - ST_Y(ST_Centroid(old)) AS north
FROM pairs
WHERE place %% greatest(1, total / %(most)s) = 0
    AND abs((ST_XMax(new) - ST_XMin(new)) - (ST_XMax(old) - ST_XMin(old))) < 5
    AND abs((ST_YMax(new) - ST_YMin(new)) - (ST_YMax(old) - ST_YMin(old))) < 5;
