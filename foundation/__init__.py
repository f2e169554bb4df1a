"""The ground floor: settings, clocks, database, refusals and languages. It knows nothing of task forces."""
