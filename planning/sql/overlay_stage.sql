-- One side of an overlay: what a row is called, its shape, whether that was right in itself, and how much it is.
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT given.over_id::bigint AS id, given.over_class::text AS class, mended.shape, checked.is_sound, {whole} AS whole
FROM ({rows}) AS given
CROSS JOIN LATERAL (SELECT ST_IsValid(given.over_shape) AS is_sound OFFSET 0) AS checked
CROSS JOIN LATERAL (
    SELECT CASE WHEN checked.is_sound THEN given.over_shape ELSE ST_MakeValid(given.over_shape) END AS shape OFFSET 0
) AS mended
WHERE given.over_shape IS NOT NULL AND {asked}
