import {createRequire} from 'node:module';
// Loaded fully before the body below runs, which is what ink-table's own `require('ink')` could not do.
import * as ink from 'ink';
import type {ComponentType, ReactNode} from 'react';

/**
 * The only file that names ink-table. It is CommonJS and asks for ink with `require`, which refuses a module with top-level await
 * (ink 6); so the ink that is loaded already is put where `require` looks first. In the bundle, scripts/bundle-plugins.mjs stands in.
 */
const require = createRequire(import.meta.url);
const {Module} = require('node:module') as typeof import('node:module');
const entry = require.resolve('ink-table');
const fromTable = createRequire(entry);
const file = fromTable.resolve('ink');
const had = require.cache[file];
if (!had) {
	const stub = new Module(file);
	Object.assign(stub, {filename: file, loaded: true, exports: ink});
	require.cache[file] = stub;
}

const loaded = fromTable(entry) as {default: unknown};
if (!had) delete require.cache[file];

export interface TableProps {
	readonly data: ReadonlyArray<Record<string, string>>;
	readonly columns: readonly string[];
	readonly header: ComponentType<{children?: ReactNode}>;
	readonly cell: ComponentType<{children?: ReactNode; column: number}>;
	readonly skeleton: ComponentType<{children?: ReactNode}>;
}

/** Its own types name the global JSX, which React 19 has dropped. */
export const Table = loaded.default as ComponentType<TableProps>;
