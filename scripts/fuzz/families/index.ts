import type {Family} from '../family.js';
import bundles from './bundles.js';
import corefiles from './corefiles.js';
import frames from './frames.js';
import http from './http.js';
import keys from './keys.js';
import kubectl from './kubectl.js';
import labs from './labs.js';
import manifests from './manifests.js';
import packets from './packets.js';
import patches from './patches.js';
import {columns, jsonpath, template} from './printing.js';
import {fields, labels as selectors} from './selectors.js';
import shell from './shell.js';
import tables from './tables.js';
import yaml from './yaml.js';

const families: readonly Family[] = [
	shell,
	yaml,
	manifests,
	kubectl,
	patches,
	selectors,
	fields,
	jsonpath,
	template,
	columns,
	tables,
	corefiles,
	packets,
	http,
	frames,
	labs,
	bundles,
	keys,
];
export default families;
