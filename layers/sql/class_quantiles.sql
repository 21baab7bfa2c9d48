-- The values below which these shares of the rows lie, and the least.
SELECT percentile_cont(%s::float8[]) WITHIN GROUP (ORDER BY shown.value), min(shown.value)::float8
FROM ({rows}) AS shown (value)
WHERE shown.value IS NOT NULL
