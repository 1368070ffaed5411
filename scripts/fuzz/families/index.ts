import type {Family} from '../family.js';
import bundles from './bundles.js';
import http from './http.js';
import keys from './keys.js';
import kubectl from './kubectl.js';
import labs from './labs.js';
import manifests from './manifests.js';
import patches from './patches.js';
import shell from './shell.js';
import tables from './tables.js';

const families: readonly Family[] = [shell, manifests, kubectl, patches, tables, http, labs, bundles, keys];
export default families;
