-- What the rows hold under each name of their JSON properties: the kinds of values, whether all numbers are whole, and
-- the bytes of the longest text.
SELECT
    field.key,
    array_agg(DISTINCT jsonb_typeof(field.value)),
    coalesce(
        bool_and(field.value::text ~ '^-?[0-9]{{1,18}}$') FILTER (WHERE jsonb_typeof(field.value) = 'number'), FALSE
    ),
    max(octet_length(field.value #>> '{{}}'))
FROM ({rows}) AS found, LATERAL jsonb_each(found.{column}) AS field
WHERE jsonb_typeof(found.{column}) = 'object'
GROUP BY field.key
ORDER BY field.key
