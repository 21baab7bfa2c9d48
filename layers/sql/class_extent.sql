-- The least and the largest value.
SELECT min(shown.value)::float8, max(shown.value)::float8
FROM ({rows}) AS shown (value)
