"""Every file of the shared data through the importer, beside what GDAL itself reads: one page of what became of it."""
