import {copy} from '../../../api/values/plain.js';
import {strategicMerge} from '../../../api/patch/strategic-merge.js';
import {readFile} from '../create/config-sources.js';
import {failure} from '../failure.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';
import type {Call} from '../verb.js';

const unchangeable = ['name', 'command', 'image', 'lifecycle', 'volumeDevices'];

/** The partial container of `--custom`, or undefined. */
export function readCustom(call: Call): any {
	const path = call.flags.string('custom');
	if (path === '') return undefined;
	const text = read(call, path);
	let custom: any;
	try {
		custom = parseDocuments(text)[0];
	} catch (error) {
		throw failure(`${path} does not contain a valid container spec: ${(error as Error).message}`);
	}

	if (unchangeable.some(field => custom?.[field] !== undefined))
		throw failure('name, command, image, lifecycle and volume devices are not modifiable via custom profile');
	return custom;
}

function read(call: Call, path: string): string {
	try {
		return readFile(call, path);
	} catch (error) {
		throw failure(
			`must pass a container spec json file for custom profile: ${(error as Error).message.replace(/^Cannot read file [^,]*, /, '')}`,
		);
	}
}

/** Merges it into the container that the profile has made. */
export function customize(call: Call, container: any): void {
	const custom = readCustom(call);
	if (!custom) return;
	const merged = strategicMerge(copy(container), copy(custom), {shape: 'struct', name: 'core.v1.Container'});
	Object.assign(container, merged);
}
