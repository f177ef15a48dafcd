"""The worker: delivers events, runs jobs, keeps the timetable. Always a process of its own."""
