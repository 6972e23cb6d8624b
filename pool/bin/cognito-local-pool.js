#!/usr/bin/env node
// The command is built. This file is there before that, because npm links only commands that are there when it installs.
import '../dist/esm/cli/main.js';
