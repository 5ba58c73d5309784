#!/bin/sh
# The browser on a test host: its network namespace is the host's, so that it reaches an agent that listens on the host's loopback only.
# Its files and its display are the machine's.
exec nsenter --net="$VETHSCOPE_HOST_NETNS" -- "$VETHSCOPE_CHROMIUM" "$@"
