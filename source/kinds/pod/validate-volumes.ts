import {duplicate, type Errors, forbidden, invalid, items, required} from '../errors.js';
import {label1123} from '../rules.js';
import {isSubdomain1123} from '../../api/selector/label-syntax.js';
import {volumeSources} from './volume-sources.js';
import {projected} from './validate-projected.js';

/** Models ValidateVolumes and validateVolumeSource in pkg/apis/core/validation. */
const named1 = 'may not specify more than 1 volume type';

/** The volumes that are well-formed, by name, and what is wrong with the others. */
export function validateVolumes(field: string, volumes: readonly any[] | undefined, pod = ''): {named: Map<string, any>; errors: Errors} {
	const named = new Map<string, any>();
	const claims = new Set(pod ? (volumes ?? []).filter(({ephemeral}) => ephemeral).map(({name}) => `${pod}-${name}`) : []);
	const errors = items(field, volumes, (volume, path) => {
		const found = source(path, volume, pod);
		found.push(...(volume.name ? label1123(`${path}.name`, volume.name) : [required(`${path}.name`)]));
		if (named.has(volume.name)) found.push(duplicate(`${path}.name`, volume.name));
		if (found.length === 0) named.set(volume.name, volume);
		const claim = volume.persistentVolumeClaim?.claimName;
		if (claims.has(claim))
			found.push(
				invalid(`${path}.persistentVolumeClaim.claimName`, claim, 'must not reference a PVC that gets created for an ephemeral volume'),
			);
		return found;
	});
	return {named, errors};
}

function source(path: string, volume: any, pod: string): Errors {
	const errors: Errors = [];
	let found = 0;
	for (const {name, at = name, twice = at, check} of [...volumeSources, {name: 'projected', check: projected}]) {
		const value = volume[name];
		if (value === undefined || value === null) continue;
		if (found++ > 0) errors.push(forbidden(`${path}.${twice}`, named1));
		else errors.push(...check(`${path}.${at}`, value));
	}

	if (found === 0) errors.push(required(path, 'must specify a volume type'));
	if (volume.iscsi?.initiatorName !== undefined && `${volume.name}:${volume.iscsi.targetPortal}`.length > 64)
		errors.push(
			invalid(
				`${path}.name`,
				volume.name,
				'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
			),
		);
	if (volume.ephemeral && pod && volume.name)
		for (const problem of isSubdomain1123(`${pod}-${volume.name}`))
			errors.push(invalid(`${path}.name`, volume.name, `PVC name ${JSON.stringify(`${pod}-${volume.name}`)}: ${problem}`));
	return errors;
}
