'use strict';
require('./load.js')('worker');
