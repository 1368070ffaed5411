import type {ApiServer} from '../server.js';
import {discovery} from './discovery.js';
import {health, paths} from './health.js';
import type {Accepted} from './media.js';
import {versionInfo} from './version.js';

/** What is at a path that is none of a resource: text, or a value; `indented` whoever asks (responsewriters.WriteRawJSON). */
export type Elsewhere = {readonly text: string} | {readonly body: object; readonly type?: string; readonly indented?: true};

/** Health, the version, the index and discovery; undefined where nothing is. `address`: where the server says that it is. */
export function elsewhere(
	api: ApiServer,
	path: string,
	query: URLSearchParams,
	accepted: Accepted,
	address: string,
): Elsewhere | undefined {
	const text = health(path, query);
	if (text !== undefined) return {text};
	if (path === '/version' || path === '/version/') return {body: versionInfo, indented: true};
	if (path === '/') return {body: {paths: paths(api.kinds())}, indented: true};
	return discovery(api, path.replace(/(.)\/$/, '$1'), accepted, address);
}
