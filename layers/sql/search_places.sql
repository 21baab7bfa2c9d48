-- Places that sound like what was typed, best first. What is typed is a constant here, so the trigram indexes on
-- the stored sounds answer; all else is computed for the few rows they find.
WITH found AS (
    SELECT
        place.*,
        asked.*,
        CASE
            WHEN similarity(place.sound, asked.typed) >= similarity(place.sound_en, asked.typed) THEN place.sound
            ELSE place.sound_en
        END AS heard
    FROM
        layers_place AS place,
        (SELECT gis_sound(%(typed)s) AS typed, gis_sound(%(number)s) AS number, gis_sound(%(rest)s) AS rest) AS asked
    WHERE place.sound LIKE gis_sound(%(words)s) || '%%'
        OR gis_sound(%(words)s) <%% place.sound
        OR place.sound_en LIKE gis_sound(%(words)s) || '%%'
        OR gis_sound(%(words)s) <%% place.sound_en
)
SELECT
    id, kind, key, name, name_en, context, context_en, weight, location, extent,
    word_similarity(typed, heard) + similarity(typed, heard)
        + CASE WHEN heard = typed THEN 1.0 WHEN starts_with(heard, typed) THEN 0.4 ELSE 0 END
        + CASE WHEN number <> '' AND heard LIKE '%% ' || number THEN 0.6 ELSE 0 END
        + CASE WHEN rest <> '' THEN word_similarity(rest, gis_sound(context || ' ' || context_en)) ELSE 0 END
        + weight / 100.0
        - CASE WHEN %(near)s::geometry IS NULL THEN 0 ELSE least(0.3, (location <-> %(near)s::geometry) / 50000) END
        AS score
FROM found
ORDER BY score DESC, id
LIMIT %(limit)s
