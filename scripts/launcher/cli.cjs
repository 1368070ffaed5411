#!/usr/bin/env node
'use strict';
// Files with their compiled forms beside them, which start in half the time.
require('./load.js')('program').program();
