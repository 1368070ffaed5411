#!/usr/bin/env node
'use strict';
// The full screen comes as modules; everything else as one file with its compiled form beside it, which starts in half the time.
const [, , first] = process.argv;
const screen =
	first === undefined || first === 'start' || first === 'demo' || (first.startsWith('-') && !/^(-h|-V|--help|--version)$/.test(first));
if (screen) {
	require('node:module').enableCompileCache?.();
	void import('./main.mjs');
} else require('./load.js')('program');
