#!/bin/sh
# Opens the editing page: double-click in the Finder.
cd "$(dirname "$0")" && exec python3 scripts/edit
