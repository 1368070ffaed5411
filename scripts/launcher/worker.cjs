'use strict';
require('./load.js')('program').worker();
