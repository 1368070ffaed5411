import type {Sim} from '../sim/sim.js';
import type {Files} from './files.js';
import {byteOrder, parentOf} from './layer.js';
import type {UnitFile} from './units.js';

/** An RPM of the catalogue. */
export interface Package {
	readonly name: string;
	readonly version: string;
	readonly release: string;
	readonly arch: 'x86_64' | 'noarch';
	/** Repository id, as the last column of dnf's table. */
	readonly repo: string;
	/** Bytes of the download, and installed. */
	readonly size: number;
	readonly installedSize: number;
	readonly summary: string;
	/** Absolute paths of the commands that it brings. */
	readonly commands?: readonly string[];
	/** Other files, path to content. */
	readonly files?: Readonly<Record<string, string>>;
	/** Paths that it owns and the base tree holds. */
	readonly owns?: readonly string[];
	readonly units?: readonly UnitFile[];
	/** A part of the system itself: what needs it is not known. */
	readonly base?: true;
	/** Other names it answers to. */
	readonly provides?: readonly string[];
	readonly requires?: readonly string[];
}

export const nevra = (item: Package): string => `${item.name}-${item.version}-${item.release}.${item.arch}`;

/** The paths of its files, in byte order. */
export const pathsOf = (item: Package): readonly string[] =>
	[...(item.commands ?? []), ...Object.keys(item.files ?? {}), ...(item.owns ?? []), ...(item.units ?? []).map(unit => unit.path)].sort(
		byteOrder,
	);

/** What dnf, yum and rpm ask and do on one machine. */
export interface Packages {
	/** By name, in byte order. */
	installed(): readonly Package[];
	available(): readonly Package[];
	/** By name, by what it provides, or by the path of a file it brings. */
	find(name: string): Package | undefined;
	isInstalled(name: string): boolean;
	/** What an install of these names would bring, dependencies after what asked for them; nothing for what is there. */
	resolve(names: readonly string[]): {readonly install: readonly Package[]; readonly missing: readonly string[]};
	/** Installs exactly these. */
	install(items: readonly Package[]): void;
	/** Those that could not stay without `names`. */
	dependents(names: readonly string[]): readonly Package[];
	remove(items: readonly Package[]): void;
	/** Units that installed packages bring. */
	units(): readonly UnitFile[];
	/** Milliseconds a download of these takes. */
	downloadMs(items: readonly Package[]): number;
}

/** A mirror in the same town. */
const bytesPerMs = 8000;

export function createPackages(
	sim: Sim,
	host: string,
	catalogue: readonly Package[],
	preinstalled: readonly string[],
	files: () => Files,
): Packages {
	const table = sim.state.table<boolean>(`os/packages/${host}`);
	const born = new Set(preinstalled);
	const byName = new Map(catalogue.map(item => [item.name, item]));
	const isInstalled = (name: string) => table.get(name) ?? born.has(name);
	const find = (name: string) =>
		byName.get(name) ?? catalogue.find(item => item.provides?.includes(name) || (name.startsWith('/') && pathsOf(item).includes(name)));
	let known: {version: number; items: readonly Package[]; units: readonly UnitFile[]} | undefined;
	const current = () => {
		if (known?.version !== table.version) {
			const items = catalogue.filter(item => isInstalled(item.name));
			known = {version: table.version, items, units: items.flatMap(item => item.units ?? [])};
		}

		return known;
	};
	const installed = () => current().items;

	const resolve = (names: readonly string[]) => {
		const install: Package[] = [];
		const missing: string[] = [];
		const queue = [...names];
		while (queue.length > 0) {
			const name = queue.shift()!;
			const item = find(name);
			if (!item) missing.push(name);
			else if (!isInstalled(item.name) && !install.includes(item)) {
				install.push(item);
				queue.push(...(item.requires ?? []));
			}
		}

		return {install, missing};
	};

	return {
		installed: () => [...installed()].sort((a, b) => (a.name < b.name ? -1 : 1)),
		available: () => catalogue,
		find,
		isInstalled: name => isInstalled(find(name)?.name ?? name),
		resolve,
		install(items) {
			for (const item of items) {
				table.set(item.name, true);
				for (const path of item.commands ?? []) place(files(), path, `\u007fELF ${path}\n`, 0o755);
				for (const [path, content] of Object.entries(item.files ?? {})) place(files(), path, content, 0o644);
			}
		},
		dependents(names) {
			const gone = new Set(names.map(name => find(name)?.name ?? name));
			for (let grown = true; grown; ) {
				grown = false;
				for (const item of installed()) {
					if (gone.has(item.name) || !item.requires?.some(name => gone.has(find(name)?.name ?? name))) continue;
					gone.add(item.name);
					grown = true;
				}
			}

			return installed().filter(item => gone.has(item.name));
		},
		remove(items) {
			for (const item of items) {
				table.set(item.name, false);
				for (const path of [...(item.commands ?? []), ...Object.keys(item.files ?? {})]) files().remove(path, {force: true});
			}
		},
		units: () => current().units,
		downloadMs: items => items.reduce((sum, item) => sum + 40 + Math.ceil(item.size / bytesPerMs), 0),
	};
}

function place(files: Files, path: string, content: string, mode: number) {
	files.makeFolder(parentOf(path), {recursive: true});
	files.write(path, content, {mode});
	files.chmod(path, mode);
}
