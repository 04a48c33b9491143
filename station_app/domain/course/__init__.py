"""The course of a case: who was looked for in vain, which steps a service has, where a case may go."""
