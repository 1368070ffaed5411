import {readFileSync} from 'node:fs';

/** A JSON file of the bundle's folder, wherever in it this module came to lie; undefined when there is none. */
export function readBeside(name: string): any {
	const folder = /\/chunks\/[^/]*$/.test(import.meta.url) ? '../' : '';
	const path = /\/source\/cli\//.test(import.meta.url) ? `../${name}` : `${folder}${name}`;
	try {
		return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		return undefined;
	}
}
