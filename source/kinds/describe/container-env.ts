import {milliValueOf, parseQuantity, intValueOf} from '../../api/values/quantity.js';
import type {Lines} from './lines.js';

/** `pod` is there when field references can be resolved. */
export function putContainerEnv(lines: Lines, container: any, pod: any): void {
	const sources = container.envFrom ?? [];
	if (sources.length > 0) lines.put(2, 'Environment Variables from:\n');
	for (const source of sources) {
		const reference = source.configMapRef ?? source.secretRef ?? {};
		const from = source.configMapRef ? 'ConfigMap' : source.secretRef ? 'Secret' : '';
		const prefix = source.prefix ? ` with prefix '${source.prefix}'` : '';
		lines.put(3, `${reference.name ?? ''}\t${from}${prefix}\tOptional: ${reference.optional ?? false}\n`);
	}

	const variables = container.env ?? [];
	lines.put(2, `Environment:${variables.length === 0 ? '\t<none>' : ''}\n`);
	for (const variable of variables) {
		if (variable.valueFrom) lines.put(3, `${variable.name}:\t${fromText(variable.valueFrom, container, pod)}\n`);
		else {
			(variable.value ?? '').split('\n').forEach((line: string, at: number) => {
				lines.put(3, at === 0 ? `${variable.name}:\t${line}\n` : `\t${line}\n`);
			});
		}
	}
}

function fromText({fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef}: any, container: any, pod: any): string {
	if (fieldRef) return `${pod ? fieldText(pod, fieldRef.fieldPath) : ''} (${fieldRef.apiVersion ?? ''}:${fieldRef.fieldPath})`;
	if (resourceFieldRef) {
		const value = resourceText(resourceFieldRef, container);
		const unlimited = value === '0' && (resourceFieldRef.resource === 'limits.cpu' || resourceFieldRef.resource === 'limits.memory');
		return `${unlimited ? 'node allocatable' : value} (${resourceFieldRef.resource})`;
	}

	if (secretKeyRef)
		return `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name ?? ''}'>\tOptional: ${secretKeyRef.optional ?? false}`;
	if (configMapKeyRef)
		return `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name ?? ''}'>\tOptional: ${configMapKeyRef.optional ?? false}`;
	return '';
}

/** Only metadata can be looked up from outside (fieldpath.ExtractFieldPathAsString). */
function fieldText({metadata}: any, path: string): string {
	const item = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
	if (item) return metadata[item[1]!]?.[item[2]!] ?? '';
	const map = /^metadata\.(labels|annotations)$/.exec(path);
	if (map) {
		const entries: Record<string, string> = metadata[map[1]!] ?? {};
		return Object.keys(entries)
			.sort()
			.map(key => `${key}=${JSON.stringify(entries[key])}`)
			.join('\n');
	}

	const name = /^metadata\.(name|namespace|uid)$/.exec(path);
	return name ? (metadata[name[1]!] ?? '') : '';
}

/** The value in units of the divisor, rounded up (resource.ExtractContainerResourceValue). */
function resourceText({resource, divisor}: any, container: any): string {
	const [list, name] = [resource.slice(0, resource.indexOf('.')), resource.slice(resource.indexOf('.') + 1)];
	if (!/^(limits|requests)\.(cpu$|memory$|ephemeral-storage$|hugepages-)/.test(resource)) return '';
	const value = container.resources?.[list]?.[name];
	if (value === undefined) return '0';
	const unit = divisor === undefined || divisor === '0' ? '1' : String(divisor);
	const isCpu = name === 'cpu';
	const read = (text: string): bigint => (isCpu ? milliValueOf(parseQuantity(text)) : intValueOf(parseQuantity(text)));
	const [amount, by] = [read(String(value)), read(unit)];
	return String((amount + by - 1n) / by);
}
