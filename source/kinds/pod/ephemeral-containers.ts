import {equal} from '../../api/values/plain.js';
import {duplicate, type Errors, forbidden, items, notFound} from '../errors.js';
import {rulesOf, validateContainer} from './validate-container.js';
import {validateVolumes} from './validate-volumes.js';

/** Writes to the `ephemeralcontainers` subresource of pods: debugging containers come and never change or go. */
const never = ['ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle', 'resources', 'resizePolicy'];
const path = 'spec.ephemeralContainers';

/** Only the list is taken from the request. Models podEphemeralContainersStrategy.PrepareForUpdate. */
export function keepAllButEphemeral(draft: any, old: any): void {
	const {ephemeralContainers} = draft.spec ?? {};
	const {ephemeralContainers: _, ...spec} = old.spec;
	draft.metadata = {...old.metadata};
	draft.spec = {...spec, ...(ephemeralContainers?.length && {ephemeralContainers})};
}

/** Models ValidatePodEphemeralContainersUpdate. */
export function validateEphemeralContainers(pod: any, old: any): Errors {
	const {containers = [], initContainers = [], ephemeralContainers = [], volumes} = pod.spec;
	const regular = new Set<string>([...containers, ...initContainers].map(({name}: any) => name));
	const names = new Set(regular);
	const rules = rulesOf(pod.spec, validateVolumes('spec.volumes', volumes).named);
	const errors = items(path, ephemeralContainers, (container: any, at) => {
		const found = validateContainer(at, container, rules);
		if (names.has(container.name)) found.push(duplicate(`${at}.name`, container.name));
		names.add(container.name);
		const target = container.targetContainerName;
		if (target && !regular.has(target)) found.push(notFound(`${at}.targetContainerName`, target));
		for (const field of never)
			if (isSet(container[field])) found.push(forbidden(`${at}.${field}`, 'cannot be set for an Ephemeral Container'));
		for (const [index, mount] of (container.volumeMounts ?? []).entries())
			for (const field of ['subPath', 'subPathExpr'])
				if (mount[field]) found.push(forbidden(`${at}.volumeMounts[${index}].${field}`, 'cannot be set for an Ephemeral Container'));
		return found;
	});
	return [...errors, ...kept(ephemeralContainers, old.spec.ephemeralContainers ?? [])];
}

const isSet = (value: unknown): boolean => value !== undefined && (typeof value !== 'object' || Object.keys(value as object).length > 0);

function kept(now: readonly any[], before: readonly any[]): Errors {
	return before.flatMap(old => {
		const same = now.find(({name}) => name === old.name);
		if (!same) return [forbidden(path, `existing ephemeral containers ${JSON.stringify(old.name)} may not be removed\n`)];
		return equal(same, old) ? [] : [forbidden(path, `existing ephemeral containers ${JSON.stringify(old.name)} may not be changed\n`)];
	});
}
