-- The values below which these shares of the rows lie.
SELECT percentile_cont(%s::float8[]) WITHIN GROUP (ORDER BY shown.value)
FROM ({rows}) AS shown (value)
WHERE shown.value IS NOT NULL
