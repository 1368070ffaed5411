import type {Column} from '../api/kind.js';
import {fromLabelSelector, printLabelSelector} from '../api/selector/label-selector.js';
import type {KubeObject} from '../api/object.js';
import {ageOf} from './age.js';

/** Columns and cell texts that many kinds share. Models pkg/printers/internalversion/printers.go. */
export const nameColumn: Column = {name: 'Name', format: 'name', cell: object => object.metadata.name ?? ''};

export const ageColumn: Column = {
	name: 'Age',
	description: 'CreationTimestamp is a timestamp representing the server time when this object was created.',
	cell: (object, {nowMs}) => ageOf(object.metadata.creationTimestamp, nowMs),
};

/** Kinds without a printer of their own show when they were made. */
export const createdColumn: Column = {
	name: 'Created At',
	type: 'date',
	description: 'CreationTimestamp is a timestamp representing the server time when this object was created.',
	cell: object => object.metadata.creationTimestamp ?? '<unknown>',
};

export const column = (name: string, cell: Column['cell'], more: Partial<Column> = {}): Column => ({name, cell, ...more});
export const wide = (name: string, cell: Column['cell']): Column => ({name, cell, priority: 1});
export const integer = (name: string, cell: Column['cell']): Column => ({name, cell, type: 'integer'});

const templateOf = (object: KubeObject) => object['spec']?.template?.spec;
export const containerNames = (spec: any): string => (spec?.containers ?? []).map((container: any) => container.name).join(',');
export const containerImages = (spec: any): string => (spec?.containers ?? []).map((container: any) => container.image ?? '').join(',');

/** Containers and Images of a pod template, `-o wide`. */
export const templateColumns: readonly Column[] = [
	wide('Containers', object => containerNames(templateOf(object))),
	wide('Images', object => containerImages(templateOf(object))),
];

/** `a=b,c=d` with sorted keys; `<none>` when empty. */
export function formatLabels(labels: Record<string, string> | undefined): string {
	const keys = Object.keys(labels ?? {}).sort();
	return keys.length === 0 ? '<none>' : keys.map(key => `${key}=${labels![key]}`).join(',');
}

/** A metav1.LabelSelector; `<none>` when it selects everything or nothing. */
export const formatSelector = (selector: any): string => printLabelSelector(fromLabelSelector(selector) ?? []) || '<none>';

/** A selector that selects everything, or nothing, is no text at all where describers print it without metav1.FormatLabelSelector. */
export const plainSelector = (selector: any): string => printLabelSelector(fromLabelSelector(selector) ?? []);

export const boolText = (value: boolean | undefined | null): string =>
	value === undefined || value === null ? '<unset>' : value ? 'True' : 'False';

/** `a,b,c + 2 more...` */
export function firstOf(list: readonly string[], max: number, separator = ','): string {
	const shown = list.slice(0, max).join(separator);
	return list.length > max ? `${shown} + ${list.length - max} more...` : shown;
}

export const joinHostPort = (host: string, port: number): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);

const loadBalancerWidth = 16;
/** Addresses of a load balancer, each once, sorted. */
export function loadBalancerText(status: any, isWide: boolean): string {
	const addresses = new Set<string>((status?.ingress ?? []).map((ingress: any) => ingress.ip || ingress.hostname).filter(Boolean));
	const text = [...addresses].sort().join(',');
	return !isWide && text.length > loadBalancerWidth ? `${text.slice(0, loadBalancerWidth - 3)}...` : text;
}
