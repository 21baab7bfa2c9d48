-- What the rows hold under each name of their JSON properties: whether there is text, a number, a yes or no, a list or
-- object; whether all numbers are whole and fit into eight bytes; and the bytes of the longest value as JSON.
SELECT
    name,
    bool_or(kind = 'string'),
    bool_or(kind = 'number'),
    bool_or(kind = 'boolean'),
    bool_or(kind IN ('array', 'object')),
    bool_and(kind <> 'number' OR (strpos(value, '.') = 0 AND length(value) <= 18)),
    max(octet_length(value))
FROM (
    SELECT field.key AS name, jsonb_typeof(field.value) AS kind, field.value::text AS value
    FROM ({rows}) AS found, LATERAL jsonb_each(found.{column}) AS field
    WHERE jsonb_typeof(found.{column}) = 'object'
) AS properties
GROUP BY name
ORDER BY name
