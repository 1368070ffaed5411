import {goText} from '../../api/field-error.js';
import {equal} from '../../api/values/plain.js';
import {intValueOf, parseQuantity, signOf} from '../../api/values/quantity.js';
import {goDifference} from '../go-types/difference.js';
import {type Errors, forbidden, invalid, notSupported, required} from '../errors.js';
import {validateAccessModes} from '../persistent-volume-claim/validate-spec.js';
import {nodeSelector} from '../pod/validate-affinity.js';
import {goPointer, goQuantity, subdomain1123} from '../rules.js';
import {persistentSources} from './sources.js';

const policies = ['Delete', 'Recycle', 'Retain'];
const volumeModes = ['Block', 'Filesystem'];
/** Everything in the spec that is not the volume itself. */
const settings = new Set([
	'accessModes',
	'capacity',
	'claimRef',
	'mountOptions',
	'nodeAffinity',
	'persistentVolumeReclaimPolicy',
	'storageClassName',
	'volumeAttributesClassName',
	'volumeMode',
]);

/** Models ValidatePersistentVolume. */
export function validateVolume({metadata, spec}: any, old?: any): Errors {
	const errors: Errors = spec.accessModes?.length ? [] : [required('spec.accessModes')];
	errors.push(...validateAccessModes('spec.accessModes', spec.accessModes), ...capacity(spec.capacity));
	if (!policies.includes(spec.persistentVolumeReclaimPolicy))
		errors.push(notSupported('spec.persistentVolumeReclaimPolicy', spec.persistentVolumeReclaimPolicy, policies));
	if (spec.nodeAffinity?.required) errors.push(...nodeSelector('spec.nodeAffinity.required', spec.nodeAffinity.required));
	else if (spec.nodeAffinity) errors.push(required('spec.nodeAffinity.required', 'must specify required node constraints'));
	errors.push(...sources(spec, metadata.name));
	if (isRoot(spec.hostPath?.path) && spec.persistentVolumeReclaimPolicy === 'Recycle')
		errors.push(forbidden('spec.persistentVolumeReclaimPolicy', "may not be 'recycle' for a hostPath mount of '/'"));
	if (spec.storageClassName) errors.push(...subdomain1123('spec.storageClassName', spec.storageClassName));
	if (!volumeModes.includes(spec.volumeMode)) errors.push(notSupported('spec.volumeMode', spec.volumeMode, volumeModes));
	return old ? [...errors, ...changes(spec, old.spec)] : errors;
}

const isRoot = (path = ''): boolean => path.startsWith('/') && path.split('/').every(part => part === '' || part === '.');

function capacity(given: Record<string, string> | undefined): Errors {
	const list = given ?? {};
	const names = Object.keys(list);
	const errors: Errors = names.length === 0 ? [required('spec.capacity')] : [];
	if (list['storage'] === undefined || names.length > 1) {
		const shown = names
			.sort()
			.map(name => `${JSON.stringify(name)}:${goQuantity(list[name]!).goText}`)
			.join(', ');
		errors.push(
			notSupported('spec.capacity', goText((given ?? undefined) === undefined ? 'core.ResourceList(nil)' : `core.ResourceList{${shown}}`), [
				'storage',
			]),
		);
	}

	for (const name of names)
		if (signOf(parseQuantity(list[name]!)) < 0)
			errors.push(invalid(`spec.capacity[${name}]`, Number(intValueOf(parseQuantity(list[name]!))), 'must be a valid resource quantity'));
	for (const name of names)
		if (signOf(parseQuantity(list[name]!)) <= 0) errors.push(invalid(`spec.capacity[${name}]`, list[name], 'must be greater than zero'));
	return errors;
}

function sources(spec: any, volume: string): Errors {
	const errors: Errors = [];
	let found = 0;
	for (const {name, at = name, twice = at, check} of persistentSources) {
		const value = spec[name];
		if (value === undefined || value === null) continue;
		if (found++ > 0) errors.push(forbidden(`spec.${twice}`, 'may not specify more than 1 volume type'));
		else errors.push(...check(`spec.${at}`, value));
		if (name === 'local' && found === 1 && !spec.nodeAffinity)
			errors.push(required('spec.nodeAffinity', 'Local volume requires node affinity'));
	}

	if (found === 0) errors.push(required('spec', 'must specify a volume type'));
	if (spec.iscsi?.initiatorName !== undefined && `${volume}:${spec.iscsi.targetPortal}`.length > 64)
		errors.push(
			invalid(
				'spec.iscsi.targetportal',
				spec.iscsi.targetPortal,
				'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
			),
		);
	return errors;
}

function changes(spec: any, old: any): Errors {
	const source = (whole: any) => Object.fromEntries(Object.entries(whole).filter(([key]) => !settings.has(key)));
	const errors: Errors = [];
	if (!equal(source(spec), source(old)))
		errors.push(
			forbidden(
				'spec.persistentvolumesource',
				`spec.persistentvolumesource is immutable after creation\n${goDifference('core.PersistentVolumeSource', source(old), source(spec))}`,
			),
		);
	if (spec.volumeMode !== old.volumeMode) errors.push(invalid('volumeMode', spec.volumeMode, 'field is immutable'));
	if (old.nodeAffinity && !equal(spec.nodeAffinity, old.nodeAffinity)) {
		const shown = goText(`core.VolumeNodeAffinity{Required:(*core.NodeSelector)(${spec.nodeAffinity?.required ? goPointer : 'nil'})}`);
		errors.push(invalid('nodeAffinity', spec.nodeAffinity ? shown : null, 'field is immutable, except for updating from beta label to GA'));
	}

	return errors;
}
