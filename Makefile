# Each target may be run twice, and again after it was cut off. All that a run makes lives in var/.
#   make portal [PORT=5001]     install, start, fill with demo data; prints address and accounts
#   make stop                   stop what this checkout has started
#   make reset [YES=1]          empty the portal's data
#   make -s token AS=produsen   print an API token of a demo account
#   make lint                   format, lint, types, room walls
#   make check                  the same, and the tests without services
#   make test [T=path]          all tests, on services of their own
#   make bench                  benchmarks against their baselines
PYTHON ?= python3
# make knows a variable AS of its own, the assembler.
ifeq ($(origin AS),default)
AS :=
endif
export PORT HOST YES AS T

.PHONY: portal install stop reset token test lint check bench
.DEFAULT_GOAL := portal

portal install stop reset token test lint check bench:
	@$(PYTHON) deploy/portal.py $@
