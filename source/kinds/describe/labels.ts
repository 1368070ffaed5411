import type {Lines} from './lines.js';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const annotationMax = 140;

/** `Labels:  a=1`, one a line, keys in order. */
export function putLabels(lines: Lines, title: string, labels: Readonly<Record<string, string>> | undefined): void {
	const keys = Object.keys(labels ?? {}).sort();
	lines.put(0, `${title}:\t`);
	if (keys.length === 0) lines.put(0, '<none>\n');
	keys.forEach((key, at) => {
		lines.put(0, `${at > 0 ? '\t' : ''}${key}=${labels![key]}\n`);
	});
}

/** Like labels, with `: ` between; what is long or has several lines is set below its key. What apply keeps is left out. */
export function putAnnotations(lines: Lines, title: string, annotations: Readonly<Record<string, string>> | undefined): void {
	const keys = Object.keys(annotations ?? {})
		.filter(key => key !== lastApplied)
		.sort();
	lines.put(0, `${title}:\t`);
	if (keys.length === 0) lines.put(0, '<none>\n');
	keys.forEach((key, at) => {
		const value = annotations![key]!.replace(/\n$/, '');
		lines.put(0, at > 0 ? '\t' : '');
		if (utf8Length(value) + utf8Length(key) + 2 > annotationMax || value.includes('\n')) {
			lines.put(0, `${key}:\n`);
			for (const line of value.split('\n')) lines.put(0, `\t  ${shorten(line, annotationMax - 2)}\n`);
		} else lines.put(0, `${key}: ${value}\n`);
	});
}

const utf8Length = (text: string) => new TextEncoder().encode(text).length;
const shorten = (text: string, max: number) => (text.length > max ? `${text.slice(0, max)}...` : text);

/** `a=1,b=2`, or `<none>` (labels.FormatLabels). */
export const labelText = (labels: Readonly<Record<string, string>> | undefined): string => {
	const keys = Object.keys(labels ?? {}).sort();
	return keys.length === 0 ? '<none>' : keys.map(key => `${key}=${labels![key]}`).join(',');
};

/** Name, namespace, labels, annotations: how most descriptions open. */
export function putHeader(lines: Lines, {metadata}: {metadata: any}, namespaced = true): void {
	lines.row(0, 'Name', metadata.name ?? '');
	if (namespaced) lines.row(0, 'Namespace', metadata.namespace ?? '');
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
}
