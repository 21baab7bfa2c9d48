-- Places that sound like what was typed, best first. What was typed comes as sounds (gis_sound) and is a constant
-- here, so the indexes on the stored sounds answer. Doors are many and are not searched by likeness: they are the
-- doors of the streets found by likeness, or begin as typed.
WITH named AS MATERIALIZED (
    SELECT id, kind, sound
    FROM layers_place
    WHERE kind <> 'address' AND (
        sound LIKE %(words)s::text || '%%' OR %(words)s::text <%% sound
        OR sound_en LIKE %(words)s::text || '%%' OR %(words)s::text <%% sound_en
    )
),
streets AS MATERIALIZED (
    SELECT sound || ' ' || %(number)s::text AS door
    FROM named
    WHERE kind = 'street' AND %(number)s::text <> ''
    GROUP BY sound
    ORDER BY word_similarity(%(words)s::text, sound) + similarity(%(words)s::text, sound) DESC
    LIMIT 8
),
doors AS MATERIALIZED (
    (
        SELECT address.id
        FROM streets, LATERAL (
            SELECT id FROM layers_place
            WHERE kind = 'address' AND sound ~>=~ streets.door AND sound ~<~ (streets.door || '~')
            LIMIT 30
        ) AS address
    )
    UNION ALL
    (
        SELECT id FROM layers_place
        WHERE kind = 'address' AND sound LIKE %(typed)s::text || '%%'
        LIMIT 50
    )
),
found AS MATERIALIZED (
    SELECT
        place.*,
        CASE
            WHEN similarity(sound, %(typed)s::text) >= similarity(sound_en, %(typed)s::text) THEN sound
            ELSE sound_en
        END AS heard
    FROM layers_place AS place
    WHERE id = ANY (ARRAY(SELECT id FROM named UNION SELECT id FROM doors))
)
SELECT
    id, kind, key, name, name_en, context, context_en, weight, location, extent,
    word_similarity(%(typed)s::text, heard) + similarity(%(typed)s::text, heard)
        + CASE
            WHEN heard = %(typed)s::text THEN 1.0
            WHEN starts_with(heard, %(typed)s::text) THEN 0.4
            ELSE 0
        END
        + CASE WHEN %(number)s::text <> '' AND heard LIKE '%% ' || %(number)s::text THEN 0.6 ELSE 0 END
        + CASE
            WHEN %(rest)s::text <> '' THEN word_similarity(%(rest)s::text, gis_sound(context || ' ' || context_en))
            ELSE 0
        END
        + weight / 100.0
        - CASE WHEN %(near)s::geometry IS NULL THEN 0 ELSE least(0.3, (location <-> %(near)s::geometry) / 50000) END
        AS score
FROM found
ORDER BY score DESC, id
LIMIT %(limit)s
