import type {Package} from '../packages.js';

type Extra = Pick<Package, 'provides' | 'requires' | 'files' | 'owns' | 'base'>;

export type Row = readonly [
	name: string,
	version: string,
	release: string,
	arch: 'x86_64' | 'noarch',
	repo: string,
	kib: number,
	summary: string,
	commands?: readonly string[],
	extra?: Extra,
];

export const base = 'baseos';
export const stream = 'appstream';
export const sbin = (...names: string[]) => names.map(name => `/usr/sbin/${name}`);
export const bin = (...names: string[]) => names.map(name => `/usr/bin/${name}`);
