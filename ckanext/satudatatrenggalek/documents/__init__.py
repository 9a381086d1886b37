"""Documents from frozen figures: one structure, several forms (PDF, XLSX). No SQL, no HTTP."""
