-- Which of the texts hold every word, as people type them: without accents, in capitals, in greeklish.
SELECT given.number
FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS given (told, number)
WHERE (
    SELECT bool_and(
        strpos(gis_fold(given.told), gis_fold(word)) > 0
        OR (length(gis_sound(word)) > 2 AND strpos(gis_sound(given.told), gis_sound(word)) > 0)
    )
    FROM unnest(%(words)s::text[]) AS word
)
ORDER BY given.number
