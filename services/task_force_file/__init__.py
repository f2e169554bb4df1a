"""The task-force file: all that differs between bodies, in one YAML file that is checked, loaded and written back."""

from services.task_force_file.difference import Change, Difference
from services.task_force_file.dumping import describe, dump
from services.task_force_file.loading import WouldUndoSlack, load
from services.task_force_file.reading import Mistakes, read
from services.task_force_file.shape import TaskForceFile

__all__ = ["Change", "Difference", "Mistakes", "TaskForceFile", "WouldUndoSlack", "describe", "dump", "load", "read"]
