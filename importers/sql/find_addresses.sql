-- The doors that sound exactly like what was asked for, each question once. Of several, those whose context has the
-- given words come first; `spread` (metres) says how far apart those are that remain.
WITH asked AS (
    SELECT number, gis_sound(text) AS sound, gis_fold(context) AS context
    FROM unnest(%(texts)s::text[], %(contexts)s::text[]) WITH ORDINALITY AS given(text, context, number)
),
found AS (
    SELECT
        asked.number, place.id, place.location,
        asked.context <> '' AND strpos(gis_fold(place.context), asked.context) > 0 AS fits
    FROM asked
    JOIN layers_place AS place ON place.kind = 'address' AND place.sound = asked.sound
),
best AS (
    SELECT *, bool_or(fits) OVER (PARTITION BY number) AS any_fits FROM found
)
SELECT
    number,
    ST_AsBinary((array_agg(location ORDER BY id))[1]),
    count(*),
    ST_MaxDistance(ST_Collect(location), ST_Collect(location)) AS spread
FROM best
WHERE fits OR NOT any_fits
GROUP BY number;
