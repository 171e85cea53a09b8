"""An invented hospital to look at: eight weeks in the life of ten pairs, made through the rooms' own actions."""

from webapp.demo.hospital import fill, refuse_a_real_hospital

__all__ = ["fill", "refuse_a_real_hospital"]
