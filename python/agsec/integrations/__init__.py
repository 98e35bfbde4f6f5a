"""Clients and tools of frameworks behind the policy. None of them is imported here."""
